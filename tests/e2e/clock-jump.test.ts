import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { referralOf, submitAccepted, untilDispatches } from '../setup/submitting.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  for (const id of ['cp-be', 'europol']) await hub.startContactPoint(id);
});
afterAll(() => hub.close());

const hourMs = 3_600_000;
const anHourAhead = (): string => new Date(hub.clock.nowMs() + hourMs).toISOString();

async function readAttempts(referralId: string): Promise<readonly number[]> {
  const { rows } = await hub.database.query<{ attempts: number }>(
    'select attempts from hub.dispatch where referral_id = $1',
    [referralId],
  );
  return rows.map(({ attempts }) => attempts);
}

describe('what a clock that was an hour ahead has written', () => {
  test.each([
    ['a lease', `state = 'sending', lease_until = $2`],
    ['a pause', `state = 'sealed', next_attempt_at = $2`],
  ])('%s keeps no dispatch for an hour', async (_, change) => {
    const referralId = await submitAccepted(hub, referralOf(hub, hub.newId()));
    await untilDispatches(hub, referralId, 'receipted');
    await hub.database.query(
      `update hub.dispatch set ${change}, receipted_at = null where referral_id = $1`,
      [referralId, anHourAhead()],
    );
    await expect.poll(() => readAttempts(referralId), { timeout: 15_000 }).toEqual([2, 2]);
  });
});

test('a directory that was issued an hour ahead stops the hub no longer than it takes to issue another', async () => {
  const sequenceOf = async (): Promise<number> => {
    const { rows } = await hub.database.query<{ sequence: number }>(
      'select max(sequence) as sequence from hub.directory_issue',
    );
    return rows[0]?.sequence ?? 0;
  };
  const before = await sequenceOf();
  await hub.advance(hourMs);
  await expect.poll(sequenceOf, { timeout: 30_000 }).toBeGreaterThan(before);
  const ahead = await sequenceOf();
  await hub.advance(-hourMs);
  await expect.poll(sequenceOf, { timeout: 30_000 }).toBeGreaterThan(ahead);
  const referralId = await submitAccepted(hub, referralOf(hub, hub.newId()));
  await untilDispatches(hub, referralId, 'receipted');
}, 90_000);
