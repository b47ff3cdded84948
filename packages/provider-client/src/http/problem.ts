import { problems, type Fault, type Problem, type ProblemCode } from '@liaison/contracts';
import { parseJson, isObject } from './parse-json.ts';

const codeForm = /^[a-z][a-zA-Z0-9-]{1,63}$/;
const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The problem that the hub would answer with, made here (RFC 9457). */
export function createProblem(code: ProblemCode, faults: readonly Fault[]): Problem {
  const { status, title } = problems[code];
  return { type: `https://liaison.example/problems/${code}`, title, status, code, faults };
}

function readFaults(value: unknown): Fault[] {
  const entries: readonly unknown[] = Array.isArray(value) ? value : [];
  return entries.filter(isObject).flatMap(({ pointer, code, detail }) => {
    if (typeof pointer !== 'string' || typeof code !== 'string' || !codeForm.test(code)) return [];
    return [{ pointer, code, ...(typeof detail === 'string' ? { detail } : {}) }];
  });
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/**
 * Reads a problem document; members of later versions are ignored.
 * @returns null where the answer is none, so that something else than a hub has answered.
 */
export function readProblem({
  status,
  text,
}: {
  readonly status: number;
  readonly text: string;
}): Problem | null {
  const value = parseJson(text);
  if (!isObject(value) || typeof value['code'] !== 'string' || !codeForm.test(value['code'])) return null;
  const { code, type, title, requestId, existing } = value;
  const known = isObject(existing) ? existing['referralId'] : undefined;
  return {
    type: textOr(type, 'about:blank'),
    title: textOr(title, code),
    status,
    code,
    faults: readFaults(value['faults']),
    ...(typeof requestId === 'string' && uuidForm.test(requestId) ? { requestId } : {}),
    ...(typeof known === 'string' && uuidForm.test(known) ? { existing: { referralId: known } } : {}),
  };
}
