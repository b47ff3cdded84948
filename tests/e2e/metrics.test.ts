import { topicFrom, topicTo, type Referral } from '@liaison/contracts';
import { addressesOf, namesOf } from '@liaison/local';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { metricsIn, readAlertRules, readMetricTable } from '../setup/alert-files.ts';
import { serverFolderOf, withDatabase } from '../setup/database-remains.ts';
import { signLocalReferral, signLocalToken } from '../setup/local-messages.ts';
import { untilDispatched } from '../setup/local-work.ts';
import { plantedReferrals } from '../setup/planted-referrals.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { readLogs, readMetrics } from '../setup/writings.ts';

const [{ referral }] = plantedReferrals('metrics');

let whole: TestLocal;
let instance: string;
/** Of an accepted, a repeated, a refused and a forged submission, and of a read with a forged token. */
let statuses: readonly number[];
/** What each service shows, by its name. */
let shown: ReadonlyMap<string, string>;

async function post(jws: string): Promise<number> {
  const response = await fetch(`${addressesOf(whole.local.ports).submissionApi}/v1/referrals`, {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: jws,
  });
  await response.body?.cancel();
  return response.status;
}

const sign = (payload: object): Promise<string> => signLocalReferral(whole.local, payload);

/** A message under the signature of another. */
async function forge(): Promise<string> {
  const [header, payload] = (await sign(referral)).split('.');
  const [, , signature] = (await sign({ ...referral, providerReference: 'other' })).split('.');
  return [header, payload, signature].join('.');
}

async function readWithForgedToken(): Promise<number> {
  const path = '/v1/feed';
  const [header, payload] = (await signLocalToken(whole.local, path)).split('.');
  const [, , signature] = (await signLocalToken(whole.local, path)).split('.');
  const url = `${addressesOf(whole.local.ports).submissionApi}${path}`;
  const headers = { authorization: `Bearer ${header}.${payload}.${signature}` };
  const response = await fetch(url, { headers });
  await response.body?.cancel();
  return response.status;
}

async function readAll(): Promise<ReadonlyMap<string, string>> {
  const metrics = await readMetrics(readLogs(whole.local, await serverFolderOf(whole.local)));
  return new Map(
    [...metrics].map(([name, text]) => [/^metrics of (.*)\.log$/.exec(name)?.[1] ?? name, text]),
  );
}

beforeAll(async () => {
  whole = await startTestLocal({ states: ['BE'] });
  ({ instance } = whole.local.installation);
  const withLink: Referral = {
    ...referral,
    providerReference: 'metrics-guard',
    note: { text: 'See https://pictures.example/a.jpg now.', language: 'en' },
  };
  statuses = [
    await post(await sign(referral)),
    await post(await sign(referral)),
    await post(await sign(withLink)),
    await post(await forge()),
    await readWithForgedToken(),
  ];
  await untilDispatched(whole.local, 'receipted');
  await vi.waitFor(
    async () => {
      shown = await readAll();
      const wanted = '{addressee="cp-be",state="receipted"} 1';
      if (!samplesOf('audit', 'liaison_dispatches').includes(wanted)) throw new Error('not receipted yet');
    },
    { timeout: 20_000, interval: 200 },
  );
});
afterAll(() => whole.stop());

/** Samples of a metric without the label that every one of a service has. */
function samplesOf(service: string, metric: string): string[] {
  const lines = (shown.get(service) ?? '').split('\n').filter((line) => line.startsWith(`${metric}{`));
  return lines.map((line) =>
    line
      .slice(metric.length)
      .replace(/,?service="[^"]*"/, '')
      .replace('{,', '{')
      .replace('{} ', ' ')
      .trim(),
  );
}

/** The one figure of a metric with these labels. */
function figureOf(service: string, metric: string, labels = ''): number {
  const found = samplesOf(service, metric).filter((sample) => sample.includes(labels));
  if (found.length !== 1) throw new Error(`${found.length} samples of ${metric} with ${labels}`);
  return Number(found[0]?.split(' ').at(-1));
}

/** Names of what is ours, as the services declare it. */
function exported(): string[] {
  const all = [...shown.values()].join('\n');
  const names = [...all.matchAll(/^# TYPE ((?:liaison|messaging|http)_\w+) /gm)].map(([, name = '']) => name);
  return [...new Set(names)].sort();
}

describe('a running Liaison', () => {
  test('has four services with figures', () => {
    expect([...shown.keys()].sort()).toEqual(['audit', 'contact-points', 'router', 'submission-api']);
  });

  test('exports every metric that an alert asks for', () => {
    const asked = new Set(readAlertRules().flatMap(({ expression }) => metricsIn(expression)));
    expect(asked.size).toBeGreaterThanOrEqual(10);
    // Prometheus makes this one itself.
    asked.delete('up');
    const names = new Set(
      exported().flatMap((name) => [name, `${name}_count`, `${name}_sum`, `${name}_bucket`]),
    );
    expect([...asked].filter((name) => !names.has(name))).toEqual([]);
  });

  test('exports what the table says, with these labels and no others', () => {
    const table = readMetricTable();
    expect(exported()).toEqual([...table.keys()].sort());
    const all = [...shown.values()].join('\n');
    const undocumented = [...all.matchAll(/^((?:liaison|messaging|http)_\w+)\{(.*)\} /gm)].flatMap(
      ([, sample = '', labels = '']) => {
        const name = table.has(sample) ? sample : sample.replace(/_(?:bucket|sum|count)$/, '');
        const known = new Set(['service', 'le', ...(table.get(name) ?? [])]);
        return [...labels.matchAll(/(\w+)="/g)].flatMap(([, label = '']) =>
          known.has(label) ? [] : [`${name} ${label}`],
        );
      },
    );
    expect(undocumented).toEqual([]);
  });
});

describe('the figures', () => {
  test('count what submissions came to', () => {
    expect(statuses).toEqual([201, 200, 400, 401, 401]);
    expect(samplesOf('submission-api', 'liaison_submissions_total').sort()).toEqual([
      '{outcome="accepted",code=""} 1',
      '{outcome="duplicate",code=""} 1',
      '{outcome="refused",code="guard-refused"} 1',
      '{outcome="refused",code="signature-invalid"} 1',
    ]);
    expect(samplesOf('submission-api', 'liaison_guard_refusals_total').join()).toMatch(
      /^\{code="guard-[a-z-]+"\} 1$/,
    );
    expect(samplesOf('submission-api', 'liaison_signature_failures_total')).toEqual([
      '{code="signature-invalid",participant="example-chat"} 2',
    ]);
    const requests = 'http_server_request_duration_seconds_count';
    expect(
      figureOf('submission-api', requests, 'http_request_method="POST",http_response_status_code="201"'),
    ).toBe(1);
    expect(
      figureOf('submission-api', requests, 'http_request_method="POST",http_response_status_code="401"'),
    ).toBe(1);
  });

  test('count and time records under the names of the messaging conventions', () => {
    const to = `messaging_destination_name="${topicTo(instance, 'cp-be')}"`;
    const from = `messaging_destination_name="${topicFrom(instance, 'cp-be')}"`;
    expect(figureOf('router', 'messaging_client_sent_messages_total', to)).toBe(1);
    expect(figureOf('contact-points', 'messaging_client_consumed_messages_total', to)).toBe(1);
    expect(figureOf('contact-points', 'messaging_client_sent_messages_total', from)).toBe(1);
    expect(figureOf('router', 'messaging_client_consumed_messages_total', from)).toBe(1);
    expect(figureOf('router', 'liaison_exchange_reading_delay_seconds', from)).toBeLessThan(60);
    expect(figureOf('router', 'messaging_process_duration_seconds_count')).toBe(2);
    expect(figureOf('router', 'messaging_client_operation_duration_seconds_count')).toBeGreaterThanOrEqual(1);
  });

  test('tell that all was delivered, and that ledger and directory are as they should be', () => {
    const undelivered = samplesOf('audit', 'liaison_undelivered_oldest_age_seconds');
    expect(undelivered.sort()).toEqual([
      '{addressee="cp-be",urgency="any"} 0',
      '{addressee="cp-be",urgency="urgent"} 0',
      '{addressee="europol",urgency="any"} 0',
      '{addressee="europol",urgency="urgent"} 0',
    ]);
    expect(figureOf('audit', 'liaison_ledger_pending_events')).toBe(0);
    expect(figureOf('audit', 'liaison_ledger_size')).toBeGreaterThan(5);
    expect(
      Date.now() / 1_000 - figureOf('audit', 'liaison_ledger_checkpoint_timestamp_seconds'),
    ).toBeLessThan(120);
    for (const service of ['submission-api', 'router', 'contact-points']) {
      const left = figureOf(service, 'liaison_directory_expiry_timestamp_seconds') - Date.now() / 1_000;
      expect(left).toBeGreaterThan(400);
      expect(left).toBeLessThanOrEqual(600);
    }
  });
});

test('without a collector, records carry no name of a span', async () => {
  const { exchangeDatabase } = namesOf(whole.local.installation);
  const headers = await withDatabase(whole.local, exchangeDatabase, async (database) => {
    const { rows } = await database.query<{ headers: object }>('select headers from exchange.record');
    return rows.map((row) => Object.keys(row.headers).sort().join(' '));
  });
  expect(headers).toHaveLength(4);
  expect([...new Set(headers)]).toEqual(['ce_id ce_source ce_specversion ce_type']);
});
