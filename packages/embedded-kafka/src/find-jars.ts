import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { cacheFolder } from './config.ts';
import { EmbeddedKafkaError } from './embedded-kafka-error.ts';
import { runTool } from './run-tool.ts';

export const kafkaVersion = '4.3.0';

const pom = fileURLToPath(new URL('../../../infra/kafka/pom.xml', import.meta.url));
const oldestJava = 17;

/**
 * The folder with Kafka's jars, in the user's cache folder. The first time Maven fetches them (about 54 MB), whole or not at all:
 * two at once, or a kill in between, do no harm.
 * @throws EmbeddedKafkaError `java-missing`, `maven-missing`, `jars-unavailable`
 */
export async function findJars(version: string = kafkaVersion): Promise<string> {
  await checkJava();
  const folder = path.join(cacheFolder(), `kafka-${version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const making = await mkdtemp(path.join(cacheFolder(), 'making-'));
  try {
    await fetchJars(making, version);
    await rename(making, folder).catch((error: unknown) => {
      // Somebody else was faster: his are as good.
      if (!existsSync(folder)) throw error;
    });
    return folder;
  } finally {
    await rm(making, { recursive: true, force: true });
  }
}

async function checkJava(): Promise<void> {
  const { exitCode, output } = await runTool('java', ['-version'], { timeoutMs: 30_000 });
  const major = Number(/version "(\d+)/.exec(output)?.[1] ?? 0);
  if (exitCode !== 0 || major < oldestJava) throw new EmbeddedKafkaError('java-missing');
}

async function fetchJars(folder: string, version: string): Promise<void> {
  const goal = 'dependency:copy-dependencies';
  const { exitCode, output } = await runTool(
    'mvn',
    ['-B', '-q', '-f', pom, goal, `-DoutputDirectory=${folder}`, `-Dkafka.version=${version}`],
    { timeoutMs: 300_000 },
  );
  if (exitCode === null) throw new EmbeddedKafkaError('maven-missing');
  if (exitCode !== 0)
    throw new EmbeddedKafkaError('jars-unavailable', { cause: new Error(output.slice(-2_000)) });
}
