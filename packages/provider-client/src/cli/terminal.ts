/** Where a command reads and writes. */
export interface Terminal {
  /** Writes a line of results. */
  print(line: string): void;
  /** Writes a line about what went wrong. */
  complain(line: string): void;
  /** Reads all of the standard input as UTF-8. */
  readInput(): Promise<string>;
}

/** Says results to a person, or to a program. */
export interface Reporter {
  /** One result: short lines, or one line of JSON. */
  report(value: object, lines: readonly string[]): void;
  /** What only a person needs. */
  remark(line: string): void;
}

/** Makes the reporter of one command. */
export function createReporter(terminal: Terminal, json: boolean): Reporter {
  return {
    report(value, lines) {
      if (json) terminal.print(JSON.stringify(value));
      else for (const line of lines) terminal.print(line);
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
