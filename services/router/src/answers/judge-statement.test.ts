import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeStatement } from './judge-statement.ts';
import type { Statement } from './read-statements.ts';

const ours = 'sha-256:ours';
const taken: Statement = { dispatchId: 'd', digest: ours, refusal: null };
const sent = { digest: ours, state: 'sent', attempts: 1 };

function refused(refusal: string, digest: string | null = ours): Statement {
  return { dispatchId: 'd', digest, refusal };
}

describe('that it was taken', () => {
  test.each(['sealed', 'sending', 'sent', 'parked'])('has the last word on one that is %s', (state) => {
    expect(judgeStatement(taken, { ...sent, state }, false)).toBe('take');
    expect(judgeStatement(taken, { ...sent, state }, true)).toBe('take');
  });

  test('needs the digest of our bytes', () => {
    expect(judgeStatement({ ...taken, digest: 'sha-256:other' }, sent, false)).toBe('stray');
    expect(judgeStatement({ ...taken, digest: null }, sent, false)).toBe('stray');
  });
});

describe('that it was refused', () => {
  test.each([
    [1, 'repack'],
    [2, 'repack'],
    [3, 'park'],
    [4, 'park'],
  ])('unopened after %i sends comes to %s', (attempts, verdict) => {
    expect(judgeStatement(refused('undecryptable', null), { ...sent, attempts }, false)).toBe(verdict);
  });

  test.each(['kind-unknown', 'version-unknown', 'signature-invalid', 'code-of-a-later-version'])(
    'with %s parks it at once',
    (code) => {
      expect(judgeStatement(refused(code), sent, false)).toBe('park');
    },
  );

  test('counts once for each parcel', () => {
    expect(judgeStatement(refused('undecryptable', null), sent, true)).toBe('over');
    expect(judgeStatement(refused('signature-invalid'), sent, true)).toBe('over');
  });

  test('is noted where it is parked already', () => {
    expect(judgeStatement(refused('undecryptable', null), { ...sent, state: 'parked' }, false)).toBe('note');
  });

  test('with the digest of other bytes says nothing of ours', () => {
    expect(judgeStatement(refused('signature-invalid', 'sha-256:other'), sent, false)).toBe('stray');
  });
});

test('after the last word nothing but other bytes is worth a look', () => {
  const anyStatement = fc.record({
    dispatchId: fc.constant('d'),
    digest: fc.constantFrom(ours, 'sha-256:other', null),
    refusal: fc.constantFrom(null, 'undecryptable', 'signature-invalid', 'kind-unknown'),
  });
  const anyOver = fc.record({
    digest: fc.constant(ours),
    state: fc.constantFrom('receipted', 'cancelled'),
    attempts: fc.nat(5),
  });
  fc.assert(
    fc.property(anyStatement, anyOver, fc.boolean(), (statement, dispatch, isRepeated) => {
      expect(['over', 'stray']).toContain(judgeStatement(statement, dispatch, isRepeated));
    }),
  );
});
