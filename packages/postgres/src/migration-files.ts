import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

import { DatabaseError } from './database-error.ts';

export interface MigrationFile {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256, hexadecimal, of the text with LF line ends. */
  readonly checksum: string;
}

/**
 * Reads a folder of migrations in order.
 * @throws DatabaseError `migration-misnamed`
 */
export async function readMigrations(folder: URL): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
  const base = folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
  return Promise.all(
    names.map(async (name, index) => {
      const number = index + 1;
      const isNamedRight = /^\d{6}-[a-z0-9-]+\.sql$/u.test(name) && Number.parseInt(name, 10) === number;
      if (!isNamedRight) throw new DatabaseError('migration-misnamed');
      // A checkout on Windows may have changed the line ends, which changes nothing.
      const sql = (await readFile(new URL(name, base), 'utf8')).replaceAll('\r\n', '\n');
      return { number, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
