// A program that starts a database, asks it one thing and stops it: the tests run it as another user.
import { connect } from '@liaison/postgres';

import { startDatabase } from '../src/index.ts';

const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };
const database = await startDatabase({ folder: process.argv[2] ?? '', log, settings: { fsync: 'off' } });
const sql = connect({ url: database.url, applicationName: 'test', maxConnections: 1, log });
const { rows } = await sql.query('select 1 as one');
await sql.end();
await database.stop();
process.stdout.write(JSON.stringify({ uid: process.getuid?.(), rows }));

function ignore(): void {}
