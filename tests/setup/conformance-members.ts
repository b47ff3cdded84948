import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Membership } from '@liaison/contracts';
import type { RunningLocal } from '@liaison/local';
import { ipv4Of } from '@liaison/testkit';
import { runConformanceProgram } from './conformance-python.ts';
import { runScript } from './run-script.ts';

/** A member whose software is a conformance program; everything it knows lies in its folder. */
export interface ConformanceMember {
  readonly folder: string;
  /** Runs a command of the program, which has to succeed. @returns what it printed. */
  run(command: string, ...args: readonly string[]): Promise<unknown>;
  /** Runs one that may fail. @returns its exit code. */
  tryTo(command: string, ...args: readonly string[]): Promise<number>;
  /** Writes a file. @returns its path. */
  write(name: string, content: unknown): Promise<string>;
  writeText(name: string, text: string): Promise<void>;
  read(name: string): Promise<unknown>;
  close(): Promise<void>;
}

/** Makes a member's folder. */
export async function createMember(
  interpreter: string,
  program: 'provider.py' | 'contact_point.py',
): Promise<ConformanceMember> {
  const folder = await mkdtemp(join(tmpdir(), 'liaison-conformance-'));
  const execute = (command: string, args: readonly string[]) =>
    runConformanceProgram(interpreter, program, [command, '--folder', folder, ...args]);
  return {
    folder,
    async run(command, ...args) {
      const { code, out, err } = await execute(command, args);
      if (code !== 0) throw new Error(`${program} ${command} ended with ${code}: ${err.slice(-2_000)}`);
      return JSON.parse(out) as unknown;
    },
    tryTo: async (command, ...args) => (await execute(command, args)).code,
    async write(name, content) {
      const path = join(folder, name);
      await writeFile(path, JSON.stringify(content), { mode: 0o600 });
      return path;
    },
    writeText: (name, text) => writeFile(join(folder, name), text, { mode: 0o600 }),
    read: async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')) as unknown,
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** Runs a command of the hub's staff, which has to succeed. */
export async function runDesk(local: RunningLocal, ...args: readonly string[]): Promise<unknown> {
  const settings = join(local.folder.keys, 'hub-settings.json');
  const { code, out, err } = await runScript('hub', ['--settings', settings, ...args]);
  if (code !== 0) throw new Error(`the command ended with ${code}: ${err}`);
  return JSON.parse(out) as unknown;
}

/** Registers a member with the public keys that it made, and hands it its membership document. */
export async function registerMember(
  local: RunningLocal,
  member: ConformanceMember,
  args: readonly string[],
): Promise<Membership> {
  const jwks = join(member.folder, 'public.jwks.json');
  const membership = (await runDesk(local, 'register', ...args, '--jwks', jwks)) as Membership;
  await member.write('membership.json', membership);
  return membership;
}

/** A referral of an account that uploaded from a Member State, by a provider that joined. */
export function referralTo(senderId: string, providerReference: string, changes: object = {}): object {
  const at = new Date(Date.now() - 3_600_000).toISOString();
  const person = { personId: 'p1', role: 'reportedUser', mayBeChild: 'unknown' };
  return {
    schemaVersion: '1.0',
    referralKind: 'providerReport',
    providerReference,
    issuedAt: at,
    legalBasis: { instrument: 'voluntary' },
    reporter: { participantId: senderId },
    service: { types: ['interpersonalCommunications'] },
    abuseTypes: ['knownMaterial'],
    urgency: { claimed: false },
    awareness: { manner: 'ownMotion', humanReview: 'none' },
    persons: [{ ...person, identifiers: [{ type: 'username', value: 'river_stone', verified: 'no' }] }],
    networkEvents: [{ event: 'upload', ipAddress: ipv4Of('NL', 1), occurredAt: at, port: 40_000 }],
    note: { text: 'Une première alerte, vue à Maastricht.', language: 'fr' },
    ...changes,
  };
}
