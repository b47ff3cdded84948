import { covers, symbolTables } from './symbol-tables.ts';

type Step = (text: string, argument: string) => string;

const ofHex = (text: string): string => Buffer.from(text, 'hex').toString('latin1');
const ofNumbers = (numbers: readonly number[]): string =>
  Buffer.from(numbers.map((number) => number & 255)).toString('latin1');

function ofBits(bits: string): string {
  const whole = bits.slice(0, bits.length - (bits.length % 8));
  return ofNumbers((whole.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Reads digits of a fixed number of bits; whatever is no digit is passed over. */
function ofDigits(text: string, digits: readonly string[]): string {
  const size = Math.log2(digits.length);
  const longest = Math.max(...digits.map((digit) => digit.length));
  const values = new Map(digits.map((digit, value) => [digit, value]));
  let bits = '';
  for (let at = 0; at < text.length;) {
    let length = longest;
    while (length > 0 && !values.has(text.slice(at, at + length))) length -= 1;
    const value = values.get(text.slice(at, at + length));
    if (value !== undefined && length > 0) bits += value.toString(2).padStart(size, '0');
    at += Math.max(1, length);
  }
  return ofBits(bits);
}

function ofRadix(text: string, digits: string): string {
  let number = 0n;
  for (const digit of text)
    if (digits.includes(digit)) number = number * BigInt(digits.length) + BigInt(digits.indexOf(digit));
  return ofHex(number.toString(16).slice(1));
}

function ofBase85(text: string, digits: string): string {
  const bytes: number[] = [];
  for (const group of text.match(/.{5}/g) ?? []) {
    const number = Array.from(group).reduce((sum, digit) => sum * 85 + digits.indexOf(digit), 0);
    bytes.push(number >>> 24, number >>> 16, number >>> 8, number);
  }
  return ofNumbers(bytes);
}

function ofBase45(text: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  return ofNumbers(
    (text.match(/.{3}/g) ?? []).flatMap((group) => {
      const [low = 0, middle = 0, high = 0] = Array.from(group).map((digit) => digits.indexOf(digit));
      const number = low + middle * 45 + high * 2025;
      return [number >> 8, number];
    }),
  );
}

function ofLines(text: string, digits: readonly string[]): string {
  const body = text.replace(/^begin 644 a /, '').replace(/ end$/, '');
  let out = '';
  for (let at = 0; at < body.length;) {
    const length = digits.indexOf(body.charAt(at));
    const size = Math.ceil(length / 3) * 4;
    out += ofDigits(body.slice(at + 1, at + 1 + size), digits).slice(0, length);
    at += size + 2;
  }
  return out;
}

const uuDigits = Array.from({ length: 64 }, (_, value) =>
  value === 0 ? '`' : String.fromCharCode(32 + value),
);
const xxDigits = Array.from('+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const numbersIn = (text: string, radix: number, form: RegExp): string =>
  ofNumbers([...text.matchAll(form)].map((match) => Number.parseInt(match[1] ?? match[0], radix)));

function ofProquints(text: string): string {
  const consonants = 'bdfghjklmnprstvz';
  const bits = Array.from(text.replaceAll(' ', '')).map((letter) =>
    consonants.includes(letter)
      ? consonants.indexOf(letter).toString(2).padStart(4, '0')
      : 'aiou'.indexOf(letter).toString(2).padStart(2, '0'),
  );
  return ofBits(bits.join(''));
}

/** A place that does not read as it does in the cover stands for a one. */
function ofCover(text: string, cover: string, places: RegExp): string {
  const plain = [...(covers[cover] ?? '').matchAll(places)].map(([place]) => place);
  const read = [...text.matchAll(places)].map(([place]) => place);
  return ofBits(plain.map((place, index) => (place === read[index] ? '0' : '1')).join(''));
}

function ofMarks(text: string, argument: string): string {
  const mark = String.fromCodePoint(Number.parseInt(argument.split(' ')[1] ?? '', 16));
  return ofBits(
    Array.from(text)
      .flatMap((letter, index, all) => (/\p{L}/u.test(letter) ? [all[index + 1] === mark ? '1' : '0'] : []))
      .join(''),
  );
}

function ofGaps(text: string, argument: string): string {
  const mark = String.fromCodePoint(Number.parseInt(argument.split(' ')[1] ?? '', 16));
  if (mark === ' ')
    return ofBits((text.match(/ +/g) ?? []).map((gap) => (gap.length > 1 ? '1' : '0')).join(''));
  if (/[ \u00a0\u2009]/.test(mark))
    return ofBits((text.match(/\s/g) ?? []).map((gap) => (gap === mark ? '1' : '0')).join(''));
  return ofBits(
    [...text.matchAll(/(?<=\p{L})(\P{L}?)(?=\p{L})/gu)]
      .flatMap(([, gap = '']) => (gap === ' ' ? [] : [gap === mark ? '1' : '0']))
      .join(''),
  );
}

/** What a reader does: the inverse of every step, written on its own, with the libraries of Node where they have it. */
const decoders: Readonly<Record<string, Step>> = {
  xor: (text, key) =>
    ofNumbers([...Buffer.from(text, 'latin1')].map((byte) => byte ^ Number.parseInt(key, 16))),
  reverse: (text) => Array.from(text).toReversed().join(''),
  base64: (text) => Buffer.from(text, 'base64').toString('latin1'),
  base64url: (text) => Buffer.from(text, 'base64url').toString('latin1'),
  hex: ofHex,
  hexUpper: ofHex,
  base32: (text) => ofDigits(text, Array.from(`${letters}234567`)),
  base32Lower: (text) => ofDigits(text, Array.from(`${letters.toLowerCase()}234567`)),
  base32hex: (text) => ofDigits(text, Array.from(`0123456789${letters.slice(0, 22)}`)),
  crockford: (text) => ofDigits(text, Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
  zbase32: (text) => ofDigits(text, Array.from('ybndrfg8ejkmcpqxot1uwisza345h769')),
  base36: (text) => ofRadix(text, `0123456789${letters.toLowerCase()}`),
  base58: (text) => ofRadix(text, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'),
  base62: (text) => ofRadix(text, `0123456789${letters}${letters.toLowerCase()}`),
  integer: (text) => ofRadix(text, '0123456789'),
  ascii85: (text) =>
    ofBase85(text, String.fromCharCode(...Array.from({ length: 85 }, (_, value) => 33 + value))),
  z85: (text) => ofBase85(text, `0123456789${letters.toLowerCase()}${letters}.-:+=^!/*?&<>()[]{}@%$#`),
  base85: (text) => ofBase85(text, `0123456789${letters}${letters.toLowerCase()}!#$%&()*+-;<=>?@^_\`{|}~`),
  base45: ofBase45,
  decimal: (text) => numbersIn(text, 10, /\d+/g),
  digits3: (text) => numbersIn(text, 10, /\d{3}/g),
  signed: (text) => numbersIn(text, 10, /-?\d+/g),
  octal: (text) => numbersIn(text, 8, /[0-7]{3}/g),
  octalEscapes: (text) => numbersIn(text, 8, /\\([0-7]{3})/g),
  percent: (text) => numbersIn(text, 16, /%(..)/g),
  quotedPrintable: (text) =>
    text.replaceAll(/=([0-9A-F]{2})/g, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
  xEscapes: (text) => numbersIn(text, 16, /\\x(..)/g),
  uEscapes: (text) => numbersIn(text, 16, /\\u00(..)/g),
  uPlus: (text) => numbersIn(text, 16, /U\+00(..)/g),
  cArray: (text) => numbersIn(text, 16, /0x(..)/g),
  entities: (text) => numbersIn(text, 10, /&#(\d+);/g),
  entitiesHex: (text) => numbersIn(text, 16, /&#x(..);/g),
  named: (text) =>
    text.replaceAll('&quot;', '"').replaceAll('&gt;', '>').replaceAll('&lt;', '<').replaceAll('&amp;', '&'),
  uuencode: (text) => ofLines(text, uuDigits),
  xxencode: (text) => ofLines(text, xxDigits),
  yenc: (text) =>
    ofNumbers(
      Array.from(
        text.replace(/^=ybegin line=128 name=a /, '').replace(/ =yend$/, ''),
        (byte) => byte.charCodeAt(0) - 0x100 - 42,
      ),
    ),
  proquints: ofProquints,
  symbols: (text, argument) => ofDigits(text, symbolTables[argument.split(' ')[0] ?? ''] ?? []),
  after: (text, argument) => text.slice(Number(argument)),
  caseOf: (text, cover) => ofCover(text, cover, /\p{L}/gu),
  looksOf: (text, cover) => ofCover(text, cover, /[aceopxyiасеорхуі]/gu),
  widthOf: (text, cover) => ofCover(text, cover, /[a-z\uff41-\uff5a]/gu),
  mathOf: (text, cover) => ofCover(text, cover, /[a-z\u{1d41a}-\u{1d433}]/gu),
  gapsOf: ofGaps,
  marksOf: ofMarks,
  uuids: (text) => ofHex(text.replaceAll(/(.{8})-(.{4})-4(.{3})-a(.{3})-(.{12})/g, '$1$2$3$4$5')),
  ipv6: (text) => ofHex(text.replaceAll(/[: ]/g, '')),
  groupsOfFour: (text) => ofHex(text.replaceAll(/[: ]/g, '')),
  octets: (text) => numbersIn(text, 10, /\d+/g),
  numbers: (text, size) =>
    ofHex(
      text
        .split(' ')
        .map((number) =>
          Number(number)
            .toString(16)
            .padStart(2 * Number(size), '0'),
        )
        .join(''),
    ),
  low: (text, above) => ofNumbers(text.split(' ').map((number) => Number(number) - Number(above))),
  groups: (text) => text.replaceAll(' ', ''),
  dashed: (text) => text.replaceAll('-', ''),
  dotted: (text) => text.replaceAll('. ', ''),
  colons: (text) => text.replaceAll(':', ''),
  wrap: (text, argument) => {
    const [before = '', after = ''] = argument.split('%', 2);
    return text.slice(before.length, text.length - after.length);
  },
};

/** Undoes the steps of an attempt, the last one first; what comes out is what the reader gets. */
export function decode(text: string, steps: readonly string[]): Buffer {
  const bytes = steps.toReversed().reduce((read, step) => {
    const [name = ''] = step.split(' ', 1);
    const run = decoders[name];
    if (run === undefined) throw new RangeError(`no decoder ${name}`);
    return run(read, step.slice(name.length + 1));
  }, text);
  return Buffer.from(bytes, 'latin1');
}
