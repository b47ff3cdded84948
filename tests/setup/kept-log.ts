import type { Log, LogFields } from '@liaison/service';

/** What was logged. */
interface LoggedEvent {
  readonly level: keyof Log;
  readonly event: string;
  readonly fields: LogFields;
}

/** A log of which a test can read what was written. */
export interface KeptLog extends Log {
  /** Everything so far with this name, at this level. */
  find(level: keyof Log, event: string): readonly LoggedEvent[];
  clear(): void;
}

/** Makes a log that keeps everything. */
export function createKeptLog(): KeptLog {
  let events: LoggedEvent[] = [];
  const writeAt =
    (level: keyof Log) =>
    (event: string, fields: LogFields = {}): void => {
      events.push({ level, event, fields });
    };
  return {
    debug: writeAt('debug'),
    info: writeAt('info'),
    warn: writeAt('warn'),
    error: writeAt('error'),
    find: (level, event) => events.filter((one) => one.level === level && one.event === event),
    clear() {
      events = [];
    },
  };
}
