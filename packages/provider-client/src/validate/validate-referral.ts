import {
  checkReferralRules,
  validateMessage,
  type Fault,
  type ProblemCode,
  type Referral,
  type Signer,
} from '@liaison/contracts';
import { createGuard, type Guard } from '@liaison/guard';
import { isObject } from '../http/parse-json.ts';
import { findWarnings } from './find-warnings.ts';
import { passGate } from './pass-gate.ts';
import type { ReferralWarning } from './referral-warning.ts';

/** What the hub looks at, in its order. */
export type Stage = 'form' | 'schema' | 'rules' | 'guard';

/** A fault, and which look finds it. */
export type StagedFault = Fault & { readonly stage: Stage };

interface ReviewBase {
  /** Where it is one that a reference may be. */
  readonly reference: string | null;
  readonly warnings: readonly ReferralWarning[];
}

/** What the hub would say, as far as that can be known offline. */
export type ReferralReview =
  | (ReviewBase & { readonly ok: true; readonly referral: Referral })
  | (ReviewBase & {
      readonly ok: false;
      /** What the hub would answer with: the problem of the first stage that fails. */
      readonly problem: ProblemCode;
      /** Of all stages, in their order; the hub itself stops after the first. */
      readonly faults: readonly StagedFault[];
      /** Stages that cannot be judged before the faults are mended. */
      readonly unjudged: readonly Stage[];
    });

const referenceForm = /^[A-Za-z0-9._:-]{1,128}$/;

let preparedGuard: Guard | undefined;

/** Preparing costs more than a referral; a guard holds no state. */
function guardOf(): Guard {
  preparedGuard ??= createGuard();
  return preparedGuard;
}

function inStage(stage: Stage, faults: readonly Fault[]): StagedFault[] {
  return faults.map((fault) => ({ ...fault, stage }));
}

function referenceOf(value: unknown): string | null {
  const reference = isObject(value) ? value['providerReference'] : undefined;
  return typeof reference === 'string' && referenceForm.test(reference) ? reference : null;
}

/**
 * Says offline what the hub would say of a referral: its form, its schema with all faults, the rules that the schema
 * cannot say, and the guard; and warns of what makes an acceptable referral weak.
 * @param value decoded JSON, as it will be signed (see `tidyReferral`).
 * @param context `nowMs` in milliseconds since 1970; `signer` where it is known who will sign.
 */
export function validateReferral(
  value: unknown,
  context: { readonly nowMs: number; readonly signer?: Signer },
): ReferralReview {
  const reference = referenceOf(value);
  const gate = passGate(value);
  if (!gate.ok) {
    const { code, member } = gate.fault;
    const fault: StagedFault = {
      stage: 'form',
      pointer: '',
      code,
      ...(member === undefined ? {} : { detail: member }),
    };
    const unjudged = ['schema', 'rules', 'guard'] as const;
    return { ok: false, reference, problem: gate.problem, faults: [fault], unjudged, warnings: [] };
  }
  const schema = validateMessage('referral', gate.payload);
  const broken = schema.ok ? checkReferralRules(schema.value, context) : [];
  const unknown = new Set(schema.ok ? [] : schema.faults.map(({ pointer }) => pointer));
  // What the schema does not have, the guard does not know either: once is enough.
  const smuggled = guardOf()
    .inspectReferral(gate.payload)
    .filter(({ code, pointer }) => code !== 'guard-member-unknown' || !unknown.has(pointer));
  const warnings = schema.ok ? findWarnings(schema.value, context.nowMs) : [];
  const faults = [
    ...inStage('schema', schema.ok ? [] : schema.faults),
    ...inStage('rules', broken),
    ...inStage('guard', smuggled),
  ];
  if (schema.ok && faults.length === 0) return { ok: true, reference, referral: schema.value, warnings };
  const problem = schema.ok && broken.length === 0 ? 'guard-refused' : 'schema-invalid';
  return { ok: false, reference, problem, faults, unjudged: schema.ok ? [] : ['rules'], warnings };
}
