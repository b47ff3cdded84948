import { limits, type Problem } from '@liaison/contracts';
import { hubChannels } from '@liaison/hub-database';
import { contactPointEntry } from '@liaison/local';
import { ipv4Of } from '@liaison/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openDirectoryLine, type DirectoryLine } from '../setup/directory-line.ts';
import { startFollowingContactPoint, type FollowingContactPoint } from '../setup/following-contact-point.ts';
import { createGates } from '../setup/gates.ts';
import { createKeptLog } from '../setup/kept-log.ts';
import { signToken } from '../setup/reading.ts';
import { referralOf, signReferral, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
const gates = createGates();
const log = createKeptLog();

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'], reach: gates.reach, log });
});
afterAll(() => hub.close());

/** So long after an issue that it has expired. */
const pastLifeMs = limits.directoryLifeMs + 1_000;

async function readyStatus(origin: string): Promise<number> {
  return (await fetch(`${origin}/readyz`)).status;
}

/** The state of a referral's dispatch to an addressee; null where there is none. */
async function stateOf(referralId: string, addresseeId: string): Promise<string | null> {
  const { rows } = await hub.database.query<{ state: string }>(
    'select state from hub.dispatch where referral_id = $1 and addressee_id = $2',
    [referralId, addresseeId],
  );
  return rows[0]?.state ?? null;
}

async function untilState(referralId: string, addresseeId: string, state: string): Promise<void> {
  await until(
    `${addresseeId} has it ${state}`,
    async () => (await stateOf(referralId, addresseeId)) === state,
  );
}

/** How often a reader had to put a batch off because its directory has expired. */
function countPutOff(from: Pick<typeof log, 'find'>): number {
  const failed = from.find('warn', 'exchange-batch-failed');
  return failed.filter(
    ({ fields }) => fields['code'] === 'directory-expired' && fields['isTransient'] === true,
  ).length;
}

/** Expects that nothing was refused or put aside for want of a directory. */
async function expectNothingRefused(): Promise<void> {
  const { rows } = await hub.database.query(
    `select code from hub.alarm where code in ('answerRefused', 'dispatchParked', 'dispatchSignatureRefused',
       'dispatchUndecryptable', 'recordQuarantined', 'referralUndecided')`,
  );
  expect(rows).toEqual([]);
}

describe('when nobody has issued the directory for ten minutes, the submission API', () => {
  let jws: string;
  let token: string;
  let before: object;

  async function readStored(): Promise<object> {
    const { rows } = await hub.database.query(
      `select (select count(*) from hub.referral) as referrals, (select count(*) from hub.refusal) as refusals,
         (select count(*) from content.message) as messages, (select count(*) from intake.used_request) as reads,
         (select count(*) from ledger.pending) + (select count(*) from ledger.leaf) as events`,
    );
    return rows;
  }

  beforeAll(async () => {
    await submitAccepted(hub, referralOf(hub, 'before-1'));
    await hub.stopRouter();
    hub.clock.advance(pastLifeMs);
    jws = await signReferral(hub, referralOf(hub, 'meanwhile-1'));
    token = await signToken(hub, '/v1/feed');
    before = await readStored();
  });

  const post = (path: string, body: string, type = 'application/jose'): Promise<Response> =>
    fetch(`${hub.api}/v1/referrals${path}`, { method: 'POST', headers: { 'content-type': type }, body });
  const get = (path: string, bearer = ''): Promise<Response> =>
    fetch(`${hub.api}/v1${path}`, { headers: { authorization: `Bearer ${bearer}` } });

  test.each<readonly [string, () => Promise<Response>]>([
    ['a referral', () => post('', jws)],
    ['what is no referral', () => post('', 'hello')],
    ['a batch', () => post('/_batch', JSON.stringify({ referrals: [jws] }), 'application/json')],
    ['a read', () => get('/feed', token)],
    ['a read without a token', () => get('/feed')],
    ['whoever asks for the directory', () => get('/directory')],
  ])('lets %s wait', async (_what, ask) => {
    const response = await ask();
    const { code } = (await response.json()) as Problem;
    expect([response.status, code, response.headers.get('retry-after')]).toEqual([
      503,
      'directory-expired',
      '5',
    ]);
  });

  test('is not ready, raises the alarm, and has stored nothing', async () => {
    await hub.database.query('select pg_notify($1, $2)', [hubChannels.issued, '']);
    await until('it says so', () => Promise.resolve(log.find('error', 'directory-expired').length > 0));
    expect(await readyStatus(hub.api)).toBe(503);
    expect(log.find('warn', 'readiness-check-failed').at(-1)?.fields).toMatchObject({ check: 'directory' });
    expect(await readStored()).toEqual(before);
  });

  test('goes on by itself when the router is back: what waited is taken as it is', async () => {
    await hub.restartRouter();
    await until('it is ready', async () => (await readyStatus(hub.api)) === 200);
    expect((await post('', jws)).status).toBe(201);
    expect((await get('/feed', token)).status).toBe(200);
  });
});

describe('a router that cannot issue the directory for ten minutes', () => {
  test('neither decides, sends nor takes answers, loses none of them, and goes on when it can', async () => {
    const inbox = gates.close('inbox:committed');
    await hub.startContactPoint('cp-be');
    const answered = await submitAccepted(hub, referralOf(hub, 'answered-1'));
    await inbox.untilReached();
    await untilState(answered, 'cp-be', 'sent');
    const decision = gates.close('decide:before-commit');
    const sealed = await submitAccepted(hub, referralOf(hub, 'sealed-1'));
    await decision.untilReached();
    const accepted = await submitAccepted(hub, referralOf(hub, 'accepted-1'));
    const states = (): Promise<unknown> =>
      Promise.all([answered, sealed, accepted].map((id) => stateOf(id, 'cp-be')));

    await hub.database.transaction(async (tx) => {
      await tx.query('lock table hub.directory_issue in exclusive mode');
      hub.clock.advance(pastLifeMs);
      await hub.database.query('select pg_notify($1, $2)', [hubChannels.participants, '']);
      decision.open();
      await untilState(sealed, 'cp-be', 'sealed');
      log.clear();
      inbox.open();
      // Whoever sends says nothing: by the time that the others have spoken twice it has been woken, and has polled.
      await hub.database.query('select pg_notify($1, $2)', [hubChannels.sealed, '']);
      await until('the router has tried to decide and to read', () =>
        Promise.resolve(log.find('error', 'directory-expired').length > 1 && countPutOff(log) > 1),
      );
      expect(await states()).toEqual(['sent', 'sealed', null]);
    });

    for (const id of [answered, sealed, accepted]) await untilState(id, 'cp-be', 'receipted');
    await expectNothingRefused();
  });
});

describe('a contact point', () => {
  const ownLog = createKeptLog();
  let line: DirectoryLine;
  let france: FollowingContactPoint;

  async function start(): Promise<FollowingContactPoint> {
    const installed = hub.installation.contactPoints.find(({ participant }) => participant.id === 'cp-fr');
    if (installed === undefined) throw new Error('no such contact point');
    const entry = await contactPointEntry(installed, hub.surroundings);
    const options = { log: ownLog, directoryOrigin: line.origin, pollMs: 50 };
    return startFollowingContactPoint(hub, entry, options);
  }

  async function submitForFrance(reference: string): Promise<string> {
    const referral = referralOf(hub, reference);
    const [event] = referral.networkEvents ?? [];
    if (event === undefined) throw new Error('no event');
    return submitAccepted(hub, { ...referral, networkEvents: [{ ...event, ipAddress: ipv4Of('FR', 1) }] });
  }

  beforeAll(async () => {
    line = await openDirectoryLine(hub.api);
    france = await start();
  });
  beforeEach(() => {
    ownLog.clear();
  });
  afterAll(async () => {
    await france.close();
    await line.close();
  });

  test.each(['cut', 'stuck'] as const)(
    'whose line to the directory is %s stops when it has expired, says so, and goes on by itself',
    async (state) => {
      line.set(state);
      await hub.advance(pastLifeMs);
      const referralId = await submitForFrance(`line-${state}`);
      await untilState(referralId, 'cp-fr', 'sent');
      await until('it has tried to read', () => Promise.resolve(countPutOff(ownLog) > 1));
      await until('it says so', () => Promise.resolve(ownLog.find('error', 'directory-expired').length > 0));
      expect(await readyStatus(france.origin)).toBe(503);
      expect(await stateOf(referralId, 'cp-fr')).toBe('sent');
      line.set('open');
      await untilState(referralId, 'cp-fr', 'receipted');
      await until('it is ready', async () => (await readyStatus(france.origin)) === 200);
      await expectNothingRefused();
    },
  );

  test('that starts without one waits, and goes on by itself', async () => {
    await france.close();
    line.set('cut');
    const referralId = await submitForFrance('start-1');
    france = await start();
    expect(await readyStatus(france.origin)).toBe(503);
    expect(ownLog.find('warn', 'directory-unreachable')).toHaveLength(1);
    await until('it has tried to read', () => Promise.resolve(countPutOff(ownLog) > 0));
    line.set('open');
    await untilState(referralId, 'cp-fr', 'receipted');
  });
});
