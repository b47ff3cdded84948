import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Choices that the same seed makes again. */
export interface Random {
  /** A whole number of the range, both ends included. */
  int(min: number, max: number): number;
  /** True in this share of the cases, 0 to 1. */
  chance(share: number): boolean;
  /** One of the entries. @throws RangeError where there are none. */
  pick<T>(list: readonly T[]): T;
  /** One of the entries, by weight. */
  weighted<T>(entries: readonly (readonly [T, number])[]): T;
  /** Lower-case hex. */
  hex(digits: number): string;
}

/** Makes choices from a seed. */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const int = (min: number, max: number): number => uniformInt(generator, min, max);
  const chance = (share: number): boolean => uniformFloat64(generator) < share;
  return {
    int,
    chance,
    pick: <T>(list: readonly T[]): T => {
      const entry = list[list.length === 0 ? 0 : int(0, list.length - 1)];
      if (entry === undefined) throw new RangeError('nothing to choose from');
      return entry;
    },
    weighted: (entries) => {
      const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
      let at = uniformFloat64(generator) * total;
      for (const [value, weight] of entries) {
        at -= weight;
        if (at < 0) return value;
      }
      const last = entries.at(-1);
      if (last === undefined) throw new RangeError('nothing to choose from');
      return last[0];
    },
    hex: (digits) => Array.from({ length: digits }, () => int(0, 15).toString(16)).join(''),
  };
}
