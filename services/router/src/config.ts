import { hubParticipantId, originOf, type PublicJwk } from '@liaison/contracts';
import { exchangeTlsSchema, type ExchangeTls } from '@liaison/exchange';
import {
  readWrappingKeys,
  wrappingKeysSchema,
  type StoredWrappingKey,
  type WrappingKey,
} from '@liaison/hub-database';
import { namedKeySchema, publicJwkSchema, type PrivateJwk, type SigningKey } from '@liaison/seal';
import { readConfig, readJsonFile, type LogLevel } from '@liaison/service';
import type { AddressOverlay } from './decide/address-countries.ts';

interface Environment {
  readonly INSTANCE: string;
  readonly DATABASE_URL: string;
  readonly EXCHANGE_URL: string;
  readonly EXCHANGE_GROUP: string;
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
    // Groups of a Kafka are known to all who use it, so there it has the instance in it.
    EXCHANGE_GROUP: { type: 'string', minLength: 1, default: hubParticipantId },
    SECRETS_FILE: { type: 'string', minLength: 1 },
    LOG_URL: { type: 'string', pattern: '^https?://[^?#\\s]+$' },
    // Only for demonstrations: countries of documentation addresses.
    ADDRESS_OVERLAY_FILE: { type: 'string', default: '' },
    OPERATIONS_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 0 },
    LOG_LEVEL: { type: 'string', enum: ['debug', 'info', 'warn', 'error', 'silent'], default: 'info' },
  },
};

const secretsSchema = {
  type: 'object',
  required: ['directoryKey', 'dispatchKey', 'decryptionKeys', 'wrappingKeys', 'anchors', 'logKeys'],
  properties: {
    directoryKey: namedKeySchema,
    dispatchKey: namedKeySchema,
    decryptionKeys: { type: 'array', minItems: 1, items: namedKeySchema },
    wrappingKeys: wrappingKeysSchema,
    anchors: { type: 'array', minItems: 1, items: publicJwkSchema },
    logKeys: { type: 'array', minItems: 1, items: { type: 'string' } },
    exchangeTls: exchangeTlsSchema,
  },
};

const countryCode = { type: 'string', pattern: '^[A-Z]{2}$' };
const overlaySchema = { type: 'object', additionalProperties: countryCode };

/** Secrets of this service, in a file that only it can read. */
export interface RouterSecrets {
  readonly directoryKey: SigningKey;
  readonly dispatchKey: SigningKey;
  readonly decryptionKeys: readonly { readonly kid: string; readonly jwk: PrivateJwk }[];
  readonly wrappingKeys: readonly StoredWrappingKey[];
  readonly anchors: readonly PublicJwk[];
  /** C2SP verifier keys of the ledger. */
  readonly logKeys: readonly string[];
  /** Where the exchange is a Kafka with mutual TLS. */
  readonly exchangeTls?: ExchangeTls;
}

/** The service's configuration. */
export interface RouterConfig {
  readonly environment: Environment;
  readonly origin: string;
  readonly secrets: Omit<RouterSecrets, 'wrappingKeys'>;
  readonly wrappingKeys: readonly WrappingKey[];
  readonly overlay: AddressOverlay | null;
}

/** Reads the configuration from the process's environment. @throws CodedError `config-invalid`, and the codes of `readJsonFile`. */
export function readRouterConfig(): RouterConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const { wrappingKeys, ...secrets } = readJsonFile<RouterSecrets>(environment.SECRETS_FILE, secretsSchema);
  const overlayFile = environment.ADDRESS_OVERLAY_FILE;
  return {
    environment,
    origin: originOf(environment.INSTANCE),
    secrets,
    wrappingKeys: readWrappingKeys(wrappingKeys),
    overlay: overlayFile === '' ? null : readJsonFile<AddressOverlay>(overlayFile, overlaySchema),
  };
}
