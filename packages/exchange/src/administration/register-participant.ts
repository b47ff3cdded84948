import { randomBytes } from 'node:crypto';

import { topicFrom, topicTo } from '@liaison/contracts';
import { changePassword, createRole, quoteIdentifier, roleExists } from '@liaison/postgres';
import type { Database, Queryable } from '@liaison/postgres';

import { ExchangeError } from '../exchange-error.ts';
import { roleName } from './role-name.ts';

export interface Registration {
  readonly instance: string;
  readonly participantId: string;
  /** Printable ASCII; default a random one for a new role, and the old one for a known role. */
  readonly password?: string;
}

export interface RegisteredRole {
  readonly role: string;
  /** null when the role was there before and keeps its password, of which nobody here knows. */
  readonly password: string | null;
  /** Other databases of the server that this role can connect to: none, unless somebody left them open to everyone. */
  readonly otherDatabases: readonly string[];
}

export interface RegisteredParticipant extends RegisteredRole {
  /** It reads `to` as the group of its id and writes `from`. */
  readonly topics: { readonly to: string; readonly from: string };
}

const hub = 'hub';
const functions = ['append', 'read', 'commit', 'claim', 'release', 'topics'];

/**
 * Lets the hub take part: the writer of all topics to participants and reader, as group `hub`, of those from them.
 * @param admin connected to the exchange's database as a superuser, or as its owner with CREATEROLE
 */
export async function registerHub(
  admin: Database,
  { instance, password }: { instance: string; password?: string },
): Promise<RegisteredRole> {
  return admin.transaction(async (transaction) => {
    const role = roleName(instance, hub);
    const given = await ensureRole(transaction, { role, password });
    await transaction.query(`grant execute on function exchange.delete_received to ${quoteIdentifier(role)}`);
    return { role, password: given, otherDatabases: await otherDatabasesOf(transaction, role) };
  });
}

/**
 * Lets a participant take part, with a role of its own and two topics: one that the hub writes and it reads, one the
 * other way round. Doing it again changes nothing, unless a password is given.
 * @param admin connected to the exchange's database as a superuser, or as its owner with CREATEROLE
 * @throws ExchangeError `participant-invalid`
 */
export async function registerParticipant(
  admin: Database,
  { instance, participantId, password }: Registration,
): Promise<RegisteredParticipant> {
  const role = roleName(instance, participantId);
  const hubRole = roleName(instance, hub);
  if (role === hubRole) throw new ExchangeError('participant-invalid');
  const topics = { to: topicTo(instance, participantId), from: topicFrom(instance, participantId) };
  return admin.transaction(async (transaction) => {
    const given = await ensureRole(transaction, { role, password });
    await transaction.query(
      `insert into exchange.topic (name, writer, reader, reader_group) values ($1, $3, $4, $5), ($2, $4, $3, $6)
       on conflict (name) do nothing`,
      [topics.to, topics.from, hubRole, role, participantId, hub],
    );
    return { role, password: given, topics, otherDatabases: await otherDatabasesOf(transaction, role) };
  });
}

/**
 * Gives a participant (or `hub`) a new random password; connections made with the old one stay open.
 * @throws DatabaseError, with SQLSTATE 42704 when it is not registered
 */
export async function rotatePassword(
  admin: Database,
  { instance, participantId }: { instance: string; participantId: string },
): Promise<string> {
  const password = randomPassword();
  await changePassword(admin, { role: roleName(instance, participantId), password });
  return password;
}

async function ensureRole(
  transaction: Queryable,
  { role, password }: { role: string; password: string | undefined },
): Promise<string | null> {
  // Two registrations of the same participant at once would both find it missing.
  await transaction.query("select pg_advisory_xact_lock(hashtext('exchange.register'))");
  const isKnown = await roleExists(transaction, role);
  const given = password ?? (isKnown ? null : randomPassword());
  if (!isKnown) await createRole(transaction, { name: role, connectionLimit: 20 });
  if (given !== null) await changePassword(transaction, { role, password: given });
  const { rows } = await transaction.query<{ name: string }>('select current_database() as name');
  const database = quoteIdentifier(rows[0]?.name ?? '');
  const grantee = quoteIdentifier(role);
  await transaction.query(`
    grant connect on database ${database} to ${grantee};
    grant usage on schema exchange to ${grantee};
    grant execute on function ${functions.map((name) => `exchange.${name}`).join(', ')} to ${grantee};
    -- A transaction left open would keep the server from tidying up behind everybody.
    alter role ${grantee} set idle_in_transaction_session_timeout = '60s';
    alter role ${grantee} set statement_timeout = '60s'`);
  return given;
}

async function otherDatabasesOf(transaction: Queryable, role: string): Promise<string[]> {
  const { rows } = await transaction.query<{ name: string }>(
    `select datname as name from pg_database
     where datallowconn and datname <> current_database() and has_database_privilege($1, oid, 'connect')
     order by datname`,
    [role],
  );
  return rows.map(({ name }) => name);
}

function randomPassword(): string {
  return randomBytes(24).toString('base64url');
}
