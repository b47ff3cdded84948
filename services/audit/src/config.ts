import { originOf } from '@liaison/contracts';
import { readConfig, readJsonFile, type LogLevel } from '@liaison/service';
import type { LogKey } from './log-key/log-identity.ts';

interface Environment {
  readonly HOST: string;
  readonly PORT: number;
  readonly ENTRIES_HOST: string;
  readonly ENTRIES_PORT: number;
  readonly OPERATIONS_PORT: number;
  readonly INSTANCE: string;
  readonly DATABASE_URL: string;
  readonly SECRETS_FILE: string;
  readonly LOG_LEVEL: LogLevel;
}

const port = { type: 'integer', minimum: 0, maximum: 65_535 };
const schema = {
  required: ['INSTANCE', 'DATABASE_URL', 'SECRETS_FILE'],
  properties: {
    HOST: { type: 'string', default: '127.0.0.1' },
    PORT: { ...port, default: 7420 },
    ENTRIES_HOST: { type: 'string', default: '127.0.0.1' },
    ENTRIES_PORT: { ...port, default: 7421 },
    OPERATIONS_PORT: { ...port, default: 0 },
    INSTANCE: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,31}$' },
    DATABASE_URL: { type: 'string', minLength: 1 },
    SECRETS_FILE: { type: 'string', minLength: 1 },
    LOG_LEVEL: { type: 'string', enum: ['debug', 'info', 'warn', 'error', 'silent'], default: 'info' },
  },
};

const secretsSchema = {
  type: 'object',
  required: ['logKey'],
  properties: {
    logKey: {
      type: 'object',
      required: ['kty', 'crv', 'x', 'd'],
      properties: {
        kty: { const: 'OKP' },
        crv: { const: 'Ed25519' },
        x: { type: 'string' },
        d: { type: 'string' },
      },
    },
  },
};

/** Secrets of this service, in a file that only it can read. */
export interface AuditSecrets {
  /** The key with which checkpoints are signed. */
  readonly logKey: LogKey;
}

/** The service's configuration. */
export interface AuditConfig {
  readonly environment: Environment;
  readonly origin: string;
  readonly logKey: LogKey;
}

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, and the codes of `readJsonFile`. */
export function readAuditConfig(): AuditConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const { logKey } = readJsonFile<AuditSecrets>(environment.SECRETS_FILE, secretsSchema);
  return { environment, origin: originOf(environment.INSTANCE), logKey };
}
