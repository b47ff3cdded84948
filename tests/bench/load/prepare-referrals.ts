import { randomBytes } from 'node:crypto';
import { audienceOf, hubParticipantId } from '@liaison/contracts';
import { signMessage } from '@liaison/seal';
import { createNewId, systemClock } from '@liaison/service';
import { generateReferrals, type LabelledReferral } from '@liaison/testkit';
import type { LoadTarget, Preparation } from './load-messages.ts';

/** Whether a referral is of the main job: accepted, for one Member State, with Europol's copy. */
function isOfMainJob({ label }: LabelledReferral): boolean {
  return label.kind === 'accepted' && label.addressees.length === 2;
}

/** Realistic referrals, all of which are to be accepted, each submitted once. */
function* chooseReferrals(preparation: Preparation): Generator<LabelledReferral> {
  const { count, seed, prefix, states, oneStateOnly } = preparation;
  const generated = generateReferrals({
    // Some are not of the main job.
    count: oneStateOnly ? count * 2 + 100 : count,
    seed,
    prefix,
    nowMs: () => Date.now(),
    rejectedShare: 0,
    ...(states === null ? {} : { states }),
  });
  let chosen = 0;
  for (const labelled of generated) {
    if (oneStateOnly && !isOfMainJob(labelled)) continue;
    yield labelled;
    chosen += 1;
    if (chosen === count) return;
  }
}

/** Makes and signs referrals, so that neither costs anything while others are measured. One is about 2 kB. */
export async function prepareReferrals(preparation: Preparation, target: LoadTarget): Promise<string[]> {
  const newId = createNewId(systemClock, randomBytes);
  const keys = new Map(target.senders.map(({ id, key }) => [id, key]));
  const audience = audienceOf(target.instance, hubParticipantId);
  const signed: string[] = [];
  for (const { senderId, referral } of chooseReferrals(preparation)) {
    const key = keys.get(senderId);
    if (key === undefined) throw new TypeError('a sender without a key');
    const { jws } = await signMessage(
      {
        typ: 'referral+jws',
        issuer: senderId,
        audience,
        id: newId(),
        issuedAtMs: Date.now(),
        payload: referral,
      },
      key,
    );
    signed.push(jws);
  }
  return signed;
}
