import { faultMeanings, problems, refusalMeanings } from '@liaison/contracts';
import { sealMeanings } from '@liaison/seal';
import { warningMeanings } from '../validate/referral-warning.ts';
import type { LogKeyFault } from '../verify/log-keys.ts';
import type { LogResult } from '../verify/verify-log.ts';
import type { ProofBundleResult } from '../verify/verify-proof-bundle.ts';
import { printable } from './terminal.ts';
import { whatToDo } from './what-to-do.ts';

type Fault<Result> =
  Extract<Result, { readonly ok: false }> extends { readonly code: infer Code } ? Code : never;
type Known = keyof typeof sealMeanings | keyof typeof faultMeanings | keyof typeof problems;

/** Faults of evidence, in English; the type knows when one is missing. */
const evidenceMeanings: Readonly<
  Record<Exclude<Fault<ProofBundleResult> | Fault<LogResult> | LogKeyFault, Known>, string>
> = {
  'checkpoint-malformed': 'What was signed is not a checkpoint.',
  'commitment-wrong': 'Salt and details do not open the commitment of the leaf.',
  'details-not-canonical': 'The details are not in their one canonical form.',
  'earlier-checkpoint-unverified': 'A checkpoint to compare with is not signed by a key given.',
  'inclusion-wrong': 'The proof does not lead from this leaf to the checkpoint.',
  'leaf-malformed': 'The leaf is not an event of a ledger.',
  'leaf-not-canonical': 'The leaf is not in its one canonical form.',
  'leaf-version-unknown': 'The leaf is of a later version than this program knows.',
  'line-malformed': 'The line is not one of an export, or stands where it does not belong.',
  'log-forked': 'The log begins otherwise than when an earlier checkpoint was signed: it was rewritten.',
  'log-rolled-back': 'The log is shorter than when an earlier checkpoint was signed.',
  'log-truncated': 'The export ends too early.',
  'note-malformed': 'The checkpoint is not a signed note.',
  'origin-wrong': 'It is of another log.',
  'payload-digest-differs': 'The receipt is for another payload.',
  'position-wrong': 'A position is missing, comes twice or is out of order.',
  'proof-malformed': 'The proof is not one.',
  'receipt-leaf-unrelated': 'The leaf is about something else than the receipt.',
  'reference-differs': 'The receipt is for another reference.',
  'referral-id-differs': 'The receipt is for another referral.',
  'root-mismatch': 'The leaves are not those that the checkpoint was signed for.',
  'salt-malformed': 'The salt is not one.',
  'signature-missing': 'No key given has signed the checkpoint.',
  'signature-wrong': 'The signature on the checkpoint is not by the key that it names.',
  'size-wrong': 'Sizes do not agree.',
  'verifier-key-hash-wrong': "The log's key does not have the hash that it names.",
  'verifier-key-malformed': "The log's key is not a C2SP verifier key.",
  'verifier-key-missing': 'There is no key of the log that this program can use.',
};

const directoryMeanings = {
  'instance-wrong': 'The directory is of another installation or another hub.',
} as const;

const retryMeanings = {
  unreachable: 'The hub did not answer.',
  'not-now': 'The hub cannot do it now.',
  'directory-not-current': "By this machine's clock the hub's directory has expired, or is from the future.",
} as const;

const meanings = new Map<string, string>([
  ...Object.entries(refusalMeanings),
  ...Object.entries(sealMeanings),
  // Where both have a code, a problem's words are those for a sender.
  ...Object.entries(problems).map(([code, { title }]) => [code, `${title}.`] as const),
  ...Object.entries(evidenceMeanings),
  ...Object.entries(faultMeanings),
  ...Object.entries(warningMeanings),
  ...Object.entries(directoryMeanings),
  ...Object.entries(retryMeanings),
]);

/** What a code means, in English; empty for one of a later version. */
function meaningOf(code: string): string {
  return meanings.get(code) ?? '';
}

/** A code with what it means, and what to do about it. */
export function explain(code: string): string {
  return printable([`${code} `, meaningOf(code), whatToDo(code)].join(' ').trim());
}

/** A fault or warning, and where in its file it is. */
export interface PlacedFault {
  readonly pointer: string;
  readonly code: string;
  readonly detail?: string;
  readonly line?: number;
  readonly column?: number;
}

/** A fault or warning as one line: place, code, meaning, what to do, and what the other side adds. */
export function describeFault(fault: PlacedFault): string {
  const position = fault.line === undefined ? '' : ` (line ${fault.line}, column ${fault.column ?? 1})`;
  const place = `${fault.pointer === '' ? '(whole)' : fault.pointer}${position}`;
  const detail = fault.detail === undefined ? '' : ` (${fault.detail})`;
  return `  ${printable(place)}  ${explain(fault.code)}${printable(detail)}`;
}

/** A span of time for a person. */
export function describeSpan(ms: number): string {
  const seconds = Math.ceil(Math.abs(ms) / 1000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3_600)} h`;
}

/** Says whose clock is ahead, and by how much; null where the difference explains nothing. */
export function describeClock(offsetMs: number | undefined): string | null {
  if (offsetMs === undefined || Math.abs(offsetMs) < 30_000) return null;
  const side = offsetMs > 0 ? 'behind' : 'ahead of';
  return `  This machine's clock is ${describeSpan(offsetMs)} ${side} the hub's: set it right.`;
}
