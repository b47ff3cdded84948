import { limits, topicTo, type ContactPointApi, type MemberState } from '@liaison/contracts';
import { connect } from '@liaison/postgres';
import { silentLog } from '@liaison/service';
import { ipv4Of } from '@liaison/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitBatches } from '../setup/submitting-batch.ts';
import { referralOf, until } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE', 'FR'] });
  await hub.startContactPoint('cp-be');
});
afterAll(() => hub.close());

/** Submits referrals that concern these states. */
async function submitTo(states: readonly MemberState[], count: number): Promise<string[]> {
  const referrals = Array.from({ length: count }, (_one, index) => {
    const referral = referralOf(hub, hub.newId());
    const events = referral.networkEvents ?? [];
    const networkEvents = states.flatMap((state) =>
      events.map((event) => ({ ...event, ipAddress: ipv4Of(state, index) })),
    );
    return { ...referral, networkEvents };
  });
  return submitBatches(hub, referrals);
}

/** How many dispatches to an addressee, for these referrals, are in each state. */
async function countStates(addresseeId: string, referralIds: readonly string[]): Promise<object> {
  const { rows } = await hub.database.query<{ state: string; count: number }>(
    `select state, count(*) as count from hub.dispatch
     where addressee_id = $1 and referral_id = any($2) group by state`,
    [addresseeId, referralIds],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

async function untilReceipted(addresseeId: string, referralIds: readonly string[]): Promise<void> {
  await until(`${addresseeId} has all`, async () => {
    const counts = await countStates(addresseeId, referralIds);
    return 'receipted' in counts && counts.receipted === referralIds.length;
  });
}

/** The ids of all dispatches in a contact point's inbox, page by page. */
async function readInbox(address: string): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ;) {
    const response = await fetch(`${address}/v1/dispatches?limit=200${after}`);
    const page = (await response.json()) as ContactPointApi['schemas']['InboxPage'];
    ids.push(...page.dispatches.map(({ dispatchId }) => dispatchId));
    if (page.next === null) return ids;
    after = `&after=${page.next}`;
  }
}

async function readDispatchIds(addresseeId: string): Promise<string[]> {
  const { rows } = await hub.database.query<{ id: string }>(
    'select id from hub.dispatch where addressee_id = $1',
    [addresseeId],
  );
  return rows.map(({ id }) => id);
}

describe('hundreds of referrals for a contact point that is stopped', () => {
  let waiting: string[];
  let france: string;

  test('hold up none for another', async () => {
    waiting = await submitTo(['FR'], 300);
    const prompt = await submitTo(['BE'], 20);
    await untilReceipted('cp-be', prompt);
    expect(await countStates('cp-fr', waiting)).not.toHaveProperty('receipted');
    await until('all have left the hub', async () => {
      const counts = await countStates('cp-fr', waiting);
      return 'sent' in counts && counts.sent === waiting.length;
    });
    const late = await submitTo(['BE'], 20);
    await untilReceipted('cp-be', late);
    expect(await countStates('cp-fr', waiting)).toEqual({ sent: 300 });
  });

  test('wait in parcels that keep the limits, each in one', async () => {
    const { rows } = await hub.database.query<{ ids: string[]; bytes: number }>(
      `select dispatch_ids as ids, bytes from hub.parcel where addressee_id = 'cp-fr'`,
    );
    const packed = rows.flatMap(({ ids }) => ids);
    expect(packed.toSorted()).toEqual((await readDispatchIds('cp-fr')).toSorted());
    expect(Math.max(...rows.map(({ ids }) => ids.length))).toBeLessThanOrEqual(limits.parcelMessages);
    expect(Math.max(...rows.map(({ bytes }) => bytes))).toBeLessThanOrEqual(limits.parcelBytes);
    // Encryption is paid once a parcel, so a backlog has to share them.
    expect(rows.length).toBeLessThan(waiting.length / 4);
  });

  test('come to it once each when it starts', async () => {
    france = await hub.startContactPoint('cp-fr');
    await untilReceipted('cp-fr', waiting);
    expect((await readInbox(france)).toSorted()).toEqual((await readDispatchIds('cp-fr')).toSorted());
    const { rows } = await hub.database.query(
      `select attempts, count(*) as dispatches from hub.dispatch where addressee_id = 'cp-fr' group by attempts`,
    );
    expect(rows).toEqual([{ attempts: 1, dispatches: 300 }]);
  });
});

describe('a contact point to which nothing can be sent', () => {
  const france = (): string => topicTo(hub.installation.instance, 'cp-fr');

  async function renameTopic(from: string, to: string): Promise<void> {
    const url = hub.settings.exchangeAdminUrl ?? '';
    const exchange = connect({ url, applicationName: 'test', maxConnections: 1, log: silentLog });
    try {
      await exchange.query('update exchange.topic set name = $2 where name = $1', [from, to]);
    } finally {
      await exchange.end();
    }
  }

  test('holds up none for another, and gets its own once it can be reached again', async () => {
    await renameTopic(france(), `${france()}.gone`);
    // Parcels for both are due together, every time.
    const referrals = await submitTo(['BE', 'FR'], 20);
    await untilReceipted('cp-be', referrals);
    expect(await countStates('cp-fr', referrals)).not.toHaveProperty('receipted');
    await renameTopic(`${france()}.gone`, france());
    await untilReceipted('cp-fr', referrals);
    const { rows } = await hub.database.query(
      `select distinct attempts from hub.dispatch where addressee_id = 'cp-fr' and referral_id = any($1)`,
      [referrals],
    );
    // What never left is no attempt.
    expect(rows).toEqual([{ attempts: 1 }]);
  });
});
