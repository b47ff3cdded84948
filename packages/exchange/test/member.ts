// A member of a group in a process of its own, which prints the key of each record before it has handled it.
// With "die" it is gone before its first batch is committed.
import { openExchange } from '../src/index.ts';
import type { ExchangeTls } from '../src/index.ts';

const [address = '', group = '', topic = '', mode = 'live', tlsText = 'null'] = process.argv.slice(2);
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const tls = JSON.parse(tlsText) as ExchangeTls | null;
const exchange = await openExchange(address, { log, applicationName: 'member', tls });
await exchange.receive({
  group,
  topics: [topic],
  maxRecords: 10,
  maxBytes: 1_000_000,
  async handle(records) {
    for (const { key } of records) process.stdout.write(`${key}\n`);
    if (mode === 'die') process.kill(process.pid, 'SIGKILL');
  },
  quarantine: async () => undefined,
  isTransient: () => true,
  log,
});
process.stdout.write('ready\n');

function ignore(): void {}
