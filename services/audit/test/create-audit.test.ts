import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { connect } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { expect, test } from 'vitest';
import { createAudit } from '../src/index.ts';
import { auditDeps, startAudit, untilSize } from './audit-fixture.ts';
import { createHub, plainDrafts, readLog } from './hub-fixture.ts';
import { createLogKey, logKey } from './log-fixture.ts';
import { createTestSequencer } from './sequencer-fixture.ts';

async function statusFor(origin: string, host: string): Promise<number | undefined> {
  const request = get(`${origin}/v1/volumes`, { headers: { host }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response.statusCode;
}

test('entries are on their listener alone, and figures of operation on theirs', async () => {
  const audit = await startAudit(await createHub());
  for (const [origin, path] of [
    [audit.log, '/v1/log/export'],
    [audit.log, '/v1/volumes'],
    [audit.log, '/v1/timelines?search=a'],
    [audit.log, '/metrics'],
    [audit.entries, '/metrics'],
    [audit.operations, '/v1/log/keys'],
    [audit.operations, '/v1/volumes'],
  ] as const) {
    const response = await fetch(`${origin}${path}`);
    expect([path, response.status, await response.json()]).toEqual([
      path,
      404,
      expect.objectContaining({ code: 'path-unknown' }),
    ]);
  }
});

test('every address takes GET alone', async () => {
  const audit = await startAudit(await createHub());
  for (const address of [
    `${audit.log}/v1/log/keys`,
    `${audit.log}/v1/log/checkpoint`,
    `${audit.log}/v1/log/inclusion-proof`,
    `${audit.log}/v1/log/consistency-proof`,
    `${audit.entries}/v1/log/export`,
    `${audit.entries}/v1/volumes`,
    `${audit.entries}/v1/timelines`,
  ]) {
    const response = await fetch(address, { method: 'POST', body: '{}' });
    expect([address, response.status, response.headers.get('allow')]).toEqual([address, 405, 'GET']);
  }
});

test.each(['0.0.0.0', '::', '192.0.2.1', 'example.org'])(
  'entries are refused an address like %s',
  async (entriesHost) => {
    const hub = await createHub();
    await expect(createAudit(auditDeps(hub, { entriesHost }))).rejects.toMatchObject({
      code: 'address-not-loopback',
    });
  },
);

test('entries are served under the names of loopback, not under a name that points to it', async () => {
  const { entries } = await startAudit(await createHub());
  const { port } = new URL(entries);
  for (const host of ['127.0.0.1', 'localhost', 'LOCALHOST', '127.8.9.1', '[::1]']) {
    expect([host, await statusFor(entries, `${host}:${port}`)]).toEqual([host, 200]);
  }
  for (const host of ['audit.example.org', 'localhost.example.org', '192.0.2.1', '127.0.0.1.example.org']) {
    expect([host, await statusFor(entries, host)]).toEqual([host, 404]);
  }
});

test('each listener says that it lives and that it is ready', async () => {
  const audit = await startAudit(await createHub());
  for (const origin of [audit.log, audit.entries, audit.operations]) {
    for (const path of ['/livez', '/readyz']) {
      expect([path, (await fetch(`${origin}${path}`)).status]).toEqual([path, 200]);
    }
  }
});

test('it is ready no more when the database does not answer, and lives on', async () => {
  const hub = await createHub();
  const database = connect({
    url: hub.auditUrl,
    applicationName: 'audit-test',
    maxConnections: 4,
    log: silentLog,
  });
  const audit = await startAudit(hub, { database });
  await database.end();
  const response = await fetch(`${audit.operations}/readyz`);
  expect(response.status).toBe(503);
  expect(await response.json()).toMatchObject({ code: 'not-ready', detail: 'Failing: database, ledger.' });
  expect((await fetch(`${audit.operations}/livez`)).status).toBe(200);
  const metrics = await (await fetch(`${audit.operations}/metrics`)).text();
  expect(metrics).toMatch(/^liaison_ledger_pending_events\{.*\} nan$/im);
});

test('it starts and serves over a log that it refuses to sign, alarms, and is not ready', async () => {
  const hub = await createHub();
  await hub.append(plainDrafts(3));
  await (await createTestSequencer(hub)).drain();
  await hub.owner.query('update ledger.leaf set leaf_hash = sha256(leaf) where "position" = 2');
  await hub.append(plainDrafts(1));
  const audit = await startAudit(hub);
  expect(audit.recorded.entries).toContainEqual({
    level: 'error',
    event: 'ledger-inconsistent',
    fields: { codes: ['ledger-inconsistent', 'root-mismatch'] },
  });
  expect((await fetch(`${audit.log}/v1/log/checkpoint`)).status).toBe(200);
  const ready = await fetch(`${audit.log}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    503,
    expect.objectContaining({ detail: 'Failing: ledger.' }),
  ]);
  const metrics = await (await fetch(`${audit.operations}/metrics`)).text();
  expect(metrics).toMatch(/^liaison_ledger_inconsistent\{.*\} 1$/m);
  expect((await readLog(hub)).positions).toEqual([0, 1, 2]);
});

test('it is not ready with another key than the one that has signed', async () => {
  const hub = await createHub();
  await (await createTestSequencer(hub)).sequence();
  const audit = await startAudit(hub, { logKey: createLogKey(2) });
  const response = await fetch(`${audit.log}/readyz`);
  expect([response.status, await response.json()]).toEqual([
    503,
    expect.objectContaining({ detail: 'Failing: ledger.' }),
  ]);
});

test('a key whose halves do not belong together is refused', async () => {
  const hub = await createHub();
  const mixed = { ...logKey, x: createLogKey(2).x };
  await expect(createAudit(auditDeps(hub, { logKey: mixed }))).rejects.toMatchObject({
    code: 'log-key-invalid',
  });
});

test('its figures say how long the ledger is and what waits', async () => {
  const hub = await createHub();
  const audit = await startAudit(hub);
  await hub.append(plainDrafts(5));
  await untilSize(audit, 5);
  const metrics = async (): Promise<string> => (await fetch(`${audit.operations}/metrics`)).text();
  await expect.poll(metrics).toMatch(/^liaison_ledger_size\{service="audit"\} 5$/m);
  expect(await metrics()).toMatch(/^liaison_ledger_pending_events\{service="audit"\} 0$/m);
  expect(await metrics()).toMatch(/^liaison_ledger_inconsistent\{service="audit"\} 0$/m);
  const [, seconds] =
    /^liaison_ledger_checkpoint_timestamp_seconds\{.*\} ([\d.e+]+)$/m.exec(await metrics()) ?? [];
  const { rows } = await hub.owner.query<{ at: string }>(
    'select max(signed_at) as at from ledger.checkpoint',
  );
  expect(Number(seconds)).toBe(Date.parse(rows[0]?.at ?? '') / 1_000);
});

test('it logs nothing of what it sequences and serves', async () => {
  const hub = await createHub();
  const audit = await startAudit(hub);
  await hub.append([{ details: { secret: 'confidential-detail' }, facts: { sender: 'provider-seven' } }]);
  await untilSize(audit, 1);
  await (await fetch(`${audit.entries}/v1/log/export`)).text();
  await fetch(`${audit.entries}/v1/timelines?search=confidential-search`);
  expect(audit.recorded.entries.map(({ event }) => event)).toContain('events-sequenced');
  expect(JSON.stringify(audit.recorded.entries)).not.toMatch(/confidential|provider-seven/);
});
