import type { Referral } from '@liaison/contracts';
import { digestOf } from '@liaison/seal';
import type { ProviderClient } from '../create-provider-client.ts';
import { isObject } from '../http/parse-json.ts';
import type { Accepted, Submitted } from '../submit/submitted.ts';
import { tidyReferral } from '../validate/tidy-referral.ts';
import { skippedToJson, skippedToLines, toJson, toLines } from './describe-submitted.ts';
import type { GivenReferral } from './input/given-referral.ts';
import type { Progress } from './progress.ts';
import type { ReceiptFolder } from './receipts/receipt-folder.ts';
import type { SubmissionTally } from './submission-tally.ts';
import type { Reporter } from './terminal.ts';

/** Submits batch after batch, and reports each. */
export interface BatchSubmitter {
  /** Says of a referral whose receipt is kept that there is nothing to do. */
  skip(given: GivenReferral): Promise<boolean>;
  /** Submits a batch, and has its receipts durable when it returns. */
  submit(batch: readonly GivenReferral[]): Promise<void>;
  /** Whether what comes next would fare no better. */
  stopped(): boolean;
}

/** What is wrong with who sends and not with what is sent. */
const senderProblems: ReadonlySet<string> = new Set([
  'audience-wrong',
  'iat-in-future',
  'iat-stale',
  'key-not-valid',
  'key-revoked',
  'key-unknown',
  'sender-not-allowed',
  'signature-invalid',
]);

function isAboutSender(submitted: Submitted): boolean {
  return submitted.kind === 'refused' && submitted.by === 'hub' && senderProblems.has(submitted.problem.code);
}

const isAccepted = (one: Submitted): one is Accepted =>
  one.kind === 'accepted' || one.kind === 'acceptedBefore';

async function send(client: ProviderClient, batch: readonly GivenReferral[]): Promise<Submitted[]> {
  // The client checks what it is given; the type only says what it is meant to be.
  const referrals = batch.map(({ value }) => value as Referral);
  const [only] = referrals;
  return referrals.length === 1 && only !== undefined
    ? [await client.submit(only)]
    : client.submitBatch(referrals);
}

/** Makes the submitter of one run. */
export function createBatchSubmitter(deps: {
  readonly client: ProviderClient;
  readonly folder: ReceiptFolder;
  readonly tally: SubmissionTally;
  readonly progress: Progress;
  readonly reporter: Reporter;
}): BatchSubmitter {
  const { client, folder, tally, progress, reporter } = deps;
  let keptDirectory = '';
  let isStopped = false;

  /** Before the receipts that it is for: what is there has to be verifiable. */
  async function keepDirectory(): Promise<void> {
    const state = await client.directory();
    if (state.kind !== 'current' || state.jws === keptDirectory) return;
    await folder.keepDirectory(state.jws);
    keptDirectory = state.jws;
  }

  async function keep(results: readonly Submitted[]): Promise<ReadonlyMap<Submitted, string>> {
    const accepted = results.filter(isAccepted);
    if (accepted.length === 0) return new Map();
    await keepDirectory();
    const files = await folder.keep(accepted);
    return new Map(accepted.map((one, index) => [one, files[index] ?? '']));
  }

  return {
    stopped: () => isStopped,
    async skip({ value, place }) {
      const { referral } = tidyReferral(value);
      const reference = isObject(referral) ? referral['providerReference'] : undefined;
      if (typeof reference !== 'string') return false;
      const kept = await folder.find(reference, digestOf(Buffer.from(JSON.stringify(referral))));
      if (kept === null) return false;
      tally.add('skipped');
      progress.hide();
      reporter.report(skippedToJson(place, kept), skippedToLines(kept));
      progress.advance(1);
      progress.show();
      return true;
    },
    async submit(batch) {
      if (batch.length === 0) return;
      const results = await send(client, batch);
      const files = await keep(results);
      progress.hide();
      for (const [index, submitted] of results.entries()) {
        const given = batch[index];
        if (given === undefined) continue;
        tally.add(submitted.kind);
        const outcome = { given, submitted, receiptFile: files.get(submitted) ?? null };
        reporter.report(toJson(outcome), toLines(outcome));
      }
      progress.advance(batch.length);
      progress.show();
      isStopped = results.some(({ kind }) => kind === 'retry') || results.every(isAboutSender);
    },
  };
}
