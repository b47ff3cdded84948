import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askAs } from './ask-as.ts';
import { answer, list, open, receive } from './dispatches-interface.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

beforeAll(async () => {
  started = await startContactPoint({ basePath: '/cp-be' });
});
afterAll(() => started.close());

const acknowledged = { kind: 'acknowledged', caseNumber: 'BE-2026/1' };

describe('while its database is away', () => {
  test('every operation answers that it is, and goes on when it is back', async () => {
    const { id } = await receive(started);
    const ask = () => Promise.all([list(started), open(started, id), answer(started, id, acknowledged)]);
    await started.place.line.cut();
    const away = await ask();
    await started.place.line.mend();
    expect(away.map(({ status, body }) => `${status} ${body.code}`)).toEqual(Array(3).fill('503 not-ready'));
    expect(away.map(({ headers }) => headers.get('retry-after'))).toEqual(['1', '1', '1']);
    await expect.poll(async () => (await ask()).map(({ status }) => status)).toEqual([200, 200, 201]);
  });

  test('what no operator foresaw tells nothing', async () => {
    const { id } = await receive(started);
    await started.inbox.query('alter table inbox.answer rename to lost');
    const replies = await Promise.all([open(started, id), answer(started, id, acknowledged)]);
    await started.inbox.query('alter table inbox.lost rename to answer');
    await started.inbox.query('alter table inbox.dispatch rename to lost');
    const listed = await list(started);
    await started.inbox.query('alter table inbox.lost rename to dispatch');
    expect([...replies, listed].map(({ status, body }) => `${status} ${body.code} ${body.detail}`)).toEqual(
      Array(3).fill('500 internal-error undefined'),
    );
  });
});

describe('an interface without sign-in', () => {
  test('answers under names of loopback alone, so that no page elsewhere can read it under its own', async () => {
    const { id } = await receive(started);
    for (const path of [
      '/v1/dispatches',
      `/v1/dispatches/${id}`,
      '/inbox',
      `/inbox/${id}`,
      '/inbox.csv',
      '/readyz',
    ]) {
      expect(await askAs('attacker.example', `${started.origin}${path}`)).toBe(404);
      expect(await askAs('localhost', `${started.origin}${path}`)).toBe(200);
      expect(await askAs('[::1]:7430', `${started.origin}${path}`)).toBe(200);
    }
  });

  test('lets no page of another origin ask', async () => {
    const url = `${started.origin}/v1/dispatches`;
    const response = await fetch(url, { method: 'OPTIONS', headers: { origin: 'https://attacker.example' } });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET']);
    const allowed = [...response.headers.keys()].filter((name) => name.startsWith('access-control-'));
    expect(allowed).toEqual([]);
  });

  test('has nothing at other addresses', async () => {
    const response = await fetch(`${started.origin}/v1/nothing`);
    expect([response.status, await response.json()]).toMatchObject([404, { code: 'path-unknown' }]);
  });
});
