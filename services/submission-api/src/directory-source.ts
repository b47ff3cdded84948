import type { DirectoryHolder, DirectoryIndex } from '@liaison/directory';
import type { Database } from '@liaison/postgres';
import { ProblemError, type Clock, type Log } from '@liaison/service';
import { readDirectoryJws } from './store/intake.ts';

/** The directory by which submissions are judged, and its signed form for others. */
export interface DirectorySource {
  /** Reads the newest issue from the database. */
  refresh(): Promise<void>;
  /** @throws ProblemError `directory-expired`: submissions wait, none is refused for it. */
  current(): DirectoryIndex;
  /** @throws ProblemError `directory-expired`. */
  currentJws(): string;
}

/** Follows the directory that the router issues. */
export function createDirectorySource(deps: {
  readonly database: Database;
  readonly holder: DirectoryHolder;
  readonly clock: Clock;
  readonly log: Log;
}): DirectorySource {
  const { database, holder, clock, log } = deps;
  let currentJws: string | undefined;
  const current = (): DirectoryIndex => {
    const directory = holder.current(clock.nowMs());
    if (directory === null) throw new ProblemError('directory-expired', { retryAfterSeconds: 5 });
    return directory;
  };
  return {
    async refresh() {
      const jws = await readDirectoryJws(database);
      if (jws !== null) {
        const offer = await holder.offer(jws);
        if (offer.kind === 'taken') currentJws = jws;
        if (offer.kind === 'refused') log.error('directory-refused', { code: offer.code });
      }
      if (holder.current(clock.nowMs()) === null) log.error('directory-expired');
    },
    current,
    currentJws() {
      current();
      if (currentJws === undefined) throw new ProblemError('directory-expired', { retryAfterSeconds: 5 });
      return currentJws;
    },
  };
}
