import { createRole, changePassword, quoteIdentifier, roleExists, type Queryable } from '@liaison/postgres';

/** The services that share the hub's database, each with a role of its own. */
export type HubService = 'submission-api' | 'router' | 'audit';

const roleOf: Readonly<Record<HubService, string>> = {
  'submission-api': 'liaison_submission_api',
  router: 'liaison_router',
  audit: 'liaison_audit',
};

/**
 * Makes, or gives a new password to, the login of one hub service in one database. The login may connect to this
 * database only, and do what its service's role may do.
 * @throws DatabaseError
 */
export async function grantHubLogin(
  admin: Queryable,
  login: {
    readonly service: HubService;
    readonly database: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<void> {
  const name = quoteIdentifier(login.name);
  if (await roleExists(admin, login.name)) {
    await changePassword(admin, { role: login.name, password: login.password });
  } else {
    await createRole(admin, { name: login.name, password: login.password });
  }
  await admin.query(`grant ${quoteIdentifier(roleOf[login.service])} to ${name}`);
  await admin.query(`grant connect on database ${quoteIdentifier(login.database)} to ${name}`);
}
