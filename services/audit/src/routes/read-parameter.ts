import type { FaultCode } from '@liaison/contracts';
import { decodeBase64Url } from '@liaison/ledger';
import { ProblemError } from '@liaison/service';
import type { Request } from 'express';

type Query = Request['query'];

/** Refuses a parameter, and says which. */
export function refuseParameter(name: string, code: FaultCode): never {
  throw new ProblemError('parameter-invalid', { faults: [{ pointer: `/${name}`, code }] });
}

/** A parameter that is given once; null where it is absent. @throws ProblemError `parameter-invalid`. */
function readText(query: Query, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  return typeof value === 'string' ? value : refuseParameter(name, 'format-wrong');
}

/** @throws ProblemError `parameter-invalid`. */
function requireText(query: Query, name: string): string {
  return readText(query, name) ?? refuseParameter(name, 'member-missing');
}

function toSize(text: string, { name, min }: { readonly name: string; readonly min: number }): number {
  if (!/^(0|[1-9]\d*)$/.test(text)) refuseParameter(name, 'format-wrong');
  const size = Number(text);
  return Number.isSafeInteger(size) && size >= min ? size : refuseParameter(name, 'number-out-of-range');
}

/** The size of a tree, decimal, not under `min`; null where it is absent. @throws ProblemError `parameter-invalid`. */
export function readSize(query: Query, name: string, min = 0): number | null {
  const text = readText(query, name);
  return text === null ? null : toSize(text, { name, min });
}

/** The size of a tree, decimal. @throws ProblemError `parameter-invalid`. */
export function requireSize(query: Query, name: string): number {
  return toSize(requireText(query, name), { name, min: 0 });
}

/** A SHA-256 hash in its one base64url form. @throws ProblemError `parameter-invalid`. */
export function requireHash(query: Query, name: string): Uint8Array {
  const hash = decodeBase64Url(requireText(query, name));
  return hash?.length === 32 ? hash : refuseParameter(name, 'format-wrong');
}

/** A text of this form. @throws ProblemError `parameter-invalid`. */
export function requireMatch(query: Query, name: string, form: RegExp): string {
  const text = requireText(query, name);
  return form.test(text) ? text : refuseParameter(name, 'format-wrong');
}
