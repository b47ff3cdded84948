/** What this package needs of a log: an event's name and plain fields. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

type LogFields = Readonly<Record<string, string | number | boolean | null>>;
