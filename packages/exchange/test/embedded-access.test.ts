import { createDatabase } from '@liaison/postgres';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

import { registerHub, registerParticipant, rotatePassword } from '../src/index.ts';
import { append, connectTo, one, openRoles } from './embedded-roles.ts';
import { startExchangeServer } from './exchange-server.ts';
import type { ExchangeServer } from './exchange-server.ts';

let server: ExchangeServer;

beforeAll(async () => {
  server = await startExchangeServer();
});

afterAll(async () => server.stop());

describe('rights of a participant', () => {
  test.each(['topic', 'record', 'group_offset', 'lease', 'migration'])(
    'the table %s can be neither read nor written, not even by the hub',
    async (table) => {
      const { hub, participant } = await openRoles(server);
      for (const database of [hub, participant]) {
        for (const sql of [
          `select from exchange.${table}`,
          `delete from exchange.${table}`,
          `truncate exchange.${table}`,
          `insert into exchange.${table} default values`,
          `copy exchange.${table} to stdout`,
        ]) {
          await expect(database.query(sql)).rejects.toMatchObject({ sqlstate: '42501' });
        }
      }
    },
  );

  test.each([
    'create table mine (id int)',
    'create temporary table record (id int)',
    'create schema mine',
    'create function public.mine() returns int language sql as $$ select 1 $$',
    "select exchange.delete_received('x', interval '0', 1)",
    'set role postgres',
    'set session authorization postgres',
    "copy (select 1) to program 'true'",
    "select pg_read_file('/etc/hostname')",
  ])('it may not: %s', async (sql) => {
    const { participant } = await openRoles(server);
    await expect(participant.query(sql)).rejects.toMatchObject({ sqlstate: '42501' });
  });

  test('it connects to no other database of the server', async () => {
    const { party } = await openRoles(server);
    const other = `other_${party.address.slice(-8)}`;
    const { username, password } = new URL(party.address);
    const superuser = connectTo(server.addressOf({ ...server.superuser, database: 'postgres' }));
    await createDatabase(superuser, { name: other });
    for (const database of ['postgres', 'template1', other]) {
      const address = server.addressOf({ user: username, password, database });
      await expect(connectTo(address).query('select 1')).rejects.toMatchObject({ sqlstate: '42501' });
    }
  });
});

describe('registration', () => {
  test('doing it again changes nothing, and a given password is set', async () => {
    const registration = { instance: 'again', participantId: 'le-fr' };
    await registerHub(server.admin, { instance: 'again' });
    const first = await registerParticipant(server.admin, registration);
    const second = await registerParticipant(server.admin, registration);
    expect(second).toEqual({ ...first, password: null });
    const login = (password: string) =>
      connectTo(server.addressOf({ user: first.role, password })).query('select name from exchange.topics()');
    expect((await login(first.password ?? '')).rowCount).toBe(2);
    const third = await registerParticipant(server.admin, { ...registration, password: 'chosen' });
    expect(third.password).toBe('chosen');
    expect((await login('chosen')).rowCount).toBe(2);
    await expect(login(first.password ?? '')).rejects.toMatchObject({ sqlstate: '28P01' });
    const rotated = await rotatePassword(server.admin, registration);
    expect((await login(rotated)).rowCount).toBe(2);
    await expect(login('chosen')).rejects.toMatchObject({ sqlstate: '28P01' });
  });

  test('many at once, of the same participant and of others, all succeed', async () => {
    const ids = ['le-at', 'le-at', 'le-be', 'le-be', 'le-cz'];
    const registered = await Promise.all(
      ids.map(async (participantId) =>
        registerParticipant(server.admin, { instance: 'many', participantId }),
      ),
    );
    expect(registered.filter(({ password }) => password !== null)).toHaveLength(3);
  });

  test('it tells when a role could connect elsewhere', async () => {
    const { otherDatabases } = await registerParticipant(server.admin, {
      instance: 'open',
      participantId: 'le-es',
    });
    expect(otherDatabases).toEqual([]);
    const superuser = connectTo(server.addressOf({ ...server.superuser, database: 'postgres' }));
    await superuser.query('create database left_open');
    onTestFinished(async () => void (await server.admin.query('drop database left_open')));
    const again = await registerParticipant(server.admin, { instance: 'open', participantId: 'le-es' });
    expect(again.otherDatabases).toEqual(['left_open']);
  });

  test('the id of the hub is no participant', async () => {
    const attempt = registerParticipant(server.admin, { instance: 'demo', participantId: 'hub' });
    await expect(attempt).rejects.toMatchObject({ code: 'participant-invalid' });
  });

  test('the longest ids work', async () => {
    const instance = 'i'.repeat(32);
    const participantId = `p${'x'.repeat(62)}`;
    await registerHub(server.admin, { instance });
    const { role, password, topics } = await registerParticipant(server.admin, { instance, participantId });
    const participant = connectTo(server.addressOf({ user: role, password: password ?? '' }));
    expect((await participant.query(append, [topics.from, ...one('a')])).rows).toEqual([{ first: 0 }]);
  });
});
