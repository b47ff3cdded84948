import { connect, type Database, type Log } from '@liaison/postgres';

/** A PostgreSQL server, ours or somebody else's. */
export interface DatabaseServer {
  /** As a login that may create databases and roles. */
  readonly adminUrl: string;
}

/** The address of a database of the server, for a login. */
export function urlOf(
  server: DatabaseServer,
  database: string,
  login?: { readonly role: string; readonly password: string },
): string {
  const url = new URL(server.adminUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  if (login !== undefined) {
    url.username = login.role;
    url.password = login.password;
  }
  return url.href;
}

/** Works with a database as the administrator, and lets go of it afterwards. */
export async function withAdmin<T>(
  server: DatabaseServer,
  database: string | null,
  work: (admin: Database) => Promise<T>,
): Promise<T> {
  const url = database === null ? server.adminUrl : urlOf(server, database);
  const admin = connect({ url, applicationName: 'liaison-setup', maxConnections: 2, log: quiet });
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
