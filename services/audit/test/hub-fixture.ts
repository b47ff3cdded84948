import { randomBytes, randomUUID } from 'node:crypto';
import { appendEvents, createEventMaker, grantHubLogin, type EventDraft } from '@liaison/hub-database';
import { connect, createDatabase, dropDatabase, quoteIdentifier, type Database } from '@liaison/postgres';
import { createNewId, formatUtc, silentLog, systemClock } from '@liaison/service';
import { inject, onTestFinished } from 'vitest';
import { origin } from './log-fixture.ts';

/** A hub's database of its own, and what a test does to it in the hub's place. */
export interface Hub {
  /** As superuser: the hub's other services, and whoever tampers. */
  readonly owner: Database;
  /** Address for the service under test, with the rights that it has in production. */
  readonly auditUrl: string;
  connectAudit(): Database;
  /** Writes events as the hub does, and answers with their ids in order. */
  append(drafts: readonly Partial<EventDraft>[]): Promise<string[]>;
  /** Makes events ready to be written in a transaction of the test's own. */
  readonly events: ReturnType<typeof createEventMaker>;
  readonly newId: () => string;
}

/** Ids of new events that say nothing in particular. */
export function plainDrafts(count: number): Partial<EventDraft>[] {
  return Array.from({ length: count }, () => ({}));
}

/** An event with whatever a test leaves open. */
export function toDraft(draft: Partial<EventDraft>): EventDraft {
  return {
    type: 'referralAccepted',
    atMs: Date.parse('2027-03-01T12:00:00Z'),
    subjectId: null,
    actorId: 'provider-one',
    facts: { sender: 'provider-one', state: 'accepted' },
    details: { payloadDigest: `sha-256:${'A'.repeat(43)}` },
    referralId: null,
    audience: 'provider-one',
    ...draft,
  };
}

function open(url: string, maxConnections: number): Database {
  return connect({ url, applicationName: 'audit-test', maxConnections, log: silentLog });
}

/** Makes a hub's database, which goes when the test is over. */
export async function createHub(): Promise<Hub> {
  const name = `audit_${randomUUID()}`;
  const login = { service: 'audit', database: name, name: `login_${name}`, password: randomUUID() } as const;
  const admin = open(inject('databaseUrl'), 1);
  await createDatabase(admin, { name, template: inject('hubTemplate') });
  const ownerUrl = new URL(inject('databaseUrl'));
  ownerUrl.pathname = `/${name}`;
  const auditUrl = new URL(ownerUrl);
  auditUrl.username = login.name;
  auditUrl.password = login.password;
  const owner = open(ownerUrl.href, 30);
  const opened = [owner];
  await grantHubLogin(owner, login);
  onTestFinished(async () => {
    await Promise.all(opened.map(async (database) => database.end()));
    await dropDatabase(admin, name);
    await admin.query(`drop role ${quoteIdentifier(login.name)}`);
    await admin.end();
  });
  const newId = createNewId(systemClock, randomBytes);
  const events = createEventMaker({ origin, newId, randomBytes });
  return {
    owner,
    auditUrl: auditUrl.href,
    newId,
    events,
    connectAudit() {
      const database = open(auditUrl.href, 4);
      opened.push(database);
      return database;
    },
    async append(drafts) {
      const prepared = await Promise.all(drafts.map(async (draft) => events.prepare(toDraft(draft))));
      await owner.transaction(async (tx) => appendEvents(tx, prepared));
      return prepared.map(({ eventId }) => eventId);
    },
  };
}

/** The log as it lies in the database. */
export async function readLog(hub: Hub): Promise<{ positions: number[]; eventIds: string[] }> {
  const { rows } = await hub.owner.query<{ position: number; event_id: string }>(
    'select "position", event_id from ledger.leaf order by "position"',
  );
  return { positions: rows.map(({ position }) => position), eventIds: rows.map(({ event_id: id }) => id) };
}

/** Ids of events that wait for their position. */
export async function readPending(hub: Hub): Promise<string[]> {
  const { rows } = await hub.owner.query<{ event_id: string }>(
    'select event_id from ledger.pending order by id',
  );
  return rows.map(({ event_id: id }) => id);
}

/** Registers participants: a provider, two contact points and Europol. */
export async function registerParticipants({ owner }: Hub): Promise<void> {
  const participants = [
    ['provider-one', 'provider', null],
    ['provider-two', 'provider', null],
    ['contact-point-be', 'lawEnforcement', 'BE'],
    ['contact-point-fr', 'lawEnforcement', 'FR'],
    ['europol', 'europol', null],
  ];
  for (const [id, kind, country] of participants) {
    await owner.query(
      `insert into hub.participant (id, kind, name, country, schema_versions, dispatch_kinds, registered_at, changed_at)
       values ($1, $2, $1, $3, '{}', '{}', $4, $4)`,
      [id, kind, country, formatUtc(0)],
    );
  }
}
