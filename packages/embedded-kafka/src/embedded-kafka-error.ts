const messages = {
  'already-running': 'Another running program already keeps a Kafka in this folder.',
  'java-missing': 'Java 17 or later is needed to run Kafka here, and was not found.',
  'jars-unavailable': 'Maven could not fetch the jars of Kafka.',
  'kafka-start-failed': 'Kafka did not start; its log says why.',
  'maven-missing': 'Maven is needed once to fetch the jars of Kafka, and was not found.',
} as const;

export type EmbeddedKafkaErrorCode = keyof typeof messages;

/** A fault that keeps the embedded Kafka from running. Its message is one fixed sentence for a person. */
export class EmbeddedKafkaError extends Error {
  override readonly name = 'EmbeddedKafkaError';
  readonly code: EmbeddedKafkaErrorCode;

  constructor(code: EmbeddedKafkaErrorCode, options?: { cause?: unknown }) {
    super(messages[code], options);
    this.code = code;
  }
}
