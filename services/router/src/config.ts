import { readFileSync } from 'node:fs';
import { originOf, type PublicJwk } from '@liaison/contracts';
import type { WrappingKey } from '@liaison/hub-database';
import type { PrivateJwk, SigningKey } from '@liaison/seal';
import { CodedError, readConfig, type LogLevel } from '@liaison/service';
import type { AddressOverlay } from './decide/address-countries.ts';

interface Environment {
  readonly INSTANCE: string;
  readonly DATABASE_URL: string;
  readonly EXCHANGE_URL: string;
  readonly SECRETS_FILE: string;
  readonly LOG_URL: string;
  readonly ADDRESS_OVERLAY_FILE: string;
  readonly OPERATIONS_PORT: number;
  readonly LOG_LEVEL: LogLevel;
}

const schema = {
  required: ['INSTANCE', 'DATABASE_URL', 'EXCHANGE_URL', 'SECRETS_FILE', 'LOG_URL'],
  properties: {
    INSTANCE: { type: 'string', pattern: '^[a-z0-9][a-z0-9-]{0,31}$' },
    DATABASE_URL: { type: 'string', minLength: 1 },
    EXCHANGE_URL: { type: 'string', minLength: 1 },
    SECRETS_FILE: { type: 'string', minLength: 1 },
    LOG_URL: { type: 'string', pattern: '^https?://[^?#\\s]+$' },
    // Only for demonstrations: countries of documentation addresses.
    ADDRESS_OVERLAY_FILE: { type: 'string', default: '' },
    OPERATIONS_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 0 },
    LOG_LEVEL: { type: 'string', enum: ['debug', 'info', 'warn', 'error', 'silent'], default: 'info' },
  },
};

/** Secrets of this service, in a file that only it can read. */
export interface RouterSecrets {
  readonly directoryKey: SigningKey;
  readonly dispatchKey: SigningKey;
  readonly decryptionKeys: readonly { readonly kid: string; readonly jwk: PrivateJwk }[];
  /** Base64 of 32 bytes each; the first one wraps. */
  readonly wrappingKeys: readonly { readonly id: string; readonly bytes: string }[];
  readonly anchors: readonly PublicJwk[];
  /** C2SP verifier keys of the ledger. */
  readonly logKeys: readonly string[];
}

/** The service's configuration. */
export interface RouterConfig {
  readonly environment: Environment;
  readonly origin: string;
  readonly secrets: Omit<RouterSecrets, 'wrappingKeys'>;
  readonly wrappingKeys: readonly WrappingKey[];
  readonly overlay: AddressOverlay | null;
}

function readJsonFile(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new CodedError('file-unreadable', 'A file of the configuration cannot be read.', { cause: error });
  }
}

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, `file-unreadable`. */
export function readRouterConfig(): RouterConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const { wrappingKeys, ...secrets } = readJsonFile(environment.SECRETS_FILE) as RouterSecrets;
  const overlayFile = environment.ADDRESS_OVERLAY_FILE;
  return {
    environment,
    origin: originOf(environment.INSTANCE),
    secrets,
    wrappingKeys: wrappingKeys.map(({ id, bytes }) => ({ id, bytes: Buffer.from(bytes, 'base64') })),
    overlay: overlayFile === '' ? null : (readJsonFile(overlayFile) as AddressOverlay),
  };
}
