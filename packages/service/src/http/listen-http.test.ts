import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { listenHttp } from './listen-http.ts';

const anywhere = { host: '127.0.0.1', port: 0 };

test('closes at once though connections are open that were kept alive or never asked anything', async () => {
  const listener = await listenHttp((_req, res) => void res.end('done'), anywhere);
  expect(await (await fetch(listener.origin)).text()).toBe('done');
  const silent = connect(Number(new URL(listener.origin).port), '127.0.0.1');
  await once(silent, 'connect');
  const startedMs = performance.now();
  await listener.close();
  // Far below the time that a running request would have been given.
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

test('lets a request that is being answered finish, and takes no other', async () => {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const listener = await listenHttp((_req, res) => {
    asked.resolve();
    void answer.promise.then(() => res.end('done'));
  }, anywhere);
  const reply = fetch(listener.origin);
  await asked.promise;
  const closing = listener.close();
  await expect(fetch(listener.origin)).rejects.toThrow(TypeError);
  answer.resolve();
  expect(await (await reply).text()).toBe('done');
  await closing;
});

test.each(['0.0.0.0', '192.0.2.1', '::'])(
  'an interface without sign-in does not answer at %s',
  async (host) => {
    const listening = listenHttp(() => undefined, { host, port: 0, loopbackOnly: true });
    await expect(listening).rejects.toMatchObject({ code: 'address-not-loopback' });
  },
);

test('a port in use is told as such', async () => {
  const first = await listenHttp((_req, res) => void res.end(), anywhere);
  const port = Number(new URL(first.origin).port);
  await expect(listenHttp(() => undefined, { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'port-in-use',
  });
  await first.close();
});
