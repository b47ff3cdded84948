import { topicFrom, topicTo, type ContactPointApi, type Membership } from '@liaison/contracts';
import { namesOf } from '@liaison/local';
import { connect, type Database } from '@liaison/postgres';
import { createProviderClient, readMembership, readSigningKey } from '@liaison/provider-client';
import { silentLog } from '@liaison/service';
import { ipv4Of } from '@liaison/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startFollowingContactPoint, type FollowingContactPoint } from '../setup/following-contact-point.ts';
import {
  createOwnDatabase,
  entryOfNewcomer,
  registerWithCommand,
  type OwnDatabase,
} from '../setup/newcomer.ts';
import { makeOutsideKey, type OutsideKey } from '../setup/outside-keys.ts';
import { referralOf, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type OpenedDispatch = ContactPointApi['schemas']['OpenedDispatch'];

let hub: TestHub & { close(): Promise<void> };

function open(url: string): Database {
  return connect({ url, applicationName: 'test', maxConnections: 1, log: silentLog });
}

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
});
afterAll(() => hub.close());

async function untilListed(participantId: string, { kid }: OutsideKey): Promise<void> {
  await until('the directory has its key', async () => {
    const directory = await hub.readDirectory();
    return directory.key(participantId, kid) !== undefined;
  });
}

describe('a provider whose keys another tool made', () => {
  test('needs nothing but the printed document to submit, and to verify the receipt', async () => {
    const key = await makeOutsideKey('sig');
    const args = ['joined-chat', '--kind', 'provider', '--name', 'Joined Chat', '--establishment', 'IE'];
    const membership = await registerWithCommand(hub, args, [key]);
    expect(membership).toMatchObject({ participantId: 'joined-chat', kind: 'provider', exchange: null });
    await untilListed('joined-chat', key);
    const signing = readSigningKey({ keys: [key.privateEntry] });
    if (!signing.ok) throw new Error(signing.code);
    const client = createProviderClient({
      membership: readMembership(membership),
      signingKey: signing.key,
      clock: hub.clock,
      newId: hub.newId,
    });
    const reporter = { participantId: 'joined-chat' };
    const submitted = await client.submit(referralOf(hub, 'joined-1', { reporter }));
    expect(submitted).toMatchObject({
      kind: 'accepted',
      receipt: { payload: { providerReference: 'joined-1' }, keyRevoked: null },
    });
  });
});

describe('a contact point of a Member State that had none', () => {
  const args = ['cp-nl', '--kind', 'lawEnforcement', '--name', 'Contact point NL', '--country', 'NL'];
  const reached = ['--duty-phone', '+31201234567', '--contact', 'duty@police.example'];
  let keys: readonly [OutsideKey, OutsideKey];
  let referralId: string;
  let membership: Membership;
  let database: OwnDatabase;
  let contactPoint: FollowingContactPoint;

  /** Whether each alarm that NL has no contact point is cleared. */
  async function readAlarms(): Promise<readonly object[]> {
    const { rows } = await hub.database.query(
      `select cleared_at is not null as cleared from hub.alarm
       where code = 'addresseeNotEnrolled' and subject_id = 'NL'`,
    );
    return rows;
  }

  async function readDispatches(): Promise<readonly { id: string; state: string }[]> {
    const { rows } = await hub.database.query<{ id: string; state: string }>(
      `select id, state from hub.dispatch where referral_id = $1 and addressee_id = 'cp-nl'`,
      [referralId],
    );
    return rows;
  }

  beforeAll(async () => {
    keys = [await makeOutsideKey('sig'), await makeOutsideKey('enc')];
    const at = new Date(hub.clock.nowMs() - 3_600_000).toISOString();
    const event = { event: 'upload', ipAddress: ipv4Of('NL', 1), occurredAt: at, port: 40_000 } as const;
    const networkEvents = [{ ...event, personId: 'p1', network: 'residential' } as const];
    referralId = await submitAccepted(hub, referralOf(hub, 'waits-1', { networkEvents }));
    await until('it waits for a contact point of NL', async () => (await readAlarms()).length > 0);
    membership = await registerWithCommand(hub, [...args, ...reached], keys);
    database = await createOwnDatabase(hub, 'cp-nl');
    const [signing, encryption] = keys;
    const entry = entryOfNewcomer(membership, { signing, encryption, databaseUrl: database.url });
    contactPoint = await startFollowingContactPoint(hub, entry);
  });
  afterAll(async () => {
    await contactPoint.close();
    await database.drop();
  });

  test('gets what waited for it, opens it with its own keys, and its receipt counts', async () => {
    await until('its receipt has come', async () => {
      const [dispatch] = await readDispatches();
      return dispatch?.state === 'receipted';
    });
    const [dispatch] = await readDispatches();
    const response = await fetch(`${contactPoint.origin}/v1/dispatches/${dispatch?.id}`);
    const { entry, referral } = (await response.json()) as OpenedDispatch;
    expect([entry.referralId, referral.providerReference]).toEqual([referralId, 'waits-1']);
    const { rows } = await hub.database.query(
      'select member_state, resolved_at is not null as resolved from hub.unenrolled where referral_id = $1',
      [referralId],
    );
    expect(rows).toEqual([{ member_state: 'NL', resolved: true }]);
  });

  test('ends the alarm that nobody is enrolled', async () => {
    await expect.poll(readAlarms).toEqual([{ cleared: true }]);
  });

  test('stands in the directory as it was registered', async () => {
    const participant = (await hub.readDirectory()).contactPointOf('NL');
    expect(participant).toMatchObject({
      id: 'cp-nl',
      name: 'Contact point NL',
      dutyPhone: '+31201234567',
      contact: 'duty@police.example',
      dispatchKinds: ['referral'],
    });
    const listed = participant?.keys.map(({ kid, use }) => `${use} ${kid}`);
    expect(listed?.toSorted()).toEqual(
      keys.map(({ kid }, index) => `${['sig', 'enc'][index]} ${kid}`).toSorted(),
    );
  });

  describe('has credentials that', () => {
    // With statements of its own: what a client of ours refuses to ask would prove nothing.
    let place: Database;

    const to = (participantId: string): string => topicTo(hub.installation.instance, participantId);
    const from = (participantId: string): string => topicFrom(hub.installation.instance, participantId);
    const read = (topic: string, group: string): Promise<unknown> =>
      place.query('select * from exchange.read($1, $2, 0)', [topic, group]);
    const write = (topic: string): Promise<unknown> =>
      place.query(`select exchange.append($1, '{test}', '{test}', array['{}'::jsonb])`, [topic]);

    beforeAll(() => {
      place = open(membership.exchange?.url ?? '');
    });
    afterAll(() => place.end());

    test('open its own place', async () => {
      expect(membership.exchange).toMatchObject({ readTopic: to('cp-nl'), writeTopic: from('cp-nl') });
      expect(await read(to('cp-nl'), 'cp-nl')).toMatchObject({ rowCount: 1 });
    });

    test.each<readonly [string, () => Promise<unknown>]>([
      ['read what the hub writes to another', () => read(to('cp-be'), 'cp-be')],
      ['read what another writes to the hub', () => read(from('cp-be'), 'hub')],
      ['read its own answers in the place of the hub', () => read(from('cp-nl'), 'hub')],
      ['read as another group', () => read(to('cp-nl'), 'cp-be')],
      ['write to another in the place of the hub', () => write(to('cp-be'))],
      ['write to itself in the place of the hub', () => write(to('cp-nl'))],
      ['write in the place of another', () => write(from('cp-be'))],
    ])('do not let it %s', async (_what, attempt) => {
      await expect(attempt()).rejects.toMatchObject({ sqlstate: '42501' });
    });

    test.each([
      ["the hub's", () => namesOf(hub.installation).hubDatabase],
      ["another contact point's", () => namesOf(hub.installation).inboxDatabase('cp-be')],
    ])('do not let it enter %s database', async (_whose, nameOf) => {
      const url = new URL(membership.exchange?.url ?? '');
      url.pathname = `/${nameOf()}`;
      const database = open(url.href);
      await expect(database.query('select 1')).rejects.toMatchObject({ sqlstate: '42501' });
      await database.end();
    });
  });
});
