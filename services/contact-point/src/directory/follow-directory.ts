import { createDirectoryHolder, type DirectoryIndex, type DirectoryTrust } from '@liaison/directory';
import { createWaker, runWorker } from '@liaison/postgres';
import { CodedError, codesOf, type Clock, type Log } from '@liaison/service';

/** The directory of the hub, kept up to date. */
export interface FollowedDirectory {
  /** The directory while it has not expired; null means: stop, alarm, and go on by itself when a new one comes. */
  current(): DirectoryIndex | null;
  /** Fetches the newest one now. @throws CodedError `directory-unreachable`. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

const defaultPollMs = 20_000;
const fetchTimeoutMs = 10_000;
const maxBytes = 8 * 1024 * 1024;

async function fetchText(url: string): Promise<string | null> {
  const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' });
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (response.ok && announced <= maxBytes) return response.text();
  await response.body?.cancel();
  return null;
}

async function fetchDirectory(url: string): Promise<string> {
  const message = 'The directory cannot be fetched.';
  const text = await fetchText(url).catch((cause: unknown) => {
    throw new CodedError('directory-unreachable', message, { cause });
  });
  if (text === null) throw new CodedError('directory-unreachable', message);
  return text.trim();
}

/**
 * Follows the hub's directory: fetches it now and three times a minute. While there is none that holds, the log says so
 * each time.
 */
export async function followDirectory(options: {
  readonly url: string;
  readonly trust: DirectoryTrust;
  readonly clock: Clock;
  readonly log: Log;
  /** Default 20 s. */
  readonly pollMs?: number;
}): Promise<FollowedDirectory> {
  const { url, trust, clock, log, pollMs = defaultPollMs } = options;
  const holder = createDirectoryHolder(trust);
  const stopping = new AbortController();
  let fetching: Promise<void> | null = null;
  const fetchOnce = async (): Promise<void> => {
    try {
      const offer = await holder.offer(await fetchDirectory(url));
      if (offer.kind === 'refused') log.error('directory-refused', { code: offer.code });
    } finally {
      if (holder.current(clock.nowMs()) === null) log.error('directory-expired');
    }
  };
  // Contact points of one process ask at the same time for the same. A fetch that is under way may have begun before what
  // is asked for was issued.
  const refresh = async (): Promise<void> => {
    await fetching?.catch(() => undefined);
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    await fetching;
  };
  // The first one is fetched before anything is read; a hub that cannot be reached now is asked again.
  await refresh().catch((error: unknown) => {
    log.warn('directory-unreachable', { codes: codesOf(error) });
  });
  const following = runWorker({
    name: 'directory',
    work: async () => {
      await refresh();
      return 'idle';
    },
    waker: createWaker(),
    pollMs,
    signal: stopping.signal,
    log,
  });
  return {
    current: () => holder.current(clock.nowMs()),
    refresh,
    async close() {
      stopping.abort();
      await following;
    },
  };
}
