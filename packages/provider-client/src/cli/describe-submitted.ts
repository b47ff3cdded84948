import type { Submitted } from '../submit/submitted.ts';
import type { GivenReferral } from './input/given-referral.ts';
import { placeFaults } from './place-faults.ts';
import type { KeptReceipt } from './receipts/receipt-folder.ts';
import { printable } from './terminal.ts';
import { whatToDo } from './what-to-do.ts';
import { describeClock, describeFault, describeSpan, explain } from './words.ts';

/** A result with where its referral stood, and where its receipt was written. */
export interface SubmissionReport {
  readonly given: GivenReferral;
  readonly submitted: Submitted;
  readonly receiptFile: string | null;
}

/** What a program reads: everything but the receipt's own bytes, which are in the file. */
export function toJson({ given, submitted, receiptFile }: SubmissionReport): object {
  const { place } = given;
  const { kind, reference } = submitted;
  switch (submitted.kind) {
    case 'accepted':
    case 'acceptedBefore': {
      const { payloadDigest, acceptedAt } = submitted.receipt.payload;
      const { referralId } = submitted;
      return { kind, place, reference, referralId, acceptedAt, payloadDigest, receiptFile };
    }
    case 'refused': {
      const { by, problem, clockOffsetMs } = submitted;
      const placed = { ...problem, faults: placeFaults(given, problem.faults ?? []) };
      const todo = whatToDo(problem.code);
      return { kind, place, reference, by, problem: placed, whatToDo: todo, clockOffsetMs };
    }
    case 'receiptRejected':
      return { kind, place, reference, code: submitted.code, receipt: submitted.receipt };
    case 'retry': {
      const { code, afterMs, problem, clockOffsetMs } = submitted;
      const todo = whatToDo(problem?.code ?? code);
      return { kind, place, reference, code, afterMs, problem, whatToDo: todo, clockOffsetMs };
    }
    default:
      return submitted satisfies never;
  }
}

function withClock(lines: readonly string[], clockOffsetMs: number | undefined): string[] {
  const clock = describeClock(clockOffsetMs);
  return clock === null ? [...lines] : [...lines, clock];
}

/** What a person reads. */
export function toLines({ given, submitted, receiptFile }: SubmissionReport): string[] {
  const name = printable(submitted.reference ?? given.place);
  switch (submitted.kind) {
    case 'accepted':
    case 'acceptedBefore': {
      const word = submitted.kind === 'accepted' ? 'accepted' : 'accepted before';
      return [`${word}  ${name}  ${submitted.referralId}  ${receiptFile ?? ''}`.trimEnd()];
    }
    case 'refused': {
      const { problem, clockOffsetMs } = submitted;
      const faults = placeFaults(given, problem.faults ?? []).map(describeFault);
      const lines = [`refused  ${name}  ${explain(problem.code)}`, ...faults];
      if (problem.existing !== undefined) {
        const { referralId } = problem.existing;
        lines.push(`  To change referral ${referralId}, submit another one that names it in "relation".`);
      }
      return withClock(lines, clockOffsetMs);
    }
    case 'receiptRejected':
      return [
        `not proven  ${name}  ${explain(submitted.code)}`,
        '  The hub says that it accepted, and its receipt does not prove it: report this to the hub.',
      ];
    case 'retry': {
      const { code, afterMs, problem, clockOffsetMs } = submitted;
      const lines = [
        `not known  ${name}  ${explain(problem?.code ?? code)}`,
        `  Run the same command again in ${describeSpan(afterMs)}; that is safe.`,
      ];
      return withClock(lines, clockOffsetMs);
    }
    default:
      return submitted satisfies never;
  }
}

/** What a program reads of a referral whose receipt was there before. */
export function skippedToJson(place: string, { receipt, file }: KeptReceipt): object {
  const { providerReference: reference, referralId, acceptedAt, payloadDigest } = receipt.payload;
  return { kind: 'skipped', place, reference, referralId, acceptedAt, payloadDigest, receiptFile: file };
}

/** What a person reads of it. */
export function skippedToLines({ receipt, file }: KeptReceipt): string[] {
  const { providerReference, referralId } = receipt.payload;
  return [`skipped  ${printable(providerReference)}  ${referralId}  ${file}`];
}
