import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Membership } from '@liaison/contracts';
import { bareEnvironment } from './bare-environment.ts';
import { registerWithCommand } from './newcomer.ts';
import { makeOutsideKey, type OutsideKey } from './outside-keys.ts';
import { until } from './submitting.ts';
import type { TestHub } from './test-hub.ts';

/** A provider's folder with what `liaison` needs, at a hub that knows it. */
export interface CliWorld {
  readonly folder: string;
  readonly membership: Membership;
  /** Writes a file of text, or of JSON. @returns its path. */
  write(name: string, content: unknown): string;
  remove(): void;
}

const main = fileURLToPath(new URL('../../packages/provider-client/src/main.ts', import.meta.url));

/** Registers a provider as the hub's staff do, and lays its files where the help of `liaison` expects them. */
export async function createCliWorld(
  hub: TestHub,
  id: string,
): Promise<CliWorld & { readonly key: OutsideKey }> {
  const key = await makeOutsideKey('sig');
  const args = [id, '--kind', 'provider', '--name', 'A service', '--establishment', 'BE'];
  const membership = await registerWithCommand(hub, args, [key]);
  await until('the directory lists the key', async () => {
    const directory = await hub.readDirectory();
    return directory.key(id, key.kid) !== undefined;
  });
  const folder = mkdtempSync(join(tmpdir(), 'liaison-cli-'));
  const write = (name: string, content: unknown): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
    return path;
  };
  write('membership.json', membership);
  mkdirSync(join(folder, 'keys'));
  write('keys/private.jwks.json', { keys: [key.privateEntry] });
  return {
    key,
    folder,
    membership,
    write,
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A shell in which `pnpm liaison …` is the root script, as in the README. */
export function runInShell(
  folder: string,
  line: string,
): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const script = `pnpm() { shift; '${process.execPath}' '${main}' "$@"; }\n${line}`;
  return new Promise((resolve, reject) => {
    const child = spawn('sh', ['-c', script], { cwd: folder, env: bareEnvironment });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({ code: code ?? -1, out, err });
    });
  });
}

/** Starts `liaison` as a process that a test may kill. */
export function spawnLiaison(folder: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [main, ...args], { cwd: folder, env: bareEnvironment, stdio: 'pipe' });
}
