import { topicTo } from '@liaison/contracts';
import type { Exchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { codesOf, formatUtc, type Clock, type Log, type NewId } from '@liaison/service';
import { isTransient } from '../answers/quarantine.ts';

/** What sending receipts needs. */
export interface SendReceiptsDeps {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly instance: string;
  readonly hubId: string;
}

interface WaitingReceipt {
  readonly parcel_digest: string;
  readonly addressee_id: string;
  readonly jws: string;
}

const batchSize = 50;
const leaseMs = 5_000;

/** Sends one receipt; where only its own topic is in the way, it waits for its lease to end, and no other does. */
async function sendReceipt(
  { addressee_id: addresseeId, jws }: WaitingReceipt,
  deps: SendReceiptsDeps,
): Promise<boolean> {
  const headers = {
    ce_specversion: '1.0',
    ce_id: deps.newId(),
    ce_source: deps.hubId,
    ce_type: 'eu.liaison.delivery-receipt',
  };
  try {
    const record = { key: deps.newId(), value: Buffer.from(jws), headers };
    await deps.exchange.send(topicTo(deps.instance, addresseeId), [record]);
    return true;
  } catch (error) {
    if (isTransient(error)) throw error;
    deps.log.warn('receipt-not-sent', { addressee: addresseeId, codes: codesOf(error) });
    return false;
  }
}

/** Sends the hub's receipts for feedback, outside of any transaction; one that was sent twice says the same twice. */
export async function sendReceipts(deps: SendReceiptsDeps): Promise<'more' | 'idle'> {
  const nowMs = deps.clock.nowMs();
  const { rows } = await deps.database.query<WaitingReceipt>(
    `update hub.outgoing_receipt set lease_until = $2
     where parcel_digest in (
       select parcel_digest from hub.outgoing_receipt
       -- A lease that ends so late is of a clock that was ahead.
       where sent_at is null and (lease_until is null or lease_until < $1 or lease_until > $4)
       order by created_at limit $3 for update skip locked)
     returning parcel_digest, addressee_id, jws`,
    [formatUtc(nowMs), formatUtc(nowMs + leaseMs), batchSize, formatUtc(nowMs + 2 * leaseMs)],
  );
  const sent: string[] = [];
  try {
    for (const row of rows) if (await sendReceipt(row, deps)) sent.push(row.parcel_digest);
  } finally {
    if (sent.length > 0) {
      await deps.database.query(
        'update hub.outgoing_receipt set sent_at = $2 where parcel_digest = any($1)',
        [sent, formatUtc(deps.clock.nowMs())],
      );
    }
  }
  return rows.length === batchSize ? 'more' : 'idle';
}
