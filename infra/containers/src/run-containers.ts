import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { formatSummary, isFlawless, prepareDatabases } from '@liaison/local';
import { buildImages } from './build-images.ts';
import { openCompose, type Compose } from './compose.ts';
import { ContainersError } from './containers-error.ts';
import { readOptions, type ContainersOptions } from './options.ts';
import { brokers, contactPoints } from './places.ts';
import { pushReferrals } from './push-referrals.ts';
import { runProgram } from './run-program.ts';
import { writeSecrets, type Secrets } from './write-secrets.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const attempts = 30;
/** By convention 128 and the number of SIGINT. */
const interruptedExitCode = 130;
const pauseMs = 1_000;

function say(step: string): void {
  process.stdout.write(`\n${step}\n`);
}

async function retry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts) throw error;
      await sleep(pauseMs);
    }
  }
}

/** The suite of the exchange, on a Kafka in a container of the image that was just built. */
async function runContainerTests(): Promise<void> {
  const test = ['run', '--project', 'integration', 'packages/exchange/test/kafka-exchange-contract'];
  await runProgram(join(root, 'node_modules', '.bin', 'vitest'), test, {
    cwd: root,
    env: { LIAISON_KAFKA_IMAGE: 'liaison-kafka:local', TESTCONTAINERS_RYUK_DISABLED: 'true' },
  });
}

/** Makes topics and rules from inside, with the command that an administrator would use. */
async function applyTopology(compose: Compose, { installation }: Secrets): Promise<void> {
  const participants = installation.contactPoints.map(({ participant }) => participant.id).join(',');
  const addresses = brokers.map(({ host, advertisedPort }) => `${host}:${advertisedPort}`).join(',');
  const file = (name: string): string => `/run/liaison/${name}.pem`;
  const command = [
    'infra/kafka/src/main.ts',
    'apply',
    '--brokers',
    addresses,
    '--instance',
    installation.instance,
  ];
  const who = ['--participants', participants, '--ca', file('exchange-ca')];
  const as = ['--certificate', file('administrator'), '--key', file('administrator-key')];
  await compose.run(['run', '--rm', '-T', 'administration', ...command, ...who, ...as]);
}

async function bringUp(compose: Compose, secrets: Secrets): Promise<void> {
  await compose.run(['up', '--detach', 'kafka1', 'kafka2', 'kafka3', 'postgres', 'hub']);
  say('Databases');
  const { installation, postgresPassword } = secrets;
  const adminUrl = `postgres://postgres:${postgresPassword}@127.0.0.1:${compose.postgresPort}/postgres`;
  await retry(() => prepareDatabases({ adminUrl }, installation));
  say('Topics and access rules');
  await retry(() => applyTopology(compose, secrets));
  say('Hub and contact points');
  await compose.run(['up', '--detach', 'router', 'audit', 'submission-api', 'prometheus', ...contactPoints]);
  await retry(async () => {
    const services = ['router', 'audit', 'submission-api', ...contactPoints];
    for (const service of services) {
      const command = [
        'exec',
        '-T',
        service,
        '/usr/local/bin/node',
        '/app/infra/containers/src/check-health.ts',
      ];
      await compose.run(command, { capture: true });
    }
  });
}

/** Brings everything up, pushes referrals through, and takes everything down, also when somebody interrupts. */
async function runScene(options: ContainersOptions, folder: string): Promise<void> {
  const secrets = await writeSecrets(join(folder, 'secrets'));
  const compose = await openCompose(secrets.folder);
  let isDown = options.keep;
  const takeDown = async (): Promise<void> => {
    if (isDown) return;
    isDown = true;
    await compose.run(['down', '--volumes', '--timeout', '5']);
  };
  const onSignal = (): void => {
    void takeDown().finally(() => process.exit(interruptedExitCode));
  };
  process.once('SIGINT', onSignal);
  process.once('SIGTERM', onSignal);
  try {
    say('Brokers and PostgreSQL');
    await bringUp(compose, secrets);
    say(`${options.referrals} referrals`);
    const summary = await pushReferrals(compose, secrets, options.referrals);
    process.stdout.write(`${formatSummary(summary)}\n`);
    await runProgram('docker', [
      'stats',
      '--no-stream',
      '--format',
      'table {{.Name}}\t{{.MemUsage}}\t{{.CPUPerc}}',
    ]);
    if (!isFlawless(summary)) throw new ContainersError('not-flawless');
  } finally {
    await takeDown();
  }
}

/** The secrets go with the containers; where those stay up, they stay too. */
async function runInFolder(options: ContainersOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-containers-'));
  try {
    await runScene(options, folder);
  } finally {
    if (options.keep) say(`What is up stays up; its secrets are in ${folder}.`);
    else rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Runs `pnpm containers`.
 * @returns the exit code: 0; 1 where a step failed, or something is missing, misrouted or does not verify
 */
export async function runContainers(argv: readonly string[]): Promise<number> {
  const options = readOptions(argv);
  try {
    if (options.build) await buildImages();
    if (options.tests) await runContainerTests();
    await runInFolder(options);
    return 0;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : 'It failed.'}\n`);
    return 1;
  }
}
