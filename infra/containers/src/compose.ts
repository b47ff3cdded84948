import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { findFreePort } from '@liaison/embedded-database';
import { runProgram, succeeds } from './run-program.ts';

const infra = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');
const file = fileURLToPath(new URL('../compose.yaml', import.meta.url));

/** The containers of one run. */
export interface Compose {
  readonly postgresPort: number;
  readonly submissionApiPort: number;
  /** Runs `docker-compose` with arguments. @returns its output, where that is asked for. */
  run(programArguments: readonly string[], options?: { readonly capture?: boolean }): Promise<string>;
}

/** Both know the same files. */
async function findProgram(): Promise<readonly [string, readonly string[]]> {
  if (await succeeds('docker', ['compose', 'version'])) return ['docker', ['compose']];
  return ['docker-compose', []];
}

/** @param secrets folder of what `writeSecrets` wrote */
export async function openCompose(secrets: string): Promise<Compose> {
  const [program, first] = await findProgram();
  const postgresPort = await findFreePort(Math.random);
  const submissionApiPort = await findFreePort(Math.random);
  const env = {
    LIAISON_SECRETS: secrets,
    LIAISON_INFRA: infra,
    CLUSTER_ID: randomBytes(16).toString('base64url'),
    POSTGRES_PORT: String(postgresPort),
    SUBMISSION_API_PORT: String(submissionApiPort),
    LOG_PORT: String(await findFreePort(Math.random)),
  };
  return {
    postgresPort,
    submissionApiPort,
    run: (programArguments, { capture = false } = {}) =>
      runProgram(program, [...first, '--project-name', 'liaison', '--file', file, ...programArguments], {
        env,
        capture,
      }),
  };
}
