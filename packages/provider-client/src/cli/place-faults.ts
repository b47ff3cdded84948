import type { GivenReferral } from './input/given-referral.ts';
import { whatToDo } from './what-to-do.ts';
import type { PlacedFault } from './words.ts';

/** A fault with its place in the file, and what to do about it. */
export type ExplainedFault = PlacedFault & {
  readonly line: number;
  readonly column: number;
  /** One sentence; empty where the code is of a later version. */
  readonly whatToDo: string;
};

/** Finds the line and column of each fault in the file that its referral was read from. */
export function placeFaults<Fault extends PlacedFault>(
  given: GivenReferral,
  faults: readonly Fault[],
): (Fault & ExplainedFault)[] {
  return faults.map((fault) => ({
    ...fault,
    ...given.locate(fault.pointer),
    whatToDo: whatToDo(fault.code),
  }));
}
