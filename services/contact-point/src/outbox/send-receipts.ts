import { spanPlaces } from '@liaison/service';
import { markReceiptsSent, type ReceiptToSend } from '../store/outgoing.ts';
import type { SendDeps } from './send-deps.ts';
import { toRecord } from './to-record.ts';

/** Sends receipts and marks them; a crash in between only sends the same once more. @throws ExchangeError, DatabaseError. */
export async function sendReceipts(receipts: readonly ReceiptToSend[], deps: SendDeps): Promise<void> {
  if (receipts.length === 0) return;
  const records = receipts.map(({ parcelDigest, jws }) => {
    const trace = deps.tracing.headersOf(spanPlaces.parcelReceipted(parcelDigest));
    return toRecord('delivery-receipt', { id: deps.newId(), text: jws, source: deps.selfId, trace });
  });
  await deps.exchange.send(deps.writeTopic, records);
  await deps.reach('receipts:sent');
  const digests = receipts.map(({ parcelDigest }) => parcelDigest);
  await markReceiptsSent(deps.database, digests, deps.clock.nowMs());
}
