import winston from 'winston';

/** Ids, codes and numbers only: nothing that was sent to us is ever logged. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** A log of events. */
export interface Log {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/**
 * A winston log of JSON lines.
 * @param options `service` stands in every line; `stream` is standard output where absent.
 */
export function createLog(options: {
  readonly service: string;
  readonly level: LogLevel;
  readonly stream?: NodeJS.WritableStream;
}): Log {
  const logger = winston.createLogger({
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    level: options.level === 'silent' ? 'error' : options.level,
    silent: options.level === 'silent',
    format: winston.format.combine(winston.format.timestamp(), winston.format.json()),
    defaultMeta: { service: options.service },
    transports: [
      options.stream === undefined
        ? new winston.transports.Console({ stderrLevels: [], consoleWarnLevels: [] })
        : new winston.transports.Stream({ stream: options.stream }),
    ],
  });
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, fields?: LogFields): void => {
      // winston formats a line first and asks for its level then.
      if (logger.isLevelEnabled(level)) logger.log(level, event, fields);
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A log that keeps nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
