import { listen } from '@liaison/postgres';
import { formatUtc, silentLog } from '@liaison/service';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { hubChannels } from '../src/index.ts';
import { accept, acceptNew, sender } from './acceptance.ts';
import { createHubFixture, sqlstateOf, type HubFixture } from './hub-fixture.ts';

let hub: HubFixture;

beforeAll(async () => {
  hub = await createHubFixture();
});
afterAll(() => hub.close());

async function count(table: string, referralId: string): Promise<number> {
  const { rows } = await hub.owner.query<{ count: number }>(
    `select count(*) as count from ${table} where referral_id = $1`,
    [referralId],
  );
  return rows[0]?.count ?? 0;
}

const written = [
  'vault.content_key',
  'content.message',
  'hub.submission_receipt',
  'hub.provider_event',
  'ledger.opening',
  'ledger.pending',
];

describe('accepting', () => {
  test('writes the referral, its key, content, receipt and event, each once', async () => {
    const id = await acceptNew(hub, 'whole');
    expect(await Promise.all(written.map((table) => count(table, id)))).toEqual(written.map(() => 1));
  });

  test('leaves nothing where its transaction is rolled back', async () => {
    const stop = new Error('stop');
    let id = '';
    const work = hub.as('submission-api').transaction(async (tx) => {
      id = (await accept(hub, 'rolled-back', {}, tx)).referral_id ?? '';
      throw stop;
    });
    await expect(work).rejects.toBe(stop);
    expect(id).not.toBe('');
    expect(await Promise.all(written.map((table) => count(table, id)))).toEqual(written.map(() => 0));
    expect((await accept(hub, 'rolled-back')).outcome).toBe('accepted');
  });

  test('answers the same payload with the first id and receipt, and another payload with the id alone', async () => {
    const first = await accept(hub, 'twice');
    expect(await accept(hub, 'twice')).toEqual({ ...first, outcome: 'duplicate' });
    expect(await accept(hub, 'twice', { digest: 'sha-256:two' })).toEqual({
      outcome: 'conflict',
      referral_id: first.referral_id,
      receipt: null,
    });
  });

  test('accepts once, however many come at the same time', async () => {
    const rows = await Promise.all(Array.from({ length: 12 }, () => accept(hub, 'race')));
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual([
      'accepted',
      ...Array<string>(11).fill('duplicate'),
    ]);
    expect(new Set(rows.map(({ receipt }) => receipt)).size).toBe(1);
    expect(await count('vault.content_key', rows[0]?.referral_id ?? '')).toBe(1);
  });

  test("keeps senders' references apart", async () => {
    const first = await acceptNew(hub, 'shared');
    const other = await acceptNew(hub, 'shared', { senderId: 'sender-two' });
    expect(other).not.toBe(first);
  });

  test("relates to a sender's own referrals only", async () => {
    const own = await acceptNew(hub, 'related-1');
    const theirs = await acceptNew(hub, 'related-1', { senderId: 'sender-two' });
    expect((await accept(hub, 'related-2', { relatedTo: own })).outcome).toBe('accepted');
    expect(await accept(hub, 'related-3', { relatedTo: theirs })).toEqual({
      outcome: 'relationUnknown',
      referral_id: null,
      receipt: null,
    });
    expect((await accept(hub, 'related-3', { relatedTo: hub.newId() })).outcome).toBe('relationUnknown');
  });

  test('says of an erased reference that it was erased, also for the same payload', async () => {
    const id = await acceptNew(hub, 'erased');
    await hub.owner.query('update hub.referral set erased_at = now(), payload_digest = null where id = $1', [
      id,
    ]);
    expect(await accept(hub, 'erased')).toEqual({ outcome: 'erased', referral_id: id, receipt: null });
  });

  test('wakes who decides and who sequences, after the commit', async () => {
    const url = new URL(inject('databaseUrl'));
    url.pathname = `/${hub.name}`;
    const heard: string[] = [];
    const listener = await listen({
      url: url.href,
      channels: [hubChannels.accepted, hubChannels.ledger],
      onNotification: (channel) => {
        heard.push(channel);
      },
      onReconnected: () => undefined,
      log: silentLog,
    });
    await acceptNew(hub, 'heard');
    await vi.waitFor(() => {
      expect(heard.sort()).toEqual([hubChannels.accepted, hubChannels.ledger]);
    });
    await listener.close();
  });
});

describe('a sender reads', () => {
  const status = async (by: { sender: string; id?: string; reference?: string }): Promise<unknown[]> => {
    const { rows } = await hub
      .as('submission-api')
      .query('select referral_id, state from intake.read_status($1, $2, $3)', [
        by.sender,
        by.id ?? null,
        by.reference ?? null,
      ]);
    return [...rows];
  };

  test('its own referrals by id and by reference, and nobody else does', async () => {
    const id = await acceptNew(hub, 'mine');
    const found = [{ referral_id: id, state: 'accepted' }];
    expect(await status({ sender, id })).toEqual(found);
    expect(await status({ sender, reference: 'mine' })).toEqual(found);
    expect(await status({ sender: 'sender-two', id })).toEqual([]);
    expect(await status({ sender: 'sender-two', reference: 'mine' })).toEqual([]);
    // An id decides alone: a reference beside it must not widen what is found.
    expect(await status({ sender, id: hub.newId(), reference: 'mine' })).toEqual([]);
  });

  test('that information is asked for, until a supplement comes', async () => {
    const id = await acceptNew(hub, 'asked');
    const atMs = Date.now() - 60_000;
    await hub.owner.query(
      `insert into hub.provider_event (event_id, sender_id, referral_id, kind, codes, at)
       values ($1, $2, $3, 'infoRequested', '{portMissing}', $4)`,
      [hub.newId(), sender, id, formatUtc(atMs)],
    );
    expect(await status({ sender, id })).toEqual([{ referral_id: id, state: 'infoRequested' }]);
    await acceptNew(hub, 'asked-more', { relatedTo: id });
    expect(await status({ sender, id })).toEqual([{ referral_id: id, state: 'accepted' }]);
  });

  test('its feed by position of the ledger, with nothing of others and nothing without a position', async () => {
    const own = await acceptNew(hub, 'feed-1', { senderId: 'feed-one' });
    await acceptNew(hub, 'feed-1', { senderId: 'feed-two' });
    const later = await acceptNew(hub, 'feed-2', { senderId: 'feed-one' });
    await acceptNew(hub, 'feed-3', { senderId: 'feed-one' });
    // Positions are not in the order of ids: the sequencer gives them.
    const place = (referralId: string, position: number): Promise<unknown> =>
      hub.owner.query(
        `insert into ledger.leaf ("position", event_id, referral_id, audience, leaf, leaf_hash)
         select $2, event_id, referral_id, audience, leaf, sha256(leaf) from ledger.pending where referral_id = $1`,
        [referralId, position],
      );
    await place(own, 1_001);
    await place(later, 1_000);
    const feed = async (after: number, limit = 10): Promise<unknown[]> => {
      const { rows } = await hub
        .as('submission-api')
        .query<{ referral_id: string }>('select referral_id from intake.read_feed($1, $2, $3)', [
          'feed-one',
          after,
          limit,
        ]);
      return rows.map((row) => row.referral_id);
    };
    expect(await feed(-1)).toEqual([later, own]);
    expect(await feed(-1, 1)).toEqual([later]);
    expect(await feed(1_000)).toEqual([own]);
    expect(await feed(1_001)).toEqual([]);
  });

  test('with each token once, also where two use it at the same time', async () => {
    const id = hub.newId();
    const use = async (tokenId: string, nowMs: number): Promise<unknown> => {
      const { rows } = await hub
        .as('submission-api')
        .query<{ first: boolean }>('select intake.use_request($1, $2, $3) as first', [
          tokenId,
          formatUtc(nowMs + 30_000),
          formatUtc(nowMs),
        ]);
      return rows[0]?.first;
    };
    const nowMs = Date.now();
    const uses = await Promise.all(Array.from({ length: 6 }, () => use(id, nowMs)));
    expect(uses.filter((first) => first === true)).toHaveLength(1);
    expect(await use(id, nowMs)).toBe(false);
    // Ids that have expired are cleared as new ones come, so the table does not grow.
    expect(await use(hub.newId(), nowMs + 3_600_000)).toBe(true);
    const { rows } = await hub.owner.query('select from intake.used_request where id = $1', [id]);
    expect(rows).toHaveLength(0);
  });
});

describe('of a refused body remain an HMAC and codes', () => {
  const refuse = (changes: { sender: string | null; urgent: boolean; event: boolean }): Promise<unknown> =>
    hub
      .as('submission-api')
      .query('select intake.record_refusal($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)', [
        hub.newId(),
        formatUtc(Date.now()),
        changes.sender,
        Buffer.from('mac'),
        'schema-invalid',
        ['member-unknown'],
        changes.urgent,
        ...(changes.event ? [Buffer.from('leaf'), Buffer.from('salt'), '{}'] : [null, null, null]),
      ]);
  const counts = async (): Promise<unknown> => {
    const { rows } = await hub.owner.query<Record<string, number>>(
      `select (select count(*) from hub.refusal) as refusals,
         (select count(*) from ledger.pending where leaf = 'leaf') as events,
         (select count(*) from hub.alarm where code = 'urgentReferralRefused') as alarms`,
    );
    return rows[0];
  };

  test('and an event only where the sender is known, and an alarm only where a known one claimed urgency', async () => {
    await refuse({ sender: null, urgent: true, event: false });
    expect(await counts()).toEqual({ refusals: 1, events: 0, alarms: 0 });
    await refuse({ sender, urgent: false, event: true });
    expect(await counts()).toEqual({ refusals: 2, events: 1, alarms: 0 });
    await refuse({ sender, urgent: true, event: true });
    expect(await counts()).toEqual({ refusals: 3, events: 2, alarms: 1 });
  });
});

test('a referral cannot be in a state that nobody knows', async () => {
  const id = await acceptNew(hub, 'state');
  const change = hub.owner.query(`update hub.referral set state = 'lost' where id = $1`, [id]);
  expect(await sqlstateOf(change)).toBe('23514');
});
