import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const piece = Buffer.alloc(1024 * 1024);

/** Fills a disk to its last byte for a while. */
export async function fillDisk(disk: string, lastsMs: number): Promise<void> {
  const file = join(disk, 'ballast');
  const ballast = openSync(file, 'w');
  try {
    for (;;) writeSync(ballast, piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    await sleep(lastsMs);
  } finally {
    closeSync(ballast);
    rmSync(file, { force: true });
  }
}
