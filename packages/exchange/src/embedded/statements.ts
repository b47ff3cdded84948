import { DatabaseError } from '@liaison/postgres';
import type { NamedStatement, Queryable } from '@liaison/postgres';

import type { IncomingRecord, OutgoingRecord } from '../exchange.ts';
import { ExchangeError } from '../exchange-error.ts';
import type { ExchangeErrorCode } from '../exchange-error.ts';

/** One topic as its participant sees it. */
interface TopicState {
  readonly name: string;
  readonly channel: string;
  readonly mayRead: boolean;
  readonly group: string;
}

/** A process, or one of several in it, that reads as a member of a group. */
export interface Member {
  readonly group: string;
  /** UUID, made anew for each subscription. */
  readonly member: string;
}

/** The functions of SQL.md, typed. All throw ExchangeError. */
export interface Statements {
  append(topic: string, records: readonly OutgoingRecord[]): Promise<void>;
  appendEach(messages: readonly { readonly topic: string; readonly record: OutgoingRecord }[]): Promise<void>;
  read(
    topic: string,
    options: { group: string; maxRecords: number; maxBytes: number },
  ): Promise<IncomingRecord[]>;
  /** Where the topic ends: at `offset` nothing waits any more. */
  commit(topic: string, options: Member & { offset: number }): Promise<number>;
  /** The topics, of those asked for, that this member now holds until the lease ends. */
  claim(topics: readonly string[], options: Member & { leaseMs: number }): Promise<string[]>;
  release(topics: readonly string[], member: Member): Promise<void>;
  topics(): Promise<TopicState[]>;
  /** The topics, of those asked for, in which something waits. */
  pending(topics: readonly string[]): Promise<string[]>;
}

export function createStatements(database: Queryable): Statements {
  const run = async <Row extends object>(statement: NamedStatement) => {
    try {
      return (await database.query<Row>(statement)).rows;
    } catch (error) {
      throw toExchangeError(error);
    }
  };
  return {
    async append(topic, records) {
      await run({
        name: 'append',
        text: 'select exchange.append($1, $2, $3, $4::text[]::jsonb[])',
        values: [
          topic,
          records.map(({ key }) => key),
          records.map(({ value }) => value),
          records.map(({ headers }) => JSON.stringify(headers)),
        ],
      });
    },
    async appendEach(messages) {
      await run({
        name: 'append-each',
        // In one order, so that two who append to the same topics cannot wait for each other.
        text: `select exchange.append(m.topic, array[m.key], array[m.value], array[m.headers::jsonb])
               from (select * from unnest($1::text[], $2::text[], $3::bytea[], $4::text[])
                 as m (topic, key, value, headers) order by topic) as m`,
        values: [
          messages.map(({ topic }) => topic),
          messages.map(({ record }) => record.key),
          messages.map(({ record }) => record.value),
          messages.map(({ record }) => JSON.stringify(record.headers)),
        ],
      });
    },
    async read(topic, { group, maxRecords, maxBytes }) {
      return run<IncomingRecord>({
        name: 'read',
        text: `select $1 as topic, "offset", key, value, headers, appended_at as "appendedAt"
               from exchange.read($1, $2, null, $3, $4)`,
        values: [topic, group, maxRecords, maxBytes],
      }) as Promise<IncomingRecord[]>;
    },
    async commit(topic, { group, member, offset }) {
      const [row] = await run<{ end: number }>({
        name: 'commit',
        text: 'select exchange.commit($1, $2, $3, $4) as "end"',
        values: [topic, group, offset, member],
      });
      return row?.end ?? offset;
    },
    async claim(topics, { group, member, leaseMs }) {
      const rows = await run<{ topic: string }>({
        name: 'claim',
        text: 'select topic from exchange.claim($1, $2, $3, $4) as topic',
        values: [topics, group, member, leaseMs],
      });
      return rows.map(({ topic }) => topic);
    },
    async release(topics, { group, member }) {
      await run({
        name: 'release',
        text: 'select exchange.release($1, $2, $3)',
        values: [topics, group, member],
      });
    },
    async topics() {
      const rows = await run<TopicState>({
        name: 'topics',
        text: 'select name, channel, may_read as "mayRead", "group" from exchange.topics()',
      });
      return [...rows];
    },
    async pending(topics) {
      const rows = await run<{ name: string }>({
        name: 'pending',
        text: 'select name from exchange.topics() where name = any ($1) and committed < next_offset',
        values: [topics],
      });
      return rows.map(({ name }) => name);
    },
  };
}

const codes: Readonly<Record<string, ExchangeErrorCode>> = {
  '22021': 'record-refused',
  '22023': 'record-refused',
  '42501': 'topic-forbidden',
  '54000': 'record-refused',
  '55006': 'topic-owned',
};

/** By SQLSTATE, which SQL.md fixes for each refusal. */
function toExchangeError(error: unknown): ExchangeError {
  if (!(error instanceof DatabaseError)) return new ExchangeError('exchange-failed', { cause: error });
  const options = { cause: error };
  const code = codes[error.sqlstate ?? ''];
  if (code !== undefined) return new ExchangeError(code, options);
  switch (error.kind) {
    case 'retry':
      return new ExchangeError('exchange-unavailable', options);
    case 'disk-full':
      return new ExchangeError('exchange-full', options);
    case 'fault':
      return new ExchangeError('exchange-failed', options);
    default:
      return error.kind satisfies never;
  }
}
