import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { migrateContactPoint } from '@liaison/contact-point';
import { hubParticipantId, originOf, type MessageType } from '@liaison/contracts';
import { keyLifeDays, type DirectoryKey } from '@liaison/directory';
import { prepareExchange, registerHub, registerParticipant } from '@liaison/exchange';
import { createEventMaker, grantHubLogin, migrateHub } from '@liaison/hub-database';
import {
  connect,
  createDatabase,
  createRole,
  dropDatabase,
  quoteIdentifier,
  type Queryable,
} from '@liaison/postgres';
import { activatePolicy, enrolParticipant, type EnrolmentDeps } from '@liaison/router';
import { createNewId, silentLog, systemClock } from '@liaison/service';
import type { DemoParticipant } from '@liaison/testkit';
import { urlOf, withAdmin, type DatabaseServer } from './database-server.ts';
import { namesOf, type Installation, type StoredKey } from './installation.ts';

const policyFile = new URL('../../../policy/routing-policy.json', import.meta.url);
const hubServices = ['submission-api', 'router', 'audit'] as const;

function toDirectoryKey(
  key: StoredKey,
  use: DirectoryKey['use'],
  types: readonly MessageType[],
): DirectoryKey {
  const nowMs = systemClock.nowMs();
  return {
    kid: key.kid,
    use,
    types: [...types],
    jwk: key.publicJwk,
    notBefore: new Date(nowMs - 60_000).toISOString(),
    notAfter: new Date(nowMs + keyLifeDays * 86_400_000).toISOString(),
    revoked: null,
  };
}

async function enrol(
  tx: Queryable,
  participant: DemoParticipant | null,
  added: { readonly keys: readonly DirectoryKey[]; readonly deps: EnrolmentDeps },
): Promise<void> {
  const none = {
    country: null,
    establishment: null,
    legalRepresentative: null,
    dutyPhone: null,
    contact: null,
  };
  const enrolment = participant ?? {
    id: hubParticipantId,
    kind: 'hub' as const,
    name: 'Liaison hub',
    ...none,
  };
  await enrolParticipant(tx, enrolment, added);
}

/** Everyone who takes part, with keys: the hub, the senders, the contact points. */
async function enrolAll(tx: Queryable, installation: Installation, deps: EnrolmentDeps): Promise<void> {
  const { hub, senders, contactPoints } = installation;
  const hubKeys = [
    toDirectoryKey(hub.receipt, 'sig', ['submission-receipt+jws']),
    toDirectoryKey(hub.dispatch, 'sig', ['dispatch+jws', 'delivery-receipt+jws']),
    toDirectoryKey(hub.encryption, 'enc', ['parcel+jwe']),
  ];
  await enrol(tx, null, { keys: hubKeys, deps });
  for (const { participant, signing } of senders) {
    const keys = [toDirectoryKey(signing, 'sig', ['referral+jws', 'request+jws'])];
    await enrol(tx, participant, { keys, deps });
  }
  for (const { participant, signing, encryption } of contactPoints) {
    const keys = [
      toDirectoryKey(signing, 'sig', ['delivery-receipt+jws', 'feedback+jws']),
      toDirectoryKey(encryption, 'enc', ['parcel+jwe']),
    ];
    await enrol(tx, participant, { keys, deps });
  }
}

async function prepareHub(server: DatabaseServer, installation: Installation): Promise<void> {
  const { hubDatabase, login } = namesOf(installation);
  await withAdmin(server, null, (admin) => createDatabase(admin, { name: hubDatabase }));
  await withAdmin(server, hubDatabase, async (admin) => {
    await migrateHub(admin, silentLog);
    for (const service of hubServices) {
      const password = installation.hub.passwords[service];
      await grantHubLogin(admin, { service, database: hubDatabase, name: login(service), password });
    }
    const events = createEventMaker({
      origin: originOf(installation.instance),
      newId: createNewId(systemClock, randomBytes),
      randomBytes,
    });
    const deps = { events, clock: systemClock, hubId: hubParticipantId };
    const policy: unknown = JSON.parse(readFileSync(policyFile, 'utf8'));
    await admin.transaction(async (tx) => {
      await activatePolicy(tx, policy, deps);
      await enrolAll(tx, installation, deps);
    });
  });
}

async function prepareExchangeDatabase(server: DatabaseServer, installation: Installation): Promise<void> {
  const { exchangeDatabase } = namesOf(installation);
  const { instance, hub, contactPoints } = installation;
  await withAdmin(server, null, (admin) => createDatabase(admin, { name: exchangeDatabase }));
  await withAdmin(server, exchangeDatabase, async (admin) => {
    await prepareExchange(admin, { log: silentLog });
    await registerHub(admin, { instance, password: hub.passwords.exchange });
    for (const { participant, exchangePassword } of contactPoints) {
      await registerParticipant(admin, {
        instance,
        participantId: participant.id,
        password: exchangePassword,
      });
    }
  });
}

/** Migrates one template as the role that will own its tables everywhere. */
async function prepareTemplate(server: DatabaseServer, installation: Installation): Promise<void> {
  const { templateDatabase, templateRole } = namesOf(installation);
  const password = installation.hub.passwords.template;
  await withAdmin(server, null, async (admin) => {
    await createRole(admin, { name: templateRole, password });
    await createDatabase(admin, { name: templateDatabase, owner: templateRole });
  });
  const url = urlOf(server, templateDatabase, { role: templateRole, password });
  const template = connect({ url, applicationName: 'liaison-setup', maxConnections: 1, log: silentLog });
  try {
    await migrateContactPoint(template, silentLog);
  } finally {
    await template.end();
  }
}

/** A database of its own for each contact point, copied from the migrated template. */
async function prepareInboxes(server: DatabaseServer, installation: Installation): Promise<void> {
  const names = namesOf(installation);
  await prepareTemplate(server, installation);
  await withAdmin(server, null, async (admin) => {
    for (const { participant, databasePassword } of installation.contactPoints) {
      const role = names.inboxRole(participant.id);
      const name = names.inboxDatabase(participant.id);
      await createRole(admin, { name: role, password: databasePassword });
      await admin.query(`grant ${quoteIdentifier(names.templateRole)} to ${quoteIdentifier(role)}`);
      await createDatabase(admin, { name, owner: role, template: names.templateDatabase });
    }
  });
}

/** Sets up every database of an installation. @throws DatabaseError. */
export async function prepareDatabases(server: DatabaseServer, installation: Installation): Promise<void> {
  await Promise.all([
    prepareHub(server, installation),
    prepareExchangeDatabase(server, installation),
    prepareInboxes(server, installation),
  ]);
}

/** Removes every database and role of an installation from a server that is not ours. */
export async function removeDatabases(server: DatabaseServer, installation: Installation): Promise<void> {
  const names = namesOf(installation);
  const inboxes = installation.contactPoints.map(({ participant }) => names.inboxDatabase(participant.id));
  await withAdmin(server, null, async (admin) => {
    for (const name of [names.hubDatabase, names.exchangeDatabase, names.templateDatabase, ...inboxes]) {
      await dropDatabase(admin, name);
    }
    const { rows } = await admin.query<{ name: string }>(
      `select rolname as name from pg_roles where rolname like $1 or rolname like $2`,
      [`liaison\\_${installation.instance}\\_%`, `${names.login('').replaceAll('_', '\\_')}%`],
    );
    for (const { name } of rows) await admin.query(`drop role if exists ${quoteIdentifier(name)}`);
  });
}
