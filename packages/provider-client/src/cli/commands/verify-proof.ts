import { writeFileSync } from 'node:fs';
import type { Membership } from '@liaison/contracts';
import { encodeBase64 } from '@liaison/ledger';
import type { NotNow } from '../../http/not-now.ts';
import { createTransport, type Transport } from '../../http/transport.ts';
import { fetchInclusionProof } from '../../reads/fetch-inclusion-proof.ts';
import { verifyProofBundle } from '../../verify/verify-proof-bundle.ts';
import { verifyReceipt, type ReceiptTrust } from '../../verify/verify-receipt.ts';
import type { CliDeps } from '../cli-deps.ts';
import { receiptToJson, receiptToLines, reportNotNow, reportUnproven } from '../describe-evidence.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { findHubKeys, type KeySources } from '../find-hub-keys.ts';
import { readJson, readMembershipFile, readText } from '../read-files.ts';
import type { Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { expectationOf, fetchTimeoutMs } from './verify-receipt.ts';

/** What the command was asked. */
export interface VerifyProofRequest extends KeySources {
  readonly file: string;
  readonly member: string;
  readonly referral?: string;
  readonly proof?: string;
  readonly save?: string;
}

type GotProof =
  | { readonly kind: 'found'; readonly proof: unknown }
  | { readonly kind: 'unproven'; readonly step: string; readonly code: string }
  | NotNow;

/** The log is asked by the leaf's hash, so the receipt that carries the leaf is checked first. */
async function fetchProof(jws: string, trust: ReceiptTrust, transport: Transport): Promise<GotProof> {
  const receipt = await verifyReceipt(jws, trust);
  if (!receipt.ok) return { kind: 'unproven', step: 'receipt', code: receipt.code };
  const answer = await fetchInclusionProof(trust.log, receipt.receipt.leaf, transport);
  return answer.kind === 'unknown' ? { kind: 'unproven', step: 'proof', code: 'leaf-unknown' } : answer;
}

function describeOrigin({ log }: Membership, position: number, size: number): string {
  return `  entry ${position} of ${size} in ${log.origin}`;
}

/**
 * `liaison verify proof`: checks that a receipt's acceptance stands in the log, from saved files or with the proof fetched
 * from the log's public interface.
 * @throws UsageError, ClientError.
 */
export async function verifyProofFile(
  request: VerifyProofRequest,
  { clock, fetch }: CliDeps,
  reporter: Reporter,
): Promise<ExitCode> {
  const { file, proof: proofFile, save } = request;
  if ((proofFile === undefined) === (request.fetch !== true)) {
    throw new UsageError('proof-source-unclear', 'Give the saved --proof FILE, or allow --fetch.');
  }
  const membership = readMembershipFile(request.member);
  const expectation = expectationOf(request.referral);
  const jws = readText(file).trim();
  const transport = createTransport({ fetch, clock, timeoutMs: fetchTimeoutMs });
  const found = await findHubKeys(file, request, { membership, transport, clock });
  if (found.kind === 'not-now') return reportNotNow(reporter, found);
  if (found.kind === 'untrusted') return reportUnproven(reporter, { ...found, step: 'directory' });
  const trust = { ...membership, hubKeys: found.keys };
  const got: GotProof =
    proofFile === undefined
      ? await fetchProof(jws, trust, transport)
      : { kind: 'found', proof: readJson(proofFile) };
  if (got.kind === 'not-now') return reportNotNow(reporter, got);
  if (got.kind === 'unproven') return reportUnproven(reporter, { file, step: got.step, code: got.code });
  const result = await verifyProofBundle({ receipt: jws, proof: got.proof }, trust, expectation);
  if (!result.ok) return reportUnproven(reporter, { file, step: result.step, code: result.code });
  if (save !== undefined) writeFileSync(save, `${JSON.stringify(got.proof)}\n`);
  const { receipt, position, checkpoint } = result;
  const { origin, size } = checkpoint;
  const root = encodeBase64(checkpoint.root);
  reporter.report({ proven: true, ...receiptToJson(receipt), position, checkpoint: { origin, size, root } }, [
    ...receiptToLines(receipt),
    describeOrigin(membership, position, size),
  ]);
  return exitCodes.done;
}
