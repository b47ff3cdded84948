import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { audienceOf, hubParticipantId, limits, type Problem } from '@liaison/contracts';
import { generateKeyPair, signMessage, type SigningKey } from '@liaison/seal';
import { createNewId, systemClock, type NewId } from '@liaison/service';
import type { LabelledReferral } from '@liaison/testkit';
import { createPost, type Post } from './create-post.ts';
import { addressesOf } from '../setup/derive-settings.ts';
import type { Installation } from '../setup/installation.ts';
import type { Ports } from '../setup/ports.ts';

/** What the hub answered to one referral. */
export interface Answered {
  readonly labelled: LabelledReferral;
  /** When it was first posted, milliseconds since 1970. */
  readonly postedMs: number;
  readonly status: number;
  readonly problem: string | null;
  readonly referralId: string | null;
  readonly receipt: string | null;
  /** Whether a retry got the very receipt of the first time; true where there was none. */
  readonly retriedWell: boolean;
}

/** What submitting needs. */
export interface SubmitDeps {
  readonly post: Post;
  readonly instance: string;
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly newId: NewId;
  /** Ends posting and trying again. */
  readonly signal: AbortSignal;
}

/** What is needed to submit as the senders of an installation. */
export function submitDepsOf(
  local: { readonly installation: Installation; readonly ports: Ports },
  signal: AbortSignal,
): SubmitDeps {
  const { instance, senders } = local.installation;
  return {
    post: createPost(addressesOf(local.ports).submissionApi, signal),
    instance,
    keys: new Map(
      senders.map(({ participant, signing }) => [
        participant.id,
        { kid: signing.kid, jwk: signing.privateJwk },
      ]),
    ),
    newId: createNewId(systemClock, randomBytes),
    signal,
  };
}

interface Reply {
  readonly status: number;
  readonly problem: string | null;
  readonly referralId: string | null;
  readonly receipt: string | null;
}

const maxAttempts = 40;
const retryDelayMs = 250;
/** Twice the window: stale beyond doubt. */
const behindMs = 2 * limits.iatMaxAgeMs;

function keyOf(labelled: LabelledReferral, deps: SubmitDeps): SigningKey {
  const own = deps.keys.get(labelled.senderId);
  if (own === undefined) throw new TypeError('a sender without a key');
  if (labelled.conduct !== 'foreignKey') return own;
  const { kid, privateJwk } = generateKeyPair();
  return { kid, jwk: privateJwk };
}

async function sign(labelled: LabelledReferral, deps: SubmitDeps): Promise<string> {
  const { jws } = await signMessage(
    {
      typ: 'referral+jws',
      issuer: labelled.senderId,
      audience: audienceOf(deps.instance, hubParticipantId),
      id: deps.newId(),
      issuedAtMs: Date.now() - (labelled.conduct === 'clockBehind' ? behindMs : 0),
      payload: labelled.referral,
    },
    keyOf(labelled, deps),
  );
  return jws;
}

async function post(jws: string, deps: SubmitDeps): Promise<Reply> {
  const { status, text } = await deps.post(jws);
  const body = JSON.parse(text) as { referralId?: string; receipt?: string } & Partial<Problem>;
  return {
    status,
    problem: body.code ?? null,
    referralId: body.referralId ?? null,
    receipt: body.receipt ?? null,
  };
}

/** Posts until the hub has answered for good: sending the same bytes again is safe. */
async function postSafely(jws: string, deps: SubmitDeps): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const reply = await post(jws, deps);
      if ((reply.status < 500 && reply.status !== 429) || attempt >= maxAttempts) return reply;
    } catch (error) {
      if (attempt >= maxAttempts || deps.signal.aborted) throw error;
    }
    await sleep(retryDelayMs, undefined, { signal: deps.signal });
  }
}

/** Submits one referral as its sender behaves, retries included. */
export async function submitLabelled(labelled: LabelledReferral, deps: SubmitDeps): Promise<Answered> {
  const jws = await sign(labelled, deps);
  const postedMs = Date.now();
  const reply = await postSafely(jws, deps);
  const answered = { labelled, postedMs, ...reply };
  if (labelled.conduct !== 'sentAgain' && labelled.conduct !== 'signedAgain') {
    return { ...answered, retriedWell: true };
  }
  const again = await postSafely(labelled.conduct === 'sentAgain' ? jws : await sign(labelled, deps), deps);
  return { ...answered, retriedWell: again.status === 200 && again.receipt === reply.receipt };
}
