import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';

import { openTcpProxy } from './tcp-proxy.ts';

let echo: Server;

beforeAll(async () => {
  echo = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  echo.listen({ host: '127.0.0.1', port: 0 });
  await once(echo, 'listening');
});

afterAll(() => void echo.close());

async function openPair() {
  const proxy = await openTcpProxy((echo.address() as AddressInfo).port);
  const client: Socket = connect({ host: '127.0.0.1', port: proxy.port });
  client.on('error', () => undefined);
  onTestFinished(async () => {
    client.destroy();
    await proxy.close();
  });
  await once(client, 'connect');
  const received: string[] = [];
  client.on('data', (data) => received.push(data.toString()));
  return { proxy, client, received };
}

test('what is sent arrives, both ways', async () => {
  const { client, received } = await openPair();
  client.write('there and back');
  await expect.poll(() => received.join('')).toBe('there and back');
});

test('a connection that is cut ends at once, and a new one may be made', async () => {
  const { proxy, client } = await openPair();
  const ended = closeOf(client);
  proxy.cut();
  await ended;
  const again = connect({ host: '127.0.0.1', port: proxy.port });
  await once(again, 'connect');
  expect(client.destroyed).toBe(true);
  again.destroy();
});

test('a half-open way swallows until it is open again, and then nothing is missing', async () => {
  const { proxy, client, received } = await openPair();
  proxy.setMode({ kind: 'half-open' });
  client.write('a');
  await expect.poll(() => client.bytesWritten).toBe(1);
  expect(received).toEqual([]);
  proxy.setMode({ kind: 'open' });
  client.write('b');
  await expect.poll(() => received.join('')).toBe('ab');
});

test('a closed way lets nobody through', async () => {
  const { proxy, client } = await openPair();
  const ended = closeOf(client);
  proxy.setMode({ kind: 'closed' });
  await ended;
  const refused = connect({ host: '127.0.0.1', port: proxy.port });
  refused.on('error', () => undefined);
  await closeOf(refused);
  expect(refused.bytesRead).toBe(0);
});

/** A broken connection is an error first, for which nobody here waits. */
function closeOf(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
}
