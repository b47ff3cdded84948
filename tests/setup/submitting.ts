import {
  audienceOf,
  hubParticipantId,
  type Problem,
  type Referral,
  type SubmissionApi,
} from '@liaison/contracts';
import { generateKeyPair, signMessage, type SigningKey } from '@liaison/seal';
import { vi } from 'vitest';
import type { TestHub } from './test-hub.ts';

/** How a submission differs from an honest one. */
export interface SignChanges {
  readonly senderId?: string;
  readonly key?: SigningKey;
  readonly aheadMs?: number;
  readonly audience?: string;
}

/** The signing key of a sender of the installation. */
export function senderKey(hub: TestHub, senderId: string): SigningKey {
  const sender = hub.installation.senders.find(({ participant }) => participant.id === senderId);
  if (sender === undefined) throw new Error('no such sender');
  return { kid: sender.signing.kid, jwk: sender.signing.privateJwk };
}

/** A key that the directory does not have. */
export function foreignKey(): SigningKey {
  const { kid, privateJwk } = generateKeyPair();
  return { kid, jwk: privateJwk };
}

/** Signs a referral as its reporter, or with what differs. */
export async function signReferral(
  hub: TestHub,
  referral: object,
  changes: SignChanges = {},
): Promise<string> {
  const senderId = changes.senderId ?? 'example-chat';
  const { jws } = await signMessage(
    {
      typ: 'referral+jws',
      issuer: senderId,
      audience: changes.audience ?? audienceOf(hub.installation.instance, hubParticipantId),
      id: hub.newId(),
      issuedAtMs: hub.clock.nowMs() + (changes.aheadMs ?? 0),
      payload: referral,
    },
    changes.key ?? senderKey(hub, senderId),
  );
  return jws;
}

/** An answer of the submission API. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Partial<SubmissionApi['schemas']['Submission']> & Partial<Problem>;
}

/** Posts a body as it is. */
export async function postBody(
  hub: TestHub,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/jose' },
): Promise<Reply> {
  const response = await fetch(`${hub.api}/v1/referrals`, { method: 'POST', headers, body });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Reply['body'],
  };
}

/** Signs and posts. */
export async function submit(hub: TestHub, referral: object, changes?: SignChanges): Promise<Reply> {
  return postBody(hub, await signReferral(hub, referral, changes));
}

/** Submits what has to be accepted. @returns its referral id. */
export async function submitAccepted(hub: TestHub, referral: object, changes?: SignChanges): Promise<string> {
  const { status, body } = await submit(hub, referral, changes);
  if (status !== 201 || body.referralId === undefined) throw new Error(`refused: ${body.code ?? status}`);
  return body.referralId;
}

/** A referral of one Member State, or of none. */
export function referralOf(
  hub: TestHub,
  reference: string,
  changes: Partial<Referral> & Readonly<Record<string, unknown>> = {},
): Referral {
  const at = new Date(hub.clock.nowMs() - 3_600_000).toISOString();
  return {
    schemaVersion: '1.0',
    referralKind: 'providerReport',
    providerReference: reference,
    issuedAt: at,
    legalBasis: { instrument: 'voluntary' },
    reporter: { participantId: 'example-chat' },
    service: { types: ['interpersonalCommunications'] },
    abuseTypes: ['knownMaterial'],
    urgency: { claimed: false },
    awareness: { manner: 'ownMotion', humanReview: 'none' },
    persons: [
      {
        personId: 'p1',
        role: 'reportedUser',
        mayBeChild: 'unknown',
        identifiers: [{ type: 'username', value: 'river_stone', verified: 'no' }],
      },
    ],
    networkEvents: [
      // 192.0.2.16/28 stands for Belgium in the overlay of demonstrations.
      {
        event: 'upload',
        ipAddress: '192.0.2.17',
        occurredAt: at,
        port: 40_000,
        personId: 'p1',
        network: 'residential',
      },
    ],
    ...changes,
  };
}

/** Waits for what workers of the hub do. */
export async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`still waiting: ${what}`);
    },
    { timeout: 20_000, interval: 20 },
  );
}

/** Waits until a referral's dispatches are in one of these states. */
export async function untilDispatches(
  hub: TestHub,
  referralId: string,
  ...states: readonly string[]
): Promise<void> {
  await until(`dispatches are ${states.join(' or ')}`, async () => {
    const { rows } = await hub.database.query<{ state: string }>(
      'select state from hub.dispatch where referral_id = $1',
      [referralId],
    );
    return rows.length > 0 && rows.every(({ state }) => states.includes(state));
  });
}
