import { readFileSync } from 'node:fs';

/** Administrator's certificate of an external Kafka, PEM. */
export interface AdministratorTls {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** The Kafka that whoever runs the tests has named, null where he has not. */
export function readNamedBroker(): {
  readonly addresses: readonly string[];
  readonly tls: AdministratorTls | null;
} | null {
  const { KAFKA_BROKERS = '', KAFKA_CA_FILE, KAFKA_CERTIFICATE_FILE, KAFKA_KEY_FILE } = process.env;
  const addresses = KAFKA_BROKERS.split(',').filter((address) => address !== '');
  if (addresses.length === 0) return null;
  if (KAFKA_CA_FILE === undefined || KAFKA_CERTIFICATE_FILE === undefined || KAFKA_KEY_FILE === undefined) {
    return { addresses, tls: null };
  }
  const read = (file: string) => readFileSync(file, 'utf8');
  return {
    addresses,
    tls: { ca: read(KAFKA_CA_FILE), certificate: read(KAFKA_CERTIFICATE_FILE), key: read(KAFKA_KEY_FILE) },
  };
}

/** The image from which a container of Kafka is made. */
export function readImage(): string {
  return process.env['LIAISON_KAFKA_IMAGE'] ?? 'apache/kafka:4.3.0';
}

/** The version of Kafka to be run from jars, where another than ours is wanted. */
export function readVersion(): string | undefined {
  return process.env['LIAISON_KAFKA_VERSION'];
}

/** Whether a test that is skipped is a failure. */
export function isUnderCi(): boolean {
  return process.env['LIAISON_CI'] === '1';
}
