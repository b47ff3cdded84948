import { limits, type SubmissionApi } from '@liaison/contracts';
import { signReferral } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** Submits referrals that all have to be accepted, in as few requests as the API allows. @returns their ids, in order. */
export async function submitBatches(hub: TestHub, referrals: readonly object[]): Promise<string[]> {
  const ids: string[] = [];
  for (let first = 0; first < referrals.length; first += limits.batchReferrals) {
    const part = referrals.slice(first, first + limits.batchReferrals);
    const signed = await Promise.all(part.map((referral) => signReferral(hub, referral)));
    const response = await fetch(`${hub.api}/v1/referrals/_batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ referrals: signed }),
    });
    const { results } = (await response.json()) as SubmissionApi['schemas']['BatchResult'];
    for (const { status, submission } of results) {
      if (submission === undefined) throw new Error(`refused: ${status}`);
      ids.push(submission.referralId);
    }
  }
  return ids;
}
