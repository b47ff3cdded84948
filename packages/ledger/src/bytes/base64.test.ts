import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, decodeBase64Url, encodeBase64, encodeBase64Url } from './base64.ts';

describe('base64', () => {
  test('writes the vectors of RFC 4648, section 10', () => {
    const encoded = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) =>
      encodeBase64(new TextEncoder().encode(text)),
    );
    expect(encoded).toEqual(['', 'Zg==', 'Zm8=', 'Zm9v', 'Zm9vYg==', 'Zm9vYmE=', 'Zm9vYmFy']);
  });

  test('agrees with node for all bytes and reads back what it wrote', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64(encodeBase64(bytes))).toEqual(new Uint8Array(bytes));
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  test.each([
    'Zg',
    'Zg=',
    'Zg===',
    'Zh==',
    'Zm9=',
    'Zg==\n',
    ' Zg==',
    'Z g=',
    '=',
    '====',
    'Zg-_',
    'Zg==Zg==',
  ])('refuses the base64 %j', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  test.each(['Z', 'Zg==', 'Zh', 'Zm9', 'Zg\n', 'a+b/', 'é'])('refuses the base64url %j', (text) => {
    expect(decodeBase64Url(text)).toBeUndefined();
  });

  test('is the only reading of its bytes', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[AQgwZ09_+/=-]{0,12}$/), (text) => {
        const bytes = decodeBase64(text);
        const urlBytes = decodeBase64Url(text);
        expect(bytes === undefined || encodeBase64(bytes) === text).toBe(true);
        expect(urlBytes === undefined || encodeBase64Url(urlBytes) === text).toBe(true);
      }),
    );
  });
});
