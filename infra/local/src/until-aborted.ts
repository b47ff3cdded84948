import { LocalError } from './local-error.ts';

/**
 * Waits for work, or for whoever wants it to end: the work then goes on unseen until what it stands on is taken away.
 * @throws LocalError `stopped`.
 */
export async function untilAborted<Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> {
  if (signal === undefined) return work;
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = (): void => {
      reject(new LocalError('stopped'));
    };
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([work, stopped]);
}
