import type { ContactPointApi } from '@liaison/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAs, readWholeFeed, type Status } from '../setup/reading.ts';
import { referralOf, submitAccepted, until, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

type InboxPage = ContactPointApi['schemas']['InboxPage'];
type OpenedDispatch = ContactPointApi['schemas']['OpenedDispatch'];
type Entry = InboxPage['dispatches'][number];

let hub: TestHub & { close(): Promise<void> };
const addresses = new Map<string, string>();

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR', 'DE'] });
  for (const id of ['cp-be', 'cp-fr', 'cp-de', 'europol']) addresses.set(id, await hub.startContactPoint(id));
});
afterAll(() => hub.close());

/** What a contact point's inbox holds of a referral, oldest first. */
async function entriesAt(contactPoint: string, referralId: string): Promise<Entry[]> {
  const response = await fetch(`${addresses.get(contactPoint)}/v1/dispatches?limit=200`);
  const { dispatches } = (await response.json()) as InboxPage;
  return dispatches.filter((entry) => entry.referralId === referralId);
}

async function untilArrived(contactPoint: string, referralId: string, count = 1): Promise<Entry> {
  await until(
    `${contactPoint} has it`,
    async () => (await entriesAt(contactPoint, referralId)).length === count,
  );
  const entry = (await entriesAt(contactPoint, referralId)).at(-1);
  if (entry === undefined) throw new Error('nothing arrived');
  return entry;
}

async function decline(
  contactPoint: string,
  referralId: string,
  said: { readonly reason: string; readonly suggestedCompetent: readonly string[] },
): Promise<string> {
  const { dispatchId } = await untilArrived(contactPoint, referralId);
  const url = `${addresses.get(contactPoint)}/v1/dispatches/${dispatchId}`;
  const response = await fetch(`${url}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: hub.newId(), kind: 'declined', ...said }),
  });
  expect(response.status).toBe(201);
  await until('the hub has the answer', async () => {
    const opened = (await (await fetch(url)).json()) as OpenedDispatch;
    return opened.answers.length === 1 && opened.answers.every(({ state }) => state === 'receipted');
  });
  return dispatchId;
}

/** Submits a referral for Belgium, and waits until Belgium and Europol have it. */
async function refer(): Promise<string> {
  const referralId = await submitAccepted(hub, referralOf(hub, hub.newId()));
  await untilDispatches(hub, referralId, 'receipted');
  return referralId;
}

async function readAddressees(referralId: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ one: string }>(
    `select concat_ws(' ', addressee_id, decision_version, "sequence") as one
     from hub.dispatch where referral_id = $1 order by sealed_at, addressee_id`,
    [referralId],
  );
  return rows.map(({ one }) => one);
}

async function readAlarms(dispatchId: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ code: string }>(
    'select code from hub.alarm where subject_id = $1 and cleared_at is null',
    [dispatchId],
  );
  return rows.map(({ code }) => code);
}

describe('what an authority declines', () => {
  test('arrives at the authority it names, under a decision that says why, and the sender is told nothing new', async () => {
    const referralId = await refer();
    const before = (await readWholeFeed(hub)).length;
    const declined = await decline('cp-be', referralId, {
      reason: 'otherStateCompetent',
      suggestedCompetent: ['BE', 'FR', 'DE'],
    });
    const entry = await untilArrived('cp-fr', referralId);
    const response = await fetch(`${addresses.get('cp-fr')}/v1/dispatches/${entry.dispatchId}`);
    const { dispatch } = (await response.json()) as OpenedDispatch;
    const { criminal, version } = dispatch.decision;
    expect([version, criminal.rule, criminal.concerned.map(({ country }) => country)]).toEqual([
      2,
      'redirectedAfterDecline',
      ['FR'],
    ]);
    expect(await readAddressees(referralId)).toEqual(['cp-be 1 1', 'europol 1 1', 'cp-fr 2 1']);
    expect(await readAlarms(declined)).toEqual([]);
    expect((await readWholeFeed(hub)).length).toBe(before);
    expect((await readAs<Status>(hub, `/v1/referrals/${referralId}`)).body.state).toBe('forwarded');
  });

  test('goes on to Europol as its own when those who are named decline too, and in no circle', async () => {
    const referralId = await refer();
    await decline('cp-be', referralId, { reason: 'otherStateCompetent', suggestedCompetent: ['DE'] });
    await decline('cp-de', referralId, { reason: 'otherStateCompetent', suggestedCompetent: ['BE'] });
    await until('Europol has it again', async () => (await entriesAt('europol', referralId)).length === 2);
    expect(await readAddressees(referralId)).toEqual([
      'cp-be 1 1',
      'europol 1 1',
      'cp-de 2 1',
      'europol 3 2',
    ]);
    const { rows } = await hub.database.query<{ outcome: string }>(
      `select document #>> '{criminal,outcome}' as outcome from hub.decision where referral_id = $1 order by version`,
      [referralId],
    );
    expect(rows.map(({ outcome }) => outcome)).toEqual(['memberStates', 'memberStates', 'europolOnly']);
  });

  test('as known or not actionable stays where it is, and a person is told', async () => {
    const referralId = await refer();
    const declined = await decline('cp-be', referralId, { reason: 'alreadyKnown', suggestedCompetent: [] });
    expect(await readAddressees(referralId)).toEqual(['cp-be 1 1', 'europol 1 1']);
    expect(await readAlarms(declined)).toEqual(['dispatchDeclined']);
  });

  test('waits for the contact point of the state it names where that has none yet', async () => {
    const referralId = await refer();
    await decline('cp-be', referralId, { reason: 'otherStateCompetent', suggestedCompetent: ['MT'] });
    const { rows } = await hub.database.query(
      'select member_state, decision_version from hub.unenrolled where referral_id = $1',
      [referralId],
    );
    expect(rows).toEqual([{ member_state: 'MT', decision_version: 2 }]);
  });

  test('is in the ledger: each decision, each dispatch, and the answer that caused it', async () => {
    const referralId = await refer();
    await decline('cp-be', referralId, { reason: 'otherStateCompetent', suggestedCompetent: ['FR'] });
    await untilArrived('cp-fr', referralId);
    await until('all is sequenced', async () => {
      const { rows } = await hub.database.query<{ count: number }>(
        'select count(*)::int as count from ledger.pending where referral_id = $1',
        [referralId],
      );
      return rows[0]?.count === 0;
    });
    const response = await fetch(`${hub.entries}/timelines?search=${referralId}`);
    const { timelines } = (await response.json()) as { timelines: { events: { type: string }[] }[] };
    const types = timelines[0]?.events.map(({ type }) => type) ?? [];
    expect(types.filter((type) => type === 'referralDecided')).toHaveLength(2);
    expect(types.lastIndexOf('referralDecided')).toBeGreaterThan(types.indexOf('feedbackReceived'));
    expect(types.filter((type) => type === 'dispatchSealed')).toHaveLength(3);
  });
});
