import { checkReferralRules, validateMessage, type Referral } from '@liaison/contracts';
import { generateWorldwide, worldwideLanguages } from '@liaison/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectText, readCorpus, referralOf } from '../corpus/attempt.ts';
import { decode } from '../corpus/decode.ts';
import { payloads } from '../corpus/payloads.ts';
import { createGuard } from './guard.ts';

const guard = createGuard();
const nowMs = Date.parse('2026-11-22T00:00:00Z');
const corpus = readCorpus();
const kinds = [...new Set(corpus.map(({ kind }) => kind))];

function attemptsOf(kind: string): readonly (typeof corpus)[number]['attempt'][] {
  return corpus.filter((entry) => entry.kind === kind).map(({ attempt }) => attempt);
}

function faultsBeforeGuard(referral: unknown): readonly unknown[] {
  const validation = validateMessage('referral', referral);
  return validation.ok ? checkReferralRules(validation.value, { nowMs }) : validation.faults;
}

function faultsOf(referral: Referral): readonly unknown[] {
  return [...faultsBeforeGuard(referral), ...guard.inspectReferral(referral)];
}

describe('an attempt at smuggling', () => {
  it('has 25 kinds at least, and there are 400 different ones', () => {
    expect(kinds.length).toBeGreaterThanOrEqual(25);
    expect(new Set(corpus.map(({ attempt }) => JSON.stringify(attempt.set))).size).toBeGreaterThanOrEqual(
      400,
    );
  });

  it.each(kinds)('of the kind %s gives a reader what it promises', (kind) => {
    for (const attempt of attemptsOf(kind)) {
      const { called, bytes } = payloads[attempt.payload] ?? { called: '', bytes: Buffer.alloc(0) };
      const read = decode(collectText(attempt), attempt.steps);
      expect(read.subarray(0, bytes.length).toString('latin1')).toBe(bytes.toString('latin1'));
      expect(bytes.length).toBeGreaterThan(9);
      expect(attempt.reader).toContain(called);
    }
  });

  it.each(kinds)('of the kind %s is refused for its reason, at its member', (kind) => {
    for (const attempt of attemptsOf(kind)) {
      expect(guard.inspectReferral(referralOf(attempt))).toContainEqual(
        expect.objectContaining(attempt.expect),
      );
      expect(attempt.members.length).toBeGreaterThan(0);
    }
  });

  it.each(kinds)('of the kind %s would enter if it were not for the guard', (kind) => {
    for (const attempt of attemptsOf(kind)) {
      expect(faultsBeforeGuard(referralOf(attempt)).length > 0).toBe(attempt.schemaRefuses ?? false);
    }
  });
});

describe('a legitimate referral', () => {
  it('is written in every official language of the Union and in nine others', () => {
    expect(worldwideLanguages).toHaveLength(33);
  });

  it.each(worldwideLanguages)('in the language %s is accepted', (language) => {
    const own = [...generateWorldwide({ count: 10, seed: 1, nowMs, languages: [language] })];
    expect(own.map((entry) => entry.language)).toEqual(Array.from({ length: 10 }, () => language));
    for (const { referral } of own) expect(faultsOf(referral)).toEqual([]);
  });

  it('is accepted whatever the seed', { timeout: 30_000 }, () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 2 ** 31 - 1 }), (seed) => {
        for (const { referral } of generateWorldwide({ count: worldwideLanguages.length, seed, nowMs }))
          expect(faultsOf(referral)).toEqual([]);
      }),
      // By chance a digest in many thousands begins like a file: the same seeds each time, and the rate in the README.
      { numRuns: 5, seed: 1 },
    );
  });
});
