import type { Log } from '@liaison/postgres';
import kafkajs from 'kafkajs';
import type { Kafka, LogEntry } from 'kafkajs';

import type { ExchangeTls } from './exchange-tls.ts';

export interface KafkaOptions {
  readonly brokers: readonly string[];
  /** null: plain text, for a broker on the same machine. */
  readonly tls: ExchangeTls | null;
  readonly clientId: string;
  readonly log: Log;
  /** Sees every entry of kafkajs's own log; costs an entry for each request. */
  readonly onLogEntry?: (entry: LogEntry) => void;
}

/** Time without an answer after which a broker counts as gone. */
const requestTimeoutMs = 10_000;

/**
 * Attempts within one operation: about five seconds, enough for a leader to be replaced. What fails for longer is the
 * business of whoever called, with pauses of their own.
 */
const operationRetry = { initialRetryTime: 100, maxRetryTime: 1_500, retries: 6 } as const;

/** A client for Kafka. Nothing is connected yet. */
export function createKafka({ brokers, tls, clientId, log, onLogEntry }: KafkaOptions): Kafka {
  return new kafkajs.Kafka({
    brokers: [...brokers],
    clientId,
    ...(tls === null ? {} : { ssl: { ca: [tls.ca], cert: tls.certificate, key: tls.key } }),
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    retry: operationRetry,
    logLevel: onLogEntry === undefined ? kafkajs.logLevel.WARN : kafkajs.logLevel.DEBUG,
    // What it calls errors are mostly its own retries, and its messages name what is inside: where it came from will do.
    logCreator: () => (entry) => {
      onLogEntry?.(entry);
      if (entry.level <= kafkajs.logLevel.WARN) log.debug('kafkajs', { namespace: entry.namespace });
    },
  });
}
