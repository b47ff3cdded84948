import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openMemberDirectory, verifyReceipt, type VerifiedReceipt } from '@liaison/provider-client';
import { createRandom } from '@liaison/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createCliWorld, runInShell, spawnLiaison, type CliWorld } from '../setup/cli-world.ts';
import { referralOf } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

const amount = 300;
const seed = 20_261_125;
const caller = ['--member', 'membership.json', '--key', 'keys/private.jwks.json'];

let hub: TestHub & { close(): Promise<void> };
let world: CliWorld;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  world = await createCliWorld(hub, 'killed-service');
  const reporter = { participantId: 'killed-service' };
  const lines = Array.from({ length: amount }, (_, index) =>
    JSON.stringify(referralOf(hub, `KILL-${index}`, { reporter })),
  );
  world.write('cases.ndjson', lines.join('\n'));
});
afterAll(async () => {
  world.remove();
  await hub.close();
});

function receiptFiles(): string[] {
  const folder = join(world.folder, 'receipts');
  return existsSync(folder) ? readdirSync(folder).filter((name) => /^KILL-.*\.jws$/.test(name)) : [];
}

async function countAccepted(): Promise<number> {
  const { rows } = await hub.database.query<{ count: number }>(
    `select count(*)::int as count from hub.referral where sender_id = 'killed-service'`,
  );
  return rows[0]?.count ?? -1;
}

/** Every receipt of the folder, verified from its bytes and the directory that lies beside it. */
async function verifyAll(): Promise<VerifiedReceipt[]> {
  const read = (name: string): string => readFileSync(join(world.folder, 'receipts', name), 'utf8').trim();
  const opened = await openMemberDirectory(read('hub+directory.jws'), world.membership);
  if (!opened.ok) throw new Error(opened.code);
  const hubKeys = { kind: 'directory', directory: opened.directory } as const;
  return Promise.all(
    receiptFiles().map(async (name) => {
      const verified = await verifyReceipt(read(name), { ...world.membership, hubKeys });
      if (!verified.ok) throw new Error(`${name}: ${verified.code}`);
      return verified.receipt;
    }),
  );
}

/** Runs the command until something is so, and kills it there. @returns whether it was still at work. */
async function killWhen(condition: () => Promise<boolean>): Promise<boolean> {
  const child = spawnLiaison(world.folder, ['submit', 'cases.ndjson', ...caller]);
  child.stdout?.resume();
  child.stderr?.resume();
  const exited = once(child, 'exit');
  await vi.waitFor(
    async () => {
      if (child.exitCode === null && !(await condition())) throw new Error('not yet');
    },
    { timeout: 60_000, interval: 1 },
  );
  child.kill('SIGKILL');
  await exited;
  return child.signalCode === 'SIGKILL';
}

test(
  'killed at whatever point and run again, every referral is accepted once and has its receipt',
  { timeout: 300_000 },
  async () => {
    const random = createRandom(seed);
    const between = (from: number, to: number): number => random.int(from, to);
    const killed: boolean[] = [];
    // The hub has accepted, and nobody knows it yet.
    killed.push(await killWhen(async () => (await countAccepted()) > 0));
    const points = [between(1, 60), between(61, 130), between(131, 270)];
    for (const point of points) {
      killed.push(await killWhen(() => Promise.resolve(receiptFiles().length >= point)));
      // Whatever the moment, a receipt is whole or not there.
      expect((await verifyAll()).length).toBe(receiptFiles().length);
    }
    expect(killed.filter(Boolean).length).toBeGreaterThanOrEqual(3);
    const left = amount - receiptFiles().length;

    const last = await runInShell(
      world.folder,
      `pnpm liaison submit cases.ndjson --json ${caller.join(' ')}`,
    );
    expect({ code: last.code, err: last.err }).toEqual({ code: 0, err: '' });
    const summary: unknown = JSON.parse(last.out.trim().split('\n').at(-1) ?? '');
    expect(summary).toMatchObject({
      kind: 'summary',
      skipped: amount - left,
      refused: 0,
      retry: 0,
      notSent: 0,
    });

    const receipts = await verifyAll();
    const { rows } = await hub.database.query<{ id: string; reference: string }>(
      `select id, provider_reference as reference from hub.referral where sender_id = 'killed-service'`,
    );
    const inHub = rows.map(({ id, reference }) => `${reference} ${id}`).toSorted();
    const onDisk = receipts.map(({ payload }) => `${payload.providerReference} ${payload.referralId}`);
    expect(inHub).toHaveLength(amount);
    expect(onDisk.toSorted()).toEqual(inHub);
    const { rows: events } = await hub.database.query<{ count: number; subjects: number }>(
      `select count(*)::int as count, count(distinct content ->> 'subjectId')::int as subjects
     from (select convert_from(leaf, 'UTF8')::jsonb as content
           from (select leaf from ledger.pending union all select leaf from ledger.leaf) as leaf) as event
     where content ->> 'actorId' = 'killed-service'`,
    );
    expect(events).toEqual([{ count: amount, subjects: amount }]);
  },
);

test(
  'a run with nothing left to do sends nothing, and says what it skipped',
  { timeout: 120_000 },
  async () => {
    const before = await countAccepted();
    const again = await runInShell(world.folder, `pnpm liaison submit cases.ndjson ${caller.join(' ')}`);
    expect(again.code).toBe(0);
    expect(again.out.match(/^skipped {2}/gm)).toHaveLength(amount);
    expect(again.out).not.toContain('\u001B');
    expect(again.err).toBe('');
    expect(await countAccepted()).toBe(before);
  },
);
