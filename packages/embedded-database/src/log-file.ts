import { appendFileSync, renameSync, statSync } from 'node:fs';

/** Takes what the server prints, line by line. */
export interface LineSink {
  write(line: string): void;
}

/**
 * Appends lines to a file only its owner may read; past `maxBytes` the file is renamed to `….1` and begun anew.
 * Never throws: the database must go on when its log cannot be written.
 */
export function createLogFile(file: string, { maxBytes }: { maxBytes: number }): LineSink {
  let size = sizeOf(file);
  return {
    write(line) {
      try {
        if (size > maxBytes) {
          renameSync(file, `${file}.1`);
          size = 0;
        }
        appendFileSync(file, `${line}\n`, { mode: 0o600 });
        size += Buffer.byteLength(line) + 1;
      } catch {
        // A full disk is reported by the server's own end.
      }
    },
  };
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
