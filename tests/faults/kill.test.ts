import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { startFeeding, type Feeding } from './feeding.ts';
import { readHub, readInbox, readLedger } from '../setup/history.ts';
import { armedFile, reachedFile } from './pause-point.ts';
import { writePausingEntries } from './pausing-entries.ts';

const states = ['BE', 'FR'] as const;
const recoveryMs = 10_000;

let whole: TestLocal;
let feeding: Feeding;
let points: string;

/** Waits for what happens in other processes. */
async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      if (!(await condition())) throw new Error(`still waiting: ${what}`);
    },
    { timeout: 30_000, interval: 25 },
  );
}

function pidOf(name: string): number {
  const pid = whole.local.children.find((child) => child.name === name)?.pid();
  if (pid === null || pid === undefined) throw new Error(`${name} does not run`);
  return pid;
}

/** Milliseconds until a referral that is submitted now has all its receipts. */
async function measureRecovery(): Promise<number> {
  const startedMs = performance.now();
  const referralId = await feeding.submitOne();
  await until('a referral submitted after the kill is receipted', async () => {
    const rows = await readHub<{ state: string }>(
      whole.local,
      'select state from hub.dispatch where referral_id = $1',
      [referralId],
    );
    return rows.length > 0 && rows.every(({ state }) => state === 'receipted');
  });
  return performance.now() - startedMs;
}

beforeAll(async () => {
  points = mkdtempSync(join(tmpdir(), 'liaison-points-'));
  whole = await startTestLocal({ states, entries: writePausingEntries(points) });
  feeding = startFeeding(whole.local, { states, perSecond: 15 });
}, 60_000);

afterAll(async () => {
  await feeding.stop();
  await whole.stop();
}, 60_000);

describe('killed with kill -9 at a named point, a process comes back and nothing is lost', () => {
  test.each([
    ['submission-api', 'accept:committed', 'after the accept commit and before the answer'],
    ['router', 'decide:before-commit', 'before a decision commits'],
    ['router', 'send:sent', 'after the send and before its mark'],
    ['contact-points', 'inbox:committed', 'after the inbox commit and before the offset commit'],
    ['contact-points', 'receipts:sent', 'after a receipt was sent and before its mark'],
    ['router', 'answers:committed', 'after answers are applied and before the offset commit'],
    ['audit', 'sequence:before-commit', 'in the sequencer, before its commit'],
    ['audit', 'sequence:committed', 'in the sequencer, after its commit'],
  ])('%s at %s: %s', async (name, point) => {
    await until('traffic flows', () => feeding.accepted() > 0);
    const pid = pidOf(name);
    writeFileSync(armedFile(points, point), '');
    await until(`${name} stands at ${point}`, () => existsSync(reachedFile(points, point)));
    process.kill(pid, 'SIGKILL');
    await until(`${name} runs again`, () => {
      const child = whole.local.children.find((one) => one.name === name);
      const now = child?.pid() ?? null;
      return now !== null && now !== pid;
    });
    expect(await measureRecovery()).toBeLessThan(recoveryMs);
  });

  test('PostgreSQL itself', async () => {
    const pid = whole.local.databasePid();
    if (pid === null) throw new Error('PostgreSQL does not run');
    process.kill(pid, 'SIGKILL');
    await until('PostgreSQL runs again', () => {
      const now = whole.local.databasePid();
      return now !== null && now !== pid;
    });
    expect(await measureRecovery()).toBeLessThan(recoveryMs);
  });
});

describe('after all kills', () => {
  beforeAll(async () => {
    await feeding.stop();
    await until('everything under way has arrived', async () => {
      const [row] = await readHub<{ open: number }>(
        whole.local,
        `select (select count(*) from hub.referral where state = 'accepted')
           + (select count(*) from hub.dispatch where state <> 'receipted')
           + (select count(*) from ledger.pending) as open`,
      );
      return row?.open === 0;
    });
  }, 60_000);

  test('every submission was answered, and no answer was lost for good', () => {
    expect(feeding.accepted()).toBeGreaterThan(100);
    expect(feeding.failed()).toEqual([]);
  });

  test('every accepted referral reached exactly the addressees of its label', async () => {
    const rows = await readHub<{ id: string; addressees: string[] }>(
      whole.local,
      `select referral_id as id, array_agg(addressee_id order by addressee_id) as addressees
       from hub.dispatch group by referral_id`,
    );
    const reached = new Map(rows.map(({ id, addressees }) => [id, addressees.join()]));
    const wrong = feeding.answers().filter((answered) => {
      const { label } = answered.labelled;
      const expected = label.kind === 'accepted' ? [...label.addressees].sort().join() : undefined;
      return reached.get(answered.referralId ?? '') !== expected;
    });
    expect(wrong).toEqual([]);
    expect(reached.size).toBe(feeding.accepted());
  });

  test('none was delivered twice in effect', async () => {
    const dispatched = await readHub<{ id: string; addressee_id: string }>(
      whole.local,
      'select id, addressee_id from hub.dispatch',
    );
    for (const participantId of ['cp-be', 'cp-fr', 'europol']) {
      const inbox = await readInbox<{ id: string; referral_id: string }>(
        whole.local,
        participantId,
        'select id, referral_id from inbox.dispatch',
      );
      const sent = dispatched.filter(({ addressee_id: addressee }) => addressee === participantId);
      expect(inbox.map(({ id }) => id).sort()).toEqual(sent.map(({ id }) => id).sort());
      expect(new Set(inbox.map(({ referral_id: id }) => id)).size).toBe(inbox.length);
    }
  });

  test('the ledger is complete, consistent with every checkpoint, and tells each effect once', async () => {
    const ledger = await readLedger(whole.local);
    expect(ledger.verified).toBe(true);
    const missing = feeding.answers().filter(({ receipt }) => {
      const payload = Buffer.from(receipt?.split('.')[1] ?? '', 'base64url').toString();
      return !ledger.leaves.has((JSON.parse(payload) as { ledger: { leaf: string } }).ledger.leaf);
    });
    expect(missing).toEqual([]);
    const referrals = await readHub<{ id: string }>(whole.local, 'select id from hub.referral');
    const dispatches = await readHub<{ id: string }>(whole.local, 'select id from hub.dispatch');
    const wrong = [
      ...referrals.flatMap(({ id }) => [`referralAccepted ${id}`, `referralDecided ${id}`]),
      ...dispatches.flatMap(({ id }) => [`dispatchSealed ${id}`, `dispatchReceipted ${id}`]),
    ].filter((name) => ledger.counts.get(name) !== 1);
    expect(wrong).toEqual([]);
  });
});
