import { randomBytes, randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { connect, createDatabase, dropDatabase, migrate } from '@liaison/postgres';
import { createNewId, silentLog, systemClock } from '@liaison/service';
import { expect, inject, test } from 'vitest';
import { migrateContactPoint } from '../src/index.ts';
import { makeMembers } from './members.ts';
import { createHubSigner } from './sign-as-hub.ts';

const log = silentLog;
const first = '000001-inbox.sql';

test('what came before the officer’s inbox is listed from its signed bytes', async () => {
  const name = `older_${randomUUID().slice(0, 8)}`;
  const admin = connect({ url: inject('databaseUrl'), applicationName: 'test', maxConnections: 1, log });
  await createDatabase(admin, { name });
  const url = new URL(inject('databaseUrl'));
  url.pathname = `/${name}`;
  const database = connect({ url: url.href, applicationName: 'test', maxConnections: 2, log });
  const folder = await mkdtemp(join(tmpdir(), 'liaison-older-'));
  try {
    await copyFile(new URL(`../migrations/${first}`, import.meta.url), join(folder, first));
    await migrate(database, { folder: pathToFileURL(`${folder}/`), schema: 'migration', log });
    const newId = createNewId(systemClock, randomBytes);
    const hub = createHubSigner(makeMembers('test-older'), newId);
    const referral = await hub.signReferral({
      content: { providerReference: 'OLD-1', abuseTypes: ['newMaterial', 'solicitation'] },
    });
    const { id, jws, digest } = await hub.signDispatch({ content: { referral } });
    await database.query(
      `insert into inbox.dispatch (id, referral_id, kind, "sequence", urgent, sender_id, policy_version, digest, jws,
         accepted_at, received_at, state)
       values ($1, $2, 'referral', 1, false, 'example-chat', 'p', $3, $4, now(), now(), 'new')`,
      [id, newId(), digest, jws],
    );
    await migrateContactPoint(database, log);
    const { rows } = await database.query(
      'select provider_reference, abuse_types, certainty, opened_at from inbox.dispatch',
    );
    expect(rows).toEqual([
      {
        provider_reference: 'OLD-1',
        abuse_types: ['newMaterial', 'solicitation'],
        certainty: 'high',
        opened_at: null,
      },
    ]);
  } finally {
    await rm(folder, { recursive: true });
    await database.end();
    await dropDatabase(admin, name);
    await admin.end();
  }
});
