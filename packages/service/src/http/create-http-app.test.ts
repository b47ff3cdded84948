import { randomBytes } from 'node:crypto';
import type { Problem } from '@liaison/contracts';
import type { Express } from 'express';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createNewId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { ProblemError } from '../problem.ts';
import { createHttpApp, refuseOtherMethods } from './create-http-app.ts';
import { listenHttp, type HttpListener } from './listen-http.ts';
import { jsonBodyOf, readBody } from './read-body.ts';

let listener: HttpListener | undefined;

async function serve(routes: (app: Express) => void): Promise<string> {
  const newId = createNewId(systemClock, randomBytes);
  const app = createHttpApp({ log: silentLog, clock: systemClock, newId, apiVersion: '1.2.3', routes });
  listener = await listenHttp(app, { host: '127.0.0.1', port: 0 });
  return listener.origin;
}

afterEach(async () => {
  await listener?.close();
  listener = undefined;
});

function echoRoute(app: Express): void {
  app
    .route('/v1/echo')
    .post(...readBody({ contentType: 'application/json', limitBytes: 100 }), (req, res) => {
      res.json(jsonBodyOf(req));
    })
    .all(refuseOtherMethods('POST'));
}

const json = { 'Content-Type': 'application/json' };

describe('a request that fails is answered with a problem document', () => {
  test.each([
    ['another address', '/v1/nothing', {}, 404, 'path-unknown'],
    ['another method', '/v1/echo', { method: 'DELETE' }, 405, 'method-not-allowed'],
    ['no body', '/v1/echo', { method: 'POST', headers: json }, 400, 'body-empty'],
    [
      'a body that is not JSON',
      '/v1/echo',
      { method: 'POST', headers: json, body: '{' },
      400,
      'body-not-json',
    ],
    [
      'bytes that are not UTF-8',
      '/v1/echo',
      { method: 'POST', headers: json, body: new Uint8Array([0x22, 0xff, 0x22]) },
      400,
      'body-not-json',
    ],
    [
      'another content type',
      '/v1/echo',
      { method: 'POST', headers: { 'Content-Type': 'text/xml' }, body: '<a/>' },
      415,
      'content-type-not-supported',
    ],
    [
      'a compressed body',
      '/v1/echo',
      { method: 'POST', headers: { ...json, 'Content-Encoding': 'gzip' }, body: 'xx' },
      415,
      'content-encoding-not-supported',
    ],
    [
      'a body that is too large',
      '/v1/echo',
      { method: 'POST', headers: json, body: JSON.stringify('x'.repeat(200)) },
      413,
      'body-too-large',
    ],
    ['a path that cannot be decoded', '/v1/%E0%A4%A', {}, 400, 'parameter-invalid'],
  ])('%s', async (_what, path, init, status, code) => {
    const origin = await serve((app) => {
      echoRoute(app);
      app.get('/v1/:id', (_req, _res, next) => {
        next();
      });
    });
    const response = await fetch(`${origin}${path}`, init);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = (await response.json()) as Problem;
    expect(problem).toMatchObject({ code, status });
    expect(problem.requestId).toBe(response.headers.get('x-request-id'));
    expect(problem.instance).toBe(`urn:uuid:${problem.requestId}`);
  });

  test('what nobody foresaw becomes internal-error and tells nothing', async () => {
    const origin = await serve((app) => {
      app.get('/v1/broken', () => {
        throw new Error('secret of the inside');
      });
    });
    const response = await fetch(`${origin}/v1/broken`);
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toMatchObject({ code: 'internal-error' });
  });

  test('a problem that says when to try again sets Retry-After', async () => {
    const origin = await serve((app) => {
      app.get('/v1/later', () => {
        throw new ProblemError('not-ready', { retryAfterSeconds: 7 });
      });
    });
    const response = await fetch(`${origin}/v1/later`);
    expect(response.headers.get('retry-after')).toBe('7');
  });
});

test('every answer carries the version, a request id and the security headers', async () => {
  const origin = await serve(echoRoute);
  const response = await fetch(`${origin}/v1/echo`, { method: 'POST', headers: json, body: '{"a":1}' });
  expect(response.status).toBe(200);
  const headers = Object.fromEntries(response.headers);
  expect(headers).toMatchObject({
    'api-version': '1.2.3',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  expect(headers['strict-transport-security']).toBeDefined();
  expect(headers['x-powered-by']).toBeUndefined();
});

test('an interface without sign-in refuses an address other than loopback', async () => {
  await expect(
    listenHttp(() => undefined, { host: '0.0.0.0', port: 0, loopbackOnly: true }),
  ).rejects.toMatchObject({ code: 'address-not-loopback' });
});

test('a port in use is named as such', async () => {
  const origin = await serve(echoRoute);
  await expect(
    listenHttp(() => undefined, { host: '127.0.0.1', port: Number(new URL(origin).port) }),
  ).rejects.toMatchObject({ code: 'port-in-use' });
});
