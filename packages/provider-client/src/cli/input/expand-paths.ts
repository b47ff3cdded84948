import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describeFileFault } from '../read-files.ts';
import { UsageError } from '../usage-error.ts';

const referralFile = /\.(?:json|ndjson|jsonl)$/i;

function listFolder(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => referralFile.test(name) && !name.startsWith('.'));
  if (names.length === 0) {
    const message = `${folder} holds no file that ends with .json, .ndjson or .jsonl.`;
    throw new UsageError('no-referrals', message);
  }
  return names.toSorted().map((name) => join(folder, name));
}

/**
 * Puts the files of a folder, not of its folders, in place of its name; `-` stays.
 * @throws UsageError `file-unreadable`, `no-referrals`.
 */
export function expandPaths(paths: readonly string[]): string[] {
  return paths.flatMap((path) => {
    if (path === '-') return [path];
    try {
      return statSync(path).isDirectory() ? listFolder(path) : [path];
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError('file-unreadable', describeFileFault(path, error), { cause: error });
    }
  });
}
