import { audienceOf, type DeliveryReceipt, type RefusalCode } from '@liaison/contracts';
import type { IncomingRecord } from '@liaison/exchange';
import { appendEvents, type PreparedEvent } from '@liaison/hub-database';
import type { Database, Queryable } from '@liaison/postgres';
import { signMessage, type PrivateJwk, type SealCode } from '@liaison/seal';
import { CodedError, formatUtc, type ReachPoint } from '@liaison/service';
import { raiseAlarm } from '../store/alarms.ts';
import { queueReceipt, readOutgoingReceipt } from '../store/feedback.ts';
import { providerEventRows, type ProviderEvent } from '../store/provider-events.ts';
import { countRefusedAnswers, type CountSignatureFailure } from '../answer-metrics.ts';
import { traceReceipts, type TraceDeps } from '../trace-steps.ts';
import type { ApplyDeps } from './apply-deps.ts';
import { createGatherer } from './gather.ts';
import { applyFeedback } from './apply-feedback.ts';
import { applyReceipts } from './apply-receipt.ts';
import { openAnswer, type Answer, type OpenedFeedback } from './open-answers.ts';

/** What receiving needs. */
export interface ReceiveDeps extends ApplyDeps, TraceDeps {
  readonly database: Database;
  readonly privateKeys: (kid: string) => PrivateJwk | undefined;
  readonly reach: ReachPoint;
  readonly countSignatureFailure: CountSignatureFailure;
  /** Wakes whoever sends receipts. */
  readonly onReceipts: () => void;
  /** Wakes whoever sends dispatches: something has to be packed again, or goes to another addressee. */
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
  answer: Exclude<Answer, { kind: 'receipt' }>,
  context: { readonly effects: Effects; readonly deps: ReceiveDeps },
): Promise<void> {
  const { effects, deps } = context;
  const { from } = answer;
  switch (answer.kind) {
    case 'parcel': {
      const { parcelId, parcelDigest } = answer;
      const entries: Entry[] = [];
      for (const message of answer.messages) {
        entries.push(...(await applyMessage(tx, from, { message, effects, deps })));
      }
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
        code: unopenedCodeOf(code),
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

/** How a parcel that was not opened is answered: a wrong key is cured by another one, a wrong content is not. */
function unopenedCodeOf(code: SealCode): RefusalCode {
  return code === 'key-unknown' || code === 'undecryptable' ? 'undecryptable' : 'parcel-malformed';
}

/** Applies answers in one transaction: receipts all at once, everything else one by one. */
async function applyAnswers(answers: readonly Answer[], deps: ReceiveDeps): Promise<void> {
  await deps.database.transaction(async (tx) => {
    const effects: Effects = { events: [], provider: [] };
    const receipts = answers.filter((answer) => answer.kind === 'receipt');
    effects.events.push(...(await applyReceipts(tx, receipts, deps)));
    for (const answer of answers) {
      if (answer.kind !== 'receipt') await applyAnswer(tx, answer, { effects, deps });
    }
    await appendEvents(tx, effects.events, [providerEventRows(effects.provider)]);
  });
}

/** Receives a batch of records of participants. */
export type ReceiveAnswers = (records: readonly IncomingRecord[]) => Promise<void>;

/**
 * Makes the receiver: it opens and verifies records first, then applies all that came at the same time in one
 * transaction. The exchange commits its offsets after that, so a batch that comes again finds its effects in place.
 * What it returns throws CodedError `directory-expired`: the batch waits for a new directory.
 */
export function createReceiveAnswers(deps: ReceiveDeps): ReceiveAnswers {
  const apply = createGatherer((answers: readonly Answer[]) => applyAnswers(answers, deps));
  return async (records) => {
    const nowMs = deps.clock.nowMs();
    const directory = deps.holder.current(nowMs);
    if (directory === null) throw new CodedError('directory-expired', 'Answers wait for a new directory.');
    const answers: Answer[] = [];
    for (const record of records) {
      answers.push(
        await openAnswer(record, deps.instance, { directory, nowMs, privateKeys: deps.privateKeys }),
      );
    }
    countRefusedAnswers(answers, deps.countSignatureFailure);
    await apply(answers);
    await traceReceipts(answers, nowMs, deps);
    await deps.reach('answers:committed');
    const isParcel = ({ kind }: Answer): boolean => kind === 'parcel' || kind === 'unopened';
    if (answers.some(isParcel)) deps.onReceipts();
    if (answers.some(causesDispatch)) deps.onSealed();
  };
}

/** Whether an answer may have to be followed by a send: a refusal, or a decline. */
function causesDispatch(answer: Answer): boolean {
  if (answer.kind === 'receipt') return isNegative(answer.receipt);
  return (
    answer.kind === 'parcel' &&
    answer.messages.some((message) => message.kind === 'feedback' && message.feedback.kind === 'declined')
  );
}

/** Whether a receipt refuses something, which then may have to travel again. */
function isNegative({ outcome, entries }: DeliveryReceipt): boolean {
  return outcome === 'refused' || entries.some((entry) => entry.outcome === 'refused');
}
