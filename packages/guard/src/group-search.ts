import type { GroupAlphabet } from './alphabets.ts';
import { locateDigits, readDigits, type Digits } from './digits.ts';
import type { SearchTools } from './symbol-search.ts';

/** Five digits of base85 are four bytes, the most significant digit first; -1 where they are no such number. */
function numberOf85({ values }: Digits, at: number): number {
  const high = ((values[at] ?? 0) * 85 + (values[at + 1] ?? 0)) * 85 + (values[at + 2] ?? 0);
  const value = (high * 85 + (values[at + 3] ?? 0)) * 85 + (values[at + 4] ?? 0);
  return value > 0xffff_ffff ? -1 : value;
}

/** Three digits of base45 are two bytes, the least significant digit first (RFC 9285, 4). */
function numberOf45({ values }: Digits, at: number): number {
  const value = (values[at] ?? 0) + (values[at + 1] ?? 0) * 45 + (values[at + 2] ?? 0) * 2025;
  return value > 0xffff ? -1 : value;
}

function byteOf85(digits: Digits, start: number, byte: number): number {
  const at = start + (byte >> 2) * 5;
  const number = at + 5 > digits.length ? -1 : numberOf85(digits, at);
  return number < 0 ? -1 : (number >>> (24 - 8 * (byte & 3))) & 255;
}

function byteOf45(digits: Digits, start: number, byte: number): number {
  const at = start + (byte >> 1) * 3;
  const number = at + 3 > digits.length ? -1 : numberOf45(digits, at);
  return number < 0 ? -1 : (number >> (8 - 8 * (byte & 1))) & 255;
}

function scan85(
  digits: Digits,
  { sieves, table }: SearchTools,
  found: (start: number, name: string) => void,
): void {
  const { values, length } = digits;
  let three = 0;
  for (let index = 0; index < length; index += 1) {
    three = (three % 7225) * 85 + (values[index] ?? 0);
    if (sieves.ofBase85[three] === 0 || index < 2) continue;
    const name = table.nameAt((byte) => byteOf85(digits, index - 2, byte));
    if (name !== null) found(index - 2, name);
  }
}

function scan45(digits: Digits, { table }: SearchTools, found: (start: number, name: string) => void): void {
  for (let start = 0; start + 3 <= digits.length; start += 1) {
    const number = numberOf45(digits, start);
    if (number < 0 || table.starts[number] === 0) continue;
    const name = table.nameAt((byte) => byteOf45(digits, start, byte));
    if (name !== null) found(start, name);
  }
}

/**
 * Looks for the beginnings of media in base85 or base45, a group beginning at any digit. Groups carry no bits over, so
 * a file is found where it begins with a group, which is where every encoder begins it.
 */
export function searchGroups(codes: Uint8Array, alphabet: GroupAlphabet, tools: SearchTools): void {
  const digits = readDigits(codes, alphabet.values);
  let positions: Uint32Array | null = null;
  const scan = alphabet.radix === 85 ? scan85 : scan45;
  scan(digits, tools, (start, name) => {
    positions ??= locateDigits(codes, alphabet.values);
    tools.media(positions[start] ?? 0, name);
  });
}
