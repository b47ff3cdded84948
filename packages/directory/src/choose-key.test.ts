import { limits, type JwsType } from '@liaison/contracts';
import { describe, expect, test } from 'vitest';
import {
  at,
  createDirectory,
  createKey,
  createParticipant,
  dayMs,
  minuteMs,
  nowMs,
} from '../fixtures/create-directory.ts';
import { chooseEncryptionKey, chooseKeyFrom, revocationFlag, type KeyMoment } from './choose-key.ts';
import { indexDirectory, type DirectoryKey } from './directory-index.ts';

const acme = createKey();
const police = createKey({ types: ['delivery-receipt+jws', 'feedback+jws'] });
const policeEncryption = createKey({ use: 'enc', types: ['parcel+jwe'] });
const now: KeyMoment = { rule: 'now', nowMs };

function directoryWith(key: DirectoryKey, changes: Partial<DirectoryKey> = {}) {
  return indexDirectory(
    createDirectory({
      participants: [
        createParticipant('acme', 'provider', { keys: [{ ...key, ...changes }] }),
        createParticipant('police', 'lawEnforcement', { country: 'BE', keys: [police, policeEncryption] }),
      ],
    }),
  );
}

/** What becomes of a message that names a key: `ok`, or the code. */
function judge(
  moment: KeyMoment,
  changes: Partial<DirectoryKey> = {},
  header: { iss?: string; kid?: string; typ?: JwsType; from?: string } = {},
): string {
  const choice = chooseKeyFrom(
    directoryWith(acme, changes),
    moment,
    header.from,
  )({
    alg: 'ES256',
    typ: header.typ ?? 'referral+jws',
    kid: header.kid ?? acme.kid,
    iss: header.iss ?? 'acme',
    aud: 'liaison:test:hub',
    iat: nowMs / 1000,
    jti: '019a7c3e-5b00-7001-8000-000000000001',
  });
  return choice.ok ? 'ok' : choice.code;
}

describe('which key', () => {
  test('is the one that the directory lists, not one that looks like it', () => {
    const choice = chooseKeyFrom(
      directoryWith(acme),
      now,
    )({
      alg: 'ES256',
      typ: 'referral+jws',
      kid: acme.kid,
      iss: 'acme',
      aud: '',
      iat: 0,
      jti: '',
    });
    expect(choice).toEqual({ ok: true, jwk: acme.jwk });
  });

  test.each([
    ['that nobody has', { kid: 'A'.repeat(43) }, 'key-unknown'],
    ['of another participant', { kid: police.kid }, 'key-unknown'],
    ['of a participant that is not enrolled', { iss: 'nobody' }, 'key-unknown'],
    ['of a participant whose word is not asked for here', { from: 'police' }, 'key-unknown'],
    ['that decrypts', { iss: 'police', kid: policeEncryption.kid }, 'key-use-wrong'],
    ['that signs other types of message', { typ: 'feedback+jws' }, 'key-use-wrong'],
    ['of an authority for a referral', { iss: 'police', kid: police.kid }, 'key-use-wrong'],
    ['of the participant asked for', { from: 'acme' }, 'ok'],
    ['for each of its types', { typ: 'request+jws' }, 'ok'],
  ] as const)('one %s', (_which, header, code) => {
    expect(judge(now, {}, header)).toBe(code);
  });
});

const year = { notBefore: at(nowMs), notAfter: at(nowMs + 365 * dayMs) };
const endMs = nowMs + 365 * dayMs;

describe('at intake a key is judged now', () => {
  test.each([
    ['before it begins', nowMs - 1, 'key-not-yet-valid'],
    ['when it begins', nowMs, 'ok'],
    ['when it ends', endMs, 'ok'],
    ['after its end', endMs + 1, 'key-expired'],
  ])('%s', (_when, ms, code) => {
    expect(judge({ rule: 'now', nowMs: ms }, year)).toBe(code);
  });

  test('and a revoked one is refused, whatever the time since which it is not safe', () => {
    const revoked = { since: at(nowMs - dayMs), at: at(nowMs) };
    expect(judge(now, { revoked })).toBe('key-revoked');
    expect(judge(now, { revoked: { ...revoked, since: at(nowMs) } })).toBe('key-revoked');
  });
});

describe("at a contact point a sender's key is judged when the hub accepted", () => {
  const accepted = (acceptedAtMs: number): KeyMoment => ({ rule: 'acceptedAt', acceptedAtMs });

  test.each([
    ['before it began', nowMs - 1, 'key-not-yet-valid'],
    ['years ago, while it was valid', nowMs + 1, 'ok'],
    ['the moment it ended', endMs, 'ok'],
    ['long after it had ended', endMs + dayMs, 'key-expired'],
  ])('%s', (_when, ms, code) => {
    expect(judge(accepted(ms), year)).toBe(code);
  });

  test('a retired key still proves what it signed, though a newer one has taken its place', () => {
    const retired = { ...acme, ...year };
    const directory = indexDirectory(
      createDirectory({
        participants: [createParticipant('acme', 'provider', { keys: [retired, createKey()] })],
      }),
    );
    const header = { alg: 'ES256', typ: 'referral+jws', kid: retired.kid, iss: 'acme' } as const;
    const rest = { aud: '', iat: 0, jti: '' };
    const choose = chooseKeyFrom(directory, accepted(nowMs + dayMs));
    expect(choose({ ...header, ...rest })).toEqual({ ok: true, jwk: retired.jwk });
  });

  const revokedAtMs = nowMs + 10 * dayMs;
  const revoked = { since: at(revokedAtMs - dayMs), at: at(revokedAtMs) };
  const lagMs = limits.directoryLifeMs + limits.iatMaxAheadMs;

  test.each([
    ['before the key fell into other hands', revokedAtMs - 2 * dayMs, 'ok', null],
    ['after that and before it was revoked', revokedAtMs - 1, 'ok', revoked.since],
    ['by a directory that did not say so yet', revokedAtMs + lagMs - 1, 'ok', revoked.since],
    ['when the hub must have known', revokedAtMs + lagMs, 'key-revoked', revoked.since],
  ])('%s', (_when, ms, code, flag) => {
    expect(judge(accepted(ms), { revoked })).toBe(code);
    expect(revocationFlag({ ...acme, revoked }, ms)).toBe(flag);
  });

  test('a key that was never revoked flags nothing', () => {
    expect(revocationFlag(acme, nowMs)).toBeNull();
  });
});

describe('at the hub an answer may have been on its way for seven days', () => {
  const grace = 7 * dayMs;

  test.each([
    ['before its key begins', nowMs - 1, 'key-not-yet-valid'],
    ['while its key is valid', endMs, 'ok'],
    ['seven days after its key ended', endMs + grace, 'ok'],
    ['later', endMs + grace + 1, 'key-expired'],
  ])('%s', (_when, ms, code) => {
    expect(judge({ rule: 'answer', nowMs: ms }, year)).toBe(code);
  });

  test('and none by a revoked key is taken, on its way or not', () => {
    const revoked = { since: at(nowMs), at: at(nowMs + minuteMs) };
    expect(judge({ rule: 'answer', nowMs: nowMs + 2 * minuteMs }, { ...year, revoked })).toBe('key-revoked');
  });
});

describe('the key to which a parcel is sealed', () => {
  function chosen(keys: readonly DirectoryKey[], ms = nowMs): string | undefined {
    const participants = [createParticipant('police', 'lawEnforcement', { country: 'BE', keys: [...keys] })];
    return chooseEncryptionKey(indexDirectory(createDirectory({ participants })), 'police', ms)?.kid;
  }
  const enc = (fromMs: number, changes: Partial<DirectoryKey> = {}): DirectoryKey =>
    createKey({ use: 'enc', types: ['parcel+jwe'], notBefore: at(fromMs), ...changes });
  const first = enc(nowMs - 300 * dayMs);
  const second = enc(nowMs - dayMs);
  const tomorrow = enc(nowMs + dayMs);

  test('is the newest of those that are valid, wherever the directory has it', () => {
    expect(chosen([first, second, tomorrow])).toBe(second.kid);
    expect(chosen([tomorrow, second, first])).toBe(second.kid);
    expect(chosen([first, second, tomorrow], nowMs + dayMs)).toBe(tomorrow.kid);
  });

  test('is the one before it again where the newest was revoked', () => {
    const revoked = { since: at(nowMs - dayMs), at: at(nowMs) };
    expect(chosen([first, { ...second, revoked }])).toBe(first.kid);
  });

  test('is none where nothing is left that is valid and encrypts', () => {
    expect(chosen([police, tomorrow, enc(nowMs - 300 * dayMs, { notAfter: at(nowMs - 1) })])).toBeUndefined();
  });

  test('is none of somebody who is not enrolled', () => {
    expect(chooseEncryptionKey(directoryWith(acme), 'nobody', nowMs)).toBeUndefined();
  });
});
