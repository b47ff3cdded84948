import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubParticipantId } from '@liaison/contracts';
import { createEventMaker } from '@liaison/hub-database';
import type { EnrolmentDeps } from '@liaison/router';
import { runScript, type Ended } from './run-script.ts';
import type { TestHub } from './test-hub.ts';

/**
 * Runs a command of the hub as its staff do: as a process, with the settings of the installation in a file.
 * @param files what else lies in its folder, by name; written as JSON.
 */
export async function runHubCommand(
  hub: TestHub,
  args: readonly string[],
  files: Readonly<Record<string, unknown>> = {},
): Promise<Ended> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-hub-command-'));
  try {
    for (const [name, content] of Object.entries({ ...files, 'settings.json': hub.settings })) {
      await writeFile(join(folder, name), JSON.stringify(content), { mode: 0o600 });
    }
    return await runScript('hub', ['--settings', 'settings.json', ...args], folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Runs a command that has to succeed. @returns what it printed. */
export async function runHubCommandWell(...command: Parameters<typeof runHubCommand>): Promise<unknown> {
  const { code, out, err } = await runHubCommand(...command);
  if (code !== 0) throw new Error(`the command ended with ${code}: ${err}`);
  return JSON.parse(out) as unknown;
}

/** The codes that a refusal names, in order: the message is for people, its codes are not. */
export function faultsIn(message: string): string[] {
  return /: (?<faults>.*)\.\s*$/.exec(message)?.groups?.['faults']?.split('; ') ?? [];
}

/** What the functions behind the commands need. */
export function enrolmentDepsOf({ settings, newId, clock }: TestHub): EnrolmentDeps {
  const events = createEventMaker({ origin: settings.origin, newId, randomBytes });
  return { events, clock, hubId: hubParticipantId };
}
