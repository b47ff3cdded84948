import { digestOf } from '@liaison/seal';
import { createTransport } from '../../http/transport.ts';
import { tidyReferral } from '../../validate/tidy-referral.ts';
import { verifyReceipt, type ReceiptExpectation } from '../../verify/verify-receipt.ts';
import type { CliDeps } from '../cli-deps.ts';
import { receiptToJson, receiptToLines, reportNotNow, reportUnproven } from '../describe-evidence.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findHubKeys, type KeySources } from '../find-hub-keys.ts';
import { readJson, readMembershipFile, readText } from '../read-files.ts';
import type { Reporter } from '../terminal.ts';

/** What the command was asked. */
export interface VerifyReceiptRequest extends KeySources {
  readonly file: string;
  readonly member: string;
  readonly referral?: string;
}

/** How long one request may take, milliseconds. */
export const fetchTimeoutMs = 30_000;

/** What a receipt has to be for, where the referral is at hand: the digest of the bytes that `submit` signs for it. */
export function expectationOf(referralFile: string | undefined): ReceiptExpectation {
  if (referralFile === undefined) return {};
  const { referral } = tidyReferral(readJson(referralFile));
  return { payloadDigest: digestOf(Buffer.from(JSON.stringify(referral))) };
}

/** `liaison verify receipt`: checks a receipt from its bytes and public keys. @throws UsageError, ClientError. */
export async function verifyReceiptFile(
  request: VerifyReceiptRequest,
  { clock, fetch }: CliDeps,
  reporter: Reporter,
): Promise<ExitCode> {
  const { file } = request;
  const membership = readMembershipFile(request.member);
  const expectation = expectationOf(request.referral);
  const jws = readText(file).trim();
  const transport = createTransport({ fetch, clock, timeoutMs: fetchTimeoutMs });
  const found = await findHubKeys(file, request, { membership, transport, clock });
  if (found.kind === 'not-now') return reportNotNow(reporter, found);
  if (found.kind === 'untrusted') return reportUnproven(reporter, { ...found, step: 'directory' });
  const result = await verifyReceipt(jws, { ...membership, hubKeys: found.keys }, expectation);
  if (!result.ok) return reportUnproven(reporter, { file, step: 'receipt', code: result.code });
  reporter.report({ proven: true, ...receiptToJson(result.receipt) }, receiptToLines(result.receipt));
  return exitCodes.done;
}
