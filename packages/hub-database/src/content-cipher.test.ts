import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContentCipher } from './content-cipher.ts';

const wrapping = (id: string): { id: string; bytes: Uint8Array } => ({ id, bytes: randomBytes(32) });
const first = wrapping('first');
const cipher = createContentCipher([first], randomBytes);

function codeOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

test('what was sealed opens with the unwrapped key and its own id', () => {
  fc.assert(
    fc.property(fc.string(), fc.uuid(), (text, id) => {
      const { key, wrapped } = cipher.newKey();
      const sealed = cipher.seal(key, id, text);
      expect(cipher.open(cipher.unwrapKey(wrapped), id, sealed)).toBe(Buffer.from(text).toString());
    }),
  );
});

describe('sealed content does not open', () => {
  const { key, wrapped } = cipher.newKey();
  const sealed = cipher.seal(key, 'one', 'the message');

  test('under the id of another message', () => {
    expect(codeOf(() => cipher.open(key, 'two', sealed))).toBe('content-broken');
  });

  test('with the key of another referral', () => {
    expect(codeOf(() => cipher.open(cipher.newKey().key, 'one', sealed))).toBe('content-broken');
  });

  test.each([0, 12, 20, sealed.length - 1])('with byte %i changed', (at) => {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(codeOf(() => cipher.open(key, 'one', changed))).toBe('content-broken');
  });

  test('without the wrapping key', () => {
    expect(codeOf(() => createContentCipher([wrapping('other')], randomBytes).unwrapKey(wrapped))).toBe(
      'wrapping-key-unknown',
    );
    expect(codeOf(() => createContentCipher([wrapping('first')], randomBytes).unwrapKey(wrapped))).toBe(
      'content-key-broken',
    );
  });
});

test('a new wrapping key wraps, and the old one still unwraps', () => {
  const { key, wrapped } = cipher.newKey();
  const rotated = createContentCipher([wrapping('second'), first], randomBytes);
  expect(rotated.unwrapKey(wrapped)).toEqual(key);
  expect(rotated.newKey().wrapped.wrappingKeyId).toBe('second');
});
