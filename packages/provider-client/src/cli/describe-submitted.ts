import type { Submitted } from '../submit/submitted.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printable } from './terminal.ts';
import { describeClock, describeFault, describeSpan, explain } from './words.ts';

/** A result with where its referral stood, and where its receipt was written. */
export interface SubmissionReport {
  readonly place: string;
  readonly submitted: Submitted;
  readonly receiptFile: string | null;
}

/** What a program reads: everything but the receipt's own bytes, which are in the file. */
export function toJson({ place, submitted, receiptFile }: SubmissionReport): object {
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
      return { kind, place, reference, by, problem, clockOffsetMs };
    }
    case 'receiptRejected':
      return { kind, place, reference, code: submitted.code, receipt: submitted.receipt };
    case 'retry': {
      const { code, afterMs, problem, clockOffsetMs } = submitted;
      return { kind, place, reference, code, afterMs, problem, clockOffsetMs };
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
export function toLines({ place, submitted, receiptFile }: SubmissionReport): string[] {
  const name = printable(submitted.reference ?? place);
  switch (submitted.kind) {
    case 'accepted':
    case 'acceptedBefore': {
      const word = submitted.kind === 'accepted' ? 'accepted' : 'accepted before';
      return [`${word}  ${name}  ${submitted.referralId}  ${receiptFile ?? ''}`.trimEnd()];
    }
    case 'refused': {
      const { problem, clockOffsetMs } = submitted;
      const { existing, faults = [] } = problem;
      const lines = [`refused  ${name}  ${explain(problem.code)}`, ...faults.map(describeFault)];
      if (existing !== undefined) {
        const { referralId } = existing;
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
      const why = explain(problem?.code ?? code);
      const lines = [
        `not known  ${name}  ${why}`,
        `  Run the same command again in ${describeSpan(afterMs)}; that is safe.`,
      ];
      return withClock(lines, clockOffsetMs);
    }
    default:
      return submitted satisfies never;
  }
}

/** What the process ends with: a refusal needs a person, so it counts more than what only has to be tried again. */
export function exitCodeOf(results: readonly Submitted[]): ExitCode {
  const kinds = new Set(results.map(({ kind }) => kind));
  if (kinds.has('refused') || kinds.has('receiptRejected')) return exitCodes.refused;
  return kinds.has('retry') ? exitCodes.unreachable : exitCodes.done;
}
