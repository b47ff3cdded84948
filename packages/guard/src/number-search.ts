import type { Fault } from '@liaison/contracts';
import type { MediaFinding } from './media-search.ts';

/** A number of a referral, or the digits of a text that are read as one: the decimals of a time, a telephone number. */
export interface NumberMember {
  readonly pointer: string;
  readonly path: string;
  /** A whole number, or null where there are only digits. */
  readonly value: number | null;
  readonly digits: string;
}

type Reading = (member: NumberMember) => readonly number[];

function bigEndian(size: number): Reading {
  return ({ value }) =>
    value === null
      ? []
      : Array.from({ length: size }, (_, index) => Math.floor(value / 256 ** (size - 1 - index)) & 255);
}

function littleEndian(size: number): Reading {
  const read = bigEndian(size);
  return (member) => read(member).toReversed();
}

/** Three digits are a byte, after as many digits as are left out: a country's code, a constant. */
function byThree(skip: number): Reading {
  return ({ digits }) => (digits.slice(skip).match(/\d{3}/g) ?? []).map((three) => Number(three) & 255);
}

/** One number holds four bytes at most: less than the beginning of any file. */
const fewest = 2;

const ofValues: readonly Reading[] = [
  bigEndian(1),
  bigEndian(2),
  bigEndian(3),
  bigEndian(4),
  littleEndian(2),
  littleEndian(4),
];
const ofDigits: readonly Reading[] = [byThree(0), byThree(1), byThree(2), byThree(3)];

function groupByPath(members: readonly NumberMember[]): readonly (readonly NumberMember[])[] {
  const groups = new Map<string, NumberMember[]>();
  for (const member of members) {
    const group = groups.get(member.path);
    if (group === undefined) groups.set(member.path, [member]);
    else group.push(member);
  }
  return [...groups.values()];
}

/**
 * Searches the numbers of each path as bytes: ports, counts, numbers of networks, decimals of times and positions,
 * telephone numbers. One of them holds four bytes at most; fifty in their order hold a file.
 */
export function searchNumbers(
  members: readonly NumberMember[],
  searchBytes: (bytes: Uint8Array) => readonly MediaFinding[],
): Fault[] {
  return groupByPath(members).flatMap((group) => {
    if (group.length < fewest) return [];
    const readings = group.some(({ value }) => value !== null) ? [...ofValues, ...ofDigits] : ofDigits;
    return readings.flatMap((read) => {
      const bytes: number[] = [];
      const owners: NumberMember[] = [];
      for (const member of group) {
        for (const byte of read(member)) {
          bytes.push(byte);
          owners.push(member);
        }
      }
      return searchBytes(Uint8Array.from(bytes)).map(({ at, what }) => ({
        pointer: owners[at]?.pointer ?? '',
        code: 'guard-magic-number' as const,
        detail: `begins like ${what} in numbers`,
      }));
    });
  });
}
