import { covers, symbolTables } from './symbol-tables.ts';

/** Text to text; bytes are text of Latin-1. The second argument is what stands behind the step's name. */
type Step = (text: string, argument: string) => string;

const bytesOf = (text: string): Buffer => Buffer.from(text, 'latin1');
const each = (text: string, of: (byte: number) => string): string => [...bytesOf(text)].map(of).join('');
const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

function bitsOf(text: string): string {
  return each(text, (byte) => byte.toString(2).padStart(8, '0'));
}

function inDigits(text: string, digits: readonly string[]): string {
  const size = Math.log2(digits.length);
  const groups = bitsOf(text).match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
  return groups.map((bits) => digits[Number.parseInt(bits.padEnd(size, '0'), 2)] ?? '').join('');
}

function inRadix(text: string, digits: string): string {
  let number = BigInt(`0x01${bytesOf(text).toString('hex')}`);
  let out = '';
  for (; number > 0n; number /= BigInt(digits.length))
    out = digits.charAt(Number(number % BigInt(digits.length))) + out;
  return out;
}

function inBase85(text: string, digits: string): string {
  const bytes = bytesOf(text.padEnd(Math.ceil(text.length / 4) * 4, '\0'));
  let out = '';
  for (let at = 0; at < bytes.length; at += 4) {
    let number = bytes.readUInt32BE(at);
    let group = '';
    for (let digit = 0; digit < 5; digit += 1) {
      group = digits.charAt(number % 85) + group;
      number = Math.floor(number / 85);
    }
    out += group;
  }
  return out;
}

function inBase45(text: string): string {
  const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
  const padded = bytesOf(text.length % 2 === 0 ? text : `${text}\0`);
  let out = '';
  for (let at = 0; at < padded.length; at += 2) {
    const number = padded.readUInt16BE(at);
    for (const place of [1, 45, 2025]) out += digits.charAt(Math.floor(number / place) % 45);
  }
  return out;
}

function inLines(text: string, byte: (value: number) => string): string {
  const lines = text.match(/[^]{1,45}/g) ?? [];
  return lines
    .map(
      (line) =>
        byte(line.length) + inDigits(line.padEnd(Math.ceil(line.length / 3) * 3, '\0'), sixBits(byte)),
    )
    .join(' ');
}

function sixBits(byte: (value: number) => string): readonly string[] {
  return Array.from({ length: 64 }, (_, value) => byte(value));
}

const xxDigits = '+-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function inProquints(text: string): string {
  const words = bytesOf(text.length % 2 === 0 ? text : `${text}\0`);
  const out: string[] = [];
  for (let at = 0; at < words.length; at += 2) {
    const value = words.readUInt16BE(at);
    const consonant = (shift: number): string => 'bdfghjklmnprstvz'.charAt((value >> shift) & 15);
    const vowel = (shift: number): string => 'aiou'.charAt((value >> shift) & 3);
    out.push(consonant(12) + vowel(10) + consonant(6) + vowel(4) + consonant(0));
  }
  return out.join(' ');
}

/** Puts one bit on each letter, or each gap, of a cover; what it does with a set bit is the argument's affair. */
function inCover(
  text: string,
  cover: string,
  form: { readonly places: RegExp; readonly set: (place: string) => string },
): string {
  const bits = bitsOf(text);
  let at = 0;
  const out = cover.replaceAll(form.places, (place) => {
    const bit = bits.charAt(at);
    at += 1;
    return bit === '1' ? form.set(place) : place;
  });
  if (at < bits.length) throw new RangeError('the cover is too short');
  return out;
}

/** Groups of an IPv6 address, so many to an address, the rest of the last one zero. */
function inHexGroups(text: string, count: number): string {
  const padded = text.padEnd(Math.ceil(text.length / (2 * count)) * 2 * count, '\0');
  const addresses =
    bytesOf(padded)
      .toString('hex')
      .match(new RegExp(`.{${4 * count}}`, 'g')) ?? [];
  return addresses.map((hex) => (hex.match(/.{4}/g) ?? []).join(':')).join(' ');
}

function coverOf(name: string): string {
  const cover = covers[name];
  if (cover === undefined) throw new RangeError(`no cover ${name}`);
  return cover;
}

const looks: Readonly<Record<string, string>> = {
  a: 'а',
  c: 'с',
  e: 'е',
  o: 'о',
  p: 'р',
  x: 'х',
  y: 'у',
  i: 'і',
};
/** What stands between two symbols. */
const separators: Readonly<Record<string, string>> = { space: ' ', stop: '. ' };
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Every way in which the attempts of the corpus write bytes as text, and disguise the text. */
const encoders: Readonly<Record<string, Step>> = {
  xor: (text, key) => each(text, (byte) => String.fromCharCode(byte ^ Number.parseInt(key, 16))),
  reverse: (text) => Array.from(text).toReversed().join(''),
  base64: (text) => bytesOf(text).toString('base64'),
  base64url: (text) => bytesOf(text).toString('base64url'),
  hex: (text) => bytesOf(text).toString('hex'),
  hexUpper: (text) => bytesOf(text).toString('hex').toUpperCase(),
  base32: (text) => inDigits(text, Array.from(`${upper}234567`)),
  base32Lower: (text) => inDigits(text, Array.from(`${upper.toLowerCase()}234567`)),
  base32hex: (text) => inDigits(text, Array.from(`0123456789${upper.slice(0, 22)}`)),
  crockford: (text) => inDigits(text, Array.from('0123456789ABCDEFGHJKMNPQRSTVWXYZ')),
  zbase32: (text) => inDigits(text, Array.from('ybndrfg8ejkmcpqxot1uwisza345h769')),
  base36: (text) => inRadix(text, `0123456789${upper.toLowerCase()}`),
  base58: (text) => inRadix(text, '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'),
  base62: (text) => inRadix(text, `0123456789${upper}${upper.toLowerCase()}`),
  integer: (text) => inRadix(text, '0123456789'),
  ascii85: (text) =>
    inBase85(text, Array.from({ length: 85 }, (_, value) => String.fromCharCode(33 + value)).join('')),
  z85: (text) => inBase85(text, `0123456789${upper.toLowerCase()}${upper}.-:+=^!/*?&<>()[]{}@%$#`),
  base85: (text) => inBase85(text, `0123456789${upper}${upper.toLowerCase()}!#$%&()*+-;<=>?@^_\`{|}~`),
  base45: inBase45,
  decimal: (text) => [...bytesOf(text)].join(', '),
  digits3: (text) => each(text, (byte) => String(byte).padStart(3, '0')),
  signed: (text) => [...new Int8Array(bytesOf(text))].join(' '),
  octal: (text) => [...bytesOf(text)].map((byte) => byte.toString(8).padStart(3, '0')).join(' '),
  octalEscapes: (text) => each(text, (byte) => `\\${byte.toString(8).padStart(3, '0')}`),
  percent: (text) => each(text, (byte) => `%${hexOf(byte)}`),
  quotedPrintable: (text) =>
    each(text, (byte) =>
      byte > 32 && byte < 127 && byte !== 61 ? String.fromCharCode(byte) : `=${hexOf(byte).toUpperCase()}`,
    ),
  xEscapes: (text) => each(text, (byte) => `\\x${hexOf(byte)}`),
  uEscapes: (text) => each(text, (byte) => `\\u00${hexOf(byte)}`),
  uPlus: (text) => each(text, (byte) => `U+00${hexOf(byte).toUpperCase()} `),
  cArray: (text) => each(text, (byte) => `0x${hexOf(byte)}, `),
  entities: (text) => each(text, (byte) => `&#${byte};`),
  entitiesHex: (text) => each(text, (byte) => `&#x${hexOf(byte)};`),
  named: (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  uuencode: (text) =>
    `begin 644 a ${inLines(text, (value) => (value === 0 ? '`' : String.fromCharCode(32 + value)))} end`,
  xxencode: (text) => `begin 644 a ${inLines(text, (value) => xxDigits.charAt(value))} end`,
  yenc: (text) =>
    `=ybegin line=128 name=a ${each(text, (byte) => String.fromCharCode(0x100 + ((byte + 42) % 256)))} =yend`,
  proquints: inProquints,
  symbols: (text, argument) => {
    const [table = '', separator = ''] = argument.split(' ', 2);
    const symbols = symbolTables[table];
    if (symbols === undefined) throw new RangeError(`no table ${table}`);
    const out = inDigits(
      text,
      symbols.map((symbol) => `${symbol}\n`),
    );
    return out.slice(0, -1).replaceAll('\n', separators[separator] ?? '');
  },
  after: (text, argument) => coverOf('english').slice(0, Number(argument)) + text,
  caseOf: (text, cover) =>
    inCover(text, coverOf(cover), { places: /\p{L}/gu, set: (letter) => letter.toUpperCase() }),
  looksOf: (text, cover) =>
    inCover(text, coverOf(cover), { places: /[aceopxyi]/g, set: (letter) => looks[letter] ?? letter }),
  widthOf: (text, cover) =>
    inCover(text, coverOf(cover), {
      places: /[a-z]/g,
      set: (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0),
    }),
  mathOf: (text, cover) =>
    inCover(text, coverOf(cover), {
      places: /[a-z]/g,
      set: (letter) => String.fromCodePoint(letter.charCodeAt(0) - 97 + 0x1d41a),
    }),
  gapsOf: (text, argument) => {
    const [cover = '', set = ''] = argument.split(' ', 2);
    const mark = String.fromCodePoint(Number.parseInt(set, 16));
    const places = mark === ' ' || mark === '\u00a0' || mark === '\u2009' ? / /g : /(?<=\p{L})(?=\p{L})/gu;
    return inCover(text, coverOf(cover), {
      places,
      set: (gap) => (mark === ' ' ? '  ' : gap === ' ' ? mark : `${gap}${mark}`),
    });
  },
  marksOf: (text, argument) => {
    const [cover = '', set = ''] = argument.split(' ', 2);
    const mark = String.fromCodePoint(Number.parseInt(set, 16));
    return inCover(text, coverOf(cover), { places: /\p{L}/gu, set: (letter) => letter + mark });
  },
  uuids: (text) =>
    (
      bytesOf(text.padEnd(Math.ceil(text.length / 15) * 15, '\0'))
        .toString('hex')
        .match(/.{30}/g) ?? []
    )
      .map((hex) => hex.replace(/^(.{8})(.{4})(.{3})(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5'))
      .join(''),
  ipv6: (text) => inHexGroups(text, 8),
  groupsOfFour: (text, count) => inHexGroups(text, Number(count)),
  octets: (text) => [...bytesOf(text)].join(' '),
  numbers: (text, size) =>
    (
      bytesOf(text)
        .toString('hex')
        .match(new RegExp(`.{1,${2 * Number(size)}}`, 'g')) ?? []
    )
      .map((hex) => Number.parseInt(hex.padEnd(2 * Number(size), '20'), 16))
      .join(' '),
  low: (text, above) => [...bytesOf(text)].map((byte) => Number(above) + byte).join(' '),
  groups: (text, size) => (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join(' '),
  dashed: (text, size) => (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join('-'),
  dotted: (text, size) => (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join('. '),
  colons: (text, size) => (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join(':'),
  wrap: (text, argument) => argument.replace('%', () => text),
};

/** Runs the steps of an attempt: each is a name, a space and its argument. */
export function encode(bytes: Buffer, steps: readonly string[]): string {
  return steps.reduce((text, step) => {
    const [name = ''] = step.split(' ', 1);
    const run = encoders[name];
    if (run === undefined) throw new RangeError(`no encoder ${name}`);
    return run(text, step.slice(name.length + 1));
  }, bytes.toString('latin1'));
}
