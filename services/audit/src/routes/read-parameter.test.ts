import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSize, requireHash } from './read-parameter.ts';

function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

test('a size is read exactly as it was written, or refused', () => {
  const texts = fc.oneof(fc.string(), fc.maxSafeNat().map(String), fc.bigInt().map(String));
  fc.assert(
    fc.property(texts, (text) => {
      expect([text, 'parameter-invalid']).toContain(String(outcome(() => readSize({ size: text }, 'size'))));
    }),
  );
});

test('every size that is safe is read', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (size) => {
      expect(readSize({ size: String(size) }, 'size')).toBe(size);
    }),
  );
});

test('a hash has one way to be written', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 30, maxLength: 34 }), (bytes) => {
      const text = Buffer.from(bytes).toString('base64url');
      const read = outcome(() => requireHash({ leafHash: text }, 'leafHash'));
      expect(read).toEqual(bytes.length === 32 ? bytes : 'parameter-invalid');
    }),
  );
});
