import { readFileSync, writeFileSync } from 'node:fs';
import type { ContactPointEntry } from '@liaison/contact-point';

/** The contact point that has a process of its own, so that it can be stopped: that of the largest state. */
export const stoppedId = 'cp-de';

/** Files of contact points: that one alone, and all others. */
export interface SplitFiles {
  readonly own: string;
  readonly others: string;
}

/** Names of the files made from a file of all contact points. */
export function splitFilesOf(file: string): SplitFiles {
  return { own: `${file}.own`, others: `${file}.others` };
}

/** Writes both files, readable by their owner only, as the first one. */
export function splitContactPoints(file: string): SplitFiles {
  const entries = JSON.parse(readFileSync(file, 'utf8')) as ContactPointEntry[];
  const isOwn = ({ membership }: ContactPointEntry): boolean => membership.participantId === stoppedId;
  const files = splitFilesOf(file);
  const write = (name: string, some: readonly ContactPointEntry[]): void => {
    writeFileSync(name, JSON.stringify(some), { mode: 0o600 });
  };
  write(files.own, entries.filter(isOwn));
  write(
    files.others,
    entries.filter((entry) => !isOwn(entry)),
  );
  return files;
}
