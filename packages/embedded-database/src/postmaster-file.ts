import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import type { Place } from './place.ts';

/** The lock file of a running server: its lines are described in PostgreSQL's miscadmin.h. */
export interface PostmasterFile {
  readonly pid: number;
  readonly status: string;
}

export async function readPostmasterFile(place: Place): Promise<PostmasterFile | undefined> {
  const text = await readFile(fileOf(place), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  return { pid: Number.parseInt(lines[0] ?? '', 10), status: (lines[7] ?? '').trim() };
}

/**
 * For a folder on which no server runs. PostgreSQL takes the file for live when its process id belongs to any other
 * process of the same user, which is usual in containers, where ids are few.
 */
export async function removeStalePostmasterFile(place: Place): Promise<void> {
  await rm(fileOf(place), { force: true });
}

function fileOf(place: Place): string {
  return path.join(place.data, 'postmaster.pid');
}
