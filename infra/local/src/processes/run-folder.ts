import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  clearOrphan,
  identifyProcess,
  isSameProcess,
  removeDatabase,
  type ProcessIdentity,
} from '@liaison/embedded-database';
import type { Log } from '@liaison/service';
import { LocalError } from '../local-error.ts';
import { dataFormat } from '../setup/installation.ts';

/** The folder of one installation. */
export interface RunFolder {
  readonly path: string;
  readonly temporary: boolean;
  /** For private keys and passwords; nobody else may enter. */
  readonly keys: string;
  readonly logs: string;
  readonly database: string;
  /** For what runs of this user may share. */
  readonly shared: string;
  /** Writes down which processes belong to this run, so that a later start can clear what outlives it. */
  recordProcesses(pids: readonly number[]): Promise<void>;
  /** Lets go of the folder; a temporary one is removed. */
  release(): Promise<void>;
}

interface Claim {
  readonly supervisor: ProcessIdentity;
  readonly children: readonly ProcessIdentity[];
}

const claimFile = 'running.json';
const versionFile = 'version.json';

/** Temporary folders of one user stand side by side, so that a later start finds those whose supervisor is gone. */
function temporaryRoot(): string {
  const root = join(tmpdir(), `liaison-${process.getuid?.() ?? 'user'}`);
  mkdirSync(root, { recursive: true, mode: 0o711 });
  const { uid } = statSync(root);
  if (process.getuid !== undefined && uid !== process.getuid()) {
    // Somebody else made it first: a folder of another name is ours alone.
    return mkdtempSync(`${root}-`);
  }
  return root;
}

function readClaim(path: string): Claim | null {
  try {
    return JSON.parse(readFileSync(join(path, claimFile), 'utf8')) as Claim;
  } catch {
    return null;
  }
}

async function killChildren({ children }: Claim): Promise<number> {
  let killed = 0;
  for (const child of children) {
    if (!(await isSameProcess(child))) continue;
    process.kill(child.pid, 'SIGKILL');
    killed += 1;
  }
  return killed;
}

/** Clears what a run left whose supervisor was killed. @throws LocalError `already-running`. */
async function clearRun(path: string, log: Log): Promise<void> {
  const claim = readClaim(path);
  if (claim === null) return;
  if (await isSameProcess(claim.supervisor)) throw new LocalError('already-running');
  const killed = await killChildren(claim);
  const database = await clearOrphan(join(path, 'database'), { log, graceMs: 2_000 });
  if (killed > 0 || database === 'stopped') log.warn('orphans-cleared', { processes: killed, database });
  rmSync(join(path, claimFile), { force: true });
}

/** Removes a temporary run for good; its database may lie elsewhere. */
async function removeRun(path: string): Promise<void> {
  await removeDatabase(join(path, 'database'));
  rmSync(path, { recursive: true, force: true });
}

/** Clears the temporary runs of this user whose supervisor is gone; a running Liaison is left alone. */
async function clearTemporaryRuns(root: string, log: Log): Promise<void> {
  for (const name of readdirSync(root).filter((one) => one.startsWith('run-'))) {
    const path = join(root, name);
    const claim = readClaim(path);
    if (claim !== null && (await isSameProcess(claim.supervisor))) continue;
    // A folder without a claim may be one that is being made this very moment.
    if (claim === null && Date.now() - statSync(path).mtimeMs < 60_000) continue;
    await clearRun(path, log);
    await removeRun(path);
  }
}

/** @throws LocalError `data-of-another-version`. */
function checkVersion(path: string): void {
  const file = join(path, versionFile);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    if (readdirSync(path).length > 0) throw new LocalError('data-of-another-version');
    writeFileSync(file, `${JSON.stringify({ liaison: dataFormat })}\n`);
    return;
  }
  if ((JSON.parse(text) as { liaison?: unknown }).liaison !== dataFormat) {
    throw new LocalError('data-of-another-version');
  }
}

async function claimFolder(path: string, children: readonly number[]): Promise<void> {
  const supervisor = await identifyProcess(process.pid);
  const identities = await Promise.all(children.map(identifyProcess));
  const claim = { supervisor, children: identities.filter((identity) => identity !== undefined) };
  writeFileSync(join(path, claimFile), JSON.stringify(claim), { mode: 0o600 });
}

/**
 * Opens the folder of a run: the one asked for, or a fresh temporary one. Clears orphans of earlier runs first.
 * @throws LocalError `already-running`, `data-of-another-version`.
 */
export async function openRunFolder(dataFolder: string | null, log: Log): Promise<RunFolder> {
  const root = temporaryRoot();
  await clearTemporaryRuns(root, log);
  const path = dataFolder === null ? mkdtempSync(join(root, 'run-')) : resolve(dataFolder);
  // The database's own user passes through it where root runs Liaison.
  mkdirSync(path, { recursive: true, mode: 0o711 });
  await clearRun(path, log);
  checkVersion(path);
  await claimFolder(path, []);
  const folder = (name: string, mode: number): string => {
    const full = join(path, name);
    mkdirSync(full, { recursive: true, mode });
    return full;
  };
  return {
    path,
    temporary: dataFolder === null,
    keys: folder('keys', 0o700),
    logs: folder('logs', 0o700),
    database: join(path, 'database'),
    shared: root,
    recordProcesses: (pids) => claimFolder(path, pids),
    async release() {
      rmSync(join(path, claimFile), { force: true });
      if (dataFolder === null) await removeRun(path);
    },
  };
}
