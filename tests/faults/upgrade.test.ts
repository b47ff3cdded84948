import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Entries } from '@liaison/local';
import { takeEarlierVersion } from '../setup/earlier-version.ts';
import { readHub } from '../setup/history.ts';
import { untilDispatched } from '../setup/local-work.ts';
import { startTestLocal, type TestLocal } from '../setup/start-test-local.ts';
import { checkHistory } from './checker/check-history.ts';
import { startFeeding, type Feeding } from './feeding.ts';
import { collectHistory } from './run/collect-history.ts';
import { watchCheckpoints, type CheckpointWatch } from './run/watch-checkpoints.ts';
import { writeSwitchingEntries, type SwitchingEntries } from './switching-entries.ts';

/** The last one before records could travel over Kafka. */
const earlierCommit = '7ec10ad';
const states = ['BE', 'FR'] as const;
const holderIds = ['cp-be', 'cp-fr', 'europol'];
/** Contact points and the hub come and go in no agreed order. */
const order = [
  'router',
  'contactPoints',
  'audit',
  'submissionApi',
] as const satisfies readonly (keyof Entries)[];
const nameOf = {
  submissionApi: 'submission-api',
  router: 'router',
  audit: 'audit',
  contactPoints: 'contact-points',
} as const;

const earlier = takeEarlierVersion(earlierCommit);
if (earlier === null) {
  process.stderr.write(
    '\n*** SKIPPED: the earlier version is not in this checkout, so nothing can be upgraded ***\n\n',
  );
}

describe.skipIf(earlier === null)('while services are upgraded one by one under load', () => {
  let whole: TestLocal;
  let feeding: Feeding;
  let switching: SwitchingEntries;
  let checkpoints: CheckpointWatch;

  beforeAll(async () => {
    switching = writeSwitchingEntries(earlier?.folder ?? '');
    whole = await startTestLocal({ states, entries: switching.entries });
    feeding = startFeeding(whole.local, { states, perSecond: 15 });
    checkpoints = watchCheckpoints(whole.local);
  }, 90_000);

  afterAll(async () => {
    await Promise.all([feeding.stop(), checkpoints.stop()]);
    await whole.stop();
    switching.remove();
    earlier?.remove();
  }, 60_000);

  const receipted = async (): Promise<number> => {
    const rows = await readHub(whole.local, `select id from hub.dispatch where state = 'receipted'`);
    return rows.length;
  };

  test.each(order)('the %s of today takes over, and work goes on beside what is old', async (part) => {
    await expect.poll(receipted, { timeout: 20_000 }).toBeGreaterThan(20);
    const child = whole.local.children.find(({ name }) => name === nameOf[part]);
    const before = child?.pid() ?? null;
    switching.upgrade(part);
    if (before !== null) process.kill(before, 'SIGTERM');
    await expect.poll(() => child?.pid() ?? before, { timeout: 20_000 }).not.toBe(before);
    await child?.ready();
    const done = await receipted();
    await expect.poll(receipted, { timeout: 30_000 }).toBeGreaterThan(done + 20);
  });

  test('nothing was lost, doubled or invented', async () => {
    await feeding.stop();
    await untilDispatched(whole.local, 'receipted');
    await checkpoints.stop();
    const history = await collectHistory(whole.local, {
      answers: feeding.answers(),
      holderIds,
      checkpoints: checkpoints.seen,
    });
    expect(checkHistory(history)).toEqual([]);
    expect(history.hub.referrals.length).toBeGreaterThan(50);
  });
});
