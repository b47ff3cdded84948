import { namesOf, urlOf, type Installation } from '@liaison/local';
import type { KeyObject } from 'node:crypto';
import { Pool } from 'pg';
import { bareKeyOf } from './bare-crypto.ts';

/** A party of the baseline with its keys at hand. */
interface BareParty {
  readonly id: string;
  readonly signing: { readonly kid: string; readonly private: KeyObject; readonly public: KeyObject };
}

/** A contact point of the baseline. */
export interface BareContactPoint extends BareParty {
  readonly encryption: { readonly kid: string; readonly private: KeyObject; readonly public: KeyObject };
  readonly inbox: Pool;
}

/** Databases and keys of the baseline: those of a real installation, without any of its services. */
export interface BarePlaces {
  readonly instance: string;
  readonly hub: Pool;
  readonly exchange: Pool;
  readonly wrappingKey: Buffer;
  readonly receipt: BareParty;
  readonly dispatch: BareParty;
  readonly senders: ReadonlyMap<string, BareParty>;
  readonly contactPoints: ReadonlyMap<string, BareContactPoint>;
  readonly close: () => Promise<void>;
}

type Stored = Installation['hub']['receipt'];

function keysOf({ kid, publicJwk, privateJwk }: Stored) {
  return { kid, private: bareKeyOf(privateJwk), public: bareKeyOf(publicJwk) };
}

/** Opens the databases of an installation, as the administrator: a baseline asks nobody's leave. */
export function openBarePlaces(installation: Installation, adminUrl: string): BarePlaces {
  const names = namesOf(installation);
  const pools: Pool[] = [];
  const open = (database: string, max: number): Pool => {
    const pool = new Pool({ connectionString: urlOf({ adminUrl }, database), max });
    pools.push(pool);
    return pool;
  };
  const { hub } = installation;
  return {
    instance: installation.instance,
    hub: open(names.hubDatabase, 16),
    exchange: open(names.exchangeDatabase, 8),
    wrappingKey: Buffer.from(hub.wrappingKey.bytes, 'base64'),
    receipt: { id: 'hub', signing: keysOf(hub.receipt) },
    dispatch: { id: 'hub', signing: keysOf(hub.dispatch) },
    senders: new Map(
      installation.senders.map(({ participant: { id }, signing }) => [id, { id, signing: keysOf(signing) }]),
    ),
    contactPoints: new Map(
      installation.contactPoints.map(({ participant: { id }, signing, encryption }) => [
        id,
        {
          id,
          signing: keysOf(signing),
          encryption: keysOf(encryption),
          inbox: open(names.inboxDatabase(id), 2),
        },
      ]),
    ),
    async close() {
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** Statements of one transaction, in their order. */
export type Statements = readonly {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}[];

/** Runs statements with one connection; in a transaction of their own where there is more than one. */
export async function commit(pool: Pool, statements: Statements): Promise<void> {
  const client = await pool.connect();
  try {
    if (statements.length > 1) await client.query('begin');
    for (const { name, text, values } of statements) await client.query({ name, text, values: [...values] });
    if (statements.length > 1) await client.query('commit');
  } finally {
    client.release();
  }
}
