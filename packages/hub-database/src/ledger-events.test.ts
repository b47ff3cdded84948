import { createHash, randomBytes } from 'node:crypto';
import { decodeLeaf, openCommitment } from '@liaison/ledger';
import { createNewId, systemClock } from '@liaison/service';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEventMaker, type EventDraft } from './ledger-events.ts';

const origin = 'liaison.example/test/ledger';
const digest = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const maker = createEventMaker({ origin, newId: createNewId(systemClock, randomBytes), randomBytes });

const draft: EventDraft = {
  type: 'referralAccepted',
  atMs: Date.parse('2026-11-20T10:00:00.000Z'),
  subjectId: '019a7c3e-5b00-7001-8000-000000000001',
  actorId: 'sender-one',
  facts: { sender: 'sender-one', state: 'accepted' },
  details: { payloadDigest: 'sha-256:one', providerReference: 'CASE-1' },
  referralId: '019a7c3e-5b00-7001-8000-000000000001',
  audience: 'sender-one',
};

async function leafOf(changes: Partial<EventDraft>) {
  const event = await maker.prepare({ ...draft, ...changes });
  const decoded = decodeLeaf(event.leaf);
  if (!decoded.ok) throw new Error(decoded.code);
  return { event, leaf: decoded.event };
}

test('a leaf says what happened, when and by whom, and nothing of the details', async () => {
  const { event, leaf } = await leafOf({});
  expect(leaf).toMatchObject({
    v: 1,
    origin,
    eventId: event.eventId,
    type: 'referralAccepted',
    at: '2026-11-20T10:00:00.000Z',
    subjectId: draft.subjectId,
    actorId: 'sender-one',
    facts: draft.facts,
  });
  const text = Buffer.from(event.leaf).toString();
  expect(text).not.toContain('CASE-1');
  expect(text).not.toContain('sha-256:one');
});

test('an event that is about nothing else is about itself', async () => {
  const { event, leaf } = await leafOf({ subjectId: null });
  expect(leaf.subjectId).toBe(event.eventId);
});

test('the commitment opens with salt and details, and with no others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.string()), async (details) => {
      const { event, leaf } = await leafOf({ details });
      const open = (salt: Uint8Array, text: string): ReturnType<typeof openCommitment> =>
        openCommitment({ commitment: leaf.commitment, salt, details: text, digest });
      expect(await open(event.salt, event.details)).toMatchObject({ ok: true });
      expect(await open(randomBytes(32), event.details)).toMatchObject({ ok: false });
      expect(await open(event.salt, `{"other":1}`)).toMatchObject({ ok: false });
    }),
    { numRuns: 30 },
  );
});

test('the same details never give the same commitment: without the salt nobody can guess them', async () => {
  const made = await Promise.all(Array.from({ length: 50 }, () => leafOf({})));
  expect(new Set(made.map(({ leaf }) => leaf.commitment)).size).toBe(50);
  expect(made.every(({ event }) => event.salt.length === 32)).toBe(true);
});
