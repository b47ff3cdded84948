import { limits } from '@liaison/contracts';
import { chooseEncryptionKey, type DirectoryIndex } from '@liaison/directory';
import type { Exchange } from '@liaison/exchange';
import type { Database } from '@liaison/postgres';
import { digestOf, encryptParcel } from '@liaison/seal';
import type { Clock, Log, NewId, ReachPoint } from '@liaison/service';
import {
  claimAnswers,
  claimReceipts,
  markAnswersSent,
  markReceiptsSent,
  recordOutgoingParcel,
  type ClaimedAnswer,
} from '../store/outgoing.ts';

/** What sending needs. */
export interface SendDeps {
  readonly database: Database;
  readonly exchange: Exchange;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  readonly reach: ReachPoint;
  readonly selfId: string;
  /** Topic on which this participant writes to the hub. */
  readonly writeTopic: string;
  readonly currentDirectory: () => DirectoryIndex | null;
}

const receiptsPerRound = 100;
const leaseMs = 5_000;
/** Base64url makes four characters of three bytes; header, key, IV and tag take the rest. */
const plaintextBytes = Math.floor((limits.parcelBytes - 2_048) * 0.75) - 256;

function toRecord(
  deps: SendDeps,
  type: 'parcel' | 'delivery-receipt',
  content: { id: string; text: string },
) {
  return {
    key: content.id,
    value: Buffer.from(content.text),
    headers: {
      ce_specversion: '1.0',
      ce_id: content.id,
      ce_source: deps.selfId,
      ce_type: `eu.liaison.${type}`,
    },
  };
}

/** Sends receipts that wait: each is one record, signed long before. */
async function sendReceipts(deps: SendDeps): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  const receipts = await claimReceipts(deps.database, { nowMs, leaseMs, limit: receiptsPerRound });
  if (receipts.length === 0) return false;
  await deps.exchange.send(
    deps.writeTopic,
    receipts.map(({ jws }) => toRecord(deps, 'delivery-receipt', { id: deps.newId(), text: jws })),
  );
  await deps.reach('receipts:sent');
  const digests = receipts.map(({ parcelDigest }) => parcelDigest);
  await markReceiptsSent(deps.database, digests, deps.clock.nowMs());
  return receipts.length === receiptsPerRound;
}

function fitParcel(answers: readonly ClaimedAnswer[]): ClaimedAnswer[] {
  let bytes = 0;
  return answers.filter(({ jws }, index) => {
    bytes += jws.length + 3;
    return index === 0 || bytes <= plaintextBytes;
  });
}

/** Packs answers into a parcel for the hub, under its current key, and sends it. */
async function sendAnswers(deps: SendDeps, directory: DirectoryIndex): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  const { hub } = directory.document;
  const key = chooseEncryptionKey(directory, hub, nowMs);
  if (key === undefined) {
    deps.log.error('hub-key-missing');
    return false;
  }
  const claimed = await claimAnswers(deps.database, { nowMs, leaseMs, limit: limits.parcelMessages });
  if (claimed.length === 0) return false;
  const answers = fitParcel(claimed);
  const parcelId = deps.newId();
  const messages = answers.map(({ jws }) => jws);
  const jwe = await encryptParcel({ parcelId, from: deps.selfId, to: hub, messages }, key);
  const feedbackIds = answers.map(({ feedbackId }) => feedbackId);
  await recordOutgoingParcel(deps.database, { digest: digestOf(Buffer.from(jwe)), feedbackIds, nowMs });
  await deps.exchange.send(deps.writeTopic, [toRecord(deps, 'parcel', { id: parcelId, text: jwe })]);
  await deps.reach('answers:sent');
  await markAnswersSent(deps.database, feedbackIds);
  return claimed.length > answers.length;
}

/** One round of the outbox: receipts first, then answers. A crash in between only sends the same once more. */
export async function sendRound(deps: SendDeps): Promise<'more' | 'idle'> {
  const moreReceipts = await sendReceipts(deps);
  const directory = deps.currentDirectory();
  const moreAnswers = directory === null ? false : await sendAnswers(deps, directory);
  return moreReceipts || moreAnswers ? 'more' : 'idle';
}
