import { readFileSync } from 'node:fs';
import type { PublicJwk } from '@liaison/contracts';
import { originOf } from '@liaison/contracts';
import type { WrappingKey } from '@liaison/hub-database';
import type { SigningKey } from '@liaison/seal';
import { CodedError, readConfig, type LogLevel } from '@liaison/service';

interface Environment {
  readonly HOST: string;
  readonly PORT: number;
  readonly OPERATIONS_PORT: number;
  readonly PUBLIC_ORIGIN: string;
  readonly INSTANCE: string;
  readonly DATABASE_URL: string;
  readonly SECRETS_FILE: string;
  readonly LOG_LEVEL: LogLevel;
  readonly REFERRALS_PER_MINUTE: number;
  readonly REQUESTS_PER_MINUTE_AND_ADDRESS: number;
}

const schema = {
  required: ['INSTANCE', 'DATABASE_URL', 'SECRETS_FILE', 'PUBLIC_ORIGIN'],
  properties: {
    HOST: { type: 'string', default: '127.0.0.1' },
    PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 7410 },
    OPERATIONS_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 0 },
    PUBLIC_ORIGIN: { type: 'string', pattern: '^https?://[^/?#\\s]+$' },
    INSTANCE: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,31}$' },
    DATABASE_URL: { type: 'string', minLength: 1 },
    SECRETS_FILE: { type: 'string', minLength: 1 },
    LOG_LEVEL: { type: 'string', enum: ['debug', 'info', 'warn', 'error', 'silent'], default: 'info' },
    REFERRALS_PER_MINUTE: { type: 'integer', minimum: 1, default: 12_000 },
    REQUESTS_PER_MINUTE_AND_ADDRESS: { type: 'integer', minimum: 1, default: 60_000 },
  },
};

/** Secrets of this service, in a file that only it can read. */
export interface SubmissionApiSecrets {
  readonly receiptKey: SigningKey;
  /** Base64 of 32 bytes each; the first one wraps. */
  readonly wrappingKeys: readonly { readonly id: string; readonly bytes: string }[];
  /** Base64. */
  readonly refusalHmacKey: string;
  readonly anchors: readonly PublicJwk[];
}

/** The service's configuration. */
export interface SubmissionApiConfig {
  readonly environment: Environment;
  readonly origin: string;
  readonly receiptKey: SigningKey;
  readonly wrappingKeys: readonly WrappingKey[];
  readonly refusalHmacKey: Uint8Array;
  readonly anchors: readonly PublicJwk[];
}

function readSecrets(path: string): SubmissionApiSecrets {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as SubmissionApiSecrets;
  } catch (error) {
    throw new CodedError('secrets-unreadable', 'The file of secrets cannot be read.', { cause: error });
  }
}

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, `secrets-unreadable`. */
export function readSubmissionApiConfig(): SubmissionApiConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const secrets = readSecrets(environment.SECRETS_FILE);
  return {
    environment,
    origin: originOf(environment.INSTANCE),
    receiptKey: secrets.receiptKey,
    wrappingKeys: secrets.wrappingKeys.map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes, 'base64') })),
    refusalHmacKey: Buffer.from(secrets.refusalHmacKey, 'base64'),
    anchors: secrets.anchors,
  };
}
