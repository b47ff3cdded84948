import { formatUtc } from '@liaison/service';
import { createTestClock } from '@liaison/testkit';
import { Registry } from 'prom-client';
import { expect, test } from 'vitest';
import { addExchangeMetrics } from '../src/volumes/exchange-metrics.ts';
import { createHub, registerParticipants, type Hub } from './hub-fixture.ts';

const startMs = Date.parse('2027-03-01T12:00:00.000Z');
const minute = (minutes: number): string => formatUtc(startMs + minutes * 60_000);

interface Seed {
  readonly addressee: string;
  readonly state: string;
  readonly urgent: boolean;
  readonly sealedAt: string;
}

async function seedDispatch(hub: Hub, { addressee, state, urgent, sealedAt }: Seed): Promise<void> {
  const referralId = hub.newId();
  await hub.owner.query(
    `insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, signer_kid, urgent, state,
       accepted_at)
     values ($1, 'provider-one', 'provider', 'providerReport', $1::uuid::text, 'kid', $2, 'forwarded', $3)`,
    [referralId, urgent, sealedAt],
  );
  await hub.owner.query(
    `insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence", digest,
       urgent, state, sealed_at, next_attempt_at)
     values ($1, $2, $3, 1, 'referral', '1.0', 1, 'digest', $4, $5, $6, $6)`,
    [hub.newId(), referralId, addressee, urgent, state, sealedAt],
  );
}

async function seedAlarm(hub: Hub, code: string, clearedAt: string | null): Promise<void> {
  await hub.owner.query('insert into hub.alarm (id, code, raised_at, cleared_at) values ($1, $2, $3, $4)', [
    hub.newId(),
    code,
    minute(0),
    clearedAt,
  ]);
}

/** Samples of the figures, as the text has them. */
async function samplesOf(registry: Registry): Promise<string[]> {
  const text = await registry.metrics();
  return text.split('\n').filter((line) => line.startsWith('liaison_'));
}

function measure(hub: Hub, now: string): Registry {
  const registry = new Registry();
  addExchangeMetrics(registry, { database: hub.connectAudit(), clock: createTestClock(now) });
  return registry;
}

test('tells of every addressee how old its oldest dispatch without a receipt is, urgent ones apart', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  const be = { addressee: 'contact-point-be', urgent: false };
  await seedDispatch(hub, { ...be, state: 'receipted', sealedAt: minute(0) });
  await seedDispatch(hub, { ...be, state: 'cancelled', sealedAt: minute(1), urgent: true });
  await seedDispatch(hub, { ...be, state: 'parked', sealedAt: minute(10) });
  await seedDispatch(hub, { ...be, state: 'sent', sealedAt: minute(25), urgent: true });
  await seedDispatch(hub, { addressee: 'europol', urgent: false, state: 'sealed', sealedAt: minute(29) });
  await seedAlarm(hub, 'dispatchParked', null);
  await seedAlarm(hub, 'dispatchParked', null);
  await seedAlarm(hub, 'answerRefused', minute(2));
  expect((await samplesOf(measure(hub, minute(30)))).sort()).toEqual([
    'liaison_alarms_open{code="dispatchParked"} 2',
    'liaison_dispatches{addressee="contact-point-be",state="cancelled"} 1',
    'liaison_dispatches{addressee="contact-point-be",state="parked"} 1',
    'liaison_dispatches{addressee="contact-point-be",state="receipted"} 1',
    'liaison_dispatches{addressee="contact-point-be",state="sent"} 1',
    'liaison_dispatches{addressee="europol",state="sealed"} 1',
    'liaison_undelivered_oldest_age_seconds{addressee="contact-point-be",urgency="any"} 1200',
    'liaison_undelivered_oldest_age_seconds{addressee="contact-point-be",urgency="urgent"} 300',
    'liaison_undelivered_oldest_age_seconds{addressee="contact-point-fr",urgency="any"} 0',
    'liaison_undelivered_oldest_age_seconds{addressee="contact-point-fr",urgency="urgent"} 0',
    'liaison_undelivered_oldest_age_seconds{addressee="europol",urgency="any"} 60',
    'liaison_undelivered_oldest_age_seconds{addressee="europol",urgency="urgent"} 0',
  ]);
});

test('finds the oldest urgent one without looking through thousands that can wait', async () => {
  const hub = await createHub();
  await registerParticipants(hub);
  await hub.owner.query(
    `with referral as (
      insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, signer_kid, urgent, state,
        accepted_at)
      select gen_random_uuid(), 'provider-one', 'provider', 'providerReport', n::text, 'kid', false, 'forwarded', $1
      from generate_series(1, 20000) n returning id)
    insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence", digest,
      urgent, state, sealed_at, next_attempt_at)
    select gen_random_uuid(), id, 'contact-point-be', 1, 'referral', '1.0', 1, 'digest', false, 'sent', $1, $1
    from referral`,
    [minute(0)],
  );
  await hub.owner.query('analyze hub.dispatch');
  const { rows } = await hub.owner.query<{ 'QUERY PLAN': readonly [{ Plan: Plan }] }>(
    'explain (analyze, buffers, format json) select * from audit.undelivered',
  );
  const [explained] = rows[0]?.['QUERY PLAN'] ?? [];
  if (explained === undefined) throw new Error('no plan');
  expect(indexesOf(explained.Plan)).toEqual(
    expect.arrayContaining(['dispatch_undelivered', 'dispatch_undelivered_urgent']),
  );
  expect(explained.Plan['Shared Hit Blocks'] + explained.Plan['Shared Read Blocks']).toBeLessThan(40);
});

interface Plan {
  readonly 'Index Name'?: string;
  readonly 'Shared Hit Blocks': number;
  readonly 'Shared Read Blocks': number;
  readonly Plans?: readonly Plan[];
}

function indexesOf(plan: Plan): string[] {
  const own = plan['Index Name'];
  return [...(own === undefined ? [] : [own]), ...(plan.Plans ?? []).flatMap(indexesOf)];
}

test('shows the other figures of its service while the database does not answer', async () => {
  const hub = await createHub();
  const registry = new Registry();
  const database = hub.connectAudit();
  addExchangeMetrics(registry, { database, clock: createTestClock(minute(0)) });
  await hub.owner.query('revoke select on audit.volumes, audit.alarm, audit.undelivered from liaison_audit');
  expect(await samplesOf(registry)).toEqual([]);
  expect(await registry.metrics()).toContain('# TYPE liaison_dispatches gauge');
});
