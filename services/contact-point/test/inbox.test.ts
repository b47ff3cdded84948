import type { Exchange } from '@liaison/exchange';
import { digestOf } from '@liaison/seal';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Signed } from './sign-as-hub.ts';
import { startContactPoint, type StartedContactPoint } from './start-contact-point.ts';

let started: StartedContactPoint;
/** How often the exchange still refuses what the contact point sends. */
let sendsToFail = 0;

function failOnDemand(exchange: Exchange): Exchange {
  return {
    ...exchange,
    async send(topic, records) {
      sendsToFail -= 1;
      if (sendsToFail >= 0) throw Object.assign(new Error('away'), { code: 'exchange-unavailable' });
      await exchange.send(topic, records);
    },
  };
}

beforeAll(async () => {
  started = await startContactPoint({ alterExchange: failOnDemand });
});
afterEach(() => {
  sendsToFail = 0;
  started.setDirectory(started.members.directory);
});
afterAll(() => started.close());

async function countStored(...ids: readonly string[]): Promise<number> {
  const { rows } = await started.inbox.query<{ count: number }>(
    'select count(*) as count from inbox.dispatch where id = any($1)',
    [ids],
  );
  return rows[0]?.count ?? 0;
}

function takenOf({ id, digest }: Signed): object {
  return { dispatchId: id, digest, outcome: 'accepted', code: null };
}

async function readEvents(subjectId: string): Promise<readonly object[]> {
  const { rows } = await started.inbox.query('select code from inbox.security_event where subject_id = $1', [
    subjectId,
  ]);
  return rows;
}

describe('what comes again is stored once and receipted again', () => {
  test('the same record gets the very same receipt', async () => {
    const signed = await started.hub.signDispatch();
    const record = await started.hub.sealParcel([signed.jws]);
    const first = await started.hub.deliver(record);
    await started.hub.send(record);
    expect(await started.hub.receiptsFor(record, 2)).toEqual([first, first]);
    expect(new Set(started.hub.receiptRecords().slice(-2)).size).toBe(1);
    expect(await countStored(signed.id)).toBe(1);
  });

  test('the same bytes in a new parcel are taken again, under the receipt of that parcel', async () => {
    const signed = await started.hub.signDispatch();
    const first = await started.hub.deliver(await started.hub.sealParcel([signed.jws]));
    const second = await started.hub.deliver(await started.hub.sealParcel([signed.jws]));
    expect([first.entries, second.entries]).toEqual([[takenOf(signed)], [takenOf(signed)]]);
    expect(second.parcelDigest).not.toBe(first.parcelDigest);
    expect(await countStored(signed.id)).toBe(1);
    expect(await readEvents(signed.id)).toEqual([]);
  });

  test('the same payload signed anew is the same message: a signature is no identity', async () => {
    const signed = await started.hub.signDispatch();
    await started.hub.deliver(await started.hub.sealParcel([signed.jws]));
    const payload = JSON.parse(Buffer.from(signed.jws.split('.')[1] ?? '', 'base64url').toString()) as object;
    const again = await started.hub.signDispatch({
      id: signed.id,
      content: payload,
      key: started.members.hub.next,
    });
    expect([again.digest, again.jws === signed.jws]).toEqual([signed.digest, false]);
    const receipt = await started.hub.deliver(await started.hub.sealParcel([again.jws]));
    expect(receipt.entries).toEqual([takenOf(signed)]);
    expect(await readEvents(signed.id)).toEqual([]);
  });

  test('twice in one parcel, too', async () => {
    const signed = await started.hub.signDispatch();
    const receipt = await started.hub.deliver(await started.hub.sealParcel([signed.jws, signed.jws]));
    expect(receipt.entries).toEqual([takenOf(signed), takenOf(signed)]);
    expect(await countStored(signed.id)).toBe(1);
  });
});

describe('the same id with another payload is an event of security and no duplicate', () => {
  test.each(['in another parcel', 'in the same batch', 'in the same parcel'])('%s', async (where) => {
    const first = await started.hub.signDispatch();
    const second = await started.hub.signDispatch({ id: first.id });
    const refused = { dispatchId: first.id, digest: second.digest, outcome: 'refused', code: 'id-reused' };
    const parcels = where === 'in the same parcel' ? [[first, second]] : [[first], [second]];
    const records = await Promise.all(
      parcels.map((messages) => started.hub.sealParcel(messages.map(({ jws }) => jws))),
    );
    if (where === 'in the same batch') await started.hub.send(...records);
    else for (const record of records) await started.hub.deliver(record);
    const receipts = await Promise.all(records.map((record) => started.hub.receiptsFor(record)));
    expect(receipts.flatMap(([receipt]) => receipt?.entries)).toEqual([takenOf(first), refused]);
    const { rows } = await started.inbox.query('select digest from inbox.dispatch where id = $1', [first.id]);
    expect(rows).toEqual([{ digest: first.digest }]);
    expect(await readEvents(first.id)).toEqual([{ code: 'id-reused' }]);
  });
});

describe('what a parcel needs', () => {
  test('may still be a retired key of the contact point', async () => {
    const signed = await started.hub.signDispatch();
    const recipient = started.members.belgium.retired;
    const receipt = await started.hub.deliver(await started.hub.sealParcel([signed.jws], { recipient }));
    expect(receipt.entries).toEqual([takenOf(signed)]);
  });

  test('a hundred messages fit', async () => {
    // Of ordinary size a hundred would be larger than a record may be.
    const referral = await started.hub.signReferral({ content: { items: undefined, persons: undefined } });
    const messages: Signed[] = [];
    for (let count = 0; count < 100; count += 1) {
      messages.push(await started.hub.signDispatch({ content: { referral } }));
    }
    const record = await started.hub.sealParcel(messages.map(({ jws }) => jws));
    const { entries } = await started.hub.deliver(record);
    expect(entries).toEqual(messages.map(takenOf));
    expect(await countStored(...messages.map(({ id }) => id))).toBe(100);
  });

  test('is a directory that has not expired: without one records wait, and none is refused for it', async () => {
    started.setDirectory(null);
    const signed = await started.hub.signDispatch();
    const record = await started.hub.sealParcel([signed.jws]);
    const before = started.hub.receiptRecords().length;
    await started.hub.send(record);
    await expect.poll(async () => (await fetch(`${started.origin}/readyz`)).status).toBe(503);
    expect([started.hub.receiptRecords().length, await countStored(signed.id)]).toEqual([before, 0]);
    started.setDirectory(started.members.directory);
    const [receipt] = await started.hub.receiptsFor(record);
    expect(receipt?.entries).toEqual([takenOf(signed)]);
  });
});

describe('a fault on the way back or within', () => {
  test('a receipt that the exchange does not take is sent as soon as it does, and the dispatch is there already', async () => {
    sendsToFail = 2;
    const signed = await started.hub.signDispatch();
    const record = await started.hub.sealParcel([signed.jws]);
    const receipt = await started.hub.deliver(record);
    expect(sendsToFail).toBeLessThan(0);
    expect(receipt.entries).toEqual([takenOf(signed)]);
    expect(await countStored(signed.id)).toBe(1);
  });

  test('a database that is away keeps records waiting, and loses none', async () => {
    const signed = await started.hub.signDispatch();
    const record = await started.hub.sealParcel([signed.jws]);
    await started.place.line.cut();
    await started.hub.send(record);
    await expect.poll(async () => (await fetch(`${started.origin}/readyz`)).status).toBe(503);
    await started.place.line.mend();
    const [receipt] = await started.hub.receiptsFor(record);
    expect(receipt?.entries).toEqual([takenOf(signed)]);
    await expect.poll(async () => (await fetch(`${started.origin}/readyz`)).status).toBe(200);
  });

  test('a record that the program itself fails on is put aside by its digest, and the next one is handled', async () => {
    const { directory, chat } = started.members;
    // A directory may say so, and no column can hold it.
    const unheardOf = { since: '0000-01-01T00:00:00.000Z', at: new Date().toISOString() };
    const key = { ...chat.current.listed, revoked: unheardOf };
    started.setDirectory({
      ...directory,
      key: (id, kid) => (kid === key.kid ? key : directory.key(id, kid)),
    });
    const impossible = await started.hub.signDispatch();
    const record = await started.hub.sealParcel([impossible.jws]);
    const referral = await started.hub.signReferral({
      issuer: 'example-mail',
      key: started.members.mail.current,
    });
    const sender = { participantId: 'example-mail', kind: 'provider' };
    const next = await started.hub.signDispatch({ content: { referral, sender } });
    await started.hub.send(record);
    const receipt = await started.hub.deliver(await started.hub.sealParcel([next.jws]));
    expect(receipt.entries).toEqual([takenOf(next)]);
    const { rows } = await started.inbox.query('select digest, codes from inbox.quarantined_record');
    expect(rows).toEqual([{ digest: digestOf(record), codes: ['statement-failed', '22008'] }]);
    expect(await countStored(impossible.id)).toBe(0);
  });
});
