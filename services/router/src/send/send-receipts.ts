import { topicTo } from '@liaison/contracts';
import type { Exchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { formatUtc, type Clock, type NewId } from '@liaison/service';

/** What sending receipts needs. */
export interface SendReceiptsDeps {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly newId: NewId;
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

/** Sends the hub's receipts for feedback, outside of any transaction; one that was sent twice says the same twice. */
export async function sendReceipts(deps: SendReceiptsDeps): Promise<'more' | 'idle'> {
  const nowMs = deps.clock.nowMs();
  const { rows } = await deps.database.query<WaitingReceipt>(
    `update hub.outgoing_receipt set lease_until = $2
     where parcel_digest in (
       select parcel_digest from hub.outgoing_receipt
       where sent_at is null and (lease_until is null or lease_until < $1)
       order by created_at limit $3 for update skip locked)
     returning parcel_digest, addressee_id, jws`,
    [formatUtc(nowMs), formatUtc(nowMs + leaseMs), batchSize],
  );
  for (const { addressee_id: addresseeId, jws } of rows) {
    await deps.exchange.send(topicTo(deps.instance, addresseeId), [
      {
        key: deps.newId(),
        value: Buffer.from(jws),
        headers: {
          ce_specversion: '1.0',
          ce_id: deps.newId(),
          ce_source: deps.hubId,
          ce_type: 'eu.liaison.delivery-receipt',
        },
      },
    ]);
  }
  if (rows.length > 0) {
    await deps.database.query('update hub.outgoing_receipt set sent_at = $2 where parcel_digest = any($1)', [
      rows.map((row) => row.parcel_digest),
      formatUtc(deps.clock.nowMs()),
    ]);
  }
  return rows.length === batchSize ? 'more' : 'idle';
}
