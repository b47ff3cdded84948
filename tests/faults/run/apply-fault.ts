import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProxyMode } from '@liaison/testkit';
import { armedFile, reachedFile } from '../pause-point.ts';
import { clockFile } from '../pausing-entries.ts';
import { points, type Fault, type ProcessName } from '../schedule/fault.ts';
import { fillDisk } from './fill-disk.ts';
import type { FaultWorld } from './fault-world.ts';
import { repeatRecords, sendPoison, stormGroups } from './record-faults.ts';
import { rotateKey } from './rotate-key.ts';

/** What became of a fault: it was done, or it could not be on this machine, and why. */
export type Applied = { readonly kind: 'done' } | { readonly kind: 'skipped'; readonly why: string };

const done: Applied = { kind: 'done' };
const reachWithinMs = 6_000;
const lookMs = 20;

function pidOf({ whole }: FaultWorld, name: ProcessName): number | null {
  return whole.local.children.find((child) => child.name === name)?.pid() ?? null;
}

function signal(pid: number | null, name: NodeJS.Signals): void {
  if (pid === null) return;
  try {
    process.kill(pid, name);
  } catch {
    // It has ended meanwhile.
  }
}

async function killAtPoint(world: FaultWorld, point: string): Promise<void> {
  const process = points[point] ?? 'router';
  const armed = armedFile(world.points, point);
  const reached = reachedFile(world.points, point);
  writeFileSync(armed, '');
  for (let waitedMs = 0; waitedMs < reachWithinMs && !existsSync(reached); waitedMs += lookMs)
    await sleep(lookMs);
  signal(pidOf(world, process), 'SIGKILL');
  rmSync(armed, { force: true });
  rmSync(reached, { force: true });
}

async function holdWays(world: FaultWorld, mode: ProxyMode, lastsMs: number): Promise<void> {
  for (const way of world.ways) way.setMode(mode);
  await sleep(lastsMs);
  for (const way of world.ways) way.setMode({ kind: 'open' });
}

async function withBroker(
  world: FaultWorld,
  number: number,
  work: (broker: NonNullable<ReturnType<typeof brokersOf>[number]>) => Promise<void>,
): Promise<Applied> {
  const broker = brokersOf(world)[number];
  if (broker === undefined) return { kind: 'skipped', why: 'the exchange has no such broker' };
  await work(broker);
  return done;
}

function brokersOf({ whole }: FaultWorld) {
  return whole.local.exchange.kafka?.brokers ?? [];
}

/** Lets a fault happen, and heals what does not heal by itself. */
export async function applyFault(fault: Fault, world: FaultWorld): Promise<Applied> {
  switch (fault.kind) {
    case 'kill-process':
      signal(pidOf(world, fault.process), 'SIGKILL');
      return done;
    case 'kill-at-point':
      await killAtPoint(world, fault.point);
      return done;
    case 'pause-process': {
      const pid = pidOf(world, fault.process);
      signal(pid, 'SIGSTOP');
      await sleep(fault.lastsMs);
      signal(pid, 'SIGCONT');
      return done;
    }
    case 'clock-jump': {
      const service = fault.process === 'contact-points' ? 'contact-point' : fault.process;
      writeFileSync(clockFile(world.points, service), String(fault.byMs));
      await sleep(fault.lastsMs);
      rmSync(clockFile(world.points, service), { force: true });
      return done;
    }
    case 'kill-database':
      signal(world.whole.local.databasePid(), 'SIGKILL');
      return done;
    case 'cut-connections':
      for (const way of world.ways) way.cut();
      return done;
    case 'slow-connections':
      await holdWays(world, { kind: 'slow', delayMs: fault.delayMs }, fault.lastsMs);
      return done;
    case 'half-open-connections':
      await holdWays(world, { kind: 'half-open' }, fault.lastsMs);
      return done;
    case 'disk-full':
      if (world.smallDisk === null) return { kind: 'skipped', why: 'no small disk can be mounted here' };
      await fillDisk(world.smallDisk, fault.lastsMs);
      return done;
    case 'poison':
      await sendPoison(world, fault);
      return done;
    case 'repeat-and-reorder':
      return repeatRecords(world, fault.count);
    case 'rotate-key':
      await rotateKey(world);
      return done;
    case 'kill-broker':
      return withBroker(world, fault.broker, (broker) => broker.kill());
    case 'pause-broker':
      return withBroker(world, fault.broker, async (broker) => {
        broker.pause();
        await sleep(fault.lastsMs);
        broker.resume();
      });
    case 'restart-cluster':
      await Promise.all(brokersOf(world).map((broker) => broker.kill()));
      return done;
    case 'rebalance-storm':
      await stormGroups(world, fault.members);
      return done;
    default:
      return fault satisfies never;
  }
}
