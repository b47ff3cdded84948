import { readFileSync } from 'node:fs';
import type { ExchangeTls } from '@liaison/exchange';
import { LocalError } from '../local-error.ts';

/** Brokers that somebody else runs, and as whom we come to them. */
export interface ExternalKafka {
  readonly brokers: readonly string[];
  readonly tls: ExchangeTls | null;
}

const fileNames = {
  ca: 'KAFKA_CA_FILE',
  certificate: 'KAFKA_CERTIFICATE_FILE',
  key: 'KAFKA_KEY_FILE',
} as const;

/**
 * Reads from the environment which Kafka is to be used: `KAFKA_BROKERS`, and three PEM files where it wants mutual TLS.
 * @returns null where none is named
 * @throws LocalError `kafka-files`
 */
export function readExternalKafka(env: Readonly<Record<string, string | undefined>>): ExternalKafka | null {
  const brokers = (env['KAFKA_BROKERS'] ?? '').split(',').filter((broker) => broker !== '');
  if (brokers.length === 0) return null;
  const files = Object.values(fileNames).map((name) => env[name] ?? '');
  if (files.every((file) => file === '')) return { brokers, tls: null };
  const read = (name: string): string => {
    try {
      return readFileSync(env[name] ?? '', 'utf8');
    } catch (error) {
      throw new LocalError('kafka-files', { cause: error, detail: name });
    }
  };
  const { ca, certificate, key } = fileNames;
  return { brokers, tls: { ca: read(ca), certificate: read(certificate), key: read(key) } };
}
