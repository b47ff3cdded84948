import type { AuditApi } from '@liaison/contracts';
import { createTestClock } from '@liaison/testkit';
import { formatUtc } from '@liaison/service';
import { expect, test } from 'vitest';
import { ask } from './ask.ts';
import { startAudit, untilSize } from './audit-fixture.ts';
import { createHub, plainDrafts, registerParticipants, type Hub } from './hub-fixture.ts';
import { openTestCheckpoint } from './log-fixture.ts';

type Volumes = AuditApi['schemas']['Volumes'];

const start = '2027-03-01T12:00:00.000Z';
const minute = (minutes: number): string => formatUtc(Date.parse(start) + minutes * 60_000);

async function seedReferral(hub: Hub, state: string, erasedAt: string | null = null): Promise<string> {
  const id = hub.newId();
  await hub.owner.query(
    `insert into hub.referral (id, sender_id, sender_kind, referral_kind, provider_reference, signer_kid, urgent, state,
       accepted_at, erased_at)
     values ($1, 'provider-one', 'provider', 'providerReport', $1::uuid::text, 'kid', false, $2, $3, $4)`,
    [id, state, start, erasedAt],
  );
  return id;
}

async function seedDispatch(
  hub: Hub,
  dispatch: { referralId: string; addressee: string; state: string; sealedAt: string; sequence: number },
): Promise<void> {
  await hub.owner.query(
    `insert into hub.dispatch (id, referral_id, addressee_id, decision_version, kind, schema_version, "sequence", digest,
       urgent, state, sealed_at, next_attempt_at)
     values ($1, $2, $3, $4, 'referral', '1.0', $4, 'digest', false, $5, $6, $6)`,
    [
      hub.newId(),
      dispatch.referralId,
      dispatch.addressee,
      dispatch.sequence,
      dispatch.state,
      dispatch.sealedAt,
    ],
  );
}

async function seedRefusal(hub: Hub, problem: string): Promise<void> {
  await hub.owner.query(
    `insert into hub.refusal (id, at, body_hmac, problem, codes, urgent) values ($1, $2, '', $3, '{}', false)`,
    [hub.newId(), start, problem],
  );
}

test('a hub at which nothing has happened has no figures but the empty log', async () => {
  const audit = await startAudit(await createHub());
  const { status, body } = await ask(audit.entries, '/volumes');
  expect(status).toBe(200);
  const { asOf: _asOf, ledger, ...figures } = body as Volumes;
  expect(figures).toEqual({ referrals: {}, refusals: {}, dispatches: [] });
  expect([ledger.size, ledger.pending]).toEqual([0, 0]);
  expect(await openTestCheckpoint(ledger.checkpoint ?? '')).toMatchObject({ size: 0 });
});

test('figures count referrals, refusals and dispatches as they stand, as of the time they name', async () => {
  const hub = await createHub();
  const clock = createTestClock(start);
  await registerParticipants(hub);
  const first = await seedReferral(hub, 'forwarded');
  const second = await seedReferral(hub, 'forwarded');
  await seedReferral(hub, 'accepted');
  await seedReferral(hub, 'closed', start);
  for (const problem of ['schema-invalid', 'guard-refused', 'schema-invalid'])
    await seedRefusal(hub, problem);
  const be = { addressee: 'contact-point-be' };
  const europol = { addressee: 'europol' };
  for (const dispatch of [
    { ...be, referralId: first, state: 'receipted', sealedAt: minute(0), sequence: 1 },
    { ...be, referralId: first, state: 'sent', sealedAt: minute(3), sequence: 2 },
    { ...be, referralId: second, state: 'parked', sealedAt: minute(2), sequence: 1 },
    { ...be, referralId: second, state: 'sent', sealedAt: minute(4), sequence: 2 },
    { ...europol, referralId: first, state: 'receipted', sealedAt: minute(0), sequence: 1 },
    { ...europol, referralId: second, state: 'cancelled', sealedAt: minute(1), sequence: 1 },
  ]) {
    await seedDispatch(hub, dispatch);
  }
  await hub.append(plainDrafts(4));
  const audit = await startAudit(hub, { clock });
  await untilSize(audit, 4);
  const { body } = await ask(audit.entries, '/volumes');
  const { ledger, ...figures } = body as Volumes;
  expect(figures).toEqual({
    asOf: start,
    referrals: { forwarded: 2, accepted: 1, erased: 1 },
    refusals: { 'schema-invalid': 2, 'guard-refused': 1 },
    dispatches: [
      {
        addressee: 'contact-point-be',
        country: 'BE',
        states: { receipted: 1, sent: 2, parked: 1 },
        oldestUndeliveredAt: minute(2),
      },
      {
        addressee: 'europol',
        country: null,
        states: { receipted: 1, cancelled: 1 },
        oldestUndeliveredAt: null,
      },
    ],
  });
  expect(ledger).toMatchObject({ size: 4, pending: 0 });
  await seedReferral(hub, 'accepted');
  expect((await ask(audit.entries, '/volumes')).body).toEqual(body);
  clock.advance(1_000);
  expect((await ask(audit.entries, '/volumes')).body).toMatchObject({
    asOf: formatUtc(clock.nowMs()),
    referrals: { accepted: 2 },
  });
});
