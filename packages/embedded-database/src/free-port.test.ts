import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

import { expect, onTestFinished, test } from 'vitest';

import { findFreePort } from './free-port.ts';

test('it lies below the ports of outgoing connections', async () => {
  const ports = await Promise.all(Array.from({ length: 20 }, async () => findFreePort(Math.random)));
  expect(Math.max(...ports)).toBeLessThan(32_768);
  expect(Math.min(...ports)).toBeGreaterThan(1_023);
});

test('a port that is taken is not given', async () => {
  const first = await findFreePort(Math.random);
  const taken = createServer().listen(first, '127.0.0.1');
  await once(taken, 'listening');
  onTestFinished(() => void taken.close());
  expect((taken.address() as AddressInfo).port).toBe(first);
  const draws = [(first - 15_000 + 0.5) / 17_000, Math.random()];
  expect(await findFreePort(() => draws.shift() ?? Math.random())).not.toBe(first);
});
