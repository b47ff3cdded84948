import { audienceOf, type DeliveryReceipt } from '@liaison/contracts';
import type { DirectoryHolder } from '@liaison/directory';
import type { IncomingRecord } from '@liaison/exchange';
import { appendEvents, type PreparedEvent } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { signMessage, type PrivateJwk } from '@liaison/seal';
import { CodedError, formatUtc, type ReachPoint } from '@liaison/service';
import { raiseAlarm } from '../store/alarms.ts';
import { queueReceipt, readOutgoingReceipt } from '../store/feedback.ts';
import { insertProviderEvents, type ProviderEvent } from '../store/provider-events.ts';
import type { ApplyDeps } from './apply-deps.ts';
import { applyFeedback } from './apply-feedback.ts';
import { applyReceipt } from './apply-receipt.ts';
import { openAnswer, type Answer, type OpenedFeedback } from './open-answers.ts';

/** What receiving needs. */
export interface ReceiveDeps extends ApplyDeps {
  readonly database: Database;
  readonly holder: DirectoryHolder;
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
  readonly reach: ReachPoint;
  /** Wakes whoever sends receipts. */
  readonly onReceipts: () => void;
  /** Wakes whoever sends dispatches: something has to be packed again. */
  readonly onSealed: () => void;
}

interface Effects {
  readonly events: PreparedEvent[];
  readonly provider: ProviderEvent[];
}

type Entry = DeliveryReceipt['entries'][number];

async function applyMessage(
  tx: Queryable,
  from: string,
  context: { readonly message: OpenedFeedback; readonly effects: Effects; readonly deps: ReceiveDeps },
): Promise<Entry[]> {
  const { message, effects, deps } = context;
  if (message.kind === 'refused') {
    await raiseAlarm(
      tx,
      { code: 'answerRefused', participantId: from, subjectId: message.id ?? message.code },
      deps,
    );
    if (message.id === null) return [];
    return [{ feedbackId: message.id, digest: message.digest, outcome: 'refused', code: message.code }];
  }
  const { id, digest } = message;
  const applied = await applyFeedback(tx, { ...message, from }, deps);
  effects.events.push(...applied.events);
  effects.provider.push(...applied.provider);
  return [
    { feedbackId: id, digest, outcome: applied.code === null ? 'accepted' : 'refused', code: applied.code },
  ];
}

/** Receipts a parcel of feedback, the same way for the same parcel. */
async function receiptParcel(
  tx: Queryable,
  parcel: { readonly from: string; readonly receipt: Omit<DeliveryReceipt, 'schemaVersion' | 'receivedAt'> },
  deps: ReceiveDeps,
): Promise<void> {
  const { from, receipt } = parcel;
  const { parcelDigest } = receipt;
  const nowMs = deps.clock.nowMs();
  const before = await readOutgoingReceipt(tx, parcelDigest);
  const { jws } =
    before === null
      ? await signMessage(
          {
            typ: 'delivery-receipt+jws',
            issuer: deps.hubId,
            audience: audienceOf(deps.instance, from),
            id: deps.newId(),
            issuedAtMs: nowMs,
            payload: { schemaVersion: '1.0', receivedAt: formatUtc(nowMs), ...receipt },
          },
          deps.receiptKey,
        )
      : { jws: before };
  await queueReceipt(tx, { parcelDigest, addresseeId: from, jws, nowMs });
}

async function applyAnswer(
  tx: Queryable,
  answer: Answer,
  context: { readonly effects: Effects; readonly deps: ReceiveDeps },
): Promise<void> {
  const { effects, deps } = context;
  const { from } = answer;
  switch (answer.kind) {
    case 'receipt':
      effects.events.push(...(await applyReceipt(tx, answer, deps)));
      return;
    case 'parcel': {
      const { parcelId, parcelDigest } = answer;
      const entries: Entry[] = [];
      for (const message of answer.messages)
        entries.push(...(await applyMessage(tx, from, { message, effects, deps })));
      const receipt = { parcelId, parcelDigest, outcome: 'opened', code: null, entries } as const;
      await receiptParcel(tx, { from, receipt }, deps);
      return;
    }
    case 'unopened': {
      const { parcelDigest, code } = answer;
      await raiseAlarm(tx, { code: 'answerRefused', participantId: from, subjectId: code }, deps);
      const receipt = {
        parcelId: null,
        parcelDigest,
        outcome: 'refused',
        code: 'undecryptable',
        entries: [],
      } as const;
      await receiptParcel(tx, { from, receipt }, deps);
      return;
    }
    case 'refused':
      await raiseAlarm(tx, { code: 'answerRefused', participantId: from, subjectId: answer.code }, deps);
      return;
    default:
      answer satisfies never;
  }
}

/**
 * Receives records of participants: opens and verifies them first, then applies all of a batch in one transaction. The
 * exchange commits its offset after that, so a batch that comes again finds its effects in place.
 * @throws CodedError `directory-expired`: the batch waits for a new directory.
 */
export async function receiveAnswers(records: readonly IncomingRecord[], deps: ReceiveDeps): Promise<void> {
  const nowMs = deps.clock.nowMs();
  const directory = deps.holder.current(nowMs);
  if (directory === null) throw new CodedError('directory-expired', 'Answers wait for a new directory.');
  const answers: Answer[] = [];
  for (const record of records) {
    answers.push(
      await openAnswer(record, deps.instance, { directory, nowMs, privateKeys: deps.privateKeys }),
    );
  }
  await deps.database.transaction(async (tx) => {
    const effects: Effects = { events: [], provider: [] };
    for (const answer of answers) await applyAnswer(tx, answer, { effects, deps });
    await insertProviderEvents(tx, effects.provider);
    await appendEvents(tx, effects.events);
  });
  await deps.reach('answers:committed');
  if (answers.some(({ kind }) => kind === 'parcel' || kind === 'unopened')) deps.onReceipts();
  deps.onSealed();
}
