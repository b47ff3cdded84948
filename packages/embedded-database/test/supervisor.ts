// A program that starts a database, says so and then only lives: the tests kill it.
import { startDatabase } from '../src/index.ts';

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const database = await startDatabase({ folder: process.argv[2] ?? '', log, settings: { fsync: 'off' } });
process.stdout.write(`${JSON.stringify({ url: database.url, pid: database.pid })}\n`);

function ignore(): void {}
