import { describeDatabaseError, retryDelayMs, retryRuleFor } from '@liaison/postgres';

import type { IncomingRecord, ReceiveOptions } from './exchange.ts';

export interface BatchLimits {
  readonly maxRecords: number;
  readonly maxBytes: number;
}

/** What an adapter has to offer for one topic and group. */
export interface TopicSource {
  /** The next records after the committed offset; empty when there are none. */
  read(limits: BatchLimits): Promise<readonly IncomingRecord[]>;
  /** Makes `offset` the next one to read, for good; says whether records wait there. */
  commit(offset: number): Promise<{ hasMore: boolean }>;
}

export interface TopicReader {
  /** Reads, handles and commits one batch; `idle` when nothing waits then, `paused` after a failure. */
  takeTurn(): Promise<'more' | 'idle' | 'paused'>;
  /** Monotonic, milliseconds. */
  pausedUntil(): number;
  /** Something else than a record failed: the next turn comes after a pause. */
  pause(): void;
  seek(offset: number): Promise<void>;
}

export interface TopicReaderOptions {
  readonly topic: string;
  readonly source: TopicSource;
  readonly receive: ReceiveOptions;
  readonly now: () => number;
  readonly random: () => number;
}

const pause = retryRuleFor('08006');

/**
 * Reads one topic. A batch that fails for a reason that is not transient comes again record by record, up to its last
 * one, so that a record that fails alone is known: it gets `maxAttempts`, is quarantined, and reading goes on behind it.
 *
 *   batches ──a batch of several fails──▶ singly ──past the last record of that batch──▶ batches
 */
export function createTopicReader(options: TopicReaderOptions): TopicReader {
  const { topic, source, receive, now, random } = options;
  const { maxRecords, maxBytes, maxAttempts = 5, log } = receive;
  /** Below this offset records are handled singly. */
  let singlyBelow = 0;
  let nextOffset = 0;
  /** Failures since the last success: they make the pauses grow. */
  let failures = 0;
  /** Failures of the next record, alone, for a reason that is not transient. */
  let attempts = 0;
  let pausedUntil = 0;

  const startPause = () => {
    failures += 1;
    pausedUntil = now() + retryDelayMs(pause, { attempt: failures, random });
    return 'paused' as const;
  };
  const commitBehind = async (record: IncomingRecord): Promise<'more' | 'idle'> => {
    const { hasMore } = await source.commit(record.offset + 1);
    nextOffset = record.offset + 1;
    failures = 0;
    attempts = 0;
    return hasMore ? 'more' : 'idle';
  };

  /** Decides what a failed batch means; the records themselves are read again. */
  const judge = async (records: readonly IncomingRecord[], error: unknown) => {
    const [first] = records;
    const last = records.at(-1);
    if (first === undefined || last === undefined) return startPause();
    const isTransient = receive.isTransient(error);
    const fields = { topic, offset: first.offset, records: records.length, ...describeFailure(error) };
    log.warn('exchange-batch-failed', { ...fields, isTransient });
    if (isTransient) return startPause();
    if (records.length > 1) {
      singlyBelow = last.offset + 1;
      return startPause();
    }
    attempts += 1;
    if (attempts < maxAttempts) return startPause();
    try {
      await receive.quarantine(first, error);
    } catch (refusal) {
      log.error('exchange-quarantine-failed', { topic, offset: first.offset, ...describeFailure(refusal) });
      return startPause();
    }
    log.error('exchange-record-quarantined', { topic, offset: first.offset, ...describeFailure(error) });
    return commitBehind(first);
  };

  return {
    async takeTurn() {
      const isSingly = nextOffset < singlyBelow;
      const records = await source.read({ maxRecords: isSingly ? 1 : maxRecords, maxBytes });
      const last = records.at(-1);
      if (last === undefined) return 'idle';
      nextOffset = records[0]?.offset ?? nextOffset;
      try {
        await receive.handle(records);
      } catch (error) {
        return judge(records, error);
      }
      return commitBehind(last);
    },
    pausedUntil: () => pausedUntil,
    pause: startPause,
    async seek(offset) {
      await source.commit(offset);
      singlyBelow = 0;
      nextOffset = offset;
      failures = 0;
      attempts = 0;
      pausedUntil = 0;
    },
  };
}

/** Codes only: a message may quote the record. */
function describeFailure(error: unknown): Record<string, string | null> {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  const { sqlstate, table, constraint } = describeDatabaseError(error);
  return {
    error: error instanceof Error ? error.name : typeof error,
    code: typeof code === 'string' ? code : null,
    sqlstate,
    table,
    constraint,
  };
}
