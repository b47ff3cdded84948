import type { PublicJwk } from '@liaison/contracts';
import { originOf } from '@liaison/contracts';
import {
  readWrappingKeys,
  wrappingKeysSchema,
  type StoredWrappingKey,
  type WrappingKey,
} from '@liaison/hub-database';
import { namedKeySchema, publicJwkSchema, type SigningKey } from '@liaison/seal';
import { readConfig, readJsonFile, type LogLevel } from '@liaison/service';

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

const secretsSchema = {
  type: 'object',
  required: ['receiptKey', 'wrappingKeys', 'refusalHmacKey', 'anchors'],
  properties: {
    receiptKey: namedKeySchema,
    wrappingKeys: wrappingKeysSchema,
    refusalHmacKey: { type: 'string', minLength: 32 },
    anchors: { type: 'array', minItems: 1, items: publicJwkSchema },
  },
};

/** Secrets of this service, in a file that only it can read. */
export interface SubmissionApiSecrets {
  readonly receiptKey: SigningKey;
  readonly wrappingKeys: readonly StoredWrappingKey[];
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

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, and the codes of `readJsonFile`. */
export function readSubmissionApiConfig(): SubmissionApiConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const secrets = readJsonFile<SubmissionApiSecrets>(environment.SECRETS_FILE, secretsSchema);
  return {
    environment,
    origin: originOf(environment.INSTANCE),
    receiptKey: secrets.receiptKey,
    wrappingKeys: readWrappingKeys(secrets.wrappingKeys),
    refusalHmacKey: Buffer.from(secrets.refusalHmacKey, 'base64'),
    anchors: secrets.anchors,
  };
}
