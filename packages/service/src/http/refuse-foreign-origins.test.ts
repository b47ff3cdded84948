import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createNewId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { createHttpApp } from './create-http-app.ts';
import { listenHttp, type HttpListener } from './listen-http.ts';
import { refuseForeignOrigins } from './refuse-foreign-origins.ts';

let http: HttpListener;

beforeAll(async () => {
  const app = createHttpApp({
    log: silentLog,
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
    apiVersion: '1.0.0',
    routes: (routes) => {
      routes.use(refuseForeignOrigins);
      routes.all('/form', (_req, res) => {
        res.json({ taken: true });
      });
    },
  });
  http = await listenHttp(app, { host: '127.0.0.1', port: 0 });
});
afterAll(() => http.close());

async function send(headers: Readonly<Record<string, string>>, method = 'POST'): Promise<[number, unknown]> {
  const response = await fetch(`${http.origin}/form`, { method, headers });
  const body = (await response.json()) as { code?: string; taken?: boolean };
  return [response.status, body.code ?? body.taken];
}

test('takes a form that the browser says is from the same origin, or whose origin is ours', async () => {
  expect(await send({ 'sec-fetch-site': 'same-origin' })).toEqual([200, true]);
  expect(await send({ origin: http.origin })).toEqual([200, true]);
  expect(await send({ 'sec-fetch-site': 'same-origin', origin: http.origin })).toEqual([200, true]);
});

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port or name of this site', { 'sec-fetch-site': 'same-site' }],
  ['a foreign origin', { origin: 'http://127.0.0.1:1' }],
  ['an origin that is not told', { origin: 'null' }],
  [
    'a foreign origin that claims our site',
    { 'sec-fetch-site': 'same-origin', origin: 'http://evil.example' },
  ],
  ['nowhere', {}],
])('refuses a form from %s', async (_where, headers) => {
  expect(await send(headers)).toEqual([403, 'origin-foreign']);
});

test('lets everybody read', async () => {
  expect(await send({ 'sec-fetch-site': 'cross-site' }, 'GET')).toEqual([200, true]);
});
