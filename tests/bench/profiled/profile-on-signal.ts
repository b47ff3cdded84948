import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { summariseProfile } from './summarise-profile.ts';

/** Where a process writes down its profile. */
export function profileFileOf(pid: number): string {
  return join(tmpdir(), `liaison-bench-profile-${pid}.json`);
}

const samplingIntervalUs = 500;

/** Begins a profile of this process at SIGUSR2, and at the next one ends it and writes down its summary. Until then it costs nothing. */
export function profileOnSignal(): void {
  let session: Session | undefined;
  const toggle = async (): Promise<void> => {
    if (session === undefined) {
      session = new Session();
      session.connect();
      await session.post('Profiler.enable');
      await session.post('Profiler.setSamplingInterval', { interval: samplingIntervalUs });
      await session.post('Profiler.start');
      return;
    }
    const ending = session;
    session = undefined;
    const { profile } = await ending.post('Profiler.stop');
    ending.disconnect();
    const file = profileFileOf(process.pid);
    writeFileSync(`${file}.part`, JSON.stringify(summariseProfile(profile)), { mode: 0o600 });
    renameSync(`${file}.part`, file);
  };
  process.on('SIGUSR2', () => {
    toggle().catch(() => {
      // Whoever asked finds no summary.
      session = undefined;
    });
  });
}
