import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Entries, RunningLocal } from '@liaison/local';
import { profileFileOf } from './profile-on-signal.ts';
import type { ProfileSummary } from './summarise-profile.ts';

/** The hub's processes with a profiler that waits for a signal. */
export const profiledEntries: Partial<Entries> = {
  submissionApi: new URL('submission-api-entry.ts', import.meta.url),
  router: new URL('router-entry.ts', import.meta.url),
  audit: new URL('audit-entry.ts', import.meta.url),
};

/** The profile of each process of the hub, by its name; one that could not be had is absent. */
export type HubProfile = Readonly<Record<string, ProfileSummary>>;

const hubProcesses: readonly string[] = ['submission-api', 'router', 'audit'];
const pollMs = 100;
const withinMs = 15_000;

async function takeSummary(pid: number): Promise<ProfileSummary | null> {
  const file = profileFileOf(pid);
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += pollMs) {
    try {
      const summary = JSON.parse(readFileSync(file, 'utf8')) as ProfileSummary;
      rmSync(file);
      return summary;
    } catch {
      await sleep(pollMs);
    }
  }
  return null;
}

/** Profiles the hub's processes while work goes on; they must have been started with `profiledEntries`. */
export async function profileHub(local: RunningLocal, work: () => Promise<void>): Promise<HubProfile> {
  const processes = local.children
    .filter(({ name }) => hubProcesses.includes(name))
    .flatMap((child) => {
      const pid = child.pid();
      return pid === null ? [] : [{ name: child.name, pid }];
    });
  for (const { pid } of processes) process.kill(pid, 'SIGUSR2');
  await work();
  for (const { pid } of processes) process.kill(pid, 'SIGUSR2');
  const summaries = await Promise.all(
    processes.map(async ({ name, pid }) => [name, await takeSummary(pid)] as const),
  );
  return Object.fromEntries(summaries.flatMap(([name, one]) => (one === null ? [] : [[name, one]])));
}
