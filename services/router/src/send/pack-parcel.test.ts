import { limits, type Directory, type PublicJwk } from '@liaison/contracts';
import { indexDirectory, type DirectoryIndex, type DirectoryKey, type Participant } from '@liaison/directory';
import { decryptParcel, digestOf, generateKeyPair, type KeyPair } from '@liaison/seal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ClaimedDispatch } from '../store/outgoing.ts';
import { fitParcel, missingAbility, packParcel } from './pack-parcel.ts';

const nowMs = Date.UTC(2026, 2, 2, 12);
const at = (ms: number): string => new Date(ms).toISOString();
const older = generateKeyPair();
const newer = generateKeyPair();
const parcelId = '019a7c3e-5b00-7001-8000-000000000001';

function encryptionKey(
  { kid, publicJwk }: { kid: string; publicJwk: PublicJwk },
  ageMs: number,
): DirectoryKey {
  return {
    kid,
    use: 'enc',
    types: ['parcel+jwe'],
    jwk: publicJwk,
    notBefore: at(nowMs - ageMs),
    notAfter: at(nowMs + 1_000_000),
    revoked: null,
  };
}

function listing(changes: Partial<Participant>): DirectoryIndex {
  const belgium: Participant = {
    id: 'cp-be',
    kind: 'lawEnforcement',
    name: 'Belgium',
    country: 'BE',
    establishment: null,
    legalRepresentative: null,
    schemaVersions: ['1.0'],
    dispatchKinds: ['referral'],
    keys: [encryptionKey(newer, 1_000), encryptionKey(older, 2_000)],
    ...changes,
  };
  const document: Directory = {
    schemaVersion: '1.0',
    instance: 'test',
    sequence: 1,
    issuedAt: at(nowMs),
    expiresAt: at(nowMs + limits.directoryLifeMs),
    hub: 'hub',
    participants: [belgium],
    log: { origin: 'liaison.example/test/ledger', url: 'https://log.example/v1', keys: [] },
  };
  return indexDirectory(document);
}

/** Three parts, as the schema of parcels wants them, of so many characters in all. */
function jwsOf(length: number): string {
  return `e.e.${'A'.repeat(length - 4)}`;
}

function dispatchOf(id: string, length: number): ClaimedDispatch {
  const digest = `sha-256:${id}`;
  const jws = jwsOf(length);
  return { id, referralId: id, kind: 'referral', schemaVersion: '1.0', digest, jws, postponed: false };
}

/** The largest message that a referral can come to: its JWS in a payload, the payload in a JWS, twice in base64url. */
const largestLength = Math.ceil(((limits.referralJwsBytes + 64 * 1024) * 4) / 3);

const anyQueue = fc
  .array(fc.oneof(fc.integer({ min: 1_000, max: 20_000 }), fc.integer({ min: 10_000, max: largestLength })), {
    minLength: 1,
    maxLength: 150,
  })
  .map((lengths) => lengths.map((length, index) => dispatchOf(`${index}`, length)));

const to = { addresseeId: 'cp-be', directory: listing({}), nowMs };
const pack = (dispatches: readonly ClaimedDispatch[], directory = to.directory) =>
  packParcel(dispatches, { ...to, directory }, () => parcelId);

function open(jwe: string, { kid, privateJwk }: KeyPair) {
  return decryptParcel(jwe, {
    privateKeys: (wanted) => (wanted === kid ? privateJwk : undefined),
    self: 'cp-be',
    from: 'hub',
    maxBytes: limits.parcelBytes,
  });
}

describe('a parcel holds', () => {
  test('the first of those that wait, in their order, at least one and at most a hundred', () => {
    fc.assert(
      fc.property(anyQueue, (queue) => {
        const fitting = fitParcel(queue);
        expect(fitting).toEqual(queue.slice(0, fitting.length));
        expect(fitting.length).toBeGreaterThanOrEqual(1);
        expect(fitting.length).toBeLessThanOrEqual(limits.parcelMessages);
      }),
    );
  });

  test('a hundred and no more, where they are small', () => {
    const queue = Array.from({ length: 130 }, (_one, index) => dispatchOf(`${index}`, 1_000));
    expect(fitParcel(queue)).toEqual(queue.slice(0, 100));
  });

  test('no more than may travel', async () => {
    await fc.assert(
      fc.asyncProperty(anyQueue, async (queue) => {
        expect((await pack(fitParcel(queue)))?.jwe.length).toBeLessThanOrEqual(limits.parcelBytes);
      }),
      { numRuns: 25 },
    );
  });

  test.each([2, 100])('up to all that may travel, in %i messages', async (count) => {
    const others = Array.from({ length: count - 1 }, (_one, index) => dispatchOf(`${index}`, 5_000));
    const endWith = (length: number): ClaimedDispatch[] => fitParcel([...others, dispatchOf('last', length)]);
    let fits = 1_000;
    let isTooLong = limits.parcelBytes;
    while (isTooLong - fits > 1) {
      const length = Math.floor((fits + isTooLong) / 2);
      if (endWith(length).length === count) fits = length;
      else isTooLong = length;
    }
    const fullest = (await pack(endWith(fits)))?.jwe.length;
    expect(fullest).toBeLessThanOrEqual(limits.parcelBytes);
    // Little is kept back for what is not known before: header, keys, the frame of the parcel.
    expect(fullest).toBeGreaterThan(limits.parcelBytes - 3_000);
  });

  test('the largest referral that is accepted, alone', async () => {
    const alone = fitParcel([dispatchOf('large', largestLength), dispatchOf('small', 1_000)]);
    expect(alone[0]?.id).toBe('large');
    expect((await pack(alone.slice(0, 1)))?.jwe.length).toBeLessThanOrEqual(limits.parcelBytes);
  });

  test('one that nothing can be packed with, rather than nothing', () => {
    const beyond = [dispatchOf('beyond', limits.parcelBytes), dispatchOf('small', 1_000)];
    expect(fitParcel(beyond).map(({ id }) => id)).toEqual(['beyond']);
  });
});

describe('a parcel is sealed', () => {
  test('to the newest key, under the digest of its bytes, with the signed messages as they are', async () => {
    const dispatches = [dispatchOf('first', 1_000), dispatchOf('second', 2_000)];
    const packed = await pack(dispatches);
    expect(packed).toMatchObject({ id: parcelId, addresseeId: 'cp-be', recipientKid: newer.kid, dispatches });
    expect(packed?.digest).toBe(digestOf(Buffer.from(packed?.jwe ?? '')));
    expect((await open(packed?.jwe ?? '', older)).ok).toBe(false);
    expect(await open(packed?.jwe ?? '', newer)).toEqual({
      ok: true,
      value: { parcelId, from: 'hub', to: 'cp-be', messages: dispatches.map(({ jws }) => jws) },
    });
  });

  test.each([
    ['no key', []],
    ['no key that is valid yet', [encryptionKey(newer, -1_000)]],
    [
      'a key that was revoked',
      [{ ...encryptionKey(newer, 0), revoked: { since: at(nowMs), at: at(nowMs) } }],
    ],
  ])('to nobody who has %s', async (_what, keys) => {
    expect(await pack([dispatchOf('waits', 1_000)], listing({ keys }))).toBeNull();
  });

  test('to nobody who is not listed', async () => {
    expect(
      await packParcel([dispatchOf('waits', 1_000)], { ...to, addresseeId: 'cp-fr' }, () => parcelId),
    ).toBeNull();
  });
});

describe('by the directory an addressee', () => {
  test.each([
    ['understands what it lists', {}, null],
    ['lacks a kind', { dispatchKinds: ['question'] }, 'kind-unlisted'],
    ['lacks a version', { schemaVersions: ['2.0'] }, 'version-unlisted'],
    [
      'lacks both, and the kind counts first',
      { dispatchKinds: [], schemaVersions: ['2.0'] },
      'kind-unlisted',
    ],
  ])('%s', (_what, changes, code) => {
    expect(missingAbility(dispatchOf('one', 1_000), 'cp-be', listing(changes))).toBe(code);
  });

  test('that is not listed understands nothing', () => {
    expect(missingAbility(dispatchOf('one', 1_000), 'cp-fr', listing({}))).toBe('kind-unlisted');
  });
});
