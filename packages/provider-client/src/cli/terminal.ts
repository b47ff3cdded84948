/** What a word at the start of a line says: colour for a person, nothing that a program needs. */
export type Tone = 'good' | 'bad' | 'weak';

/** Where a command reads and writes. */
export interface Terminal {
  /** Writes a line of results. */
  print(line: string): void;
  /** Writes a line about what went wrong, or about what goes on. */
  complain(line: string): void;
  /** Reads the standard input as UTF-8, line by line. */
  readLines(): AsyncIterable<string>;
  /** Colours a text where the results go to a person who wants colour. */
  paint(tone: Tone, text: string): string;
  /** Draws over the last line of the standard error, where that is a terminal; an empty text clears it. */
  readonly draw: ((line: string) => void) | null;
}

/** Says results to a person, or to a program. */
export interface Reporter {
  /** One result: short lines, or one line of JSON. */
  report(value: object, lines: readonly string[]): void;
  /** What only a person needs. */
  remark(line: string): void;
}

const tones: readonly (readonly [RegExp, Tone])[] = [
  [/^(?:accepted before|accepted|valid|proven|skipped)(?= {2})/, 'good'],
  [/^(?:refused|invalid|not proven)(?= {2})/, 'bad'],
  [/^(?:not known|unknown)(?= {2})/, 'weak'],
  [/^ {2}warning:/, 'weak'],
];

function paintLine(line: string, terminal: Terminal): string {
  for (const [pattern, tone] of tones) {
    if (pattern.test(line)) return line.replace(pattern, (word) => terminal.paint(tone, word));
  }
  return line;
}

/** Makes the reporter of one command. */
export function createReporter(terminal: Terminal, json: boolean): Reporter {
  return {
    report(value, lines) {
      if (json) terminal.print(JSON.stringify(value));
      else for (const line of lines) terminal.print(paintLine(line, terminal));
    },
    remark(line) {
      if (!json) terminal.print(line);
    },
  };
}

/**
 * Makes text of others safe to print: a terminal obeys control characters, and some characters turn the direction of
 * what follows.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\uFFFD');
}
