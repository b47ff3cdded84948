import { connect } from '@liaison/postgres';
import type { Database } from '@liaison/postgres';
import { onTestFinished } from 'vitest';

import type { Party } from './exchange-contract.ts';
import { log } from './exchange-server.ts';
import type { ExchangeServer } from './exchange-server.ts';

/** A connection that is closed when the test is over. */
export function connectTo(address: string): Database {
  const database = connect({ url: address, applicationName: 'test', maxConnections: 2, log });
  onTestFinished(async () => database.end());
  return database;
}

export interface Roles {
  readonly hub: Database;
  readonly hubAddress: string;
  readonly participant: Database;
  readonly party: Party;
}

/** A hub and a participant at the level of SQL. */
export async function openRoles(server: ExchangeServer): Promise<Roles> {
  const { hub, participants } = await server.provision(1);
  const [party] = participants;
  if (party === undefined) throw new Error('nobody was provided');
  return {
    hub: connectTo(hub.address),
    participant: connectTo(party.address),
    hubAddress: hub.address,
    party,
  };
}

export const append = 'select exchange.append($1, $2, $3, $4::text[]::jsonb[]) as first';

/** The values of `append` behind the topic, for one record. */
export function one(key: string): unknown[] {
  return [[key], [Buffer.from(key)], ['{}']];
}
