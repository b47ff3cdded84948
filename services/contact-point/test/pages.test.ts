import { afterAll, beforeAll, expect, test } from 'vitest';
import { receive } from './dispatches-interface.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;

beforeAll(async () => {
  started = await startContactPoint({ basePath: '/cp-be' });
});
afterAll(() => started.close());

async function get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${started.origin}${path}`, { headers: { accept: 'text/html', ...headers } });
}

test('every address of a page lies below the contact point’s own path', async () => {
  const { id } = await receive(started);
  for (const path of ['/inbox', '/inbox?q=nothing', `/inbox/${id}`, `/inbox/${id}/decline`, '/inbox/none']) {
    const text = await (await get(path)).text();
    const addresses = [...text.matchAll(/(?:href|action|src)="([^"]*)"/g)].map(
      ([, address]) => address ?? '',
    );
    expect(addresses.length).toBeGreaterThan(3);
    expect(addresses.filter((one) => !/^(\/cp-be\/|#|data:,$)/.test(one))).toEqual([]);
  }
  expect((await get('/assets/liaison.css')).status).toBe(200);
});

test('a mistaken address is answered to a person with a page, to a program with a problem', async () => {
  const missing = '/inbox/019a7c3e-5b00-7001-8000-000000000001';
  const page = await get(missing);
  expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
  const problem = await get(missing, { accept: 'application/json' });
  expect([problem.status, ((await problem.json()) as { code: string }).code]).toEqual([
    404,
    'dispatch-unknown',
  ]);
});

test('while the directory has expired the inbox is still read', async () => {
  const { id } = await receive(started);
  started.setDirectory(null);
  const [list, dispatch] = await Promise.all([get('/inbox'), get(`/inbox/${id}`)]);
  started.setDirectory(started.members.directory);
  expect([list.status, dispatch.status]).toEqual([200, 200]);
  // The notice says why nothing is sent.
  expect(await list.text()).toContain('class="notice"');
});

test('the list goes on, page by page, and shows each dispatch once', async () => {
  const { rows } = await started.inbox.query<{ id: string }>('select id from inbox.dispatch limit 1');
  await started.inbox.query(
    `insert into inbox.dispatch (id, referral_id, kind, "sequence", urgent, sender_id, policy_version, digest, jws,
       accepted_at, received_at, state, provider_reference, abuse_types, certainty)
     select gen_random_uuid(), gen_random_uuid(), kind, 1, n % 7 = 0, sender_id, policy_version, digest, jws,
       accepted_at, date_trunc('milliseconds', received_at) + n * interval '1 ms', 'new', 'many-' || n, abuse_types, certainty
     from inbox.dispatch, generate_series(1, 120) n where id = $1`,
    [rows[0]?.id],
  );
  const seen: string[] = [];
  let path: string | undefined = '/inbox?q=many-';
  while (path !== undefined) {
    const text: string = await (await get(path)).text();
    seen.push(...[...text.matchAll(/inbox\/[0-9a-f-]{36}">(many-\d+)</g)].map(([, name]) => name ?? ''));
    const next: string | undefined = /rel="next" href="\/cp-be([^"]*)"/.exec(text)?.[1];
    path = next?.replaceAll('&amp;', '&');
  }
  expect([seen.length, new Set(seen).size]).toEqual([120, 120]);
  expect(seen.slice(0, 17)).toEqual(Array.from({ length: 17 }, (_one, index) => `many-${(index + 1) * 7}`));
});
