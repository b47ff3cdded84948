import fc from 'fast-check';
import { limits } from '@liaison/contracts';
import { describe, expect, test } from 'vitest';
import { at, createDirectory, createKey, createParticipant, nowMs } from '../fixtures/create-directory.ts';
import { chooseKeyFrom, revocationFlag, type KeyMoment } from './choose-key.ts';
import { indexDirectory, type DirectoryKey } from './directory-index.ts';

const base = createKey();
const spanMs = 20 * limits.answerKeyGraceMs;
/** Near each other, so that the borders are met. */
const time = fc.oneof(
  fc.integer({ min: -spanMs, max: spanMs }),
  fc.integer({ min: -2 * limits.directoryLifeMs, max: 2 * limits.directoryLifeMs }),
);

/** A key with any validity, revoked at any time or never. */
const anyKey = fc
  .record({
    from: time,
    lifeMs: fc.nat({ max: spanMs }),
    revokedAt: fc.option(time),
    sinceMs: fc.nat(spanMs),
  })
  .map(({ from, lifeMs, revokedAt, sinceMs }): DirectoryKey => ({
    ...base,
    notBefore: at(nowMs + from),
    notAfter: at(nowMs + from + lifeMs),
    revoked:
      revokedAt === null ? null : { since: at(nowMs + revokedAt - sinceMs), at: at(nowMs + revokedAt) },
  }));

function accepts(key: DirectoryKey, moment: KeyMoment): boolean {
  const participants = [createParticipant('acme', 'provider', { keys: [key] })];
  const choose = chooseKeyFrom(indexDirectory(createDirectory({ participants })), moment);
  const header = { alg: 'ES256', typ: 'referral+jws', kid: key.kid, iss: 'acme' } as const;
  return choose({ ...header, aud: '', iat: 0, jti: '' }).ok;
}

/** The key as a directory has it that was issued at a time: of a revocation that came later it knows nothing. */
function asOf(key: DirectoryKey, issuedAtMs: number): DirectoryKey {
  return key.revoked !== null && Date.parse(key.revoked.at) > issuedAtMs ? { ...key, revoked: null } : key;
}

/** A key and a time, often one near a border of the key: its beginning, its end, its revocation. */
const keyAndTime = anyKey.chain((key) => {
  const { notBefore, notAfter, revoked } = key;
  const borders = [notBefore, notAfter, ...(revoked === null ? [] : [revoked.at, revoked.since])];
  const near = fc
    .tuple(fc.constantFrom(...borders), fc.integer({ min: -5_000, max: 2 * limits.directoryLifeMs }))
    .map(([border, ms]) => Date.parse(border) + ms);
  return fc.record({
    key: fc.constant(key),
    timeMs: fc.oneof(
      time.map((ms) => nowMs + ms),
      near,
    ),
  });
});

describe('for every key, however it ends', () => {
  test('what intake accepts by a directory that has not expired, no contact point refuses later', () => {
    const age = fc.nat({ max: limits.directoryLifeMs - 1 });
    fc.assert(
      fc.property(keyAndTime, age, fc.nat({ max: 5_000 }), ({ key, timeMs }, ageMs, workMs) => {
        fc.pre(accepts(asOf(key, timeMs - ageMs), { rule: 'now', nowMs: timeMs }));
        // The hub signs for the time at which it had done with it.
        expect(accepts(key, { rule: 'acceptedAt', acceptedAtMs: timeMs + workMs })).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test('what a contact point takes after a revocation never comes without its flag', () => {
    fc.assert(
      fc.property(keyAndTime, ({ key, timeMs }) => {
        const isAccepted = accepts(key, { rule: 'acceptedAt', acceptedAtMs: timeMs });
        const isRevoked = key.revoked !== null && Date.parse(key.revoked.at) <= timeMs;
        expect(isAccepted && isRevoked && revocationFlag(key, timeMs) === null).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  test('an answer that could be signed can be received for seven days, unless its key was revoked', () => {
    fc.assert(
      fc.property(keyAndTime, fc.nat({ max: limits.answerKeyGraceMs }), ({ key, timeMs }, onItsWayMs) => {
        const unrevoked = { ...key, revoked: null };
        fc.pre(accepts(unrevoked, { rule: 'now', nowMs: timeMs }));
        const received: KeyMoment = { rule: 'answer', nowMs: timeMs + onItsWayMs };
        expect(accepts(unrevoked, received)).toBe(true);
        expect(accepts(key, received)).toBe(key.revoked === null);
      }),
      { numRuns: 1_000 },
    );
  });
});
