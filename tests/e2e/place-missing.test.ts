import { registerParticipant as registerInExchange } from '@liaison/exchange';
import { namesOf, urlOf } from '@liaison/local';
import { connect, type Database } from '@liaison/postgres';
import { registerParticipant, type Registration } from '@liaison/router';
import { silentLog } from '@liaison/service';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolmentDepsOf } from '../setup/hub-command.ts';
import { makeOutsideKey } from '../setup/outside-keys.ts';
import { referralOf, submitAccepted, until, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let exchange: Database;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  const { installation, server } = hub.surroundings;
  const url = urlOf(server, namesOf(installation).exchangeDatabase);
  exchange = connect({ url, applicationName: 'test', maxConnections: 1, log: silentLog });
});
afterAll(async () => {
  await exchange.end();
  await hub.close();
});

async function readAlarms(): Promise<readonly object[]> {
  const { rows } = await hub.database.query(
    `select participant_id as about, cleared_at is not null as cleared from hub.alarm
     where code = 'exchangeTopicMissing'`,
  );
  return rows;
}

test('a contact point without a place in the exchange raises an alarm, and keeps nobody else waiting', async () => {
  const [signing, encryption] = [await makeOutsideKey('sig'), await makeOutsideKey('enc')];
  const registration: Registration = {
    id: 'cp-nl',
    kind: 'lawEnforcement',
    name: 'Contact point NL',
    country: 'NL',
    establishment: null,
    legalRepresentative: null,
    dutyPhone: null,
    contact: null,
  };
  // As where the exchange is administered elsewhere, and nobody has made the place yet.
  await registerParticipant(
    registration,
    { keys: [signing.entry, encryption.entry] },
    { ...enrolmentDepsOf(hub), settings: hub.settings, database: hub.database, exchangeAdmin: null },
  );
  const alarm = { about: 'cp-nl', cleared: false };
  await until('the alarm is raised', async () => (await readAlarms()).length > 0);
  expect(await readAlarms()).toEqual([alarm]);

  await hub.startContactPoint('cp-be');
  await hub.startContactPoint('europol');
  await untilDispatches(hub, await submitAccepted(hub, referralOf(hub, 'other-1')), 'receipted');

  await hub.restartRouter();
  await untilDispatches(hub, await submitAccepted(hub, referralOf(hub, 'other-2')), 'receipted');
  expect(await readAlarms()).toEqual([alarm]);

  const { instance } = hub.installation;
  await registerInExchange(exchange, { instance, participantId: 'cp-nl', password: hub.newId() });
  await hub.advance(60_000);
  await until('the alarm is cleared', async () => {
    const [first] = await readAlarms();
    return JSON.stringify(first) === JSON.stringify({ ...alarm, cleared: true });
  });
});
