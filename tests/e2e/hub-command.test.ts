import { readFileSync } from 'node:fs';
import type { Membership, RoutingPolicy } from '@liaison/contracts';
import { connect, type Database } from '@liaison/postgres';
import { activatePolicy, addKeys, registerParticipant, revokeKey } from '@liaison/router';
import { CodedError, silentLog } from '@liaison/service';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrolmentDepsOf, faultsIn, runHubCommand } from '../setup/hub-command.ts';
import { makeOutsideKey, type OutsideKey } from '../setup/outside-keys.ts';
import type { Ended } from '../setup/run-script.ts';
import { referralOf, senderKey, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let exchangeAdmin: Database;

function open(url: string | null): Database {
  return connect({ url: url ?? '', applicationName: 'test', maxConnections: 1, log: silentLog });
}

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
  exchangeAdmin = open(hub.settings.exchangeAdminUrl);
});
afterAll(async () => {
  await exchangeAdmin.end();
  await hub.close();
});

/** Everything that a command about participants writes, wherever it lies. */
async function readWritten(): Promise<object> {
  const read = async (database: Database, text: string, values: readonly unknown[] = []): Promise<unknown> =>
    (await database.query(text, values)).rows;
  return {
    participants: await read(hub.database, 'select * from hub.participant order by id'),
    keys: await read(hub.database, 'select * from hub.participant_key order by kid'),
    events: await read(
      hub.database,
      'select (select count(*) from ledger.pending) + (select count(*) from ledger.leaf) as count',
    ),
    directory: (await hub.readDirectory()).document.participants,
    topics: await read(exchangeAdmin, 'select * from exchange.topic order by name'),
    // With its verifier, so that a changed password shows.
    roles: await read(
      exchangeAdmin,
      'select rolname, rolpassword from pg_authid where rolname like $1 order by rolname',
      [`liaison_${hub.installation.instance}%`],
    ),
  };
}

async function faultsOf(attempt: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await attempt.then(
    () => new Error('nothing was refused'),
    (reason: unknown) => reason,
  );
  return error instanceof CodedError ? faultsIn(error.message) : [String(error)];
}

type Registration = Parameters<typeof registerParticipant>[0];

/** Registers a contact point of Germany, or with what differs. */
function register(
  changes: Partial<Registration>,
  jwkSet: object,
  exchange: Database = exchangeAdmin,
): Promise<Membership> {
  const nothing = { establishment: null, legalRepresentative: null, dutyPhone: null, contact: null };
  const germany = { id: 'cp-de', kind: 'lawEnforcement', name: 'Contact point DE', country: 'DE' } as const;
  const deps = { ...enrolmentDepsOf(hub), settings: hub.settings, database: hub.database };
  return registerParticipant({ ...germany, ...nothing, ...changes }, jwkSet, {
    ...deps,
    exchangeAdmin: exchange,
  });
}

describe('a registration with faults', () => {
  const signing = makeOutsideKey('sig');
  const encryption = makeOutsideKey('enc');

  test('is refused naming every one of them, and nothing is written', async () => {
    const before = await readWritten();
    const { entry, privateEntry, key } = await signing;
    const { use: _use, ...larger } = (await makeOutsideKey('sig', 'P-384')).entry as { use?: string };
    const jwkSet = { keys: [privateEntry, larger, entry, entry] };
    const args = ['cp-be', '--kind', 'lawEnforcement', '--name', 'Another', '--country', 'FR'];
    const command = ['register', ...args, '--duty-phone', '112', '--jwks', 'keys.json'];
    const { code, out, err } = await runHubCommand(hub, command, { 'keys.json': jwkSet });
    expect([code, out]).toEqual([1, '']);
    expect(faultsIn(err)).toEqual([
      'key 1: private-key-given',
      'key 2: key-not-p256',
      'key 2: key-use-missing',
      'key 4: key-given-twice',
      'dutyPhone: member-invalid',
      'participant-exists',
      'role-taken',
    ]);
    expect(err).not.toContain(key.jwk.d);
    expect(await readWritten()).toEqual(before);
  });

  test.each<readonly [string, Partial<Registration>, readonly Promise<OutsideKey>[], string]>([
    ['no key', {}, [], 'not-a-jwk-set'],
    ['no key to sign with', {}, [encryption], 'signing-key-missing'],
    ['no key to decrypt with', {}, [signing], 'encryption-key-missing'],
    ['an id that is none', { id: 'cp_de' }, [signing, encryption], 'id: member-invalid'],
    [
      'a country that is no Member State',
      { country: 'CH' },
      [signing, encryption],
      'country: member-invalid',
    ],
    ['no country', { country: null }, [signing, encryption], 'country: member-invalid'],
    ['the id of the hub', { id: 'hub' }, [signing, encryption], 'participant-exists'],
    ['a state that has a contact point', { country: 'BE' }, [signing, encryption], 'role-taken'],
    ['the place of Europol', { kind: 'europol', country: null }, [signing, encryption], 'role-taken'],
  ])('such as %s is refused, and nothing is written', async (_what, changes, keys, fault) => {
    const before = await readWritten();
    const jwkSet = { keys: (await Promise.all(keys)).map(({ entry }) => entry) };
    await expect(faultsOf(register(changes, jwkSet))).resolves.toEqual([fault]);
    expect(await readWritten()).toEqual(before);
  });

  test('such as a key that another participant has is refused', async () => {
    const before = await readWritten();
    const { publicJwk } = hub.installation.senders[0]?.signing ?? {};
    const jwkSet = { keys: [(await signing).entry, (await encryption).entry, { ...publicJwk, use: 'sig' }] };
    await expect(faultsOf(register({}, jwkSet))).resolves.toEqual(['key 3: key-taken']);
    expect(await readWritten()).toEqual(before);
  });

  test('whose place in the exchange cannot be made leaves nobody enrolled', async () => {
    const before = await readWritten();
    const jwkSet = { keys: [(await signing).entry, (await encryption).entry] };
    // The hub's database has no exchange.
    await expect(register({}, jwkSet, hub.database)).rejects.toMatchObject({ code: 'statement-failed' });
    expect(await readWritten()).toEqual(before);
  });

  test('such as a second one changes nothing of the first, and not its password', async () => {
    const jwkSet = { keys: [(await signing).entry, (await encryption).entry] };
    const { exchange } = await register({}, jwkSet);
    await until(
      'the directory has it',
      async () => (await hub.readDirectory()).participant('cp-de') !== undefined,
    );
    const before = await readWritten();
    const again = await faultsOf(register({}, jwkSet));
    expect(again).toEqual(['key 1: key-taken', 'key 2: key-taken', 'participant-exists']);
    const renewed = { keys: [(await makeOutsideKey('sig')).entry, (await makeOutsideKey('enc')).entry] };
    await expect(faultsOf(register({}, renewed))).resolves.toEqual(['participant-exists']);
    expect(await readWritten()).toEqual(before);
    const place = open(exchange?.url ?? '');
    expect((await place.query('select name from exchange.topics()')).rowCount).toBe(2);
    await place.end();
  });
});

describe('keys with faults', () => {
  test('are refused naming every one of them, and nothing is written', async () => {
    const before = await readWritten();
    const { privateEntry } = await makeOutsideKey('sig');
    const larger = (await makeOutsideKey('enc', 'P-521')).entry;
    const files = { 'keys.json': { keys: [privateEntry, larger] } };
    const command = ['add-keys', 'example-chat', '--jwks', 'keys.json'];
    const { code, out, err } = await runHubCommand(hub, command, files);
    expect([code, out]).toEqual([1, '']);
    expect(faultsIn(err)).toEqual(['key 1: private-key-given', 'key 2: key-not-p256']);
    expect(await readWritten()).toEqual(before);
  });

  test('such as one that another participant has are refused, the good ones beside it too', async () => {
    const before = await readWritten();
    const { entry } = await makeOutsideKey('sig');
    const { publicJwk } = hub.installation.senders[0]?.signing ?? {};
    const added = { participantId: 'example-mail', jwkSet: { keys: [entry, { ...publicJwk, use: 'sig' }] } };
    const attempt = addKeys(hub.database, added, enrolmentDepsOf(hub));
    await expect(faultsOf(attempt)).resolves.toEqual(['key 2: key-taken']);
    expect(await readWritten()).toEqual(before);
  });

  test.each(['hub', 'nobody'])('are added to nobody by the name of %s', async (participantId) => {
    const jwkSet = { keys: [(await makeOutsideKey('sig')).entry] };
    const attempt = addKeys(hub.database, { participantId, jwkSet }, enrolmentDepsOf(hub));
    await expect(attempt).rejects.toMatchObject({ code: 'participant-unknown' });
  });
});

describe('a revocation', () => {
  const revoke = (revocation: Parameters<typeof revokeKey>[1]): Promise<void> =>
    hub.database.transaction((tx) => revokeKey(tx, revocation, enrolmentDepsOf(hub)));

  test.each<readonly [string, object, string]>([
    ['since a time to come', { since: '2999-01-01T00:00:00Z' }, 'since-invalid'],
    ['since no time', { since: 'yesterday' }, 'since-invalid'],
    ['of a key of another participant', { participantId: 'example-mail' }, 'key-unknown'],
    ['of no key', { kid: 'none' }, 'key-unknown'],
  ])('%s is refused, and nothing is written', async (_what, changes, code) => {
    const before = await readWritten();
    const kid = senderKey(hub, 'example-chat').kid;
    const since = new Date(hub.clock.nowMs()).toISOString();
    const attempt = revoke({ participantId: 'example-chat', kid, since, ...changes });
    await expect(attempt).rejects.toMatchObject({ code });
    expect(await readWritten()).toEqual(before);
  });
});

describe('a policy', () => {
  const file = new URL('../../infra/policy/routing-policy.json', import.meta.url);
  const policy = JSON.parse(readFileSync(file, 'utf8')) as RoutingPolicy;
  const next = { ...policy, policyVersion: 'of-the-test' };

  /** Submits a referral. @returns by which policies it was decided. */
  async function decideOne(reference: string): Promise<readonly object[]> {
    const referralId = await submitAccepted(hub, referralOf(hub, reference));
    const text = 'select policy_version from hub.decision where referral_id = $1';
    const read = async (): Promise<readonly object[]> => (await hub.database.query(text, [referralId])).rows;
    await until('it is decided', async () => (await read()).length > 0);
    return read();
  }

  async function activate(document: object): Promise<Ended> {
    return runHubCommand(hub, ['activate-policy', 'policy.json'], { 'policy.json': document });
  }

  test('put into force by the command governs the next decision, and not the one before', async () => {
    const { policyVersion } = policy;
    expect(await decideOne('governed-1')).toEqual([{ policy_version: policyVersion }]);
    const { code, out } = await activate(next);
    expect([code, JSON.parse(out)]).toEqual([0, { policyVersion: 'of-the-test' }]);
    expect(await decideOne('governed-2')).toEqual([{ policy_version: 'of-the-test' }]);
  });

  test('that does not follow its schema, or is another of the same version, stays out of force', async () => {
    const read = async (): Promise<unknown> =>
      (await hub.database.query('select * from hub.policy order by version')).rows;
    const before = await read();
    const broken = await activate({ ...next, policyVersion: 'broken', minimumCertainty: 'certain' });
    expect([broken.code, broken.out, faultsIn(broken.err)]).toEqual([
      1,
      '',
      ['/minimumCertainty value-not-listed'],
    ]);
    const other = hub.database.transaction((tx) =>
      activatePolicy(tx, { ...next, staleAfterDays: 10 }, enrolmentDepsOf(hub)),
    );
    await expect(other).rejects.toMatchObject({ code: 'policy-version-reused' });
    expect(await read()).toEqual(before);
  });
});
