import { Presets, SingleBar } from 'cli-progress';

/** Shows a person what is going on. */
export interface Progress {
  step(name: string): void;
  startFeeding(total: number): void;
  answered(): void;
  /** Dispatches that have no receipt yet. */
  underWay(dispatches: number): void;
  stop(): void;
}

/** Makes a progress display: a bar on a terminal, a line now and then elsewhere. */
export function createProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  let lastUnderWay = -1;
  const stop = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    step(name) {
      stream.write(`Starting ${name} …\n`);
    },
    startFeeding(total) {
      bar = new SingleBar(
        {
          format: 'Referrals {bar} {value}/{total}  {receipts}',
          stream,
          noTTYOutput: true,
          notTTYSchedule: 5_000,
          hideCursor: true,
        },
        Presets.rect,
      );
      bar.start(total, 0, { receipts: '' });
    },
    answered() {
      bar?.increment(1);
    },
    underWay(dispatches) {
      if (dispatches === lastUnderWay) return;
      lastUnderWay = dispatches;
      bar?.update({ receipts: dispatches === 0 ? 'all receipts are in' : `${dispatches} receipts to come` });
    },
    stop,
  };
}
