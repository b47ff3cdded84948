import pg from 'pg';

import { toDatabaseError } from './database-error.ts';
import { quoteIdentifier } from './quote.ts';
import { sleep } from './sleep.ts';

/** One connection that listens, until it is lost. */
export interface ListeningSession {
  /** Resolves when the connection is gone, for whatever reason. */
  readonly lost: Promise<void>;
  /** These never throw: a statement that fails loses the session. */
  listen(channel: string): Promise<void>;
  unlisten(channel: string): Promise<void>;
  end(): Promise<void>;
}

export interface ListeningSessionOptions {
  readonly url: string;
  readonly applicationName: string;
  readonly heartbeatMs: number;
  readonly onNotification: (channel: string, payload: string) => void;
}

const maxAnswerMs = 10_000;

/** @throws DatabaseError */
export async function openListeningSession(options: ListeningSessionOptions): Promise<ListeningSession> {
  const { url, applicationName, heartbeatMs, onNotification } = options;
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: maxAnswerMs,
    query_timeout: Math.min(maxAnswerMs, heartbeatMs),
    keepAlive: true,
  });
  const { promise: lost, resolve: lose } = Promise.withResolvers<void>();
  client.on('error', () => {
    lose();
  });
  client.on('end', () => {
    lose();
  });
  client.on('notification', ({ channel, payload }) => {
    onNotification(channel, payload ?? '');
  });
  try {
    await client.connect();
  } catch (error) {
    throw toDatabaseError(error);
  }
  const run = createSerialRunner(client, lose);
  // A connection cut without a word looks like a quiet one until something is asked over it.
  const heartbeat = setInterval(() => {
    void run('select 1');
  }, heartbeatMs);
  const end = async () => {
    clearInterval(heartbeat);
    const farewell = new AbortController();
    // Where the other side no longer answers, the farewell would take minutes.
    await Promise.race([client.end().catch(() => undefined), sleep(1_000, farewell.signal)]);
    farewell.abort();
  };
  const endWhenLost = async () => {
    await lost;
    await end();
  };
  void endWhenLost();
  return {
    lost,
    listen: async (channel) => run(`listen ${quoteIdentifier(channel)}`),
    unlisten: async (channel) => run(`unlisten ${quoteIdentifier(channel)}`),
    async end() {
      lose();
      await end();
    },
  };
}

function createSerialRunner(client: pg.Client, onFailure: () => void): (sql: string) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return async (sql) => {
    const previous = last;
    const run = async () => {
      await previous;
      await client.query(sql).catch(onFailure);
    };
    last = run();
    return last;
  };
}
