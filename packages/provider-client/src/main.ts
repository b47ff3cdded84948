import { createInterface } from 'node:readline';
import { styleText } from 'node:util';
import { v7 } from 'uuid';
import { runCli } from './cli/run-cli.ts';
import type { Tone } from './cli/terminal.ts';

// A reader that has had enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const colours = { good: 'green', bad: 'red', weak: 'yellow' } as const satisfies Record<Tone, string>;
const { stdin, stdout, stderr } = process;

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: {
    print: (line) => {
      stdout.write(`${line}\n`);
    },
    complain: (line) => {
      stderr.write(`${line}\n`);
    },
    readLines: () => createInterface({ input: stdin, crlfDelay: Infinity }),
    // No colour where it is no terminal, or NO_COLOR is set.
    paint: (tone, text) => styleText(colours[tone], text, { stream: stdout }),
    draw: stderr.isTTY ? (line) => void stderr.write(`\r\u001B[K${line.slice(0, stderr.columns - 1)}`) : null,
  },
  clock: { nowMs: () => Date.now() },
  newId: () => v7(),
  fetch: globalThis.fetch,
});
