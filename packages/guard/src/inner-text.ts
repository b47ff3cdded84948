import type { Alphabet } from './alphabets.ts';
import { bounds } from './bounds.ts';
import type { Digits } from './digits.ts';

type Bits = Alphabet['bits'];

/**
 * For each digit of a group of whole bytes, the bit that is the top bit of a byte, or 0: ASCII has none of them set.
 * Four digits of base64 are three bytes, eight of base32 are five, two of hex are one (RFC 4648).
 */
const topBits: Readonly<Record<Bits, readonly number[]>> = {
  1: [],
  4: [8, 0],
  5: [16, 2, 0, 8, 1, 0, 4, 0],
  6: [32, 8, 2, 0],
};

/** Tables for `findInnerTexts`: the phases (as bits) that each digit at each place in a group excludes. */
export function createTopBitTables(): Readonly<Record<Bits, Uint8Array>> {
  return { 1: failuresOf(1), 4: failuresOf(4), 5: failuresOf(5), 6: failuresOf(6) };
}

/** Digits looked at together: the shortest text worth finding covers at least one whole block. */
const blockDigits = 10;

/** For every place in a group and every digit, the phases (as bits) in which that digit has a top bit set. */
function failuresOf(bits: Bits): Uint8Array {
  const masks = topBits[bits];
  const failures = new Uint8Array(masks.length << bits);
  for (let place = 0; place < masks.length; place += 1) {
    for (let digit = 0; digit < 1 << bits; digit += 1) {
      masks.forEach((_, phase) => {
        const mask = masks[(place + masks.length - phase) % masks.length] ?? 0;
        const at = (place << bits) | digit;
        if ((digit & mask) !== 0) failures[at] = (failures[at] ?? 0) | (1 << phase);
      });
    }
  }
  return failures;
}

function decode(
  digits: Digits,
  bits: Bits,
  range: { readonly first: number; readonly end: number },
): Uint8Array {
  const bytes = new Uint8Array(((range.end - range.first) * bits) >> 3);
  let window = 0;
  let have = 0;
  let length = 0;
  for (let index = range.first; index < range.end; index += 1) {
    window = ((window << bits) | (digits.values[index] ?? 0)) & 0xffff;
    have += bits;
    if (have < 8) continue;
    have -= 8;
    bytes[length] = (window >> have) & 255;
    length += 1;
  }
  return bytes;
}

/** Calls `report` with every stretch of bytes that reads as text, and the index of its first byte. */
function eachReadable(bytes: Uint8Array, report: (first: number, text: string) => void): void {
  let first = 0;
  for (let index = 0; index <= bytes.length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte >= 32 && byte < 127) continue;
    if (index - first >= bounds.innerRun) {
      report(first, Buffer.from(bytes.subarray(first, index)).toString('latin1'));
    }
    first = index + 1;
  }
}

/**
 * Finds ASCII text inside an encoding, beginning at any digit. Only stretches without a top bit are decoded, so that
 * identifiers that are no encoding cost next to nothing: one look-up for each digit, one question for each block.
 */
export function findInnerTexts(
  digits: Digits,
  of: { readonly bits: Bits; readonly failures: Uint8Array },
  report: (digit: number, text: string) => void,
): void {
  const { values, length } = digits;
  const { bits, failures } = of;
  const width = topBits[bits].length;
  const allPhases = (1 << width) - 1;
  // Where the stretch of each phase began; -1 where none is open.
  const opened = new Int32Array(width).fill(-1);
  const failsAt = (index: number): number => failures[((index % width) << bits) | (values[index] ?? 0)] ?? 0;

  const open = (block: number, phase: number): void => {
    let first = block;
    while (first > 0 && first > block - blockDigits && (failsAt(first - 1) & (1 << phase)) === 0) first -= 1;
    opened[phase] = first + ((phase - (first % width) + width) % width);
  };
  const close = (block: number, phase: number): void => {
    let end = block;
    while (end < length && end < block + blockDigits && (failsAt(end) & (1 << phase)) === 0) end += 1;
    const first = opened[phase] ?? 0;
    opened[phase] = -1;
    if (first >= end) return;
    eachReadable(decode(digits, bits, { first, end }), (byte, text) => {
      report(first + Math.floor((byte * 8) / bits), text);
    });
  };

  let place = 0;
  let isOpen = 0;
  for (let block = 0; block < length; block += blockDigits) {
    let failed = 0;
    const end = Math.min(block + blockDigits, length);
    for (let index = block; index < end; index += 1) {
      failed |= failures[(place << bits) | (values[index] ?? 0)] ?? 0;
      place = place + 1 === width ? 0 : place + 1;
    }
    const isCut = end - block < blockDigits;
    const passed = isCut ? 0 : ~failed & allPhases;
    const changed = passed ^ isOpen;
    for (let phase = 0; changed >> phase !== 0; phase += 1) {
      if ((changed & (1 << phase)) === 0) continue;
      if ((passed & (1 << phase)) === 0) close(block, phase);
      else open(block, phase);
    }
    isOpen = passed;
  }
  for (let phase = 0; phase < width; phase += 1) {
    if ((isOpen & (1 << phase)) !== 0) close(length, phase);
  }
}
