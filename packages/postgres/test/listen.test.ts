import { randomUUID } from 'node:crypto';
import { createConnection, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { expect, inject, onTestFinished, test } from 'vitest';

import { listen } from '../src/index.ts';
import type { Listener, ListenOptions } from '../src/index.ts';
import { connectAdmin, log } from './test-database.ts';

interface Heard {
  readonly listener: Listener;
  readonly applicationName: string;
  readonly notifications: string[][];
  readonly reconnections: () => number;
}

async function startListening(channels: string[], options: Partial<ListenOptions> = {}): Promise<Heard> {
  const notifications: string[][] = [];
  const applicationName = `listener-${randomUUID()}`;
  let reconnections = 0;
  const listener = await listen({
    url: inject('databaseUrl'),
    applicationName,
    channels,
    onNotification: (channel, payload) => notifications.push([channel, payload]),
    onReconnected: () => {
      reconnections += 1;
    },
    log,
    ...options,
  });
  onTestFinished(async () => listener.close());
  return { listener, applicationName, notifications, reconnections: () => reconnections };
}

test('notifications of the channels listened to arrive, those of others do not', async () => {
  const database = connectAdmin();
  const { listener, notifications } = await startListening(['Orders "1"']);
  await listener.add('t1');
  await listener.add('t2');
  await listener.remove('t2');
  await database.query(
    `select pg_notify('other', ''), pg_notify('t2', ''), pg_notify('Orders "1"', 'a'), pg_notify('t1', 'b')`,
  );
  await expect
    .poll(() => notifications)
    .toEqual([
      ['Orders "1"', 'a'],
      ['t1', 'b'],
    ]);
});

test('after its connection was cut it listens again to all channels and says that something may be lost', async () => {
  const database = connectAdmin();
  const { listener, applicationName, notifications, reconnections } = await startListening(['t1']);
  await listener.add('t2');
  await database.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [
    applicationName,
  ]);
  await expect.poll(reconnections).toBe(1);
  await database.query("select pg_notify('t1', ''), pg_notify('t2', '')");
  await expect
    .poll(() => notifications)
    .toEqual([
      ['t1', ''],
      ['t2', ''],
    ]);
});

test('a connection that is cut without a word is noticed and replaced', async () => {
  const server = new URL(inject('databaseUrl'));
  const proxy = await startProxy(Number(server.port));
  server.port = String(proxy.port);
  const database = connectAdmin();
  const options = { url: server.href, heartbeatMs: 200 };
  const { notifications, reconnections } = await startListening(['t1'], options);
  proxy.fallSilent();
  await expect.poll(reconnections, { timeout: 10_000 }).toBe(1);
  await database.query("select pg_notify('t1', 'again')");
  await expect.poll(() => notifications).toEqual([['t1', 'again']]);
});

test('a first connection that can never succeed is refused', async () => {
  const url = new URL(inject('databaseUrl'));
  url.password = 'wrong';
  const attempt = listen({
    url: url.href,
    channels: [],
    onNotification: () => undefined,
    onReconnected: () => undefined,
    log,
  });
  await expect(attempt).rejects.toMatchObject({ sqlstate: '28P01' });
});

test('closing ends the connection', async () => {
  const database = connectAdmin();
  const { listener, applicationName } = await startListening(['t1']);
  await listener.close();
  const count = async () => {
    const sql = 'select from pg_stat_activity where application_name = $1';
    return (await database.query(sql, [applicationName])).rowCount;
  };
  await expect.poll(count).toBe(0);
});

/** Stands between client and server; what it carries when it falls silent stays open and carries nothing more. */
async function startProxy(port: number): Promise<{ port: number; fallSilent: () => void }> {
  const sockets = new Set<Socket>();
  const proxy = createServer((client) => {
    const server = createConnection({ port, host: '127.0.0.1' });
    client.pipe(server).pipe(client);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  await new Promise<void>((resolve) => {
    proxy.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
  });
  const fallSilent = () => {
    for (const socket of sockets) socket.unpipe();
  };
  return { port: (proxy.address() as AddressInfo).port, fallSilent };
}
