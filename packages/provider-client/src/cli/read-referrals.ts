import { parseJson } from '../http/parse-json.ts';
import { readText } from './read-files.ts';
import type { Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

/** A referral as a file has it, not yet looked at. */
export interface GivenReferral {
  readonly value: unknown;
  /** Where it stands, for a person: `cases.json`, `cases.json#3`, `cases.ndjson:7`. */
  readonly place: string;
}

function readLines(text: string, name: string): GivenReferral[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const place = `${name}:${index + 1}`;
    const value = parseJson(line);
    if (value === undefined) throw new UsageError('file-not-json', `${place} is not JSON.`);
    return [{ value, place }];
  });
}

function readAll(text: string, name: string): GivenReferral[] {
  const value = parseJson(text);
  if (value === undefined) {
    // Whether somebody meant many lines or one document shows in how the first line ends.
    if (text.trimStart().split('\n', 1)[0]?.trimEnd().endsWith('}') === true) return readLines(text, name);
    throw new UsageError('file-not-json', `${name} is not JSON.`);
  }
  if (!Array.isArray(value)) return [{ value, place: name }];
  return value.map((entry: unknown, index) => ({ value: entry, place: `${name}#${index + 1}` }));
}

/**
 * Reads referrals from files, each with one referral, an array of them, or one on each line (NDJSON); `-` is the standard
 * input.
 * @throws UsageError `file-unreadable`, `file-not-json`, `no-referrals`.
 */
export async function readReferrals(
  paths: readonly string[],
  terminal: Terminal,
): Promise<readonly GivenReferral[]> {
  const given: GivenReferral[] = [];
  for (const path of paths) {
    const text = path === '-' ? await terminal.readInput() : readText(path);
    given.push(...readAll(text, path));
  }
  if (given.length === 0) throw new UsageError('no-referrals', 'There is no referral in what was given.');
  return given;
}
