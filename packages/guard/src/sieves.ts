import type { Alphabet } from './alphabets.ts';
import { createTopBitTables } from './inner-text.ts';

type Bits = Alphabet['bits'];

/** Bits of a stream that one question to a sieve covers. */
export const sieveBits = 18;

/** Distance of the bit offsets at which a byte may begin: the greatest common divisor of the digit's bits and 8. */
export const stepOf: Readonly<Record<Bits, number>> = { 1: 1, 4: 4, 5: 1, 6: 2 };

/**
 * Tables that answer, in one look-up for each digit of a stream, whether any file may begin within that digit: for
 * digits of a number of bits by the next 18 bits, for base85 by the next three digits.
 */
export interface Sieves {
  readonly ofBits: Readonly<Record<Bits, Uint8Array>>;
  readonly ofBase85: Uint8Array;
  /** For each digit and its place in a group of whole bytes, where text cannot be: see `createTopBitTables`. */
  readonly topBits: Readonly<Record<Bits, Uint8Array>>;
}

function markPair(sieve: Uint8Array, pair: number, offset: number): void {
  // Of the pair's 16 bits those are asked that lie within the 18: the others may be anything.
  const known = Math.min(16, sieveBits - offset);
  const free = sieveBits - offset - known;
  const value = (pair >> (16 - known)) << free;
  for (let before = 0; before < 1 << offset; before += 1) {
    const from = (before << (sieveBits - offset)) | value;
    sieve.fill(1, from, from + (1 << free));
  }
}

function sieveOfBits(pairs: readonly number[], bits: Bits): Uint8Array {
  const sieve = new Uint8Array(1 << sieveBits);
  for (let offset = 0; offset < bits; offset += stepOf[bits]) {
    for (const pair of pairs) markPair(sieve, pair, offset);
  }
  return sieve;
}

/** Three of a group's five digits tell its number to within 85 x 85. */
function sieveOfBase85(pairs: readonly number[]): Uint8Array {
  const sieve = new Uint8Array(85 ** 3);
  for (const pair of pairs) {
    const lowest = Math.floor((pair * 65_536) / 7225);
    const highest = Math.floor((pair * 65_536 + 65_535) / 7225);
    sieve.fill(1, lowest, highest + 1);
  }
  return sieve;
}

/** Prepares the sieves for the pairs of bytes with which signatures begin. */
export function createSieves(starts: Uint8Array): Sieves {
  const pairs: number[] = [];
  starts.forEach((isStart, pair) => {
    if (isStart === 1) pairs.push(pair);
  });
  return {
    ofBits: {
      1: sieveOfBits(pairs, 1),
      4: sieveOfBits(pairs, 4),
      5: sieveOfBits(pairs, 5),
      6: sieveOfBits(pairs, 6),
    },
    ofBase85: sieveOfBase85(pairs),
    topBits: createTopBitTables(),
  };
}
