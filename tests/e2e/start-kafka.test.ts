import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canRunKafka } from '../setup/kafka-or-skip.ts';
import { makeTemporaryFolder, processesOf, runStart } from '../setup/start-command.ts';

interface Summary {
  readonly dispatched: number;
  readonly receipted: number;
  readonly missing: number;
  readonly mislabelled: number;
  readonly exchange: string;
  readonly ledger: { readonly size: number; readonly verified: boolean };
}

function lastLineOf(text: string): Summary {
  return JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as Summary;
}

const hasKafka = await canRunKafka();

describe.runIf(hasKafka)('start --kafka', () => {
  test('does the main job over a Kafka of its own, says so, leaves nothing running, and finds its records again', async () => {
    const temporary = makeTemporaryFolder();
    const args = ['--kafka', '--once', '--json', '--states', 'BE,FR', '--data', join(temporary, 'kept')];
    const first = runStart(temporary, ...args, '--referrals', '60');
    expect((await first.exited).code).toBe(0);
    const summary = lastLineOf(first.stdout());
    expect(summary).toMatchObject({ missing: 0, mislabelled: 0, exchange: 'kafka' });
    expect(summary.receipted).toBe(summary.dispatched);
    expect(processesOf(temporary)).toEqual([]);

    const second = runStart(temporary, ...args, '--referrals', '20', '--seed', '2');
    expect((await second.exited).code).toBe(0);
    const after = lastLineOf(second.stdout());
    expect(after.ledger.verified).toBe(true);
    expect(after.ledger.size).toBeGreaterThan(summary.ledger.size + 20);
    expect(processesOf(temporary)).toEqual([]);
  }, 120_000);
});
