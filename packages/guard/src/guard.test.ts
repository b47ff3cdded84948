import { readFileSync, readdirSync } from 'node:fs';
import { checkReferralRules, faultMeanings, validateMessage } from '@liaison/contracts';
import { describe, expect, it } from 'vitest';
import { createGuard } from './guard.ts';

interface Refused {
  readonly what: string;
  readonly expect: readonly { readonly pointer: string; readonly code: string }[];
  readonly referral: unknown;
}

function readFixtures<T>(folder: string): readonly (readonly [string, T])[] {
  const base = new URL(`../fixtures/${folder}/`, import.meta.url);
  return readdirSync(base).map((file) => [file, JSON.parse(readFileSync(new URL(file, base), 'utf8')) as T]);
}

const refused = readFixtures<Refused>('refused');
const accepted = readFixtures<{ readonly what: string; readonly referral: unknown }>('accepted');
const guard = createGuard();

/** What the schema refuses by itself; every other fixture would enter if it were not for the guard. */
const refusedBySchemaToo = /^(member-|text-too-long|profile-url-)/;

describe('refused referrals', () => {
  it.each(refused)('%s is refused for exactly its reasons', (_file, { expect: reasons, referral }) => {
    const found = guard.inspectReferral(referral).map(({ pointer, code }) => ({ pointer, code }));
    expect(found).toEqual(reasons);
    expect(reasons.length).toBeGreaterThan(0);
  });

  it.each(refused)('%s is refused by the guard alone', (file, { referral }) => {
    expect(validateMessage('referral', referral).ok).toBe(!refusedBySchemaToo.test(file));
  });

  it('give every code of the guard', () => {
    const codes = new Set(refused.flatMap(([, { expect: reasons }]) => reasons.map(({ code }) => code)));
    const all = Object.keys(faultMeanings).filter((code) => code.startsWith('guard-'));
    expect([...codes].toSorted()).toEqual(all.toSorted());
  });

  it('are explained in words that hold nothing of the referral', () => {
    for (const [, { referral }] of refused) {
      for (const { detail } of guard.inspectReferral(referral)) {
        expect(detail ?? '').toMatch(/^[A-Za-z0-9 ,-]{0,80}$/);
      }
    }
  });
});

describe('accepted referrals', () => {
  it.each(accepted)('%s passes', (_file, { referral }) => {
    expect(guard.inspectReferral(referral)).toEqual([]);
  });

  it.each(accepted)('%s is a referral that the other checks accept', (_file, { referral }) => {
    const validation = validateMessage('referral', referral);
    expect(validation).toMatchObject({ ok: true });
    if (!validation.ok) return;
    expect(checkReferralRules(validation.value, { nowMs: Date.parse('2026-11-22T00:00:00Z') })).toEqual([]);
  });
});

describe('inspectReferral', () => {
  it.each([[null], [undefined], ['text'], [17], [[]]])('refuses %j, which is no referral', (value) => {
    expect(guard.inspectReferral(value)).toEqual([{ pointer: '', code: 'guard-member-unknown' }]);
  });

  it('points at the parent of a member whose name is too long for a pointer', () => {
    const faults = guard.inspectReferral({ note: { ['n'.repeat(400)]: 1 } });
    expect(faults).toEqual([{ pointer: '/note', code: 'guard-member-unknown' }]);
  });

  it('escapes the names of unknown members as RFC 6901 has it', () => {
    expect(guard.inspectReferral({ 'a/b~c': 1 })).toEqual([
      { pointer: '/a~1b~0c', code: 'guard-member-unknown' },
    ]);
  });

  it('takes no member of the prototype for one of the schema', () => {
    const faults = guard.inspectReferral(JSON.parse('{"__proto__":{"text":"words"},"constructor":1}'));
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/__proto__', '/constructor']);
  });

  it('looks at nothing in a body that is longer than any referral', () => {
    const persons = Array.from({ length: 30 }, () => ({
      identifiers: Array.from({ length: 20 }, () => ({ type: 'userId', value: 'x'.repeat(500) })),
    }));
    expect(guard.inspectReferral({ persons })).toMatchObject([{ pointer: '', code: 'guard-text-too-long' }]);
  });

  it('finds the same in the same referral every time', () => {
    for (const [, { referral }] of refused) {
      expect(guard.inspectReferral(referral)).toEqual(guard.inspectReferral(referral));
    }
  });
});
