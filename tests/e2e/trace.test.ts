import { topicFrom, topicTo } from '@liaison/contracts';
import { addressesOf, namesOf } from '@liaison/local';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createByteSearch } from '../setup/byte-search.ts';
import { withDatabase } from '../setup/database-remains.ts';
import { createLocalClient } from '../setup/local-client.ts';
import { signLocalReferral } from '../setup/local-messages.ts';
import { untilDispatched } from '../setup/local-work.ts';
import { startOtlpReceiver, type ExportedSpan, type OtlpReceiver } from '../setup/otlp-receiver.ts';
import { plantedReferrals } from '../setup/planted-referrals.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { withSpellings } from '../setup/writings.ts';

const [planted, fromHotline] = plantedReferrals('trace');
const spanKinds = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 };
const named = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

let receiver: OtlpReceiver;
let whole: TestLocal;
let instance: string;
let referralId: string;
let traceId: string;

/** What one referral to Belgium and Europol comes to: a root, a decision, and four spans for each addressee. */
const spansOfReferral = 2 + 2 * 4;

beforeAll(async () => {
  receiver = await startOtlpReceiver();
  whole = await startTestLocal({
    states: ['BE'],
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
  });
  ({ instance } = whole.local.installation);
  const client = createLocalClient(whole.local, planted.senderId);
  const submitted = await client.submit(planted.referral);
  if (submitted.kind !== 'accepted') throw new Error(JSON.stringify(submitted));
  ({ referralId } = submitted);
  // The same once more: it changes nothing, and is no part of the referral's trace.
  await client.submit(planted.referral);
  traceId = referralId.replaceAll('-', '');
  await untilDispatched(whole.local, 'receipted');
  await vi.waitFor(
    () => {
      const applied = receiver
        .spans()
        .filter(({ name }) => name === `process ${topicFrom(instance, 'cp-be')}`);
      if (spansIn(traceId).length < spansOfReferral || applied.length === 0)
        throw new Error('not all exported yet');
    },
    { timeout: 20_000, interval: 100 },
  );
});
afterAll(async () => {
  await whole.stop();
  await receiver.close();
});

function spansIn(trace: string): readonly ExportedSpan[] {
  return receiver.spans().filter((span) => span.traceId === trace);
}

function spanOf(name: string, trace = traceId): ExportedSpan {
  const found = spansIn(trace).filter((span) => span.name === name);
  const [span] = found;
  if (span === undefined || found.length > 1) throw new Error(`${found.length} spans are called ${name}`);
  return span;
}

/** Its parents' names, from the root to itself. */
function lineOf(span: ExportedSpan): string[] {
  const parent = spansIn(span.traceId).find(({ spanId }) => spanId === span.parentSpanId);
  if (span.parentSpanId !== undefined && parent === undefined)
    return ['a parent that was not exported', span.name];
  return [...(parent === undefined ? [] : lineOf(parent)), span.name];
}

function appliedFrom(participantId: string): ExportedSpan {
  const receipt = spanOf(`receipt ${topicFrom(instance, participantId)}`);
  const found = spansIn(traceId).find(({ parentSpanId }) => parentSpanId === receipt.spanId);
  if (found === undefined) throw new Error('no receipt was applied');
  return found;
}

describe('one referral', () => {
  test('has each of its spans once', () => {
    expect(spansIn(traceId)).toHaveLength(spansOfReferral);
  });

  test.each(['cp-be', 'europol'])(
    "is one trace from its request to the return of %s's receipt, each step the child of the one before",
    (participantId) => {
      expect(lineOf(appliedFrom(participantId))).toEqual([
        'POST /v1/referrals',
        'decide referral',
        `dispatch ${topicTo(instance, participantId)}`,
        `receive ${topicTo(instance, participantId)}`,
        `receipt ${topicFrom(instance, participantId)}`,
        'apply receipt',
      ]);
    },
  );

  test('is told by the three services that had a part in it', () => {
    const steps = spansIn(traceId).map(({ service, name }) => `${service}: ${name.split(' ')[0] ?? ''}`);
    expect([...new Set(steps)].sort()).toEqual([
      'liaison-contact-point: receipt',
      'liaison-contact-point: receive',
      'liaison-router: apply',
      'liaison-router: decide',
      'liaison-router: dispatch',
      'liaison-submission-api: POST',
    ]);
  });

  test('has attributes by the semantic conventions: ids, codes and places only', () => {
    expect(spanOf('POST /v1/referrals')).toMatchObject({
      kind: spanKinds.server,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/v1/referrals',
        'http.response.status_code': 201,
      },
    });
    const topic = topicTo(instance, 'cp-be');
    const dispatch = spanOf(`dispatch ${topic}`);
    expect(dispatch).toMatchObject({
      kind: spanKinds.producer,
      attributes: {
        'messaging.system': 'postgresql',
        'messaging.operation.type': 'create',
        'messaging.operation.name': 'dispatch',
        'messaging.destination.name': topic,
        'messaging.message.conversation_id': referralId,
      },
    });
    const received = spanOf(`receive ${topic}`);
    expect(received).toMatchObject({
      kind: spanKinds.consumer,
      attributes: { 'messaging.message.id': dispatch.attributes['messaging.message.id'] },
    });
    expect(appliedFrom('cp-be').attributes).toMatchObject({ 'liaison.outcome': 'accepted' });
  });

  test('links to the record that it travelled in, whose trace goes there and back as well', () => {
    const dispatch = spanOf(`dispatch ${topicTo(instance, 'cp-be')}`);
    const parcelTrace = dispatch.links[0]?.traceId ?? '';
    const sent = spanOf(`send ${topicTo(instance, 'cp-be')}`, parcelTrace);
    expect(sent).toMatchObject({
      kind: spanKinds.client,
      attributes: { 'messaging.batch.message_count': 1 },
    });
    expect(sent.links).toEqual([{ traceId, spanId: dispatch.spanId }]);
    expect(lineOf(spanOf(`process ${topicFrom(instance, 'cp-be')}`, parcelTrace))).toEqual([
      `send ${topicTo(instance, 'cp-be')}`,
      `process ${topicTo(instance, 'cp-be')}`,
      `send ${topicFrom(instance, 'cp-be')}`,
      `process ${topicFrom(instance, 'cp-be')}`,
    ]);
  });

  test('is named in the headers of the records that it travelled in, for tools', async () => {
    const { exchangeDatabase } = namesOf(whole.local.installation);
    const headers = await withDatabase(whole.local, exchangeDatabase, async (database) => {
      const { rows } = await database.query<{ name: string }>(
        `select headers ->> 'traceparent' as name from exchange.record`,
      );
      return rows.map(({ name }) => name).sort();
    });
    const sent = receiver.spans().filter(({ kind }) => kind === spanKinds.client);
    expect(sent.length).toBeGreaterThanOrEqual(4);
    expect(headers).toEqual(sent.map((span) => `00-${span.traceId}-${span.spanId}-01`).sort());
  });

  test('that is sent again is a request of its own, with a link', async () => {
    const isRepetition = ({ name, links }: ExportedSpan): boolean =>
      name === 'POST /v1/referrals' && links.some((link) => link.traceId === traceId);
    await expect.poll(() => receiver.spans().filter(isRepetition), { timeout: 10_000 }).toHaveLength(1);
    const [again] = receiver.spans().filter(isRepetition);
    expect(again).toMatchObject({
      parentSpanId: undefined,
      attributes: { 'http.response.status_code': 200 },
    });
    expect(again?.traceId).not.toBe(traceId);
  });
});

test.each([
  ['a span that the sender names', `00-${named.traceId}-${named.spanId}-01`, [named]],
  ['what is no name of a span', `00-${named.traceId}-${named.spanId}-01; drop`, []],
])('%s is a link at most, and the referral keeps its own trace', async (what, traceparent, links) => {
  const referral = { ...fromHotline.referral, providerReference: `trace-${what.length}` };
  const jws = await signLocalReferral(whole.local, referral, { senderId: fromHotline.senderId });
  const answer = await fetch(`${addressesOf(whole.local.ports).submissionApi}/v1/referrals`, {
    method: 'POST',
    headers: { 'content-type': 'application/jose', traceparent },
    body: jws,
  });
  expect(answer.status).toBe(201);
  const submitted = (await answer.json()) as { readonly referralId: string };
  const own = submitted.referralId.replaceAll('-', '');
  await expect
    .poll(() => spansIn(own).map(({ name }) => name), { timeout: 10_000 })
    .toContain('POST /v1/referrals');
  const request = spanOf('POST /v1/referrals', own);
  expect(request.parentSpanId).toBeUndefined();
  expect(request.links).toEqual(links);
});

test('nothing of what a referral says is exported', () => {
  const search = createByteSearch(withSpellings({ ...planted.values, ...fromHotline.values }));
  const exported = receiver.bodies.join('\n');
  expect([...search.find(Buffer.from(JSON.stringify(planted.referral)))].length).toBeGreaterThan(15);
  expect(exported).toContain(referralId);
  expect([...search.find(Buffer.from(exported))]).toEqual([]);
  expect(exported).not.toContain(planted.referral.providerReference);
  expect(exported).not.toMatch(/https?:\/\//);
});
