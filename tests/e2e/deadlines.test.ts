import { validateMessage, type RoutingPolicy } from '@liaison/contracts';
import { ipv4Of } from '@liaison/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHubCommandWell } from '../setup/hub-command.ts';
import { readAlarms, readEvents, untilDispatchTo, untilState } from '../setup/hub-records.ts';
import { referralOf, submitAccepted, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type Country = 'BE' | 'FR' | 'DE';

let hub: TestHub & { close(): Promise<void> };
let belgium: string;
let deadlines: RoutingPolicy['deadlines'];
let startMs: number;

/** Dispatches and referrals that stay in view, by what becomes of them. */
const ids = new Map<string, string>();
const idOf = (name: string): string => ids.get(name) ?? '';

async function submitTo(country: Country, claimed: boolean): Promise<string> {
  const base = referralOf(hub, hub.newId(), { urgency: { claimed } });
  const networkEvents = (base.networkEvents ?? []).map((event) => ({
    ...event,
    ipAddress: ipv4Of(country, 1),
  }));
  return submitAccepted(hub, { ...base, networkEvents });
}

async function acknowledge(dispatchId: string): Promise<void> {
  const response = await fetch(`${belgium}/v1/dispatches/${dispatchId}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: hub.newId(), kind: 'acknowledged', caseNumber: '7' }),
  });
  if (response.status !== 201) throw new Error(`refused: ${response.status}`);
}

/** Everything that is late by now, as `name kind`, in order of names. */
async function readPassed(): Promise<string[]> {
  const { rows } = await hub.database.query<{ subject: string; kind: string }>(
    `select coalesce(dispatch_id, referral_id) as subject, kind from hub.deadline where state = 'passed'`,
  );
  return [...ids].flatMap(([name, id]) =>
    rows.flatMap(({ subject, kind }) => (subject === id ? `${name} ${kind}` : [])),
  );
}

// Belgium takes what it gets at once. France stands still, and Germany has no contact point to send to.
beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
  belgium = await hub.startContactPoint('cp-be');
  await hub.database.query(`update hub.participant set duty_phone = '+33199000000' where id = 'cp-fr'`);
  const { rows } = await hub.database.query<{ document: unknown }>('select document from hub.policy');
  const policy = validateMessage('routing-policy', rows[0]?.document);
  if (!policy.ok) throw new Error('no policy');
  ({ deadlines } = policy.value);
  startMs = hub.clock.nowMs();
  for (const urgency of ['urgent', 'ordinary'] as const) {
    const isUrgent = urgency === 'urgent';
    ids.set(`${urgency}, to nobody`, await submitTo('DE', isUrgent));
    const silent = await submitTo('FR', isUrgent);
    ids.set(`${urgency}, unanswered`, (await untilDispatchTo(hub, silent, 'cp-fr')).id);
    const toEuropol = (await untilDispatchTo(hub, silent, 'europol')).id;
    ids.set(`${urgency}, unanswered by Europol`, toEuropol);
    for (const answer of ['received', 'acknowledged']) {
      const { id } = await untilDispatchTo(hub, await submitTo('BE', isUrgent), 'cp-be');
      ids.set(`${urgency}, ${answer}`, id);
      await untilState(hub, id, 'receipted');
      if (answer === 'acknowledged') await acknowledge(id);
    }
    await untilState(hub, idOf(`${urgency}, unanswered`), 'sent');
    await untilState(hub, toEuropol, 'sent');
  }
  await until('both answers were taken', async () => {
    const answered = await hub.database.query(`select from hub.dispatch where answer = 'acknowledged'`);
    return answered.rowCount === 2;
  });
});
afterAll(() => hub.close());

/** What passes when, in the order of time. */
const steps = [
  ['urgent', 'dispatchSeconds', ['urgent, to nobody dispatch']],
  [
    'urgent',
    'deliveryReceiptSeconds',
    ['urgent, unanswered deliveryReceipt', 'urgent, unanswered by Europol deliveryReceipt'],
  ],
  [
    'urgent',
    'humanAcknowledgementSeconds',
    [
      'urgent, unanswered humanAcknowledgement',
      'urgent, unanswered by Europol humanAcknowledgement',
      'urgent, received humanAcknowledgement',
    ],
  ],
  ['ordinary', 'dispatchSeconds', ['ordinary, to nobody dispatch']],
  [
    'ordinary',
    'deliveryReceiptSeconds',
    ['ordinary, unanswered deliveryReceipt', 'ordinary, unanswered by Europol deliveryReceipt'],
  ],
  [
    'ordinary',
    'humanAcknowledgementSeconds',
    [
      'ordinary, unanswered humanAcknowledgement',
      'ordinary, unanswered by Europol humanAcknowledgement',
      'ordinary, received humanAcknowledgement',
    ],
  ],
] as const;

describe('a step passes its deadline when the policy says so, and nothing else passes then', () => {
  // Each step is also the proof that at its time none of the later ones had passed.
  test.each(steps.map(([urgency, member, late], index) => ({ urgency, member, late, index })))(
    '$urgency $member',
    async ({ urgency, member, late, index }) => {
      const earlier = steps.slice(0, index).flatMap((step) => step[2]);
      expect((await readPassed()).toSorted()).toEqual(earlier.toSorted());
      const dueMs = startMs + deadlines[urgency][member] * 1_000;
      // What was submitted last is due some seconds after what was submitted first.
      await hub.advance(dueMs + 30_000 - hub.clock.nowMs());
      await until('it passes', async () => (await readPassed()).length >= earlier.length + late.length);
      expect((await readPassed()).toSorted()).toEqual([...earlier, ...late].toSorted());
    },
  );
});

const escalated = ['callDutyPhone', 'escalateToEuropol'];

describe('what passed is recorded once in the ledger, with codes, and has one alarm', () => {
  test.each([
    ['urgent, to nobody', [['dispatch', ['urgent']]], ['dispatchOverdue']],
    [
      'urgent, unanswered',
      [
        ['deliveryReceipt', ['urgent', ...escalated]],
        ['humanAcknowledgement', ['urgent', ...escalated]],
      ],
      ['deliveryReceiptOverdue', 'humanAcknowledgementOverdue'],
    ],
    [
      'urgent, received',
      [['humanAcknowledgement', ['urgent', 'escalateToEuropol']]],
      ['humanAcknowledgementOverdue'],
    ],
    [
      'urgent, unanswered by Europol',
      [
        ['deliveryReceipt', ['urgent']],
        ['humanAcknowledgement', ['urgent']],
      ],
      ['deliveryReceiptOverdue', 'humanAcknowledgementOverdue'],
    ],
    ['urgent, acknowledged', [], []],
    ['ordinary, to nobody', [['dispatch', ['ordinary']]], ['dispatchOverdue']],
    [
      'ordinary, unanswered',
      [
        ['deliveryReceipt', ['ordinary']],
        ['humanAcknowledgement', ['ordinary']],
      ],
      ['deliveryReceiptOverdue', 'humanAcknowledgementOverdue'],
    ],
    ['ordinary, received', [['humanAcknowledgement', ['ordinary']]], ['humanAcknowledgementOverdue']],
    ['ordinary, acknowledged', [], []],
  ])('%s', async (name, passed, alarms) => {
    const events = (await readEvents(hub, idOf(name))).filter(({ type }) => type === 'deadlinePassed');
    expect(events.map(({ facts }) => [facts.kind, facts.codes])).toEqual(passed);
    expect(events.map(({ facts }) => facts.state)).toEqual(passed.map(() => 'passed'));
    expect(await readAlarms(hub, idOf(name))).toEqual(alarms);
  });
});

test('what was done in time has met its deadline, and stays so', async () => {
  const { rows } = await hub.database.query<{ kind: string; state: string }>(
    `select kind, state from hub.deadline where dispatch_id = any($1) order by kind, state`,
    [['urgent, acknowledged', 'ordinary, acknowledged'].map(idOf)],
  );
  expect(rows.map(({ kind, state }) => `${kind} ${state}`)).toEqual([
    'deliveryReceipt met',
    'deliveryReceipt met',
    'humanAcknowledgement met',
    'humanAcknowledgement met',
  ]);
  const sent = await hub.database.query<{ count: number }>(
    `select count(*) as count from hub.deadline where dispatch_id is null and state = 'met'`,
  );
  // All but the two that nobody can be sent.
  expect(sent.rows[0]?.count).toBe(6);
});

test('what its addressee never got is sent again once its receipt is overdue, and when the staff say so', async () => {
  const attemptsOf = async (name: string): Promise<number> => {
    const { rows } = await hub.database.query<{ attempts: number }>(
      'select attempts from hub.dispatch where id = $1',
      [idOf(name)],
    );
    return rows[0]?.attempts ?? 0;
  };
  // First its receipt was overdue, and then its acknowledgement.
  expect(await attemptsOf('urgent, unanswered')).toBe(3);
  expect(await attemptsOf('urgent, received')).toBe(1);
  const printed = await runHubCommandWell(hub, ['resend', 'cp-fr'], {});
  expect(printed).toEqual({ resent: 2 });
  await until('it travels again', async () => (await attemptsOf('urgent, unanswered')) === 4);
  // The one who comes late gets each of them once.
  const france = await hub.startContactPoint('cp-fr');
  await untilState(hub, idOf('urgent, unanswered'), 'receipted');
  const { dispatches } = (await (await fetch(`${france}/v1/dispatches`)).json()) as {
    dispatches: { dispatchId: string }[];
  };
  const own = dispatches.filter(({ dispatchId }) => dispatchId === idOf('urgent, unanswered'));
  expect(own).toHaveLength(1);
});
