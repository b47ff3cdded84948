export { createAuthority } from './create-authority.ts';
export type { Authority, IssuedCertificate } from './create-authority.ts';
export { EmbeddedKafkaError } from './embedded-kafka-error.ts';
export type { EmbeddedKafkaErrorCode } from './embedded-kafka-error.ts';
export { findJars, kafkaVersion } from './find-jars.ts';
export type { Broker } from './open-broker.ts';
export { startKafka } from './start-kafka.ts';
export type { RunningKafka, StartKafkaOptions } from './start-kafka.ts';
