import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inheritedEnvironment } from './config.ts';
import type { FuzzedHub } from './start-fuzzed-hub.ts';
import type { Target } from './targets.ts';

/** How often an operation answered in one way. */
export interface Count {
  readonly operation: string;
  readonly status: number;
  /** Whether the case was to be right or wrong. */
  readonly mode: string;
  readonly count: number;
}

/** What one run came to. */
export interface Outcome {
  readonly target: string;
  readonly passed: boolean;
  readonly counts: readonly Count[];
  /** What Schemathesis printed. */
  readonly report: string;
}

const here = fileURLToPath(new URL('.', import.meta.url));

/** Asks one interface, by the document that it serves itself. */
export async function runSchemathesis(
  target: Target,
  hub: FuzzedHub,
  options: {
    readonly bin: string;
    readonly examples: number;
    readonly seed: number;
    readonly phases: readonly string[];
  },
): Promise<Outcome> {
  const countsFile = join(hub.folder, `counts-${target.name}-${options.seed}.json`);
  const { PATH, HOME, TMPDIR } = inheritedEnvironment();
  const child = spawn(
    join(options.bin, 'schemathesis'),
    [
      '--config-file',
      join(here, 'schemathesis.toml'),
      'run',
      `${target.address}/v1/openapi.json`,
      '--url',
      `${target.address}/v1`,
      '--max-examples',
      `${options.examples}`,
      '--seed',
      `${options.seed}`,
      '--phases',
      options.phases.join(','),
      '--no-color',
    ],
    {
      cwd: hub.folder,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        PATH,
        HOME,
        TMPDIR,
        COLUMNS: '160',
        PYTHONPATH: here,
        PYTHONDONTWRITEBYTECODE: '1',
        SCHEMATHESIS_HOOKS: 'liaison_hooks',
        LIAISON_FUZZ_MEMBERS: hub.membersFolder,
        LIAISON_FUZZ_SCHEMAS: hub.schemasFile,
        LIAISON_FUZZ_KNOWN: hub.knownFile,
        LIAISON_FUZZ_COUNTS: countsFile,
        LIAISON_FUZZ_SEED: `${options.seed}`,
      },
    },
  );
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  const counts = existsSync(countsFile) ? (JSON.parse(readFileSync(countsFile, 'utf8')) as Count[]) : [];
  return {
    target: target.name,
    passed: code === 0,
    counts,
    report: Buffer.concat(chunks).toString('utf8'),
  };
}
