import { randomBytes } from 'node:crypto';

import type { Queryable } from './queryable.ts';
import { quoteIdentifier, quoteLiteral } from './quote.ts';
import { scramVerifier } from './scram-verifier.ts';

export interface CreateDatabaseOptions {
  readonly name: string;
  readonly owner?: string;
  /** A database to copy, to which nobody may be connected; default `template0`, which is empty. */
  readonly template?: string;
  /** wal_log suits small templates, file_copy large ones; see the README for figures. */
  readonly strategy?: 'wal_log' | 'file_copy';
}

export interface CreateRoleOptions {
  readonly name: string;
  /** Printable ASCII; without one the role cannot log in. */
  readonly password?: string;
  readonly connectionLimit?: number;
}

export async function databaseExists(admin: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [name]);
  return rowCount > 0;
}

export async function roleExists(admin: Queryable, name: string): Promise<boolean> {
  const { rowCount } = await admin.query('select from pg_roles where rolname = $1', [name]);
  return rowCount > 0;
}

/**
 * Creates a database to which only its owner, superusers and those it is granted to can connect: by default PostgreSQL
 * lets every role connect to every database.
 * @throws DatabaseError, with SQLSTATE 42P04 when it exists
 */
export async function createDatabase(admin: Queryable, options: CreateDatabaseOptions): Promise<void> {
  const { name, owner, template = 'template0', strategy = 'wal_log' } = options;
  const owned = owner === undefined ? '' : `owner ${quoteIdentifier(owner)}`;
  const database = quoteIdentifier(name);
  await admin.query(
    `create database ${database} ${owned} template ${quoteIdentifier(template)} strategy ${strategy}`,
  );
  await closeToPublic(admin, [name]);
}

/** Closes databases made by others, such as `postgres` and `template1`, to roles that are not granted entry. */
export async function closeToPublic(admin: Queryable, names: readonly string[]): Promise<void> {
  for (const name of names) await admin.query(`revoke all on database ${quoteIdentifier(name)} from public`);
}

/** Drops a database if it exists, together with the connections to it. */
export async function dropDatabase(admin: Queryable, name: string): Promise<void> {
  await admin.query(`drop database if exists ${quoteIdentifier(name)} with (force)`);
}

/**
 * Creates a role with no rights but to log in.
 * @throws DatabaseError, with SQLSTATE 42710 when it exists; `password-unusable`
 */
export async function createRole(admin: Queryable, options: CreateRoleOptions): Promise<void> {
  const { name, password, connectionLimit = -1 } = options;
  const login = password === undefined ? 'nologin' : `login password ${passwordLiteral(password)}`;
  await admin.query(`create role ${quoteIdentifier(name)} ${login} connection limit ${connectionLimit}`);
}

/** @throws DatabaseError `password-unusable` */
export async function changePassword(
  admin: Queryable,
  { role, password }: { role: string; password: string },
): Promise<void> {
  await admin.query(`alter role ${quoteIdentifier(role)} login password ${passwordLiteral(password)}`);
}

function passwordLiteral(password: string): string {
  return quoteLiteral(scramVerifier(password, randomBytes(16)));
}
