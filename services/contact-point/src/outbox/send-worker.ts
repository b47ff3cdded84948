import { limits } from '@liaison/contracts';
import { chooseEncryptionKey, type DirectoryIndex } from '@liaison/directory';
import { digestOf, encryptParcel } from '@liaison/seal';
import {
  claimAnswers,
  claimReceipts,
  markAnswersSent,
  recordOutgoingParcel,
  type ClaimedAnswer,
} from '../store/outgoing.ts';
import type { SendDeps } from './send-deps.ts';
import { sendReceipts } from './send-receipts.ts';
import { toRecord } from './to-record.ts';

const receiptsPerRound = 100;
const leaseMs = 5_000;
/** Base64url makes four characters of three bytes; header, key, IV and tag take the rest. */
const plaintextBytes = Math.floor((limits.parcelBytes - 2_048) * 0.75) - 256;

/** Sends receipts that nobody has sent: their sender died, or the exchange could not be reached. */
async function sendForgottenReceipts(deps: SendDeps): Promise<boolean> {
  const nowMs = deps.clock.nowMs();
  const receipts = await claimReceipts(deps.database, { nowMs, leaseMs, limit: receiptsPerRound });
  await sendReceipts(receipts, deps);
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
  await deps.exchange.send(deps.writeTopic, [
    toRecord('parcel', { id: parcelId, text: jwe, source: deps.selfId }),
  ]);
  await deps.reach('answers:sent');
  await markAnswersSent(deps.database, feedbackIds);
  return claimed.length > answers.length;
}

/** One round of the outbox: receipts first, then answers. A crash in between only sends the same once more. */
export async function sendRound(deps: SendDeps): Promise<'more' | 'idle'> {
  const moreReceipts = await sendForgottenReceipts(deps);
  const directory = deps.currentDirectory();
  const moreAnswers = directory === null ? false : await sendAnswers(deps, directory);
  return moreReceipts || moreAnswers ? 'more' : 'idle';
}
