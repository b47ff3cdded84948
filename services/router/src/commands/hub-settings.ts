import type { PublicJwk } from '@liaison/contracts';
import { publicJwkSchema } from '@liaison/seal';
import { readJsonFile } from '@liaison/service';

/** What the hub's commands need to know of their installation; the file holds credentials of its owner. */
export interface HubSettings {
  readonly instance: string;
  /** Origin of the ledger. */
  readonly origin: string;
  /** The hub's database, as its owner. */
  readonly databaseUrl: string;
  /** The embedded exchange, as its owner; null where the exchange is administered elsewhere. */
  readonly exchangeAdminUrl: string | null;
  /** `kafka://host:port,…` where the exchange is a Kafka: topics and rules are made by `pnpm kafka apply`. */
  readonly kafkaUrl?: string;
  readonly submissionApi: string;
  readonly logUrl: string;
  readonly logKeys: readonly string[];
  readonly anchors: readonly PublicJwk[];
}

const text = { type: 'string', minLength: 1 };
const schema = {
  type: 'object',
  required: [
    'instance',
    'origin',
    'databaseUrl',
    'exchangeAdminUrl',
    'submissionApi',
    'logUrl',
    'logKeys',
    'anchors',
  ],
  properties: {
    instance: text,
    origin: text,
    databaseUrl: text,
    exchangeAdminUrl: { type: ['string', 'null'] },
    kafkaUrl: { type: 'string', pattern: '^kafka://' },
    submissionApi: text,
    logUrl: text,
    logKeys: { type: 'array', minItems: 1, items: text },
    anchors: { type: 'array', minItems: 1, items: publicJwkSchema },
  },
};

/** Reads the settings file. @throws CodedError with the codes of `readJsonFile`. */
export function readHubSettings(path: string): HubSettings {
  return readJsonFile<HubSettings>(path, schema);
}
