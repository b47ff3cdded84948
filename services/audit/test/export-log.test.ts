import { createInterface } from 'node:readline';
import { get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { verifyLogExport, type LogExportResult } from '@liaison/ledger';
import type { Database } from '@liaison/postgres';
import { expect, test } from 'vitest';
import { sha256 } from '../src/log-key/sha256.ts';
import { ask } from './ask.ts';
import { startAudit, type TestAudit } from './audit-fixture.ts';
import { createHub, plainDrafts, type Hub } from './hub-fixture.ts';
import { createTestIdentity, origin } from './log-fixture.ts';
import { createTestSequencer } from './sequencer-fixture.ts';

async function createLog(
  size: number,
  database?: (audit: Database) => Database,
): Promise<{ hub: Hub; audit: TestAudit }> {
  const hub = await createHub();
  if (size > 0) await hub.append(plainDrafts(size));
  await (await createTestSequencer(hub)).drain();
  const connected = hub.connectAudit();
  return { hub, audit: await startAudit(hub, { database: database?.(connected) ?? connected }) };
}

async function startExport(audit: TestAudit): Promise<IncomingMessage> {
  const request = get(`${audit.entries}/v1/log/export`, { agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

async function verifyExport(
  lines: AsyncIterable<string>,
  earlierCheckpoints: readonly string[] = [],
): Promise<LogExportResult> {
  const { trust } = await createTestIdentity();
  return verifyLogExport(lines, { digest: sha256, earlierCheckpoints, ...trust });
}

/** Counts the pages that an export reads. */
function countPages(database: Database, pages: { count: number }, fail?: Error): Database {
  return {
    ...database,
    async query(statement, values) {
      if (typeof statement !== 'string' && statement.name === 'audit-read-leaves') {
        pages.count += 1;
        if (fail !== undefined && pages.count > 2) throw fail;
      }
      return database.query(statement, values);
    },
  };
}

test('the empty log is exported and verifies', async () => {
  const { audit } = await createLog(0);
  const { status, text } = await ask(audit.entries, '/log/export');
  expect(status).toBe(200);
  expect(text.split('\n')).toHaveLength(3);
  const lines = createInterface({ input: await startExport(audit) });
  expect(await verifyExport(lines)).toMatchObject({ ok: true, checkpoint: { origin, size: 0 } });
});

test('a log of several pages verifies, and begins with the checkpoints of before', async () => {
  const { hub, audit } = await createLog(3);
  const { text: earlier } = await ask(audit.log, '/log/checkpoint');
  await audit.close();
  await hub.append(plainDrafts(1_337));
  await (await createTestSequencer(hub)).drain();
  const grown = await startAudit(hub);
  const lines = createInterface({ input: await startExport(grown) });
  expect(await verifyExport(lines, [earlier])).toMatchObject({ ok: true, checkpoint: { size: 1_340 } });
  const head = await fetch(`${grown.entries}/v1/log/export`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
});

test('what is tampered with in storage shows', async () => {
  const { hub, audit } = await createLog(20);
  await hub.owner.query(
    `update ledger.leaf set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), 'provider-one', 'provider-two'), 'UTF8')
     where "position" = 11`,
  );
  const lines = createInterface({ input: await startExport(audit) });
  expect(await verifyExport(lines)).toMatchObject({ ok: false, code: 'root-mismatch' });
});

test('an export that cannot go on is cut, never ended as if it were whole', async () => {
  const pages = { count: 0 };
  const { hub, audit } = await createLog(1_800, (database) =>
    countPages(database, pages, new Error('broken')),
  );
  const response = await fetch(`${audit.entries}/v1/log/export`);
  await expect(response.text()).rejects.toThrow(TypeError);
  expect(audit.recorded.entries).toContainEqual(expect.objectContaining({ event: 'request-failed' }));
  await hub.owner.query('delete from ledger.leaf where "position" = 700');
  const gapped = await startAudit(hub);
  const second = await fetch(`${gapped.entries}/v1/log/export`);
  await expect(second.text()).rejects.toThrow(TypeError);
  const failed = gapped.recorded.entries.find(({ event }) => event === 'request-failed');
  expect(failed?.fields['codes']).toEqual(['ledger-inconsistent', 'node-missing']);
});

test('a reader that does not read holds the export, one that goes away ends it', async () => {
  const pages = { count: 0 };
  const size = 24_000;
  const { audit } = await createLog(size, (database) => countPages(database, pages));
  const response = await startExport(audit);
  response.pause();
  await expect.poll(() => pages.count, { timeout: 5_000 }).toBeGreaterThan(0);
  let before = -1;
  await expect
    .poll(
      () => {
        const same = before === pages.count;
        before = pages.count;
        return same;
      },
      { interval: 200, timeout: 10_000 },
    )
    .toBe(true);
  // Pages of 500 leaves: what the sockets hold, and no more.
  expect(pages.count).toBeLessThan(size / 500);
  response.destroy();
  await expect
    .poll(() => audit.recorded.entries.map(({ event }) => event), { timeout: 5_000 })
    .toContain('export-abandoned');
  expect(pages.count).toBeLessThan(size / 500);
  expect(audit.recorded.entries.map(({ event }) => event)).not.toContain('request-failed');
});
