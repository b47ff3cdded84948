import { limits, type Referral } from '@liaison/contracts';
import type { ProviderClient } from '../../create-provider-client.ts';
import type { Submitted } from '../../submit/submitted.ts';
import type { CliDeps } from '../cli-deps.ts';
import { exitCodeOf, toJson, toLines } from '../describe-submitted.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openClient, type Caller } from '../open-client.ts';
import { readReferrals } from '../read-referrals.ts';
import { openReceiptFolder, type ReceiptFolder } from '../receipt-files.ts';
import type { Reporter } from '../terminal.ts';

/** What the command was asked. */
export interface SubmitRequest extends Caller {
  readonly files: readonly string[];
  readonly receipts: string;
}

/** The client checks what it is given; the type only says what it is meant to be. */
function asReferrals(values: readonly unknown[]): readonly Referral[] {
  return values as readonly Referral[];
}

async function submitTogether(client: ProviderClient, values: readonly unknown[]): Promise<Submitted[]> {
  const referrals = asReferrals(values);
  const [only] = referrals;
  return referrals.length === 1 && only !== undefined
    ? [await client.submit(only)]
    : client.submitBatch(referrals);
}

function keepReceipt(submitted: Submitted, folder: ReceiptFolder): string | null {
  return submitted.kind === 'accepted' || submitted.kind === 'acceptedBefore' ? folder.keep(submitted) : null;
}

async function keepDirectory(client: ProviderClient, folder: ReceiptFolder): Promise<void> {
  const state = await client.directory();
  if (state.kind === 'current') folder.keepDirectory(state.jws);
}

function summarise(results: readonly Submitted[], instance: string): string {
  const words = [
    ['accepted', ['accepted', 'acceptedBefore']],
    ['refused', ['refused']],
    ['not proven', ['receiptRejected']],
    ['not known', ['retry']],
  ] as const;
  const counts = words.map(([word, kinds]) => {
    const count = results.filter(({ kind }) => kinds.some((one) => one === kind)).length;
    return { word, count };
  });
  const parts = counts.filter(({ count }) => count > 0).map(({ word, count }) => `${count} ${word}`);
  return `${parts.join(', ')}, at installation "${instance}"`;
}

/**
 * `liaison submit`: submits, and keeps each verified receipt. A batch's receipts are written before the next batch is
 * sent, so what was interrupted can be run again as it stands.
 * @throws UsageError, ClientError.
 */
export async function submit(request: SubmitRequest, deps: CliDeps, reporter: Reporter): Promise<ExitCode> {
  const { client, membership } = openClient(request, deps);
  const given = await readReferrals(request.files, deps.terminal);
  const folder = openReceiptFolder(request.receipts);
  const results: Submitted[] = [];
  for (let from = 0; from < given.length; from += limits.batchReferrals) {
    const group = given.slice(from, from + limits.batchReferrals);
    const submitted = await submitTogether(
      client,
      group.map(({ value }) => value),
    );
    submitted.forEach((one, index) => {
      const receiptFile = keepReceipt(one, folder);
      const outcome = { place: group[index]?.place ?? '', submitted: one, receiptFile };
      reporter.report(toJson(outcome), toLines(outcome));
    });
    results.push(...submitted);
  }
  if (results.some(({ kind }) => kind === 'accepted' || kind === 'acceptedBefore')) {
    await keepDirectory(client, folder);
  }
  reporter.remark(summarise(results, membership.instance));
  return exitCodeOf(results);
}
