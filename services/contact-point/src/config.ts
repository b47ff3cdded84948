import { validateMessage, type Membership } from '@liaison/contracts';
import { exchangeTlsSchema, type ExchangeTls } from '@liaison/exchange';
import { namedKeySchema, type PrivateJwk, type SigningKey } from '@liaison/seal';
import { CodedError, readConfig, readJsonFile, type LogLevel } from '@liaison/service';

interface Environment {
  readonly HOST: string;
  readonly PORT: number;
  readonly OPERATIONS_PORT: number;
  readonly CONTACT_POINTS_FILE: string;
  readonly LOG_LEVEL: LogLevel;
}

const schema = {
  required: ['CONTACT_POINTS_FILE'],
  properties: {
    HOST: { type: 'string', default: '127.0.0.1' },
    PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 7430 },
    OPERATIONS_PORT: { type: 'integer', minimum: 0, maximum: 65_535, default: 0 },
    CONTACT_POINTS_FILE: { type: 'string', minLength: 1 },
    LOG_LEVEL: { type: 'string', enum: ['debug', 'info', 'warn', 'error', 'silent'], default: 'info' },
  },
};

const entriesSchema = {
  type: 'array',
  items: {
    type: 'object',
    required: ['basePath', 'databaseUrl', 'membership', 'signingKey', 'decryptionKeys'],
    properties: {
      basePath: { type: 'string', pattern: '^(/[a-z0-9-]+)?$' },
      databaseUrl: { type: 'string', minLength: 1 },
      // The membership document has a schema of its own in the contracts.
      membership: {},
      signingKey: namedKeySchema,
      decryptionKeys: { type: 'array', minItems: 1, items: namedKeySchema },
      exchangeTls: exchangeTlsSchema,
    },
  },
};

/** One contact point of a process, as its file of secrets has it. */
export interface ContactPointEntry {
  /** Path below which its interface answers; empty where it is the only one. */
  readonly basePath: string;
  /** Its own database, as the role that owns the tables. */
  readonly databaseUrl: string;
  /** What the hub gave at registration. */
  readonly membership: Membership & { readonly exchange: NonNullable<Membership['exchange']> };
  readonly signingKey: SigningKey;
  /** The current one first, then retired ones. */
  readonly decryptionKeys: readonly { readonly kid: string; readonly jwk: PrivateJwk }[];
  /** Where the exchange is a Kafka with mutual TLS. */
  readonly exchangeTls?: ExchangeTls;
}

/** The process's configuration: usually one contact point, all of them where everything runs on one machine. */
export interface ContactPointsConfig {
  readonly environment: Environment;
  readonly contactPoints: readonly ContactPointEntry[];
}

function checkEntry(entry: ContactPointEntry): ContactPointEntry {
  const membership = validateMessage('membership', entry.membership);
  if (membership.ok && membership.value.exchange !== null) return entry;
  throw new CodedError('membership-invalid', 'The membership document is not one of a contact point.');
}

/**
 * Reads the configuration from the process's environment.
 * @throws CodedError `config-invalid`, `membership-invalid`, and the codes of `readJsonFile`.
 */
export function readContactPointsConfig(): ContactPointsConfig {
  const environment = readConfig<Environment>(schema, process.env);
  const entries = readJsonFile<ContactPointEntry[]>(environment.CONTACT_POINTS_FILE, entriesSchema);
  return { environment, contactPoints: entries.map(checkEntry) };
}
