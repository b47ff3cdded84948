import { ExchangeError } from '../exchange-error.ts';
import type { ExchangeErrorCode } from '../exchange-error.ts';

/** By the names of Kafka's error codes (kafka.apache.org/protocol, "Error Codes"). */
const codes: Readonly<Record<string, ExchangeErrorCode>> = {
  CLUSTER_AUTHORIZATION_FAILED: 'topic-forbidden',
  GROUP_AUTHORIZATION_FAILED: 'topic-forbidden',
  INVALID_TOPIC_EXCEPTION: 'topic-forbidden',
  TOPIC_AUTHORIZATION_FAILED: 'topic-forbidden',
  UNKNOWN_TOPIC_OR_PARTITION: 'topic-forbidden',
  MESSAGE_TOO_LARGE: 'record-refused',
  RECORD_LIST_TOO_LARGE: 'record-refused',
  OFFSET_OUT_OF_RANGE: 'offset-invalid',
};

/** Of kafkajs: what it makes of a broker that is away, or a cluster that is sorting itself out. */
const absences: ReadonlySet<string> = new Set([
  'KafkaJSBrokerNotFound',
  'KafkaJSConnectionClosedError',
  'KafkaJSConnectionError',
  'KafkaJSGroupCoordinatorNotFound',
  'KafkaJSLockTimeout',
  'KafkaJSMetadataNotLoaded',
  'KafkaJSNoBrokerAvailableError',
  'KafkaJSNumberOfRetriesExceeded',
  'KafkaJSRequestTimeoutError',
  'KafkaJSTimeout',
  'KafkaJSTopicMetadataNotLoaded',
]);

function* causesOf(error: unknown): Generator<Error> {
  // kafkajs wraps, and now and then an error is its own cause.
  const seen = new Set<unknown>();
  for (let cause = error; cause instanceof Error && !seen.has(cause); cause = cause.cause) {
    seen.add(cause);
    yield cause;
  }
}

/** The name of the Kafka error behind an error, null where a broker gave none. */
export function kafkaErrorTypeOf(error: unknown): string | null {
  for (const cause of causesOf(error)) {
    if ('type' in cause && typeof cause.type === 'string') return cause.type;
  }
  return null;
}

/** What an error of kafkajs means to whoever uses the exchange. */
export function toExchangeError(error: unknown): ExchangeError {
  if (error instanceof ExchangeError) return error;
  const options = { cause: error };
  const code = codes[kafkaErrorTypeOf(error) ?? ''];
  if (code !== undefined) return new ExchangeError(code, options);
  for (const cause of causesOf(error)) {
    const isRetriable = 'retriable' in cause && cause.retriable === true;
    if (isRetriable || absences.has(cause.name)) return new ExchangeError('exchange-unavailable', options);
  }
  return new ExchangeError('exchange-failed', options);
}
