import { createLog } from '@liaison/service';
import { generateReferrals } from '@liaison/testkit';
import { inheritedEnvironment } from './config.ts';
import { feedReferrals } from './feed/feed-referrals.ts';
import { submitDepsOf, type Answered } from './feed/submit.ts';
import { LocalError, sentenceOf } from './local-error.ts';
import { readOptions, type LocalOptions } from './options.ts';
import type { Usage } from './processes/child.ts';
import { createProgress, type Progress } from './progress.ts';
import { describeAddresses } from './describe-addresses.ts';
import { addressesOf } from './setup/derive-settings.ts';
import { withAdmin } from './setup/database-server.ts';
import { namesOf } from './setup/installation.ts';
import { startLocal, type RunningLocal } from './start-local.ts';
import { formatSummary } from './summary/print-summary.ts';
import { readDispatches } from './summary/read-dispatches.ts';
import { isFlawless, summarise, type Summary } from './summary/summarise.ts';
import { verifyLedger } from './summary/verify-ledger.ts';
import { waitForReceipts } from './summary/wait-for-receipts.ts';
import { untilAborted } from './until-aborted.ts';

/** By convention 128 and the number of SIGINT. */
const interruptedExitCode = 130;

/** Everything but the JSON summary is for people and goes to standard error when that summary is asked for. */
function writerFor({ json }: LocalOptions): (text: string) => void {
  const stream = json ? process.stderr : process.stdout;
  return (text) => {
    stream.write(`${text}\n`);
  };
}

async function feed(
  local: RunningLocal,
  options: LocalOptions,
  parts: { progress: Progress; signal: AbortSignal },
): Promise<Answered[]> {
  const answers: Answered[] = [];
  const { progress, signal } = parts;
  progress.startFeeding(options.referrals);
  await feedReferrals(
    {
      referrals: generateReferrals({
        count: options.referrals,
        seed: options.seed,
        nowMs: () => Date.now(),
        prefix: `run-${Date.now().toString(36)}`,
        ...(options.states === null ? {} : { states: options.states }),
      }),
      rate: options.rate,
      signal,
      onAnswered: (answered) => {
        answers.push(answered);
        progress.answered();
      },
    },
    submitDepsOf(local, signal),
  );
  return answers;
}

/** What each process has used: costs stay in sight. */
async function usageByChild(local: RunningLocal): Promise<Readonly<Record<string, Usage>>> {
  const usages = await Promise.all(
    local.children.map(async (child) => [child.name, await child.usage()] as const),
  );
  return Object.fromEntries(usages);
}

async function runReferrals(
  local: RunningLocal,
  options: LocalOptions,
  parts: { progress: Progress; signal: AbortSignal },
): Promise<Summary> {
  const { hubDatabase } = namesOf(local.installation);
  const addresses = addressesOf(local.ports);
  const startedMs = Date.now();
  const answers = await feed(local, options, parts);
  return withAdmin(local.server, hubDatabase, async (hub) => {
    const onUnderWay = (number: number): void => {
      parts.progress.underWay(number);
    };
    await waitForReceipts(hub, { signal: parts.signal, onUnderWay });
    const elapsedMs = Date.now() - startedMs;
    parts.progress.stop();
    const ids = answers.flatMap(({ referralId }) => referralId ?? []);
    const receipts = answers.flatMap(({ receipt }) => receipt ?? []);
    return summarise({
      answers,
      dispatches: await readDispatches(hub, [...new Set(ids)]),
      elapsedMs,
      usage: await usageByChild(local),
      ledger: await verifyLedger(() => fetch(`${addresses.entries}/log/export`), {
        installation: local.installation,
        receipts,
      }),
      exchange: local.exchange.kind,
      urls: addresses,
    });
  });
}

/** Resolves when somebody wants it to end. */
function createStopSignal(): AbortController {
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      stopping.abort();
    });
  }
  return stopping;
}

function waitForAbort(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

async function runToEnd(options: LocalOptions, stopping: AbortController): Promise<number> {
  const write = writerFor(options);
  const progress = createProgress(process.stderr);
  const log = createLog({ service: 'local', level: 'warn', stream: process.stderr });
  const local = await startLocal(options, {
    log,
    inheritedEnv: inheritedEnvironment(),
    signal: stopping.signal,
    onProgress: (step) => {
      progress.step(step);
    },
  });
  try {
    progress.stop();
    let summary: Summary | undefined;
    if (options.referrals > 0) {
      const { signal } = stopping;
      summary = await untilAborted(runReferrals(local, options, { progress, signal }), signal);
      write(formatSummary(summary));
    }
    if (!options.once) write(describeAddresses(local));
    if (options.json && summary !== undefined) process.stdout.write(`${JSON.stringify(summary)}\n`);
    if (!options.once) await waitForAbort(stopping.signal);
    return summary === undefined || isFlawless(summary) ? 0 : 1;
  } finally {
    progress.stop();
    await local.stop();
  }
}

/**
 * Runs `pnpm start`.
 * @returns the exit code: 0; 1 where something is missing, misrouted or does not verify; 130 where it was stopped before.
 */
export async function runMain(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  const stopping = createStopSignal();
  try {
    return await runToEnd(options, stopping);
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`);
    return error instanceof LocalError && error.code === 'stopped' ? interruptedExitCode : 1;
  }
}
