import { PassThrough } from 'node:stream';
import { readSchemas } from '@liaison/contracts';
import { createLog } from '@liaison/service';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Answered } from '../setup/asking.ts';
import { createByteSearch, type WantedValues } from '../setup/byte-search.ts';
import { searchFiles, serverFolderOf } from '../setup/database-remains.ts';
import { secretsOf } from '../setup/secrets-of.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { authorityValues, recordValue, referralValues, runInTrouble } from '../setup/troubled-run.ts';
import type { Printed } from '../setup/wrong-commands.ts';
import { strayNames, strayValues } from '../setup/wrong-requests.ts';
import {
  findIn,
  jwsPartsIn,
  namesIn,
  readLogs,
  readMetrics,
  withSpellings,
  type Writings,
} from '../setup/writings.ts';

/** Everything that callers put into what they sent. */
const sentValues: WantedValues = { ...referralValues, ...authorityValues, ...strayValues };
const values = withSpellings({ ...sentValues, recordValue });

let whole: TestLocal;
let secrets: WantedValues;
let answers: readonly Answered[];
let printed: readonly Printed[];
/** What the services, PostgreSQL and the supervisor logged. */
let logs: Writings;
let metrics: Writings;

beforeAll(async () => {
  const told: string[] = [];
  const stream = new PassThrough().setEncoding('utf8').on('data', (text: string) => told.push(text));
  const log = createLog({ service: 'local', level: 'debug', stream });
  whole = await startTestLocal({ states: ['BE'], logLevel: 'debug', log });
  const { local } = whole;
  const server = await serverFolderOf(local);
  secrets = secretsOf(local);
  ({ answers, printed } = await runInTrouble(local, server));
  // An answer is logged when it has been sent.
  await vi.waitFor(
    () => {
      logs = new Map([...readLogs(local, server), ['supervisor', told.join('')]]);
      if (answersNotLogged().length > 0) throw new Error('answers are not logged yet');
    },
    { timeout: 10_000, interval: 100 },
  );
  metrics = await readMetrics(logs);
});
afterAll(() => whole.stop());

function answersNotLogged(): readonly Answered[] {
  const all = [...logs.values()].join('\n');
  return answers.filter(({ requestId }) => !all.includes(`"requestId":"${requestId}"`));
}

function linesOf(name: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = (logs.get(name) ?? '').split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

const serviceLogs = ['submission-api.log', 'router.log', 'audit.log', 'contact-points.log'];

describe('the run leaves something to look into', () => {
  test('every service logs at debug what it answers and what fails', () => {
    const logged = [...serviceLogs, 'supervisor'].flatMap((name) =>
      linesOf(name).map(({ message }) => `${name} ${String(message)}`),
    );
    expect([...new Set(logged)]).toEqual(
      expect.arrayContaining([
        'submission-api.log answered',
        'submission-api.log request-failed',
        'submission-api.log database-listener-lost',
        'router.log alarm',
        'router.log exchange-batch-failed',
        'router.log referral-undecided',
        'router.log work-failed',
        'audit.log answered',
        'audit.log events-sequenced',
        'audit.log work-failed',
        'contact-points.log answered',
        'contact-points.log request-failed',
        'contact-points.log exchange-batch-failed',
        'contact-points.log work-failed',
        'supervisor database-restarting',
      ]),
    );
    const refusedRecords = linesOf('router.log').filter(
      ({ message, code }) => `${String(message)} ${String(code)}` === 'alarm answerRefused',
    );
    expect(refusedRecords.map(({ subjectId }) => subjectId)).toHaveLength(3);
  });

  test('every answer to the requests stands in a log by its id', () => {
    expect(answers.length).toBeGreaterThan(50);
    expect(answersNotLogged()).toEqual([]);
    const statuses = new Set(answers.map(({ status }) => `${status}`));
    expect([...statuses].sort().join(' ')).toBe('200 201 400 401 404 405 409 413 415 500 503');
  });

  test('PostgreSQL logs that it was killed, and whom it let in no more', () => {
    const text = logs.get('postgresql.log') ?? '';
    expect(text).toContain('was terminated by signal 9');
    expect(text).toContain('password authentication failed');
  });

  test('every command and service that was called wrongly says so', () => {
    expect(printed.filter(({ code, text }) => code === 0 || text === '')).toEqual([]);
    expect(printed.map(({ text }) => text).join('\n')).toContain('private-key-given');
  });
});

describe('the search finds what there is', () => {
  test('every value in what was sent', () => {
    const sent = answers.map((one) => JSON.stringify(one.sent)).join('\n');
    const search = createByteSearch(withSpellings({ ...sentValues, ...strayNames }));
    expect([...namesIn(sent, search)].sort()).toEqual(Object.keys({ ...sentValues, ...strayNames }).sort());
  });

  test('every secret in the files that hold them', () => {
    const { names } = searchFiles(whole.local.folder.keys, createByteSearch(secrets));
    expect([...names].sort()).toEqual(Object.keys(secrets).sort());
  });

  test.each<[string, (value: Buffer) => Buffer | string]>([
    ['as it is', (value) => value],
    ['in JSON', (value) => JSON.stringify(value.toString())],
    ['in an address', (value) => encodeURIComponent(value.toString())],
    ['in hex', (value) => value.toString('hex')],
    [
      'in base64, behind something else',
      (value) => Buffer.concat([Buffer.from('xy'), value]).toString('base64'),
    ],
    ['in base64url', (value) => value.toString('base64url')],
    [
      'in bytes of PostgreSQL that hold base64',
      (value) => Buffer.from(value.toString('base64')).toString('hex'),
    ],
  ])('a value %s', (_how, write) => {
    const search = createByteSearch(values);
    const found = Object.values(sentValues).map(
      (value) => search.find(Buffer.from(write(Buffer.from(value)))).size,
    );
    expect(found.filter((count) => count === 0)).toEqual([]);
  });
});

describe('nothing that was sent, and no secret,', () => {
  test('stands in any log or metric, the names of unknown members and parts of messages included', () => {
    // Referrals, tokens, and the receipts that were given.
    const messages = jwsPartsIn(answers.map((one) => JSON.stringify(one)).join('\n'));
    expect(Object.keys(messages).length).toBeGreaterThan(60);
    const search = createByteSearch({ ...values, ...strayNames, ...secrets, ...messages });
    expect(findIn(logs, search)).toEqual([]);
    expect(metrics.size).toBe(4);
    expect(findIn(metrics, search)).toEqual([]);
  });

  test('comes back in the answer to a request that failed', () => {
    const failed = answers.filter(({ status }) => status !== 201);
    const texts = new Map(failed.map(({ sent, text }) => [`${sent.method} ${sent.url}`, text]));
    expect(findIn(texts, createByteSearch({ ...values, ...secrets }))).toEqual([]);
  });

  test('is printed by a command that was called wrongly', () => {
    const texts = new Map(printed.map(({ command, text }) => [command, text]));
    expect(findIn(texts, createByteSearch({ ...values, ...secrets }))).toEqual([]);
  });
});

/** What looks like something that does not belong into a log, with a sample of each. */
const shapes: readonly (readonly [string, RegExp, string])[] = [
  ['JSON in base64url, as in every JWS', /(?<![\w-])eyJ[\w-]{10,}/, 'jws eyJhbGciOiJFUzI1NiJ9.e30.x'],
  ['an e-mail address', /[\w.+-]+@[\w-]+\.\w+/, 'to fen@mail.example'],
  ['a telephone number', /\+\d{8,15}\b/, 'call +32491573948'],
  [
    'an address other than our own',
    /\b(?!127\.0\.0\.1\b|0\.0\.0\.0\b)\d{1,3}(\.\d{1,3}){3}\b/,
    'from 192.0.2.17',
  ],
  ['credentials in an address', /\/\/[^\s/:@"]+:[^\s/@"]+@/, 'postgres://liaison:secret@127.0.0.1/hub'],
  ['a private key', /"(d|privateJwk|jwk)"\s*:|-----BEGIN/, '{"kty":"EC","d":"x"}'],
  ['a token', /bearer\s+\S/i, 'Authorization: Bearer abc'],
];

test.each(shapes)('no log holds %s', (_what, shape, sample) => {
  expect(sample).toMatch(shape);
  for (const [name, text] of [...logs, ...metrics])
    expect({ name, found: shape.exec(text)?.[0] }).toEqual({ name });
});

const personalClasses = new Set([
  'caseNumber',
  'child',
  'freeText',
  'network',
  'person',
  'reference',
  'secret',
  'signed',
  'url',
]);

/** Names of members that hold something personal or secret, by the classes of the contracts. */
function personalMembers(schema: unknown): readonly string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema as Readonly<Record<string, unknown>>).flatMap(([name, member]) => {
    const dataClass = (member as { 'x-data-class'?: unknown } | null)?.['x-data-class'];
    return [
      ...(typeof dataClass === 'string' && personalClasses.has(dataClass) ? [name] : []),
      ...personalMembers(member),
    ];
  });
}

test('every line of a log of a service is JSON, and no field of it has the name of a personal member', () => {
  const personal = new Set([...readSchemas().values()].flatMap(personalMembers));
  expect(personal.size).toBeGreaterThan(40);
  const fields = new Set(serviceLogs.flatMap((name) => linesOf(name).flatMap((line) => Object.keys(line))));
  expect(fields.size).toBeGreaterThan(15);
  expect([...fields].filter((name) => personal.has(name))).toEqual([]);
});
