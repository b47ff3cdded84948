import { request } from 'node:http';
import type { Problem, Referral, SubmissionApi } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signToken } from '../setup/reading.ts';
import { postBody, referralOf, signReferral, submit, type Reply } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type BatchEntry = SubmissionApi['schemas']['BatchEntry'];

const quota = 4;
const requestsPerMinuteAndAddress = 120;
const urgency = { claimed: true, grounds: ['imminentMeeting'] } as const;

// The window is the process's own and a minute long: each test is another sender, so that none waits.
let hub: TestHub & { close(): Promise<void> };

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'], referralsPerMinute: quota, requestsPerMinuteAndAddress });
});
afterAll(() => hub.close());

function referralBy(senderId: string, reference: string, changes: object = {}): Referral {
  return referralOf(hub, reference, { reporter: { participantId: senderId }, ...changes });
}

function submitAs(senderId: string, reference: string, changes: object = {}): Promise<Reply> {
  return submit(hub, referralBy(senderId, reference, changes), { senderId });
}

async function read(senderId: string, path: string, token?: string): Promise<Response> {
  const authorization = `Bearer ${token ?? (await signToken(hub, path, { senderId }))}`;
  return fetch(`${hub.api}${path}`, { headers: { authorization } });
}

async function readProblem(answer: Response): Promise<{ status: number; headers: Headers; body: Problem }> {
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Problem };
}

interface Told {
  readonly name: string;
  readonly left: number;
  readonly seconds: number;
}

/** What the headers say, where they have the form of draft-ietf-httpapi-ratelimit-headers. */
function toldBy(headers: Headers, perMinute = quota): Told {
  const limit = /^"([a-z]+)";r=(\d+);t=(\d+)$/.exec(headers.get('ratelimit') ?? '');
  const [, name = 'none', left, seconds] = limit ?? [];
  expect(headers.get('ratelimit-policy')).toBe(`"${name}";q=${perMinute};w=60`);
  return { name, left: Number(left), seconds: Number(seconds) };
}

function expectRateExceeded(reply: { status: number; headers: Headers; body: Partial<Problem> }): void {
  expect([reply.status, reply.body.code]).toEqual([429, 'rate-exceeded']);
  expect(reply.headers.get('content-type')).toBe('application/problem+json');
}

/** What remains of a sender's refusals: rows, and events in the ledger, sequenced or not yet. */
async function countRefusals(senderId: string): Promise<{ rows: number; events: number }> {
  const { rows } = await hub.database.query<{ rows: number; events: number }>(
    `select (select count(*) from hub.refusal where sender_id = $1) as rows,
       (select count(*) from
          (select convert_from(leaf, 'UTF8')::jsonb as content
           from (select leaf from ledger.pending union all select leaf from ledger.leaf) as leaf) as event
        where content->>'type' = 'submissionRefused' and content->>'actorId' = $1) as events`,
    [senderId],
  );
  return rows[0] ?? { rows: -1, events: -1 };
}

describe("a sender's quota", () => {
  test('is told with every answer, and counts down for whatever is signed with its key', async () => {
    const sender = 'example-chat';
    const referral = referralBy(sender, 'told-1');
    const accepted = await submit(hub, referral);
    const again = await submit(hub, referral);
    const reused = await submitAs(sender, 'told-1', { abuseTypes: ['newMaterial'] });
    const wrong = await submitAs(sender, 'told-2', { surprise: 1 });
    const replies = [accepted, again, reused, wrong];
    expect(replies.map(({ status }) => status)).toEqual([201, 200, 409, 400]);
    const told = replies.map(({ headers }) => toldBy(headers));
    expect(told.map(({ name, left }) => `${name} ${left}`)).toEqual(
      [3, 2, 1, 0].map((left) => `sender ${left}`),
    );
    // One window: it ends when the first answer said it would.
    const seconds = told.map((one) => one.seconds);
    expect(seconds[0]).toBe(60);
    expect(seconds).toEqual(seconds.toSorted((left, right) => right - left));
    expect(seconds.at(-1)).toBeGreaterThan(30);
  });

  test('beyond it the answer is 429, says when to try again, and nothing is kept of what was sent', async () => {
    const sender = 'example-hosting';
    expect((await submitAs(sender, 'kept-1', { surprise: 1 })).status).toBe(400);
    const kept = await countRefusals(sender);
    expect(kept).toEqual({ rows: 1, events: 1 });
    for (const count of [2, 3, 4]) expect((await submitAs(sender, `kept-${count}`)).status).toBe(201);

    const good = await submitAs(sender, 'kept-5');
    const wrong = await submitAs(sender, 'kept-6', { surprise: 1 });
    for (const reply of [good, wrong]) {
      expectRateExceeded(reply);
      const { name, left, seconds } = toldBy(reply.headers);
      expect([name, left]).toEqual(['sender', 0]);
      expect(reply.headers.get('retry-after')).toBe(`${seconds}`);
      expect(seconds).toBeGreaterThan(0);
      // Not judged, so nothing is said of it.
      expect(reply.body.faults).toBeUndefined();
    }
    expect(await countRefusals(sender)).toEqual(kept);
    const { rows } = await hub.database.query<{ reference: string }>(
      'select provider_reference as reference from hub.referral where sender_id = $1 order by 1',
      [sender],
    );
    expect(rows.map(({ reference }) => reference)).toEqual(['kept-2', 'kept-3', 'kept-4']);
  });

  test('does not hold up what is urgent, which counts for nothing', async () => {
    const sender = 'example-social';
    for (const count of [1, 2, 3]) {
      const urgent = await submitAs(sender, `urgent-${count}`, { urgency });
      expect([urgent.status, urgent.headers.get('ratelimit')]).toEqual([201, null]);
    }
    for (const count of [1, 2, 3, 4]) expect((await submitAs(sender, `used-${count}`)).status).toBe(201);
    expectRateExceeded(await submitAs(sender, 'urgent-4'));
    expect((await submitAs(sender, 'urgent-5', { urgency })).status).toBe(201);
    // Staff have to hear of an urgent one also where it is wrong.
    const wrong = await submitAs(sender, 'urgent-6', { urgency, surprise: 1 });
    expect([wrong.status, wrong.body.code]).toEqual([400, 'schema-invalid']);
  });

  test("is not touched by another's, nor by what it did not sign", async () => {
    const sender = 'example-video';
    const others: Response[] = [];
    for (let count = 0; count <= quota; count += 1) others.push(await read('example-hotline', '/v1/feed'));
    expect(others.at(-1)?.status).toBe(429);
    const [header, payload, signature = ''] = (
      await signReferral(hub, referralBy(sender, 'forged-1'), { senderId: sender })
    ).split('.');
    const forged = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    for (let count = 0; count <= quota; count += 1) {
      const reply = await postBody(hub, forged);
      expect([reply.status, reply.headers.get('ratelimit')]).toEqual([401, null]);
      expect((await read(sender, '/v1/feed', forged)).status).toBe(401);
    }
    const { status, headers } = await submitAs(sender, 'untouched-1');
    expect([status, toldBy(headers).left]).toEqual([201, quota - 1]);
  });

  test('is that of its reads, too', async () => {
    const sender = 'example-mail';
    const readings = [
      '/v1/feed',
      '/v1/referrals?providerReference=nothing-1',
      `/v1/referrals/${hub.newId()}`,
    ];
    const answers: Response[] = [];
    for (const path of readings) answers.push(await read(sender, path));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 404]);
    expect(answers.map(({ headers }) => toldBy(headers).left)).toEqual([3, 2, 1]);
    expect(toldBy((await submitAs(sender, 'read-1')).headers).left).toBe(0);
    for (const path of readings) {
      const reply = await readProblem(await read(sender, path));
      expectRateExceeded(reply);
      expect(reply.headers.get('retry-after')).toBe(`${toldBy(reply.headers).seconds}`);
    }
  });
});

describe('in a batch each referral counts', () => {
  async function postBatch(referrals: readonly string[]): Promise<{
    readonly status: number;
    readonly headers: Headers;
    readonly results: readonly BatchEntry[];
  }> {
    const response = await fetch(`${hub.api}/v1/referrals/_batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ referrals }),
    });
    const { results } = (await response.json()) as { results: BatchEntry[] };
    return { status: response.status, headers: response.headers, results };
  }

  const sender = 'example-games';

  function signed(reference: string, changes: object = {}): Promise<string> {
    return signReferral(hub, referralBy(sender, reference, changes), { senderId: sender });
  }

  test('those beyond the quota are refused by themselves, and urgent ones among them pass', async () => {
    const first = await postBatch(await Promise.all([signed('batch-1'), signed('batch-2', { surprise: 1 })]));
    expect(first.results.map(({ status }) => status)).toEqual([201, 400]);
    expect(toldBy(first.headers)).toMatchObject({ name: 'sender', left: quota - 2 });

    const second = await postBatch(
      await Promise.all([
        signed('batch-3'),
        signed('batch-4'),
        signed('batch-5'),
        signed('batch-6', { urgency }),
        Promise.resolve('no JWS'),
        signed('batch-7', { surprise: 1 }),
      ]),
    );
    expect(second.status).toBe(200);
    expect(second.results.map(({ status, problem }) => [status, problem?.code])).toEqual([
      [201, undefined],
      [201, undefined],
      [429, 'rate-exceeded'],
      [201, undefined],
      [400, 'jws-malformed'],
      [429, 'rate-exceeded'],
    ]);
    expect(toldBy(second.headers)).toMatchObject({ name: 'sender', left: 0 });
    // Only the one that was wrong while there was quota.
    expect(await countRefusals(sender)).toEqual({ rows: 1, events: 1 });
  });
});

// Last, because it uses up the quota of the address from which all these tests come.
describe('the coarse quota of an address', () => {
  async function countKept(): Promise<number> {
    const { rows } = await hub.database.query<{ count: number }>(
      `select (select count(*) from hub.referral) + (select count(*) from hub.refusal)
         + (select count(*) from hub.alarm where code = 'urgentReferralRefused') as count`,
    );
    return rows[0]?.count ?? -1;
  }

  /** Announces a body and sends nothing of it. */
  function announce(path: string): Promise<{ status: number; headers: Headers; body: Problem }> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/jose', 'content-length': '1000' };
      const asking = request(`${hub.api}${path}`, { method: 'POST', headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          asking.destroy();
          resolve({
            status: answer.statusCode ?? 0,
            headers: new Headers(answer.headers as Record<string, string>),
            body: JSON.parse(Buffer.concat(chunks).toString()) as Problem,
          });
        });
      });
      asking.on('error', reject);
      asking.flushHeaders();
    });
  }

  test('holds for whatever comes from there, before anything of it is read, and not for health', async () => {
    const before = await countKept();
    const statuses: number[] = [];
    while (statuses.at(-1) !== 429 && statuses.length <= requestsPerMinuteAndAddress) {
      // Addresses that there are not, and what nobody signed.
      const path = statuses.length % 2 === 0 ? '/v1/nothing' : '/v1/referrals';
      statuses.push((await fetch(`${hub.api}${path}`, { method: 'POST', body: 'x' })).status);
    }
    expect([...new Set(statuses)]).toEqual([404, 415, 429]);

    for (const path of ['/v1/referrals', '/v1/referrals/_batch']) {
      const reply = await announce(path);
      expectRateExceeded(reply);
      const { name, left, seconds } = toldBy(reply.headers, requestsPerMinuteAndAddress);
      expect([name, left]).toEqual(['address', 0]);
      expect(reply.headers.get('retry-after')).toBe(`${seconds}`);
    }
    const honest = await submit(hub, referralOf(hub, 'coarse-1', { urgency }));
    expectRateExceeded(honest);
    for (const path of ['/v1/directory', '/v1/feed', '/v1/nothing']) {
      expectRateExceeded(await readProblem(await fetch(`${hub.api}${path}`)));
    }
    for (const path of ['/livez', '/readyz']) {
      expect((await fetch(`${hub.api}${path}`)).status).toBe(200);
    }
    expect(await countKept()).toBe(before);
  });
});
