import type { ReachPoint } from '@liaison/service';
import { until } from './submitting.ts';

/** Points of the services at which a test can make them wait. */
export interface Gates {
  readonly reach: ReachPoint;
  /** Whoever comes to the point waits there from now on. @returns what lets them go on, and everybody after them. */
  close(point: string): { untilReached(): Promise<void>; open(): void };
}

/** Makes gates that are all open. */
export function createGates(): Gates {
  const closed = new Map<string, { readonly opened: Promise<void>; reached: boolean }>();
  return {
    async reach(point) {
      const gate = closed.get(point);
      if (gate === undefined) return;
      gate.reached = true;
      await gate.opened;
    },
    close(point) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const gate = { opened: promise, reached: false };
      closed.set(point, gate);
      return {
        untilReached: () => until(`somebody at ${point}`, () => Promise.resolve(gate.reached)),
        open() {
          closed.delete(point);
          resolve();
        },
      };
    },
  };
}
