import type { ContactPointEntry } from '@liaison/contact-point';
import { validateMessage, type Membership } from '@liaison/contracts';
import { namesOf, urlOf } from '@liaison/local';
import { connect, createDatabase, createRole, dropDatabase, quoteIdentifier } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { runHubCommandWell } from './hub-command.ts';
import type { OutsideKey } from './outside-keys.ts';
import type { TestHub } from './test-hub.ts';

/** Registers with the hub's command. @returns the document that it printed, held to its schema. */
export async function registerWithCommand(
  hub: TestHub,
  args: readonly string[],
  keys: readonly OutsideKey[],
): Promise<Membership> {
  const command = ['register', ...args, '--jwks', 'keys.json'];
  const jwkSet = { keys: keys.map(({ entry }) => entry) };
  const membership = validateMessage(
    'membership',
    await runHubCommandWell(hub, command, { 'keys.json': jwkSet }),
  );
  if (membership.ok) return membership.value;
  throw new Error(`the document is wrong at ${membership.faults.map(({ pointer }) => pointer).join(', ')}`);
}

/** A database that an authority made for its contact point, on the server of the test. */
export interface OwnDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** Makes the database of a contact point that the installation does not know of. */
export async function createOwnDatabase(hub: TestHub, participantId: string): Promise<OwnDatabase> {
  const { installation, server } = hub.surroundings;
  const name = namesOf(installation).inboxDatabase(participantId);
  const role = namesOf(installation).inboxRole(participantId);
  const password = hub.newId();
  const admin = connect({ url: server.adminUrl, applicationName: 'test', maxConnections: 1, log: silentLog });
  await createRole(admin, { name: role, password });
  await createDatabase(admin, { name, owner: role });
  return {
    url: urlOf(server, name, { role, password }),
    async drop() {
      await dropDatabase(admin, name);
      await admin.query(`drop role ${quoteIdentifier(role)}`);
      await admin.end();
    },
  };
}

/** A contact point as its own staff set it up: the document that the hub printed, their keys, their database. */
export function entryOfNewcomer(
  membership: Membership,
  own: { readonly signing: OutsideKey; readonly encryption: OutsideKey; readonly databaseUrl: string },
): ContactPointEntry {
  const { exchange } = membership;
  if (exchange === null) throw new Error('no place in the exchange');
  const { signing, encryption, databaseUrl } = own;
  return {
    basePath: '',
    databaseUrl,
    membership: { ...membership, exchange },
    signingKey: signing.key,
    decryptionKeys: [encryption.key],
  };
}
