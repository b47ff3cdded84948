import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { LoadOrder, LoadReport, LoadResult, LoadTarget, Pace, Preparation } from './load-messages.ts';

/** The load generator, as whoever measures sees it. */
export interface LoadGenerator {
  readonly pid: number;
  /** Makes and signs referrals for the next run. @returns their number and mean size. */
  prepare(preparation: Preparation): Promise<{ readonly count: number; readonly meanBytes: number }>;
  /** Submits what was prepared. */
  run(pace: Pace): Promise<LoadResult>;
  /** Tells it how many referrals are under way. */
  tell(underWay: number): void;
  readonly stop: () => Promise<void>;
}

/** Starts the load generator as a process. */
export async function startLoadGenerator(target: LoadTarget): Promise<LoadGenerator> {
  const entry = fileURLToPath(new URL('load-process.ts', import.meta.url));
  const child = fork(entry, [], { env: {}, execArgv: ['--max-old-space-size=512'] });
  const waiting = new Map<LoadReport['kind'], (report: LoadReport | Error) => void>();
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      for (const answer of waiting.values()) answer(new Error('The load generator has ended.'));
      resolve();
    });
  });
  child.on('message', (message) => {
    const report = message as LoadReport;
    const answer = waiting.get(report.kind);
    waiting.delete(report.kind);
    answer?.(report);
  });
  const next = <Kind extends LoadReport['kind']>(kind: Kind): Promise<Extract<LoadReport, { kind: Kind }>> =>
    new Promise((resolve, reject) => {
      waiting.set(kind, (report) => {
        if (report instanceof Error) reject(report);
        else resolve(report as Extract<LoadReport, { kind: Kind }>);
      });
    });
  const order = (message: LoadOrder): void => {
    child.send(message);
  };
  await next('started');
  order({ kind: 'target', target });
  return {
    pid: child.pid ?? 0,
    async prepare(preparation) {
      const prepared = next('prepared');
      order({ kind: 'prepare', preparation });
      return prepared;
    },
    async run(pace) {
      const ended = next('ended');
      order({ kind: 'run', pace });
      return (await ended).result;
    },
    tell(underWay) {
      if (child.connected) order({ kind: 'tally', underWay });
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
