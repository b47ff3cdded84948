import fc from 'fast-check';
import { expect, test } from 'vitest';
import { validateReferral } from '../validate/validate-referral.ts';
import { createExample, exampleKindsFor } from './create-example.ts';

const id = '019a7c3e-5b00-7001-8000-000000000001';
const cases = (['provider', 'hotline', 'partnerCentre'] as const).flatMap((kind) =>
  exampleKindsFor(kind).map((example) => [kind, example] as const),
);

test.each(cases)('a %s can submit the example "%s" at any time', (kind, example) => {
  const signer = { participantId: 'example-member', kind };
  const times = fc.integer({ min: Date.parse('2026-01-01'), max: Date.parse('2100-01-01') });
  fc.assert(
    fc.property(times, (nowMs) => {
      const referral = createExample(example, { participantId: signer.participantId, nowMs, id });
      expect(validateReferral(referral, { nowMs, signer })).toMatchObject({ ok: true });
    }),
    { numRuns: 20 },
  );
});

test.each(cases)('the example of a %s, "%s", holds addresses of documentation only', (_, example) => {
  const text = JSON.stringify(createExample(example, { participantId: 'example-member', nowMs: 0, id }));
  const addresses = [...text.matchAll(/\b\d+\.\d+\.\d+\.\d+\b/g)].map(([address]) => address);
  const domains = [...text.matchAll(/(?:https:\/\/|@)([a-z.]+)/g)].map(([, domain]) => domain);
  for (const address of addresses) expect(address).toMatch(/^(192\.0\.2|198\.51\.100|203\.0\.113)\./);
  for (const domain of domains) expect(domain).toMatch(/\.example$/);
  expect(addresses.length + domains.length).toBeGreaterThan(0);
});

test('only those who refer have examples', () => {
  expect(exampleKindsFor('lawEnforcement')).toEqual([]);
});
