import { checkReferralRules, memberStates, validateMessage } from '@liaison/contracts';
import { expect, test } from 'vitest';
import { contactPointIdOf } from '../demo-participants.ts';
import { generateReferrals } from './generate-referrals.ts';
import type { LabelledReferral } from './labelled-referral.ts';

const nowMs = Date.parse('2026-11-22T12:00:00Z');

function generate(count: number, seed = 1): LabelledReferral[] {
  return [...generateReferrals({ count, seed, nowMs: () => nowMs, prefix: 'run' })];
}

test('what is labelled as accepted follows the schema and its rules', () => {
  const faults = generate(1_000)
    .filter(({ label }) => label.kind === 'accepted')
    .flatMap(({ referral }) => {
      const result = validateMessage('referral', referral);
      return result.ok ? checkReferralRules(result.value, { nowMs }) : result.faults;
    });
  expect(faults).toEqual([]);
});

test('the same seed makes the same referrals, another seed others', () => {
  expect(generate(60, 7)).toEqual(generate(60, 7));
  expect(generate(60, 8)).not.toEqual(generate(60, 7));
});

test('200 referrals reach every Member State, several at once, and Europol alone', () => {
  const addressed = generate(200).flatMap(({ label }) =>
    label.kind === 'accepted' ? [label.addressees] : [],
  );
  const reached = new Set(addressed.flat());
  expect(memberStates.filter((state) => !reached.has(contactPointIdOf(state)))).toEqual([]);
  expect(addressed.filter((addressees) => addressees.length > 2).length).toBeGreaterThan(5);
  expect(addressed.filter((addressees) => addressees.length === 1).length).toBeGreaterThan(5);
  expect(addressed.every((addressees) => addressees.includes('europol'))).toBe(true);
});

test('at most eight in a hundred are rejected, in each of the ways', () => {
  const rejected = generate(6_000).flatMap(({ label }) => (label.kind === 'rejected' ? [label.problem] : []));
  expect(rejected.length).toBeLessThan(480);
  const fewOnes = Array.from({ length: 30 }, (_one, seed) => generate(60, seed));
  const shares = fewOnes.map((few) => few.filter(({ label }) => label.kind === 'rejected').length / 60);
  expect(Math.max(...shares)).toBeLessThanOrEqual(0.08);
  expect(new Set(rejected)).toEqual(
    new Set(['schema-invalid', 'guard-refused', 'iat-stale', 'key-unknown', 'reference-reused']),
  );
});

test('nobody real is named: addresses, domains and numbers are those kept for examples', () => {
  const texts = JSON.stringify(generate(2_000));
  const addresses = texts.match(/"ipAddress":"[^"]+"/g) ?? [];
  expect(addresses.length).toBeGreaterThan(1_000);
  const real = addresses.filter((text) => !/"(192\.0\.2|198\.51\.100|203\.0\.113)\.|"2001:db8:/.test(text));
  expect(real).toEqual([]);
  expect((texts.match(/@[a-z.]+/g) ?? []).filter((domain) => domain !== '@mail.example')).toEqual([]);
  const numbers = texts.match(/"\+\d+"/g) ?? [];
  expect(numbers.filter((number) => !/^"\+(3363998|35320911|493023125|463139006)/.test(number))).toEqual([]);
});
