import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIJson } from './i-json.ts';

/** JSON as written: names may come twice. */
type Written =
  | { readonly kind: 'scalar'; readonly text: string }
  | { readonly kind: 'array'; readonly entries: readonly Written[] }
  | { readonly kind: 'object'; readonly members: readonly (readonly [string, Written])[] };

const name = fc.oneof(
  fc.constantFrom('a', 'b', '"', '\\', '\\"', 'é', '😀', ''),
  fc.string({ unit: 'grapheme', maxLength: 3 }),
);
const spaces = fc.stringMatching(/^[ \t\r\n]{0,2}$/);

const { written } = fc.letrec<{ written: Written }>((tie) => ({
  written: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.record({
      kind: fc.constant('scalar'),
      text: fc.oneof(
        name.map((text) => JSON.stringify(text)),
        fc.constantFrom('true', 'null', '-0.5e-3', '12', '[]', '{}'),
      ),
    }),
    fc.record({ kind: fc.constant('array'), entries: fc.array(tie('written'), { maxLength: 4 }) }),
    fc.record({
      kind: fc.constant('object'),
      members: fc.array(fc.tuple(name, tie('written')), { maxLength: 4 }),
    }),
  ),
}));

function hasDuplicate(value: Written): boolean {
  if (value.kind === 'scalar') return false;
  if (value.kind === 'array') return value.entries.some(hasDuplicate);
  const names = new Set(value.members.map(([key]) => key));
  return names.size < value.members.length || value.members.some(([, member]) => hasDuplicate(member));
}

function escapeAll(text: string): string {
  const units = Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
  return `"${units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
}

function write(value: Written, space: string, escaped: boolean): string {
  if (value.kind === 'scalar') return value.text;
  const separator = `${space},${space}`;
  if (value.kind === 'array') {
    return `[${space}${value.entries.map((entry) => write(entry, space, escaped)).join(separator)}${space}]`;
  }
  const members = value.members.map(([key, member], at) => {
    const written = escaped ? escapeAll(key) : JSON.stringify(key);
    return `${written}${space}:${write(member, space, escaped !== (at % 2 === 1))}`;
  });
  return `{${space}${members.join(separator)}${space}}`;
}

/** What JSON.parse makes of a text, for comparison. */
function accepted(text: string): { readonly ok: true; readonly value: unknown } {
  return { ok: true, value: JSON.parse(text) as unknown };
}

const parse = (text: string): ReturnType<typeof parseIJson> => parseIJson(Buffer.from(text));

describe('parseIJson', () => {
  it('reads what JSON.parse reads, unless an object has a name twice', () => {
    fc.assert(
      fc.property(written, spaces, fc.boolean(), (value, space, escaped) => {
        const text = write(value, space, escaped);
        expect(parse(text)).toStrictEqual(
          hasDuplicate(value) ? { ok: false, code: 'json-member-duplicate' } : accepted(text),
        );
      }),
      { numRuns: 2000 },
    );
  });

  it('reads back every value that JSON can hold', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8, noUnicodeString: false }), (value) => {
        fc.pre(!/__proto__|\\ud|[\uFDD0-\uFFFF]|\p{Noncharacter_Code_Point}/iu.test(JSON.stringify(value)));
        const text = JSON.stringify(value);
        fc.pre(!/\d{16}/.test(text));
        expect(parse(text)).toStrictEqual(accepted(text));
      }),
    );
  });

  it('never throws, and accepts no bytes that JSON.parse refuses', () => {
    const fragments = [
      '{',
      '}',
      '[',
      ']',
      '"',
      ',',
      ':',
      '\\',
      'u',
      '0',
      '1',
      'e',
      '-',
      '+',
      '.',
      'null',
      ' ',
      'é',
    ];
    const nearJson = fc
      .array(fc.constantFrom(...fragments), { maxLength: 30 })
      .map((parts) => Buffer.from(parts.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), nearJson), (bytes) => {
        const read = parseIJson(bytes);
        const text = Buffer.from(bytes).toString();
        expect(read).toStrictEqual(read.ok ? accepted(text) : { ok: false, code: read.code });
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['a name twice', '{"a":1,"a":1}', 'json-member-duplicate'],
    ['a name twice, empty', '{"":1,"":1}', 'json-member-duplicate'],
    ['a name twice after an object in between', '{"a":{"a":1},"b":[{"a":1}],"a":1}', 'json-member-duplicate'],
    ['a name twice, one escaped in capitals', '{"\\u00E9":1,"é":1}', 'json-member-duplicate'],
    [
      'a name twice after text that ends in a backslash',
      '{"a":"\\\\","b":"\\"","a":1}',
      'json-member-duplicate',
    ],
    ['`__proto__`', '[{"__proto__":null}]', 'json-member-forbidden'],
    ['half a pair in capitals', '["\\uD83D"]', 'json-surrogate-lone'],
    ['half a pair after a whole one', '["😀\\ude00"]', 'json-surrogate-lone'],
    ['a noncharacter', '["\uFDD0"]', 'json-noncharacter'],
    ['the last noncharacter', '["\u{10FFFF}"]', 'json-noncharacter'],
    ['a negative number too large', '[-1e309]', 'json-number-out-of-range'],
    ['a number that vanishes', '[1e-400]', 'json-number-out-of-range'],
    ['a large integer', '[9007199254740992]', 'json-number-out-of-range'],
    ['a large negative integer', '{"a":-9007199254740992}', 'json-number-out-of-range'],
    ['an empty text', '', 'json-invalid'],
    ['a single quote', "{'a':1}", 'json-invalid'],
    ['a line feed in a string', '["\n"]', 'json-invalid'],
    ['a leading zero', '[01]', 'json-invalid'],
    ['a form feed', '\f[]', 'json-invalid'],
    ['a byte order mark alone', '\uFEFF', 'bom-present'],
  ])('refuses %s', (_, text, code) => {
    expect(parse(text)).toStrictEqual({ ok: false, code });
  });

  it.each([
    ['a name again in another object', '[{"a":1},{"a":{"a":1}}]'],
    ['a name again as a value', '{"a":"a","b":["a","a"]}'],
    ['names that differ in case or form', '{"a":1,"A":1,"\u00e9":1,"e\u0301":1}'],
    ['names of inherited properties', '{"constructor":1,"toString":2,"hasOwnProperty":3}'],
    ['`__proto__` as a value', '["__proto__"]'],
    ['braces, commas and colons in strings', '{"{,":"}:,[","a":"\\"},{"}'],
    ['escaped pairs', '["\\ud83d\\ude00"]'],
    [
      'numbers at the edge',
      '[9007199254740991,-9007199254740991,1.7976931348623157e308,5e-324,0e999,-0.0,0.00000000000000000]',
    ],
    ['a character beside the noncharacters', '["\uFFFD\uFDCF\uFDF0\u{1FFFD}"]'],
    ['a byte order mark inside', '["\uFEFF"]'],
  ])('reads %s', (_, text) => {
    expect(parse(text)).toStrictEqual(accepted(text));
  });

  it('reads 24 levels and no 25th, however many follow', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(parse(nested(24)).ok).toBe(true);
    expect(parse(nested(25))).toStrictEqual({ ok: false, code: 'json-too-deep' });
    expect(parse(nested(200_000))).toStrictEqual({ ok: false, code: 'json-too-deep' });
  });

  it('reads bytes that are a view into others', () => {
    const whole = Buffer.from('xx{"a":1}xx');
    expect(parseIJson(new Uint8Array(whole.buffer, whole.byteOffset + 2, 7))).toStrictEqual({
      ok: true,
      value: { a: 1 },
    });
  });
});
