import type { Log } from '@liaison/postgres';

export interface OutgoingRecord {
  /** What belongs together; records of one topic keep their order whatever their keys. */
  readonly key: string;
  readonly value: Uint8Array;
  /** Help for tools, never trusted. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface IncomingRecord extends OutgoingRecord {
  readonly topic: string;
  /** Place in the topic, from 0. */
  readonly offset: number;
  /** RFC 3339, UTC, milliseconds; by the exchange's clock. */
  readonly appendedAt: string;
}

export interface ReceiveOptions {
  /** The members of a group share its topics: each topic is read by one of them at a time. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Most records in one batch. */
  readonly maxRecords: number;
  /** Most bytes of values in one batch; a record that is larger comes alone. */
  readonly maxBytes: number;
  /** Topics that may be handled at the same time; default 1. Of one topic there is never more than one batch. */
  readonly concurrency?: number;
  /**
   * Gets a batch of one topic in order, and one batch of a topic at a time. The offset is committed only after it resolves, so
   * after a crash in between the batch comes again. When it throws, the same records come again after a pause.
   */
  handle(records: readonly IncomingRecord[]): Promise<void>;
  /**
   * Gets a record that failed alone `maxAttempts` times for a reason that is not transient. Must put it where it
   * survives a crash before it resolves; reading then goes on behind it.
   */
  quarantine(record: IncomingRecord, error: unknown): Promise<void>;
  /** Whether trying again later can help: the record then stays where it is for as long as it takes. */
  isTransient(error: unknown): boolean;
  readonly log: Log;
  /** Default 5. */
  readonly maxAttempts?: number;
}

export interface Subscription {
  /** @throws ExchangeError `topic-forbidden`, `exchange-unavailable` */
  addTopics(topics: readonly string[]): Promise<void>;
  /**
   * Reads on from this offset of a topic, backwards (replay) or forwards, as soon as the running batch has ended.
   * @throws ExchangeError `topic-owned` while another member of the group reads the topic, `offset-invalid`
   */
  seek(topic: string, offset: number): Promise<void>;
  /** Waits for the running batch and its commit, then lets other members have the topics. */
  close(): Promise<void>;
}

/** An exchange between organisations: topics of records, in order, at least once. */
export interface Exchange {
  /**
   * Appends records to a topic, in order. Resolves when they are durable; when it throws, some may be.
   * @throws ExchangeError
   */
  send(topic: string, records: readonly OutgoingRecord[]): Promise<void>;
  /**
   * Appends records to different topics at once: cheaper than one by one. Resolves when all are durable; when it throws,
   * some may be.
   * @throws ExchangeError
   */
  sendEach(messages: readonly { readonly topic: string; readonly record: OutgoingRecord }[]): Promise<void>;
  /**
   * Starts to read topics as a member of a group, which begins where it last committed. Every topic in turn gets a
   * batch, so that a flooded one does not keep the others waiting.
   * @throws ExchangeError `topic-forbidden`, `exchange-unavailable`
   */
  receive(options: ReceiveOptions): Promise<Subscription>;
  /** Closes its subscriptions and connections. */
  close(): Promise<void>;
}
