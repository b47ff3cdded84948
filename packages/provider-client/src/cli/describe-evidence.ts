import type { VerifiedReceipt } from '../verify/verify-receipt.ts';
import type { NotNow } from '../http/not-now.ts';
import { exitCodes, type ExitCode } from './exit-codes.ts';
import { printable, type Reporter } from './terminal.ts';
import { explain } from './words.ts';

/** What a program reads of a receipt. */
export function receiptToJson({ payload, kid, keyRevoked }: VerifiedReceipt): object {
  const { referralId, providerReference, payloadDigest, acceptedAt, isNot } = payload;
  return { reference: providerReference, referralId, acceptedAt, payloadDigest, kid, keyRevoked, isNot };
}

/** What a person reads of a receipt. */
export function receiptToLines({ payload, kid, keyRevoked }: VerifiedReceipt): string[] {
  const { referralId, providerReference, payloadDigest, acceptedAt } = payload;
  const lines = [
    `proven  ${providerReference}  ${referralId}  accepted ${acceptedAt}`,
    `  payload  ${payloadDigest}`,
    `  signed by the hub's key ${kid}`,
    '  It replaces no report under Article 12, Article 18 DSA or other law, and is no evidence.',
  ];
  if (keyRevoked !== null) {
    const { since } = keyRevoked;
    lines.push(
      `  warning: that key was withdrawn, for use by others since ${since}; only a proof still convinces.`,
    );
  }
  return lines;
}

/** Reports that evidence does not hold. */
export function reportUnproven(
  reporter: Reporter,
  fault: { readonly file: string; readonly step: string; readonly code: string; readonly line?: number },
): ExitCode {
  const { file, step, code, line = 0 } = fault;
  const place = line === 0 ? file : `${file}:${line}`;
  reporter.report({ proven: false, ...fault }, [
    `not proven  ${printable(place)}  ${step}: ${explain(code)}`,
  ]);
  return exitCodes.refused;
}

/** Reports that what was to be fetched cannot be had now. */
export function reportNotNow(reporter: Reporter, { code, problem, afterMs }: NotNow): ExitCode {
  const why = problem?.code ?? code;
  reporter.report({ proven: null, code: why, afterMs }, [`not known  ${explain(why)}  Try again later.`]);
  return exitCodes.unreachable;
}
