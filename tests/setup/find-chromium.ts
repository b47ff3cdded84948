import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getuid } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bareEnvironment } from './bare-environment.ts';
import { readOwnChromium } from './config.ts';

/** A Chromium on this machine. */
export interface FoundChromium {
  readonly path: string;
  /** What it needs beside our own environment. */
  readonly environment: Readonly<Record<string, string>>;
}

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const execute = promisify(execFile);

/** Version of the package that brings a Chromium; it exports no `package.json`. */
function readPackedVersion(): string {
  const file = fileURLToPath(new URL('../package.json', import.meta.resolve('@sparticuz/chromium')));
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** Unpacks beside the place and moves it there at once, so that test files that start together never see a half. */
async function unpackInto(folder: string): Promise<void> {
  const beside = await mkdtemp(`${folder}-new-`);
  const script = fileURLToPath(new URL('unpack-chromium.ts', import.meta.url));
  try {
    await execute(process.execPath, [script], { env: { ...bareEnvironment, TMPDIR: beside } });
    await rename(beside, folder);
  } catch (error) {
    await rm(beside, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
}

async function unpackOnce(): Promise<string> {
  const user = getuid?.();
  const parent = join(tmpdir(), `liaison-test-chromium-${user ?? 'user'}`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  if (user !== undefined && (await stat(parent)).uid !== user) {
    throw new Error(`${parent} belongs to somebody else`);
  }
  const folder = join(parent, readPackedVersion());
  if (!existsSync(folder)) await unpackInto(folder);
  return folder;
}

async function lacksLibraries(path: string): Promise<boolean> {
  return execute('ldd', [path]).then(
    ({ stdout }) => stdout.includes('not found'),
    () => false,
  );
}

async function findPacked(): Promise<FoundChromium> {
  const folder = await unpackOnce();
  const path = join(folder, 'chromium');
  return {
    path,
    environment: {
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(folder, 'fonts') }),
      ...((await lacksLibraries(path)) ? { LD_LIBRARY_PATH: join(folder, 'al2023', 'lib') } : {}),
    },
  };
}

/**
 * Finds a Chromium: the one that `LIAISON_CHROMIUM` names, else the system's, else the one that npm brought, unpacked once
 * into a folder of ours (4 s, 210 MB).
 */
export async function findChromium(): Promise<FoundChromium> {
  const path = readOwnChromium() ?? usualPlaces.find((place) => existsSync(place));
  return path === undefined ? findPacked() : { path, environment: {} };
}
