import { limits } from '@liaison/contracts';
import { verifyReceiptLeaf } from '@liaison/ledger';
import { readJws } from '@liaison/seal';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { audienceOf, originOf, type SubmissionReceipt } from '@liaison/contracts';
import {
  foreignKey,
  postBody,
  referralOf,
  signReferral,
  submit,
  submitAccepted,
  type Reply,
} from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
});
afterAll(() => hub.close());

async function countRows(table: string): Promise<number> {
  const { rows } = await hub.database.query<{ count: number }>(`select count(*) as count from ${table}`);
  return rows[0]?.count ?? 0;
}

function codes(reply: Reply): string[] {
  return (reply.body.faults ?? []).map(({ pointer, code }) => `${pointer} ${code}`).sort();
}

describe('an accepted referral', () => {
  test('is answered with a signed receipt that holds all its proof but the position', async () => {
    const reply = await submit(hub, referralOf(hub, 'receipt-1'));
    expect(reply.status).toBe(201);
    expect(reply.headers.get('location')).toBe(`/v1/referrals/${reply.body.referralId}`);
    expect(reply.headers.get('ratelimit-policy')).toMatch(/^"sender";q=\d+;w=60$/);
    const read = readJws(reply.body.receipt ?? '', { typ: 'submission-receipt+jws', maxBytes: 10_000 });
    if (!read.ok) throw new Error(read.fault.code);
    expect(read.value.header).toMatchObject({
      iss: 'hub',
      aud: audienceOf(hub.installation.instance, 'example-chat'),
    });
    const receipt = read.value.payload as SubmissionReceipt;
    expect(receipt.isNot).toContain('reportUnderArticle12OfCom2022209');
    const leaf = await verifyReceiptLeaf({
      receipt,
      origin: originOf(hub.installation.instance),
      digest: (bytes) => createHash('sha256').update(bytes).digest(),
    });
    expect(leaf.ok).toBe(true);
  });

  test('gets the very same receipt again, for the same bytes and for the same payload signed anew', async () => {
    const referral = referralOf(hub, 'again-1');
    const jws = await signReferral(hub, referral);
    const first = await postBody(hub, jws);
    const sameBytes = await postBody(hub, jws);
    const signedAnew = await submit(hub, referral);
    expect([first.status, sameBytes.status, signedAnew.status]).toEqual([201, 200, 200]);
    expect(sameBytes.body).toEqual(first.body);
    expect(signedAnew.body).toEqual(first.body);
  });

  test('is accepted once, however many senders of it come at the same time', async () => {
    const referral = referralOf(hub, 'race-1');
    const replies = await Promise.all(Array.from({ length: 12 }, () => submit(hub, referral)));
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(11);
    expect(replies.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(new Set(replies.map(({ body }) => body.receipt)).size).toBe(1);
  });

  test('keeps its receipt when the bytes come again after their time: stale, and nothing changed', async () => {
    const jws = await signReferral(hub, referralOf(hub, 'late-1'));
    const first = await postBody(hub, jws);
    await hub.advance(limits.iatMaxAgeMs + 1_000);
    const stale = await postBody(hub, jws);
    expect([first.status, stale.status, stale.body.code]).toEqual([201, 400, 'iat-stale']);
    expect((await submit(hub, referralOf(hub, 'late-1', { issuedAt: '2026-11-20T00:00:00Z' }))).status).toBe(
      409,
    );
  });
});

describe('a bad submission gets a clear error, and leaves no referral behind', () => {
  let before = 0;
  beforeAll(async () => {
    before = await countRows('hub.referral');
  });

  test.each([
    ['not a JWS', 'hello', 400, 'jws-malformed'],
    ['a JWS whose payload is not JSON', () => tamperPayload('not json'), 400, 'jws-malformed'],
    [
      'JSON that is nested too deeply',
      () => tamperPayload('{"a":'.repeat(60) + '1' + '}'.repeat(60)),
      400,
      'jws-malformed',
    ],
    ['a member twice', () => tamperPayload('{"a":1,"a":2}'), 400, 'jws-malformed'],
    ['a body beyond 180 KiB', 'x'.repeat(limits.referralJwsBytes + 1), 413, 'body-too-large'],
  ])('%s', async (_what, body, status, code) => {
    const reply = await postBody(hub, typeof body === 'string' ? body : await body());
    expect([reply.status, reply.body.code]).toEqual([status, code]);
    expect(reply.headers.get('content-type')).toBe('application/problem+json');
  });

  test('a payload beyond 128 KiB', async () => {
    const note = { text: 'x'.repeat(limits.referralPayloadBytes), language: 'en' };
    const reply = await submit(hub, referralOf(hub, 'large-1', { note }));
    expect([reply.status, reply.body.code]).toEqual([413, 'payload-too-large']);
  });

  test.each([
    ['another content type', { 'content-type': 'application/json' }, 415, 'content-type-not-supported'],
    [
      'a compressed body',
      { 'content-type': 'application/jose', 'content-encoding': 'gzip' },
      415,
      'content-encoding-not-supported',
    ],
  ])('%s', async (_what, headers, status, code) => {
    const reply = await postBody(hub, await signReferral(hub, referralOf(hub, 'type-1')), headers);
    expect([reply.status, reply.body.code]).toEqual([status, code]);
  });

  test('an unknown provider', async () => {
    const reply = await submit(hub, referralOf(hub, 'who-1'), {
      senderId: 'example-nobody',
      key: foreignKey(),
    });
    expect([reply.status, reply.body.code]).toEqual([401, 'key-unknown']);
  });

  test('a key that the directory does not have, and a key of another provider', async () => {
    const foreign = await submit(hub, referralOf(hub, 'key-1'), { key: foreignKey() });
    expect([foreign.status, foreign.body.code]).toEqual([401, 'key-unknown']);
    const other = hub.installation.senders.find(({ participant }) => participant.id === 'example-mail');
    const borrowed = { kid: other?.signing.kid ?? '', jwk: other?.signing.privateJwk ?? foreignKey().jwk };
    const reply = await submit(hub, referralOf(hub, 'key-2'), { key: borrowed });
    expect([reply.status, reply.body.code]).toEqual([401, 'key-unknown']);
  });

  test('a tampered payload', async () => {
    const [header, , signature] = (await signReferral(hub, referralOf(hub, 'tamper-1'))).split('.');
    const payload = Buffer.from(JSON.stringify(referralOf(hub, 'tamper-2'))).toString('base64url');
    const reply = await postBody(hub, `${header}.${payload}.${signature}`);
    expect([reply.status, reply.body.code]).toEqual([401, 'signature-invalid']);
  });

  test('a message for another installation', async () => {
    const audience = audienceOf('production', 'hub');
    const reply = await submit(hub, referralOf(hub, 'aud-1'), { audience });
    expect([reply.status, reply.body.code]).toEqual([400, 'audience-wrong']);
  });

  test.each([
    ['behind', -limits.iatMaxAgeMs - 2_000, 'iat-stale'],
    ['ahead', limits.iatMaxAheadMs + 2_000, 'iat-in-future'],
  ])('a clock that is %s', async (_what, aheadMs, code) => {
    const reply = await submit(hub, referralOf(hub, 'clock-1'), { aheadMs });
    expect([reply.status, reply.body.code]).toEqual([400, code]);
  });

  test('faults of the schema: all of them, each with its place', async () => {
    const referral = {
      ...referralOf(hub, 'faults-1'),
      schemaVersion: '9.9',
      thumbnail: 'x',
      abuseTypes: ['notDetermined'],
      awareness: { manner: 'removalOrder' },
    };
    const reply = await submit(hub, referral);
    expect([reply.status, reply.body.code]).toEqual([400, 'schema-invalid']);
    expect(codes(reply)).toEqual([
      '/abuseTypes/0 value-not-listed',
      '/awareness/humanReview member-missing',
      '/awareness/manner value-not-listed',
      '/schemaVersion value-not-listed',
      '/thumbnail member-unknown',
    ]);
  });

  test('faults that the schema cannot name, all of them', async () => {
    const reply = await submit(
      hub,
      referralOf(hub, 'rules-1', {
        reporter: { participantId: 'example-mail' },
        occurredFrom: '2031-01-01T00:00:00Z',
        note: { text: 'Zoe\u0308', language: 'fr' },
      }),
    );
    expect([reply.status, reply.body.code]).toEqual([400, 'schema-invalid']);
    expect(codes(reply)).toEqual([
      '/note/text text-not-nfc',
      '/occurredFrom time-in-future',
      '/reporter/participantId reporter-not-signer',
    ]);
  });

  test('content in a note', async () => {
    const text = 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ';
    const reply = await submit(hub, referralOf(hub, 'guard-1', { note: { text, language: 'en' } }));
    expect([reply.status, reply.body.code]).toEqual([400, 'guard-refused']);
    expect(codes(reply).every((fault) => fault.startsWith('/note/text guard-'))).toBe(true);
  });

  test('a relation to a referral of somebody else', async () => {
    const relation = { type: 'supplement', reference: hub.newId() } as const;
    const reply = await submit(hub, referralOf(hub, 'relation-1', { relation }));
    expect([reply.status, reply.body.code]).toEqual([400, 'relation-unknown']);
    expect(codes(reply)).toEqual(['/relation/reference relation-unknown']);
  });

  test('of what was refused nothing is kept but a keyed digest and codes', async () => {
    await submit(hub, { ...referralOf(hub, 'kept-1'), secretMember: 'planted-secret-value' });
    const { rows } = await hub.database.query<{ row: string }>('select r::text as row from hub.refusal r');
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toContain('secretMember');
    expect(JSON.stringify(rows)).not.toContain('planted');
    const { rows: alarms } = await hub.database.query('select code from hub.alarm');
    expect(alarms).toEqual([]);
    expect(await countRows('hub.referral')).toBe(before);
  });
});

async function tamperPayload(payload: string): Promise<string> {
  const [header, , signature] = (await signReferral(hub, referralOf(hub, 'form-1'))).split('.');
  return `${header}.${Buffer.from(payload).toString('base64url')}.${signature}`;
}

test('a reference that is used for another payload is refused with the id of the first', async () => {
  const referralId = await submitAccepted(hub, referralOf(hub, 'reused-1'));
  const reply = await submit(hub, referralOf(hub, 'reused-1', { abuseTypes: ['newMaterial'] }));
  expect([reply.status, reply.body.code, reply.body.existing]).toEqual([
    409,
    'reference-reused',
    { referralId },
  ]);
});

test('two senders may use the same reference', async () => {
  await submitAccepted(hub, referralOf(hub, 'shared-1'));
  const other = referralOf(hub, 'shared-1', { reporter: { participantId: 'example-mail' } });
  expect((await submit(hub, other, { senderId: 'example-mail' })).status).toBe(201);
});

test('an urgent referral that is refused raises an alarm, so that staff telephone', async () => {
  const urgent = { ...referralOf(hub, 'urgent-1'), urgency: { claimed: true }, thumbnail: 'x' };
  expect((await submit(hub, urgent)).status).toBe(400);
  const { rows } = await hub.database.query('select code, participant_id from hub.alarm');
  expect(rows).toEqual([{ code: 'urgentReferralRefused', participant_id: 'example-chat' }]);
});

describe('a batch', () => {
  async function postBatch(referrals: readonly unknown[]): Promise<{ status: number; body: unknown }> {
    const response = await fetch(`${hub.api}/v1/referrals/_batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ referrals }),
    });
    return { status: response.status, body: await response.json() };
  }

  test('gives each referral the result that it would have had alone, in order', async () => {
    const good = await signReferral(hub, referralOf(hub, 'batch-1'));
    const bad = await signReferral(hub, { ...referralOf(hub, 'batch-2'), score: 1 });
    const { status, body } = await postBatch([good, bad, 'nonsense', good]);
    expect(status).toBe(200);
    const { results } = body as {
      results: { status: number; submission?: object; problem?: { code: string } }[];
    };
    expect(results.map((result) => [result.status, result.problem?.code])).toEqual([
      [201, undefined],
      [400, 'schema-invalid'],
      [400, 'jws-malformed'],
      [200, undefined],
    ]);
    expect(results[3]?.submission).toEqual(results[0]?.submission);
  });

  test('takes a hundred and refuses one more', async () => {
    const jwses = await Promise.all(
      Array.from({ length: 100 }, (_one, index) => signReferral(hub, referralOf(hub, `hundred-${index}`))),
    );
    const { body } = await postBatch(jwses);
    const { results } = body as { results: { status: number }[] };
    expect(results.filter(({ status }) => status === 201).length).toBe(100);
    const many = await postBatch([...jwses, 'x']);
    expect(many).toMatchObject({ status: 400, body: { code: 'schema-invalid' } });
  });

  test('beyond 4 MiB is refused', async () => {
    const { status, body } = await postBatch(Array.from({ length: 30 }, () => 'x'.repeat(150_000)));
    expect([status, (body as { code: string }).code]).toEqual([413, 'body-too-large']);
  });
});
