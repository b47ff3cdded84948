import { readFileSync } from 'node:fs';
import { originOf } from '@liaison/contracts';
import { CodedError, readConfig, type LogLevel } from '@liaison/service';
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

function readSecrets(path: string): AuditSecrets {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as AuditSecrets;
  } catch (error) {
    throw new CodedError('secrets-unreadable', 'The file of secrets cannot be read.', { cause: error });
  }
}

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, `secrets-unreadable`. */
export function readAuditConfig(): AuditConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const { logKey } = readSecrets(environment.SECRETS_FILE);
  return { environment, origin: originOf(environment.INSTANCE), logKey };
}
