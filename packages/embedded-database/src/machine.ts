import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Platform } from './binaries.ts';
import { runCommand } from './unprivileged-user.ts';
import type { RunCommand } from './unprivileged-user.ts';

/** What the package takes from the computer it runs on. */
export interface Machine extends Platform {
  /** Our own process. */
  readonly pid: number;
  readonly uid: number;
  readonly run: RunCommand;
  readonly sleep: (delayMs: number) => Promise<unknown>;
  readonly random: () => number;
  /** For secrets. */
  readonly randomBytes: (size: number) => Buffer;
  /** Where root puts binaries and data when their own folder is closed to the database's user. */
  readonly sharedFolder: string;
}

export function thisMachine(): Machine {
  return {
    platform: process.platform,
    arch: process.arch,
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    run: runCommand,
    sleep,
    random: Math.random,
    randomBytes,
    // Not the folder for temporary files: that is swept, and the server reads its share files at any time.
    sharedFolder: '/var/lib/liaison',
  };
}
