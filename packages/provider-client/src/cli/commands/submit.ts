import { limits } from '@liaison/contracts';
import type { CliDeps } from '../cli-deps.ts';
import { checkSender } from '../check-sender.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { expandPaths } from '../input/expand-paths.ts';
import type { GivenReferral } from '../input/given-referral.ts';
import { countReferrals, readReferrals } from '../input/read-referrals.ts';
import { openClient, type Caller, type OpenedClient } from '../open-client.ts';
import { createProgress } from '../progress.ts';
import { openReceiptFolder } from '../receipts/receipt-folder.ts';
import { createSubmissionTally } from '../submission-tally.ts';
import { createBatchSubmitter } from '../submit-batches.ts';
import type { Reporter } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';

/** What the command was asked. */
export interface SubmitRequest extends Caller {
  readonly files: readonly string[];
  readonly receipts: string;
}

/** Where the hub cannot be asked, submitting itself says so for each referral. */
async function checkBeforehand({ client, membership, kid }: OpenedClient, nowMs: number): Promise<void> {
  const state = await client.directory();
  if (state.kind === 'current') checkSender(membership, kid, { directory: state.directory, nowMs });
}

/**
 * `liaison submit`: submits what has no receipt in the folder yet, and keeps each verified receipt. A batch's receipts are
 * durable before the next batch is sent, so that what was stopped at any point can be run again as it stands.
 * @throws UsageError, ClientError.
 */
export async function submit(request: SubmitRequest, deps: CliDeps, reporter: Reporter): Promise<ExitCode> {
  const { terminal, clock } = deps;
  let onWait: (ms: number) => void = () => undefined;
  const opened = openClient(request, deps, (ms) => {
    onWait(ms);
  });
  const { membership } = opened;
  const files = expandPaths(request.files);
  const total = await countReferrals(files, terminal);
  await checkBeforehand(opened, clock.nowMs());
  const folder = await openReceiptFolder(request.receipts, membership);
  const progress = createProgress(terminal, { total, clock });
  onWait = (ms) => {
    progress.wait(ms);
  };
  const tally = createSubmissionTally();
  const batches = createBatchSubmitter({ client: opened.client, folder, tally, progress, reporter });
  progress.show();
  try {
    let pending: GivenReferral[] = [];
    let seen = 0;
    for await (const given of readReferrals(files, terminal)) {
      seen += 1;
      if (await batches.skip(given)) continue;
      pending.push(given);
      if (pending.length < limits.batchReferrals) continue;
      await batches.submit(pending);
      pending = [];
      if (batches.stopped()) break;
    }
    if (!batches.stopped()) await batches.submit(pending);
    if (seen === 0) throw new UsageError('no-referrals', 'There is no referral in what was given.');
  } finally {
    progress.hide();
  }
  reporter.report(tally.toJson(total), []);
  reporter.remark(`${tally.toText(total)}, at installation "${membership.instance}"`);
  const code = tally.exitCode();
  if (code === exitCodes.unreachable) {
    const where = `The hub at ${membership.submissionApi} has not said what became of some.`;
    terminal.complain(`${where} Run the same command again: what has a receipt is skipped.`);
  }
  return code;
}
