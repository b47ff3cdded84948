import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleOpenApi } from '@liaison/contracts';
import { removeDatabase } from '@liaison/embedded-database';
import { startLocal, submitDepsOf, submitLabelled, type RunningLocal } from '@liaison/local';
import { createLog } from '@liaison/service';
import { generateReferrals } from '@liaison/testkit';
import { inheritedEnvironment } from './config.ts';
import { readKnownValues } from './known-values.ts';
import { waitForReceipts } from './wait-for-receipts.ts';

/** A whole Liaison to be asked wrong and right questions, and the files that the questions are made from. */
export interface FuzzedHub {
  readonly local: RunningLocal;
  /** Keys and memberships of those who refer, a folder each. */
  readonly membersFolder: string;
  /** Schemas of a referral, by name. */
  readonly schemasFile: string;
  /** Values of parameters that lead somewhere, by name. */
  readonly knownFile: string;
  /** Scratch of this run. */
  readonly folder: string;
  stop(): Promise<void>;
}

const states = ['BE', 'FR'] as const;

/** Fills it with realistic referrals, so that there is something to find. @returns their references. */
async function feed(local: RunningLocal, referrals: number): Promise<string[]> {
  const deps = submitDepsOf(local, new AbortController().signal);
  const generated = generateReferrals({
    seed: 1,
    count: referrals,
    nowMs: () => Date.now(),
    prefix: 'before',
    states,
  });
  const references: string[] = [];
  for (const labelled of generated) {
    const { status } = await submitLabelled(labelled, deps);
    if (status < 300) references.push(labelled.referral.providerReference);
  }
  await waitForReceipts(local);
  return references;
}

/** Starts it with processes, PostgreSQL and keys of its own; only the quotas are not those of every day. */
export async function startFuzzedHub(options: { readonly referrals: number }): Promise<FuzzedHub> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-fuzz-'));
  const data = join(folder, 'data');
  const local = await startLocal(
    {
      referrals: 0,
      rate: null,
      once: true,
      json: false,
      dataFolder: data,
      databaseUrl: null,
      kafka: false,
      kafkaBrokers: 1,
      port: 0,
      states,
      seed: 1,
    },
    {
      log: createLog({ service: 'fuzz', level: 'warn', stream: process.stderr }),
      inheritedEnv: inheritedEnvironment(),
      logLevel: 'warn',
      entries: { submissionApi: new URL('unlimited-submission-api.ts', import.meta.url) },
    },
  );
  const stop = async (): Promise<void> => {
    await local.stop();
    await removeDatabase(join(data, 'database'));
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const references = await feed(local, options.referrals);
    const own = join(folder, 'run');
    mkdirSync(own);
    const schemasFile = join(own, 'schemas.json');
    const { schemas } = bundleOpenApi('contact-point-api')['components'] as { schemas: unknown };
    writeFileSync(schemasFile, JSON.stringify(schemas));
    const knownFile = join(own, 'known.json');
    writeFileSync(knownFile, JSON.stringify(await readKnownValues(local, references)));
    return {
      local,
      membersFolder: join(local.folder.keys, 'members'),
      schemasFile,
      knownFile,
      folder: own,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
