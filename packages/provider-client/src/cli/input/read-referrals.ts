import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { describeFileFault } from '../read-files.ts';
import type { Terminal } from '../terminal.ts';
import { UsageError } from '../usage-error.ts';
import { createGiven, type GivenReferral } from './given-referral.ts';
import { parseText, withoutMark } from './parse-text.ts';

interface Line {
  readonly text: string;
  readonly number: number;
}

async function* readLines(lines: AsyncIterable<string>): AsyncGenerator<Line> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    yield { text: number === 1 ? withoutMark(text) : text, number };
  }
}

function isObjectText(text: string): boolean {
  if (!text.trimStart().startsWith('{')) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function* readDocument(text: string, file: string): Generator<GivenReferral> {
  const value = parseText(text, file);
  if (!Array.isArray(value)) {
    yield createGiven(value, file, { file, text, firstLine: 1, pointer: '' });
    return;
  }
  for (const [index, entry] of (value as readonly unknown[]).entries()) {
    yield createGiven(entry, `${file}#${index + 1}`, { file, text, firstLine: 1, pointer: `/${index}` });
  }
}

function readLine({ text, number }: Line, file: string, place: string): GivenReferral {
  return createGiven(parseText(text, file, number), place, { file, text, firstLine: number, pointer: '' });
}

/**
 * Reads the referrals of one text: one, an array of them, or one on each line (NDJSON). What has a line for each is never
 * in memory as a whole.
 */
async function* readText(lines: AsyncGenerator<Line>, file: string): AsyncGenerator<GivenReferral> {
  const document: string[] = [];
  // By hand, for leaving a `for await` would end the lines.
  for (let next = await lines.next(); next.done !== true; next = await lines.next()) {
    const line = next.value;
    if (document.length === 0) {
      if (line.text.trim() === '') continue;
      if (isObjectText(line.text)) {
        yield* readEachLine(line, lines, file);
        return;
      }
      // Blank lines above a document still count.
      document.push(...Array.from({ length: line.number - 1 }, () => ''));
    }
    document.push(line.text);
  }
  if (document.length > 0) yield* readDocument(document.join('\n'), file);
}

async function* readEachLine(
  first: Line,
  rest: AsyncGenerator<Line>,
  file: string,
): AsyncGenerator<GivenReferral> {
  let held: Line | null = first;
  for await (const line of rest) {
    if (line.text.trim() === '') continue;
    // Of several, each is called by its line.
    if (held !== null) yield readLine(held, file, `${file}:${held.number}`);
    held = null;
    yield readLine(line, file, `${file}:${line.number}`);
  }
  if (held !== null) yield readLine(held, file, file);
}

async function* readFile(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Infinity });
  } finally {
    stream.destroy();
  }
}

/**
 * Reads referrals from files one after the other; `-` is the standard input, which can be read once.
 * @throws UsageError `file-unreadable`, `file-not-json`.
 */
export async function* readReferrals(
  files: readonly string[],
  terminal: Terminal,
): AsyncGenerator<GivenReferral> {
  for (const file of files) {
    try {
      yield* readText(readLines(file === '-' ? terminal.readLines() : readFile(file)), file);
    } catch (error) {
      if (error instanceof UsageError || !isSystemError(error)) throw error;
      throw new UsageError('file-unreadable', describeFileFault(file, error), { cause: error });
    }
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

/**
 * Counts what can be read twice, so that nothing is sent of files that do not read to their end.
 * @returns the number of referrals; null where the standard input is among them, which nobody can count beforehand.
 * @throws UsageError as `readReferrals`, and `no-referrals`.
 */
export async function countReferrals(files: readonly string[], terminal: Terminal): Promise<number | null> {
  const counted = files.filter((file) => file !== '-');
  let count = 0;
  for await (const _given of readReferrals(counted, terminal)) count += 1;
  if (counted.length < files.length) return null;
  if (count === 0) throw new UsageError('no-referrals', 'There is no referral in what was given.');
  return count;
}
