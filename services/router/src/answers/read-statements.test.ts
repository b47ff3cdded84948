import type { DeliveryReceipt } from '@liaison/contracts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readStatements, type Receipted } from './read-statements.ts';

type Entry = DeliveryReceipt['entries'][number];

const parcel = { addresseeId: 'cp-be', dispatchIds: ['one', 'two'], packedAtMs: 0, receipted: false };

function receipted(changes: Partial<DeliveryReceipt>, from = 'cp-be'): Receipted {
  const receipt: DeliveryReceipt = {
    schemaVersion: '1.0',
    parcelId: null,
    parcelDigest: 'sha-256:parcel',
    receivedAt: '2026-03-02T12:00:00.000Z',
    outcome: 'opened',
    code: null,
    entries: [],
    ...changes,
  };
  return { from, receipt, digest: 'sha-256:receipt' };
}

function entry(dispatchId: string, code: string | null = null): Entry {
  const outcome = code === null ? 'accepted' : 'refused';
  return { dispatchId, digest: `sha-256:${dispatchId}`, outcome, code };
}

describe('a receipt of an opened parcel', () => {
  test('says of each message what its entry says', () => {
    const read = readStatements(receipted({ entries: [entry('two', 'kind-unknown'), entry('one')] }), parcel);
    expect(read).toEqual({
      isOurs: true,
      strays: [],
      statements: [
        { dispatchId: 'two', digest: 'sha-256:two', refusal: 'kind-unknown' },
        { dispatchId: 'one', digest: 'sha-256:one', refusal: null },
      ],
    });
  });

  test('refuses what it leaves out', () => {
    const { statements } = readStatements(receipted({ entries: [entry('two')] }), parcel);
    expect(statements[1]).toEqual({ dispatchId: 'one', digest: null, refusal: 'entry-missing' });
  });

  test('refuses without a reason as if the message were malformed', () => {
    const withoutCode: Entry = { dispatchId: 'one', digest: null, outcome: 'refused', code: null };
    const { statements } = readStatements(receipted({ entries: [withoutCode, entry('two')] }), parcel);
    expect(statements[0]).toEqual({ dispatchId: 'one', digest: null, refusal: 'jws-malformed' });
  });

  test('is not believed about what did not travel in the parcel, and the rest of it is', () => {
    const feedback: Entry = { feedbackId: 'answer', digest: null, outcome: 'accepted', code: null };
    const { statements, strays } = readStatements(
      receipted({ entries: [entry('three'), feedback, entry('one'), entry('two')] }),
      parcel,
    );
    expect(strays).toEqual(['three', 'answer']);
    expect(statements.map(({ dispatchId }) => dispatchId)).toEqual(['one', 'two']);
  });

  test('says something of every message in it, and of nothing else', () => {
    const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1 });
    fc.assert(
      fc.property(ids, ids, (dispatchIds, named) => {
        const entries = named.map((id) => entry(id));
        const { statements, strays } = readStatements(receipted({ entries }), { ...parcel, dispatchIds });
        expect(statements.map(({ dispatchId }) => dispatchId).toSorted()).toEqual(dispatchIds.toSorted());
        expect(strays).toEqual(named.filter((id) => !dispatchIds.includes(id)));
        const takenIds = statements.flatMap(({ dispatchId, refusal }) =>
          refusal === null ? dispatchId : [],
        );
        expect(takenIds).toEqual(named.filter((id) => dispatchIds.includes(id)));
      }),
    );
  });
});

describe('a receipt of a parcel that was not opened', () => {
  test('says the same of all that travelled in it', () => {
    const { statements } = readStatements(
      receipted({ outcome: 'refused', code: 'parcel-malformed' }),
      parcel,
    );
    expect(statements).toEqual([
      { dispatchId: 'one', digest: null, refusal: 'parcel-malformed' },
      { dispatchId: 'two', digest: null, refusal: 'parcel-malformed' },
    ]);
  });
});

describe('a receipt says nothing', () => {
  test.each([
    ['of a parcel that was never sent', undefined, 'cp-be'],
    ["of another addressee's parcel", parcel, 'cp-fr'],
  ])('%s', (_what, sentParcel, from) => {
    expect(readStatements(receipted({ entries: [entry('one')] }, from), sentParcel)).toEqual({
      isOurs: false,
      statements: [],
      strays: ['sha-256:parcel'],
    });
  });
});
