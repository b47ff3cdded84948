import { validateMessage, type DeliveryReceipt, type Dispatch, type Referral } from '@liaison/contracts';
import { digestOf, readJws, thumbprintOf } from '@liaison/seal';
import { beforeAll, describe, expect, test } from 'vitest';
import { referralTo } from '../setup/conformance-members.ts';
import { encryptionKeyOf, sealTo, sendAsHub, signAsHub, strangerKey } from '../setup/forged-records.ts';
import { readHub } from '../setup/history.ts';
import { forgeJws, newLocalId } from '../setup/local-messages.ts';
import { addKeys, authorityId, senderId, type JoinedMembers } from './joined-members.ts';

interface StoredDispatch {
  readonly dispatchId: string;
  readonly digest: string;
  readonly dispatch: Dispatch;
  readonly referral: Referral;
}

interface Received {
  readonly receipts: readonly DeliveryReceipt[];
  readonly dispatches: readonly StoredDispatch[];
}

interface DispatchRow {
  readonly id: string;
  readonly state: string;
  readonly answer: string | null;
  readonly attempts: number;
}

function openReceipt(jws: string): DeliveryReceipt {
  const read = readJws(jws, { typ: 'delivery-receipt+jws', maxBytes: 64 * 1024 });
  if (!read.ok) throw new Error(read.fault.code);
  const receipt = validateMessage('delivery-receipt', read.value.payload);
  if (!receipt.ok) throw new Error(receipt.faults.map(({ pointer }) => pointer).join(', '));
  return receipt.value;
}

/** Says that a contact point in Python that has nothing but the contracts can do everything that one needs. */
export function describePythonContactPoint(joined: () => JoinedMembers): void {
  let all: JoinedMembers;
  let stored: StoredDispatch;

  const submit = async (reference: string): Promise<string> => {
    const path = await all.provider.write(`${reference}.json`, referralTo(senderId, reference));
    const { results } = (await all.provider.run('submit', path)) as { results: { referralId?: string }[] };
    return results[0]?.referralId ?? '';
  };

  const receive = async (...args: readonly string[]): Promise<Received> => {
    const received = (await all.contactPoint.run('receive', ...args)) as {
      receipts: readonly string[];
      dispatches: readonly StoredDispatch[];
    };
    return { receipts: received.receipts.map(openReceipt), dispatches: received.dispatches };
  };

  const readDispatch = async (referralId: string): Promise<DispatchRow | undefined> => {
    const text = `select id, state, answer, attempts from hub.dispatch where referral_id = $1 and addressee_id = $2`;
    return (await readHub<DispatchRow>(all.whole.local, text, [referralId, authorityId]))[0];
  };

  const readAlarms = (code: string): Promise<readonly { subject_id: string }[]> =>
    readHub(
      all.whole.local,
      'select subject_id from hub.alarm where code = $1 and participant_id = $2 order by subject_id',
      [code, authorityId],
    );

  beforeAll(async () => {
    all = joined();
    const referralId = await submit('CP-1');
    const { dispatches } = await receive('--referral', referralId);
    const found = dispatches.find(({ dispatch }) => dispatch.referralId === referralId);
    if (found === undefined) throw new Error('the dispatch has not come');
    stored = found;
  });

  test('joins, opens the parcel, and finds both signatures good', () => {
    expect(stored.referral.providerReference).toBe('CP-1');
    expect(stored.referral.note?.text).toBe('Une première alerte, vue à Maastricht.');
  });

  test('answers with a receipt that the hub takes', async () => {
    const { referralId } = stored.dispatch;
    await expect
      .poll(() => readDispatch(referralId), { timeout: 20_000 })
      .toMatchObject({ id: stored.dispatchId, state: 'receipted', answer: null });
  });

  test('acknowledges, and verifies what the hub says of it', async () => {
    const members = JSON.stringify({ caseNumber: 'NL-2026-1' });
    const args = ['--dispatch', stored.dispatchId, '--kind', 'acknowledged', '--members', members];
    const answer = (await all.contactPoint.run('answer', ...args)) as {
      feedbackId: string;
      digest: string;
      receipt: DeliveryReceipt;
    };
    const { feedbackId, digest } = answer;
    expect(answer.receipt).toMatchObject({
      outcome: 'opened',
      entries: [{ feedbackId, digest, outcome: 'accepted', code: null }],
    });
    expect(await readDispatch(stored.dispatch.referralId)).toMatchObject({ answer: 'acknowledged' });
  });

  test('asks the sender for what is missing, and its feed says so', async () => {
    const members = JSON.stringify({ requested: ['ports'] });
    const args = ['--dispatch', stored.dispatchId, '--kind', 'informationRequested', '--members', members];
    await all.contactPoint.run('answer', ...args);
    const status = await all.provider.run('status', stored.dispatch.referralId);
    expect(status).toMatchObject({ state: 'infoRequested', informationRequests: [{ requested: ['ports'] }] });
  });

  describe('refuses', () => {
    const refused = (code: string) => ({ outcome: 'refused', code });

    /** Sends records and waits for a receipt for each. */
    async function receiptsFor(values: readonly string[]): Promise<readonly DeliveryReceipt[]> {
      await sendAsHub(all.whole.local, authorityId, values);
      const { receipts } = await receive('--parcels', String(values.length));
      return values.map((value) => {
        const own = receipts.find(({ parcelDigest }) => parcelDigest === digestOf(Buffer.from(value)));
        if (own === undefined) throw new Error('no receipt');
        return own;
      });
    }

    test('what is no parcel, and the hub notices that it never sent it', async () => {
      const values = ['this is no parcel', 'a.b.c.d.e', ''.padEnd(5_000, 'x')];
      const receipts = await receiptsFor(values);
      const told = { ...refused('undecryptable'), parcelId: null, entries: [] };
      expect(receipts).toMatchObject(values.map(() => told));
      const digests = receipts.map(({ parcelDigest }) => parcelDigest).toSorted();
      await expect
        .poll(async () => (await readAlarms('receiptForOtherBytes')).map((alarm) => alarm.subject_id), {
          timeout: 20_000,
        })
        .toEqual(digests);
    });

    test('a parcel that was made for another, or by another', async () => {
      const key = await encryptionKeyOf(all.contactPoint, thumbprintOf);
      const message = await signAsHub(all.whole.local, stored.dispatch, { addressee: authorityId });
      const receipts = await receiptsFor([
        await sealTo(key, [message], { to: 'cp-fr' }),
        await sealTo(key, [message], { to: authorityId, from: 'cp-fr' }),
      ]);
      expect(receipts).toMatchObject([refused('parcel-malformed'), refused('parcel-malformed')]);
    });

    test('every message in a parcel that is not what it should be, and nothing else in it', async () => {
      const { local } = all.whole;
      const key = await encryptionKeyOf(all.contactPoint, thumbprintOf);
      const sign = (payload: object, changes: object = {}): Promise<string> =>
        signAsHub(local, payload, { addressee: authorityId, ...changes });
      const forged = forgeJws(headerOf(stored.dispatch.referral), '{"schemaVersion":"1.0"}');
      const messages: readonly (readonly [string, string])[] = [
        [await sign(stored.dispatch, { key: strangerKey() }), 'key-unknown'],
        [tamper(await sign(stored.dispatch)), 'signature-invalid'],
        [await sign(stored.dispatch, { addressee: 'cp-fr' }), 'audience-wrong'],
        [await sign({ ...stored.dispatch, referral: forged }), 'signature-invalid'],
        [
          await sign({ ...stored.dispatch, sender: { participantId: 'example-chat', kind: 'provider' } }),
          'key-unknown',
        ],
        [await sign({ ...stored.dispatch, kind: 'recall' }), 'kind-unknown'],
        [await sign({ ...stored.dispatch, schemaVersion: '2.0' }), 'version-unknown'],
        [await sign({ ...stored.dispatch, sequence: 2 }, { id: stored.dispatchId }), 'id-reused'],
      ];
      const good = await sign({ ...stored.dispatch, ofALaterVersion: true }, { id: newLocalId() });
      const all8 = [...messages.map(([jws]) => jws), good, 'no.message.atall'];
      const [receipt] = await receiptsFor([await sealTo(key, all8, { to: authorityId })]);
      expect(receipt?.outcome).toBe('opened');
      expect(receipt?.entries.map(({ outcome, code }) => code ?? outcome)).toEqual([
        ...messages.map(([, code]) => code),
        'accepted',
      ]);
    });
  });

  test('that has lost its key says so, and opens the same dispatch under a new one', async () => {
    const keys = (await all.contactPoint.read('private.json')) as readonly { use: string }[];
    await all.contactPoint.write(
      'private.json',
      keys.filter(({ use }) => use === 'sig'),
    );
    const referralId = await submit('CP-2');
    const { receipts } = await receive('--parcels', '1');
    expect(receipts[0]).toMatchObject({ outcome: 'refused', code: 'undecryptable' });
    await all.contactPoint.run('keys', '--use', 'enc');
    await addKeys(all);
    const before = await readDispatch(referralId);
    const again = await receive('--referral', referralId);
    expect(again.dispatches.map(({ dispatchId }) => dispatchId)).toContain(before?.id);
    await expect
      .poll(() => readDispatch(referralId), { timeout: 20_000 })
      .toMatchObject({ state: 'receipted' });
  });
}

function headerOf(jws: string): object {
  return JSON.parse(Buffer.from(jws.split('.')[0] ?? '', 'base64url').toString()) as object;
}

/** The same message under a signature of which one bit differs. */
function tamper(jws: string): string {
  const [header, payload, signature = ''] = jws.split('.');
  const bytes = Buffer.from(signature, 'base64url');
  bytes[0] = (bytes[0] ?? 0) ^ 1;
  return [header, payload, bytes.toString('base64url')].join('.');
}
