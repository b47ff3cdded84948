import { limits, type Membership } from '@liaison/contracts';
import { createProblem } from '../http/problem.ts';
import { tidyReferral } from '../validate/tidy-referral.ts';
import { validateReferral } from '../validate/validate-referral.ts';
import { deliver, type RetryDeps } from './deliver.ts';
import { takeUpJws, type SignReferral } from './outgoing.ts';
import { sendSingly, sendTogether, type SendDeps } from './send-submissions.ts';
import type { Refused, Submitted } from './submitted.ts';

/** What submitting needs. */
export type SubmitterDeps = SendDeps & RetryDeps & { readonly sign: SignReferral };

type Checked =
  { readonly ok: true; readonly payload: object } | { readonly ok: false; readonly refused: Refused };

/** Finds offline what the hub would refuse. */
function checkReferral(value: unknown, membership: Membership, nowMs: number): Checked {
  const { referral } = tidyReferral(value);
  const { participantId, kind } = membership;
  const review = validateReferral(referral, { nowMs, signer: { participantId, kind } });
  if (review.ok) return { ok: true, payload: review.referral };
  const { problem, reference } = review;
  const faults = review.faults.map(({ pointer, code, detail }) => ({
    pointer,
    code,
    ...(detail === undefined ? {} : { detail }),
  }));
  const refusal = createProblem(problem, faults);
  return { ok: false, refused: { kind: 'refused', reference, by: 'client', problem: refusal } };
}

/** Submits one referral; see `ProviderClient.submit`. */
export async function submitOne(value: unknown, deps: SubmitterDeps): Promise<Submitted> {
  const checked = checkReferral(value, deps.membership, deps.clock.nowMs());
  if (!checked.ok) return checked.refused;
  const [submitted] = await deliver([await deps.sign(checked.payload)], sendSingly(deps), deps);
  if (submitted === undefined) throw new TypeError('a message came back without a result');
  return submitted;
}

/** Submits bytes signed before; see `ProviderClient.submitJws`. */
export async function submitSigned(jws: string, deps: SubmitterDeps): Promise<Submitted> {
  const taken = takeUpJws(jws);
  if (!taken.ok) {
    const { code, member } = taken.fault;
    const fault = { pointer: '', code, ...(member === undefined ? {} : { detail: member }) };
    const problem = createProblem('jws-malformed', [fault]);
    return { kind: 'refused', reference: null, by: 'client', problem };
  }
  const [submitted] = await deliver([taken.value], sendSingly(deps), deps);
  if (submitted === undefined) throw new TypeError('a message came back without a result');
  return submitted;
}

interface Queued {
  readonly index: number;
  readonly payload: object;
}

/** Bytes of a JWS beyond its payload, at most, with its share of the batch's JSON. */
const overheadBytes = 1024;

/** Groups that the hub takes as one batch: at most 100, and under its limit of bytes. */
function groupForBatches(queued: readonly Queued[]): Queued[][] {
  const groups: Queued[][] = [];
  let bytes = Infinity;
  for (const one of queued) {
    const own = Math.ceil((Buffer.byteLength(JSON.stringify(one.payload)) * 4) / 3) + overheadBytes;
    const last = groups.at(-1);
    if (last === undefined || last.length >= limits.batchReferrals || bytes + own > limits.batchBodyBytes) {
      groups.push([one]);
      bytes = own;
    } else {
      last.push(one);
      bytes += own;
    }
  }
  return groups;
}

/** Submits many; see `ProviderClient.submitBatch`. */
export async function submitMany(values: readonly unknown[], deps: SubmitterDeps): Promise<Submitted[]> {
  const nowMs = deps.clock.nowMs();
  const results = new Map<number, Submitted>();
  const queued = values.flatMap((value, index): Queued[] => {
    const checked = checkReferral(value, deps.membership, nowMs);
    if (checked.ok) return [{ index, payload: checked.payload }];
    results.set(index, checked.refused);
    return [];
  });
  for (const group of groupForBatches(queued)) {
    const messages = await Promise.all(group.map(({ payload }) => deps.sign(payload)));
    const submitted = await deliver(messages, sendTogether(deps), deps);
    group.forEach(({ index }, at) => {
      const one = submitted[at];
      if (one !== undefined) results.set(index, one);
    });
  }
  return values.flatMap((_, index) => results.get(index) ?? []);
}
