import { randomBytes } from 'node:crypto';
import { validateMessage } from '@liaison/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createNewId } from './ids.ts';

test('ids grow strictly, whatever the clock does, and are UUIDv7 of the contract', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 2, maxLength: 200 }), (offsets) => {
      const startMs = Date.UTC(2026, 10, 22);
      let at = 0;
      const newId = createNewId({ nowMs: () => startMs + (offsets[at++] ?? 0) }, randomBytes);
      const ids = offsets.map(() => newId());
      expect(ids.toSorted()).toEqual(ids);
      expect(new Set(ids).size).toBe(ids.length);
      const parcel = { parcelId: ids[0], from: 'hub', to: 'cp-be', messages: ['YQ.YQ.YQ'] };
      expect(validateMessage('parcel', parcel).ok).toBe(true);
    }),
    { numRuns: 200 },
  );
});
