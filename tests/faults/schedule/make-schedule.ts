import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { points, processes, type Fault, type FaultKind } from './fault.ts';

const hourMs = 3_600_000;
const brokers = 3;

/**
 * Which faults come, in which order: the same for the same seed. Every kind comes once before any comes again, and every
 * named point once before any comes again.
 */
export function* makeSchedule(seed: number, kinds: readonly FaultKind[]): Generator<Fault, never> {
  const random = xoroshiro128plus(seed);
  const pick = (from: number, to: number): number => uniformInt(random, from, to);
  const choose = <Item>(items: readonly Item[]): Item => {
    const item = items[pick(0, items.length - 1)];
    if (item === undefined) throw new RangeError('nothing to choose from');
    return item;
  };
  const shuffle = <Item>(items: readonly Item[]): Item[] => {
    const left = [...items];
    return items.flatMap(() => left.splice(pick(0, left.length - 1), 1));
  };
  let kindsLeft: FaultKind[] = [];
  let pointsLeft: string[] = [];

  const fill = (kind: FaultKind): Fault => {
    switch (kind) {
      case 'kill-process':
        return { kind, process: choose(processes) };
      case 'kill-at-point': {
        if (pointsLeft.length === 0) pointsLeft = shuffle(Object.keys(points));
        return { kind, point: pointsLeft.pop() ?? 'accept:committed' };
      }
      case 'pause-process':
        return { kind, process: choose(processes), lastsMs: pick(300, 3_000) };
      case 'clock-jump':
        return {
          kind,
          process: choose(processes),
          byMs: choose([-hourMs, hourMs]),
          lastsMs: pick(500, 2_000),
        };
      case 'slow-connections':
        return { kind, delayMs: pick(20, 200), lastsMs: pick(500, 2_500) };
      case 'half-open-connections':
        return { kind, lastsMs: pick(500, 4_000) };
      case 'disk-full':
        return { kind, lastsMs: pick(500, 2_000) };
      case 'poison':
        return { kind, towards: choose(['hub', 'contact-point'] as const), shape: pick(0, 4) };
      case 'repeat-and-reorder':
        return { kind, count: pick(2, 20) };
      case 'kill-broker':
        return { kind, broker: pick(0, brokers - 1) };
      case 'pause-broker':
        return { kind, broker: pick(0, brokers - 1), lastsMs: pick(1_000, 6_000) };
      case 'rebalance-storm':
        return { kind, members: pick(2, 5) };
      case 'kill-database':
      case 'cut-connections':
      case 'rotate-key':
      case 'restart-cluster':
        return { kind };
      default:
        return kind satisfies never;
    }
  };
  for (;;) {
    if (kindsLeft.length === 0) kindsLeft = shuffle(kinds);
    const kind = kindsLeft.pop();
    if (kind === undefined) throw new RangeError('no kind of fault is wanted');
    yield fill(kind);
  }
}
