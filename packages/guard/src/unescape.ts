const none = -1;

const ascii = {
  percent: 0x25,
  equals: 0x3d,
  backslash: 0x5c,
  ampersand: 0x26,
  hash: 0x23,
  zero: 0x30,
  semicolon: 0x3b,
  openBrace: 0x7b,
  closeBrace: 0x7d,
  plus: 0x2b,
  n: 0x6e,
  r: 0x72,
  t: 0x74,
  u: 0x75,
  x: 0x78,
} as const;

/** Space, quotation marks, plus, comma, colon, semicolon. */
const separators: readonly number[] = [0x20, 0x22, 0x27, 0x2b, 0x2c, 0x3a, 0x3b];

/** One escape: the byte it stands for, and how many characters it takes. Packed, because there may be thousands. */
function pack(byte: number, length: number): number {
  return (length << 8) | (byte & 255);
}

function valueOf(code: number, radix: number): number {
  let value = none;
  if (code >= 48 && code <= 57) value = code - 48;
  else if ((code | 32) >= 97 && (code | 32) <= 102) value = (code | 32) - 87;
  return value < radix ? value : none;
}

/** Reads up to `most` digits; a packed value and length, or `none` where there is no digit. */
function readNumber(
  codes: Uint8Array,
  at: number,
  form: { readonly radix: number; readonly most: number },
): number {
  let value = 0;
  let length = 0;
  while (length < form.most) {
    const digit = valueOf(codes[at + length] ?? 0, form.radix);
    if (digit < 0) break;
    value = value * form.radix + digit;
    length += 1;
  }
  return length === 0 ? none : pack(value, length);
}

function twoHex(codes: Uint8Array, at: number, prefix: number): number {
  const high = valueOf(codes[at + prefix] ?? 0, 16);
  const low = valueOf(codes[at + prefix + 1] ?? 0, 16);
  return high < 0 || low < 0 ? none : pack(high * 16 + low, prefix + 2);
}

/** A number after a prefix, with leading zeros, and perhaps something that ends it. */
function delimited(
  codes: Uint8Array,
  at: number,
  form: { readonly prefix: number; readonly radix: number; readonly end: number | undefined },
): number {
  let start = at + form.prefix;
  for (
    let zeros = 0;
    zeros < 6 && codes[start] === ascii.zero && valueOf(codes[start + 1] ?? 0, form.radix) >= 0;
    zeros += 1
  ) {
    start += 1;
  }
  const number = readNumber(codes, start, { radix: form.radix, most: form.radix === 10 ? 3 : 2 });
  if (number === none) return none;
  const end = start + (number >> 8);
  return pack(number, end - at + (codes[end] === form.end ? 1 : 0));
}

function afterBackslash(codes: Uint8Array, at: number): number {
  const code = (codes[at + 1] ?? 0) | 32;
  if (code === ascii.x) return twoHex(codes, at, 2);
  if (code === ascii.u) {
    if (codes[at + 2] === ascii.openBrace)
      return delimited(codes, at, { prefix: 3, radix: 16, end: ascii.closeBrace });
    return codes[at + 2] === ascii.zero && codes[at + 3] === ascii.zero ? twoHex(codes, at, 4) : none;
  }
  if (code === ascii.r) return pack(13, 2);
  if (code === ascii.n) return pack(10, 2);
  if (code === ascii.t) return pack(9, 2);
  const octal = readNumber(codes, at + 1, { radix: 8, most: 3 });
  return octal === none ? none : pack(octal, (octal >> 8) + 1);
}

function readEscape(codes: Uint8Array, at: number): number {
  switch (codes[at] ?? 0) {
    case ascii.percent:
    case ascii.equals:
      return twoHex(codes, at, 1);
    case ascii.backslash:
      return afterBackslash(codes, at);
    case ascii.ampersand: {
      if (codes[at + 1] !== ascii.hash) return none;
      const isHex = ((codes[at + 2] ?? 0) | 32) === ascii.x;
      return delimited(codes, at, { prefix: isHex ? 3 : 2, radix: isHex ? 16 : 10, end: ascii.semicolon });
    }
    case ascii.zero:
      return ((codes[at + 1] ?? 0) | 32) === ascii.x ? twoHex(codes, at, 2) : none;
    case ascii.u:
    case ascii.u - 32: {
      const isLatin = codes[at + 2] === ascii.zero && codes[at + 3] === ascii.zero;
      return codes[at + 1] === ascii.plus && isLatin ? twoHex(codes, at, 4) : none;
    }
    default:
      return none;
  }
}

/** Where the next escape begins behind separators, or `at`: what stands between two escapes is no content. */
function skipSeparators(codes: Uint8Array, at: number): number {
  let next = at;
  while (next < at + 3 && separators.includes(codes[next] ?? 0)) next += 1;
  return next > at && readEscape(codes, next) !== none ? next : at;
}

/** Says whether a text may hold an escape at all; most hold none. */
export function mayHoldEscapes(text: string): boolean {
  return /[%\\=]|&#|0x|u\+/i.test(text);
}

/** What a text reads without its escapes. */
export interface Unescaped {
  readonly bytes: Uint8Array;
  /** For each byte the character at which it stands. */
  readonly positions: Uint32Array;
  /** The stretches of bytes around escapes, in order and apart from each other: none where there is no escape. */
  readonly stretches: readonly Stretch[];
}

/** From the first byte to before the last. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** How far an escape speaks for what stands around it, in bytes. */
const reach = 96;

function addStretch(stretches: Stretch[], at: number): void {
  const last = stretches.at(-1);
  if (last !== undefined && at - reach <= last.to)
    stretches[stretches.length - 1] = { ...last, to: at + reach };
  else stretches.push({ from: Math.max(0, at - reach), to: at + reach });
}

/**
 * Undoes the escapes that stand for one byte each, all kinds at once: percent (RFC 3986), quoted-printable (RFC 2045),
 * `0xFF`, `\xFF`, `\u00FF`, `\u{FF}`, `U+00FF`, `\377`, `&#255;`, `&#xFF;`, `\n`.
 */
export function unescapeBytes(codes: Uint8Array): Unescaped {
  const bytes = new Uint8Array(codes.length);
  const positions = new Uint32Array(codes.length);
  const stretches: Stretch[] = [];
  let length = 0;
  let at = 0;
  while (at < codes.length) {
    const escape = readEscape(codes, at);
    positions[length] = at;
    if (escape === none) {
      bytes[length] = codes[at] ?? 0;
      at += 1;
    } else {
      bytes[length] = escape & 255;
      addStretch(stretches, length);
      at = skipSeparators(codes, at + (escape >> 8));
    }
    length += 1;
  }
  return { bytes: bytes.subarray(0, length), positions: positions.subarray(0, length), stretches };
}
