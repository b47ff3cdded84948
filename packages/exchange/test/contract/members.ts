import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { describe, expect, onTestFinished, test } from 'vitest';

import type { Party } from '../exchange-contract.ts';
import { keysOf, open, openPair, read, records } from './parties.ts';
import type { GetHarness } from './parties.ts';

/** How soon another member takes over from one that died without a word. */
const takeOverMs = 10_000;

export function describeMembers(getHarness: GetHarness): void {
  describe('members of a group', () => {
    test('two of them share the work: none handles what the other has', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const other = await open(party);
      const options = { group: party.group, topics: [party.to], maxRecords: 5 };
      const readings = [await read(receiver, options), await read(other, options)];
      for (const record of records(50)) await sender.send(party.to, [record]);
      const handled = () => readings.flatMap((reading) => reading.keys());
      await expect.poll(() => handled().length, { timeout: 15_000 }).toBe(50);
      expect(handled().sort()).toEqual(keysOf(records(50)).sort());
    });

    test('one that leaves hands over to the other', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const options = { group: party.group, topics: [party.to] };
      const first = await read(receiver, options);
      const second = await read(await open(party), options);
      await sender.send(party.to, records(1, { prefix: 'a' }));
      await expect.poll(first.keys).toEqual(['a0']);
      await first.subscription.close();
      await sender.send(party.to, records(1, { prefix: 'b' }));
      await expect.poll(second.keys, { timeout: takeOverMs }).toEqual(['b0']);
    });

    test('one that is killed is replaced within ten seconds, and what it had not committed comes again', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const member = startMember(party, 'die');
      await member.said('ready');
      const reading = await read(receiver, { group: party.group, topics: [party.to] });
      await sender.send(party.to, records(3));
      await member.ended;
      expect(member.lines).toContain('0');
      const killedAt = performance.now();
      await expect.poll(reading.keys, { timeout: takeOverMs }).toEqual(['0', '1', '2']);
      expect(performance.now() - killedAt).toBeLessThan(takeOverMs);
    });

    test('while one works, the other does not start on the same records, however long it takes', async () => {
      const { sender, receiver, party } = await openPair(getHarness);
      const { promise: mayFinish, resolve: finish } = Promise.withResolvers<void>();
      const { promise: running, resolve: hasBegun } = Promise.withResolvers<void>();
      const first = await read(receiver, {
        group: party.group,
        topics: [party.to],
        async handle() {
          hasBegun();
          await mayFinish;
        },
      });
      await sender.send(party.to, records(1));
      await running;
      const startedAt = performance.now();
      const second = await read(await open(party), { group: party.group, topics: [party.to] });
      // Longer than a member may be silent: its lease has to be renewed meanwhile.
      const elapsed = { timeout: 2 * takeOverMs, interval: 500 };
      await expect.poll(() => performance.now() - startedAt, elapsed).toBeGreaterThan(takeOverMs);
      expect(second.keys()).toEqual([]);
      finish();
      await expect.poll(first.keys).toEqual(['0']);
      await expect(second.subscription.seek(party.to, 0)).rejects.toMatchObject({ code: 'topic-owned' });
    });
  });
}

function startMember(party: Party, mode: string) {
  const program = fileURLToPath(new URL('../member.ts', import.meta.url));
  const programArguments = [
    program,
    party.address,
    party.group,
    party.to,
    mode,
    JSON.stringify(party.tls ?? null),
  ];
  const child: ChildProcess = spawn(process.execPath, programArguments, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return {
    lines,
    said: async (line: string) => expect.poll(() => lines, { timeout: 10_000 }).toContain(line),
    ended: once(child, 'exit'),
  };
}
