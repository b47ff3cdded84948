import { text } from 'node:stream/consumers';
import { v7 } from 'uuid';
import { runCli } from './cli/run-cli.ts';

// A reader that has had enough (`| head`) is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: {
    print: (line) => {
      process.stdout.write(`${line}\n`);
    },
    complain: (line) => {
      process.stderr.write(`${line}\n`);
    },
    readInput: () => text(process.stdin),
  },
  clock: { nowMs: () => Date.now() },
  newId: () => v7(),
  fetch: globalThis.fetch,
});
