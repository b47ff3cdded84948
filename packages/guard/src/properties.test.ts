import { readFileSync, readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGuard } from './guard.ts';

const guard = createGuard();

const base32Digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function bitsOf(bytes: Buffer): string {
  return [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
}

function encodeBase32(bytes: Buffer): string {
  const groups = bitsOf(bytes).match(/.{1,5}/g) ?? [];
  return groups.map((bits) => base32Digits.charAt(Number.parseInt(bits.padEnd(5, '0'), 2))).join('');
}

function encodeAscii85(bytes: Buffer): string {
  let text = '';
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    let number = bytes.readUInt32BE(at);
    let group = '';
    for (let digit = 0; digit < 5; digit += 1) {
      group = String.fromCharCode(33 + (number % 85)) + group;
      number = Math.floor(number / 85);
    }
    text += group;
  }
  return text;
}

function encodeEach(bytes: Buffer, encode: (byte: number) => string): string {
  return [...bytes].map(encode).join('');
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

const encodings: Readonly<Record<string, (bytes: Buffer) => string>> = {
  base64: (bytes) => bytes.toString('base64'),
  base64url: (bytes) => bytes.toString('base64url'),
  'base64 in pieces': (bytes) => (bytes.toString('base64').match(/.{1,5}/g) ?? []).join(' '),
  'base64 twice': (bytes) => Buffer.from(bytes.toString('base64')).toString('base64'),
  base32: encodeBase32,
  'base32 in small letters': (bytes) => encodeBase32(bytes).toLowerCase(),
  hex: (bytes) => bytes.toString('hex'),
  'hex in pairs': (bytes) => encodeEach(bytes, (byte) => `${hexOf(byte).toUpperCase()} `),
  'hex of base64': (bytes) => Buffer.from(bytes.toString('base64')).toString('hex'),
  percent: (bytes) => encodeEach(bytes, (byte) => `%${hexOf(byte)}`),
  'escapes with x': (bytes) => encodeEach(bytes, (byte) => `\\x${hexOf(byte)}`),
  'escapes with u': (bytes) => encodeEach(bytes, (byte) => `\\u00${hexOf(byte)}`),
  'array of C': (bytes) => encodeEach(bytes, (byte) => `0x${hexOf(byte)}, `),
  'character references': (bytes) => encodeEach(bytes, (byte) => `&#${byte};`),
  'decimal numbers': (bytes) => [...bytes].join(', '),
  'octal escapes': (bytes) => encodeEach(bytes, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  'digits of two': bitsOf,
  ASCII85: encodeAscii85,
};

function randomBytes(length: number): fc.Arbitrary<Buffer> {
  return fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Buffer.from(bytes));
}

/** How files begin: `..` is a byte of any value. */
const heads: Readonly<Record<string, readonly string[]>> = {
  JPEG: [
    'ffd8ffe000104a46494600',
    'ffd8ffe1....4578696600004d4d',
    'ffd8ffdb0043',
    'ffd8ffe2....4943435f50524f46',
  ],
  PNG: ['89504e470d0a1a0a0000000d49484452'],
  GIF: ['474946383961', '474946383761'],
  WEBP: ['52494646........57454250565038'],
  MP4: ['000000..6674797069736f6d', '000000..667479706d703432', '000000..6674797068656963'],
  ZIP: ['504b03040a000000', '504b030414000800', '504b03042d000000'],
  PDF: ['255044462d312e', '255044462d322e'],
};

function beginningOf(head: string): fc.Arbitrary<Buffer> {
  return randomBytes(60).chain((filler) =>
    fc.integer({ min: 24, max: 48 }).map((length) => {
      const bytes = Buffer.from(filler);
      (head.match(/../g) ?? []).forEach((pair, at) => {
        if (pair !== '..') bytes[at] = Number.parseInt(pair, 16);
      });
      return bytes.subarray(0, length - (length % 4));
    }),
  );
}

/** The official languages of the Union. */
const officialNote = /^note-(bg|cs|da|de|el|en|es|et|fi|fr|ga|hr|hu|it|lt|lv|mt|nl|pl|pt|ro|sk|sl|sv)\.json$/;

const proseWords = readdirSync(new URL('../fixtures/accepted/', import.meta.url))
  .filter((file) => officialNote.test(file))
  .flatMap((file) => {
    const path = new URL(`../fixtures/accepted/${file}`, import.meta.url);
    const { referral } = JSON.parse(readFileSync(path, 'utf8')) as { referral: { note: { text: string } } };
    return [referral.note.text.split(' ')];
  });

/** Words of one language in any order, as many as a note has room for. */
const prose = fc
  .constantFrom(...proseWords)
  .chain((words) => fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 60 }))
  .map((words) => words.join(' '));

function noteOf(text: string): unknown {
  return { note: { text, language: 'en' } };
}

function codesOf(referral: unknown): readonly string[] {
  return guard.inspectReferral(referral).map(({ code }) => code);
}

describe('the beginning of a file', () => {
  const cases = Object.entries(heads).flatMap(([kind, kindHeads]) =>
    Object.keys(encodings).map((encoding) => [kind, encoding, kindHeads] as const),
  );

  it.each(cases)('of kind %s is found in a note as %s', (_kind, encoding, kindHeads) => {
    const encode = encodings[encoding] ?? String;
    const text = fc
      .constantFrom(...kindHeads)
      .chain((head) => fc.tuple(fc.constantFrom('', 'File: ', 'See (p1) '), beginningOf(head)))
      .map(([before, bytes]) => before + encode(bytes));
    fc.assert(
      fc.property(text, (note) => {
        expect(codesOf(noteOf(note))).toContain('guard-magic-number');
      }),
      { numRuns: 40 },
    );
  });

  it.each(Object.entries(heads))('of kind %s is found cut into evidence references', (_kind, kindHeads) => {
    const pieces = fc
      .constantFrom(...kindHeads)
      .chain((head) => fc.tuple(beginningOf(head), fc.integer({ min: 1, max: 30 })));
    fc.assert(
      fc.property(pieces, ([bytes, size]) => {
        const items = (bytes.toString('base64url').match(new RegExp(`.{1,${size}}`, 'g')) ?? []).map(
          (evidenceReference, index) => ({ itemId: `i${index}`, mediaType: 'other', evidenceReference }),
        );
        expect(codesOf({ items })).toEqual(['guard-magic-number']);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what is legitimate', () => {
  it('prose in any language of the Union passes, whatever the order of its words', () => {
    fc.assert(
      fc.property(prose, (text) => {
        expect(codesOf(noteOf(text.slice(0, 1000)))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('identifiers that services make at random pass', () => {
    const value = fc.oneof(
      fc.uuid(),
      fc.emailAddress(),
      fc.ipV6(),
      fc.uint8Array({ minLength: 4, maxLength: 150 }).map((bytes) => Buffer.from(bytes).toString('base64')),
      fc.uint8Array({ minLength: 4, maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('hex')),
      fc.bigInt({ min: 1n, max: 10n ** 30n }).map(String),
      fc.stringMatching(/^[A-Za-z0-9._-]{1,40}$/),
    );
    const identifiers = fc.array(
      fc.record({ type: fc.constant('userId'), value, verified: fc.constant('no') }),
      {
        minLength: 1,
        maxLength: 20,
      },
    );
    fc.assert(
      fc.property(identifiers, (list) => {
        expect(codesOf({ persons: [{ personId: 'p1', identifiers: list }] })).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  it('digests and references made at random pass', () => {
    const item = fc.record({
      evidenceReference: fc
        .uint8Array({ minLength: 12, maxLength: 96 })
        .map((b) => Buffer.from(b).toString('base64url')),
      digests: fc.array(
        randomBytes(32).map((bytes) => ({ algorithm: 'sha256', value: bytes.toString('hex') })),
        { minLength: 1, maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 60 }), (items) => {
        expect(codesOf({ items })).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe('any JSON value', () => {
  it('is looked at without an error, and its faults point into it', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        for (const { pointer, code } of guard.inspectReferral(value)) {
          expect(pointer).toMatch(/^(\/[^/]*)*$/);
          expect(code).toMatch(/^guard-/);
        }
      }),
    );
  });

  it('is looked at without an error in every member of words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(Array.isArray(guard.inspectReferral(noteOf(text)))).toBe(true);
        expect(
          Array.isArray(guard.inspectReferral({ service: { name: text }, providerReference: text })),
        ).toBe(true);
      }),
    );
  });
});
