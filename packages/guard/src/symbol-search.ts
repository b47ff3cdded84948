import type { Alphabet } from './alphabets.ts';
import { locateDigits, readDigits, type Digits } from './digits.ts';
import { findInnerTexts } from './inner-text.ts';
import type { SignatureTable } from './media-signatures.ts';
import { sieveBits, stepOf, type Sieves } from './sieves.ts';

/** What every search needs: what media look like, and what to do with a finding. */
export interface SearchTools {
  readonly table: SignatureTable;
  readonly sieves: Sieves;
  /** Called with the character at which a file begins, and its kind. */
  readonly media: (at: number, name: string) => void;
  /** Whether enough was found. */
  readonly isFull: () => boolean;
  /** Called with text inside the encoding, and where each of its characters stands; null where it is not searched in turn. */
  readonly inner: ((text: string, locate: (at: number) => number) => void) | null;
}

type Bits = Alphabet['bits'];

function readByte(digits: Digits, bits: Bits, bitOffset: number): number {
  let at = Math.floor(bitOffset / bits);
  let have = bits - (bitOffset - at * bits);
  let value = (digits.values[at] ?? 0) & ((1 << have) - 1);
  while (have < 8) {
    at += 1;
    value = (value << bits) | (digits.values[at] ?? 0);
    have += bits;
  }
  return at < digits.length ? (value >> (have - 8)) & 255 : -1;
}

/**
 * Looks for the beginnings of media at every bit at which a byte can begin: what stands before an encoded file shifts
 * its alignment, and must not hide it. One pass with one look-up for each digit.
 */
function scanForMedia(
  digits: Digits,
  bits: Bits,
  to: { readonly tools: SearchTools; readonly found: (digit: number, name: string) => void },
): void {
  const { starts, seconds, nameAt } = to.tools.table;
  const sieve = to.tools.sieves.ofBits[bits];
  const { values, length } = digits;
  const step = stepOf[bits];
  // As many whole digits as 30 bits hold: 24 bits are there from every offset within the first digit.
  const span = Math.floor(30 / bits);
  const windowBits = span * bits;
  const mask = (1 << windowBits) - 1;
  const sieveShift = windowBits - sieveBits;
  let window = 0;
  for (let index = 0; index < length + span; index += 1) {
    window = ((window << bits) | (index < length ? (values[index] ?? 0) : 0)) & mask;
    if (sieve[window >> sieveShift] === 0) continue;
    for (let offset = 0; offset < bits; offset += step) {
      const three = (window >> (windowBits - 24 - offset)) & 0xffffff;
      if (starts[three >> 8] === 0 || seconds[three & 0xffff] === 0) continue;
      const first = (index - span + 1) * bits + offset;
      if (first < 0) continue;
      if (to.tools.isFull()) return;
      const name = nameAt((byte) => readByte(digits, bits, first + 8 * byte));
      if (name !== null) to.found(index - span + 1, name);
    }
  }
}

/** Searches a text in one alphabet for media, and for text inside the encoding. */
export function searchSymbols(codes: Uint8Array, alphabet: Alphabet, tools: SearchTools): void {
  const digits = readDigits(codes, alphabet.values);
  let positions: Uint32Array | null = null;
  const positionOf = (digit: number): number => {
    positions ??= locateDigits(codes, alphabet.values);
    return positions[digit] ?? 0;
  };
  const found = (digit: number, name: string): void => {
    tools.media(positionOf(digit), name);
  };
  const { bits } = alphabet;
  scanForMedia(digits, bits, { tools, found });
  const { inner } = tools;
  if (inner === null || !alphabet.mayHoldText) return;
  findInnerTexts(digits, { bits, failures: tools.sieves.topBits[bits] }, (digit, text) => {
    inner(text, (at) => positionOf(digit + Math.floor((at * 8) / bits)));
  });
}
