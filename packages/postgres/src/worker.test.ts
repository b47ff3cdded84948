import { expect, test } from 'vitest';

import { DatabaseError } from './database-error.ts';
import type { Sleep } from './sleep.ts';
import { createWaker } from './waker.ts';
import { runWorker } from './worker.ts';
import type { WorkerOptions } from './worker.ts';

interface Bench {
  readonly options: Omit<WorkerOptions, 'work'>;
  readonly stop: AbortController;
  readonly pauses: number[];
  readonly events: Record<string, unknown>[];
  /** Ends the pause that the worker is in. */
  readonly endPause: () => void;
}

function createBench(): Bench {
  const stop = new AbortController();
  const pauses: number[] = [];
  const events: Record<string, unknown>[] = [];
  let end = () => {};
  const sleep: Sleep = async (delayMs, signal) => {
    pauses.push(delayMs);
    if (signal?.aborted === true) return;
    await new Promise<void>((resolve) => {
      end = resolve;
      signal?.addEventListener('abort', () => {
        resolve();
      });
    });
  };
  const write = (event: string, fields = {}) => {
    events.push({ event, ...fields });
  };
  const log = { debug: write, info: write, warn: write, error: write };
  return {
    options: { name: 'test', waker: createWaker(), signal: stop.signal, log, sleep, random: () => 1 },
    stop,
    pauses,
    events,
    endPause: () => {
      end();
    },
  };
}

const settle = async () => new Promise<void>((resolve) => void setImmediate(resolve));

test('it works on without a pause while there is more', async () => {
  const { options, stop, pauses } = createBench();
  let left = 3;
  const work = async () => {
    left -= 1;
    if (left === 0) stop.abort();
    return 'more' as const;
  };
  await runWorker({ ...options, work });
  expect(left).toBe(0);
  expect(pauses).toEqual([]);
});

test('an idle worker works again when woken, and when the poll is due', async () => {
  const { options, stop, pauses, endPause } = createBench();
  let count = 0;
  const work = async () => {
    count += 1;
    return 'idle' as const;
  };
  const running = runWorker({ ...options, work });
  await settle();
  expect([count, pauses]).toEqual([1, [1_000]]);
  options.waker.wake();
  await settle();
  expect(count).toBe(2);
  endPause();
  await settle();
  expect(count).toBe(3);
  stop.abort();
  await running;
  expect(count).toBe(3);
});

test('a wake during the work is not lost', async () => {
  const { options, stop } = createBench();
  let count = 0;
  const work = async () => {
    count += 1;
    if (count === 1) options.waker.wake();
    return 'idle' as const;
  };
  const running = runWorker({ ...options, work });
  await settle();
  expect(count).toBe(2);
  stop.abort();
  await running;
});

test('a wake after a poll is not lost either', async () => {
  const { options, stop, endPause } = createBench();
  let count = 0;
  let finishSecond = () => {};
  const work = async () => {
    count += 1;
    if (count === 2) await new Promise<void>((resolve) => (finishSecond = resolve));
    return 'idle' as const;
  };
  const running = runWorker({ ...options, work });
  await settle();
  endPause();
  await settle();
  options.waker.wake();
  finishSecond();
  await settle();
  expect(count).toBe(3);
  stop.abort();
  await running;
});

test('a failure is logged by its codes, and pauses grow until work succeeds', async () => {
  const { options, stop, pauses, events, endPause } = createBench();
  const reachable = [false, false, true, false];
  const work = async () => {
    const isReachable = reachable.shift();
    if (isReachable === undefined) stop.abort();
    if (isReachable === false) {
      throw new DatabaseError('connection-failed', {
        sqlstate: null,
        errno: 'ECONNREFUSED',
        table: null,
        constraint: null,
      });
    }
    return 'more' as const;
  };
  const running = runWorker({ ...options, work });
  for (let count = 0; count < 4; count += 1) {
    await settle();
    endPause();
  }
  await running;
  expect(pauses).toEqual([100, 200, 100]);
  expect(events[1]).toEqual({
    event: 'work-failed',
    worker: 'test',
    failures: 2,
    delayMs: 200,
    error: 'DatabaseError',
    code: 'connection-failed',
    sqlstate: null,
    errno: 'ECONNREFUSED',
    table: null,
    constraint: null,
  });
});

test('a failure that is no DatabaseError is logged without its message', async () => {
  const { options, stop, events } = createBench();
  const work = async () => {
    stop.abort();
    throw new TypeError('victim@example.org is not a function');
  };
  await runWorker({ ...options, work });
  expect(events).toHaveLength(1);
  expect(JSON.stringify(events)).not.toContain('victim');
});

test('waking does not shorten the pause after a failure', async () => {
  const { options, stop } = createBench();
  let count = 0;
  const work = async () => {
    count += 1;
    throw new Error('no');
  };
  const running = runWorker({ ...options, work });
  await settle();
  options.waker.wake();
  await settle();
  expect(count).toBe(1);
  stop.abort();
  await running;
});
