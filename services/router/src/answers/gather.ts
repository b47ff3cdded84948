interface Waiting<Item> {
  readonly items: readonly Item[];
  readonly settle: PromiseWithResolvers<void>;
}

/**
 * Makes one run of work of several that ask for it at the same time: a transaction costs more than what is in it. Where
 * the common run fails, each is run by itself, so that nobody fails for another's fault.
 */
export function createGatherer<Item>(
  run: (items: readonly Item[]) => Promise<void>,
): (items: readonly Item[]) => Promise<void> {
  let waiting: Waiting<Item>[] = [];
  let running = false;

  const runAlone = async ({ items, settle }: Waiting<Item>): Promise<void> => {
    try {
      await run(items);
      settle.resolve();
    } catch (error) {
      settle.reject(error);
    }
  };

  const runTogether = async (batch: readonly Waiting<Item>[]): Promise<void> => {
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) {
      await runAlone(only);
      return;
    }
    try {
      await run(batch.flatMap(({ items }) => items));
      for (const { settle } of batch) settle.resolve();
    } catch {
      for (const one of batch) await runAlone(one);
    }
  };

  const drain = async (): Promise<void> => {
    running = true;
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await runTogether(batch);
    }
    running = false;
  };

  return (items) => {
    const settle = Promise.withResolvers<void>();
    waiting.push({ items, settle });
    if (!running) {
      running = true;
      // Others may be about to ask in this very turn.
      setImmediate(() => {
        void drain();
      });
    }
    return settle.promise;
  };
}
