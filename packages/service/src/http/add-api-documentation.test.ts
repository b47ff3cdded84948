import { randomBytes } from 'node:crypto';
import { Router } from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../clock.ts';
import { createNewId } from '../ids.ts';
import { silentLog } from '../log.ts';
import { addApiDocumentation } from './add-api-documentation.ts';
import { createHttpApp } from './create-http-app.ts';
import { listenHttp, type HttpListener } from './listen-http.ts';

let http: HttpListener;
/** What the log says went wrong. */
const failures: string[] = [];

interface Served {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, unknown>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

beforeAll(async () => {
  const app = createHttpApp({
    log: { ...silentLog, error: (event) => failures.push(event) },
    clock: systemClock,
    newId: createNewId(systemClock, randomBytes),
    apiVersion: '1.0.0',
    routes: (routes) => {
      addApiDocumentation(routes, { document: 'audit-api', tags: ['log'] });
      const below = Router();
      addApiDocumentation(below, { document: 'contact-point-api' });
      routes.use('/cp-be', below);
    },
  });
  http = await listenHttp(app, { host: '127.0.0.1', port: 0 });
});
afterAll(() => http.close());

const get = (path: string): Promise<Response> => fetch(`${http.origin}${path}`);

async function readServed(path: string): Promise<Served> {
  return (await (await get(path)).json()) as Served;
}

function referencesOf(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(referencesOf);
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === '$ref' && typeof value === 'string' ? [value] : referencesOf(value),
  );
}

describe('the OpenAPI document', () => {
  test('stands alone: every reference leads to something in it', async () => {
    for (const path of ['/v1/openapi.json', '/cp-be/v1/openapi.json']) {
      const served = await readServed(path);
      const references = referencesOf(served);
      expect(references.length).toBeGreaterThan(20);
      const lost = references.filter((reference) => {
        const [root, ...steps] = reference.split('/');
        const found = steps.reduce<unknown>(
          (node, step) => (node as Readonly<Record<string, unknown>> | undefined)?.[step],
          served,
        );
        return root !== '#' || found === undefined;
      });
      expect(lost).toEqual([]);
    }
  });

  test('names the address below which it is served', async () => {
    expect((await readServed('/v1/openapi.json')).servers).toEqual([{ url: '/v1' }]);
    expect((await readServed('/cp-be/v1/openapi.json')).servers).toEqual([{ url: '/cp-be/v1' }]);
  });

  test('shows only what this listener answers', async () => {
    const { paths } = await readServed('/v1/openapi.json');
    expect(Object.keys(paths)).toContain('/log/keys');
    expect(Object.keys(paths)).not.toContain('/timelines');
  });

  test('may be read by pages of any origin, as JSON and as YAML', async () => {
    for (const [path, type] of [
      ['/v1/openapi.json', 'application/json'],
      ['/v1/openapi.yaml', 'application/yaml'],
    ] as const) {
      const answer = await get(path);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toContain(type);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin');
    }
    expect(await (await get('/v1/openapi.yaml')).text()).toMatch(/^openapi: 3\.1\.0\n/);
  });
});

describe('the page', () => {
  test('has a language and a title, and no script or style of its own', async () => {
    const page = await (await get('/docs')).text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('<title>Liaison audit API: documentation</title>');
    expect(page).not.toMatch(/<style|style=|<script>|https?:/);
  });

  test('runs and asks for nothing from elsewhere', async () => {
    const policy = (await get('/docs')).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test.each(['/docs', '/cp-be/docs'])('%s finds all its files', async (address) => {
    const page = await (await get(address)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files.length).toBeGreaterThanOrEqual(6);
    for (const file of files) expect([file, (await get(file)).status]).toEqual([file, 200]);
    expect(failures).toEqual([]);
  });

  test('takes no other method', async () => {
    const answer = await fetch(`${http.origin}/docs`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });
});
