import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTcpProxy, type TcpProxy } from '@liaison/testkit';
import { startTestLocal, type TestLocal } from '../../setup/start-test-local.ts';
import { startFeeding, type Feeding } from '../feeding.ts';
import { writePausingEntries } from '../pausing-entries.ts';
import { startAnswering, type Answering } from './answering.ts';
import { watchCheckpoints, type CheckpointWatch } from './watch-checkpoints.ts';

/** Contact points of the run. */
const states = ['BE', 'FR'] as const;
export const holderIds = ['cp-be', 'cp-fr', 'europol'] as const;

/** A Liaison to which anything may happen, with senders, officers and an onlooker. */
export interface FaultWorld {
  readonly whole: TestLocal;
  readonly feeding: Feeding;
  readonly answering: Answering;
  readonly checkpoints: CheckpointWatch;
  /** What stands before the database and the brokers. */
  readonly ways: readonly TcpProxy[];
  /** Where points are armed and clocks shifted. */
  readonly points: string;
  /** The small disk on which everything lies; null where none could be mounted. */
  readonly smallDisk: string | null;
  close(): Promise<void>;
}

const diskMb = 1_500;

function mountSmallDisk(folder: string): string | null {
  const disk = join(folder, 'data');
  mkdirSync(disk, { mode: 0o711 });
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskMb}m,mode=0711`, 'liaison-faults', disk], {
      stdio: 'ignore',
    });
    return disk;
  } catch {
    return null;
  }
}

/** Opens a world. @param options how many brokers; null: the embedded exchange. */
export async function openFaultWorld(options: {
  readonly brokers: 1 | 3 | null;
  readonly seed: number;
  readonly perSecond: number;
}): Promise<FaultWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-faults-'));
  // The database's own user has to reach its data on the small disk.
  chmodSync(folder, 0o711);
  const smallDisk = mountSmallDisk(folder);
  const points = mkdtempSync(join(tmpdir(), 'liaison-points-'));
  const ways: TcpProxy[] = [];
  const release = (): void => {
    if (smallDisk !== null) execFileSync('umount', ['-l', smallDisk], { stdio: 'ignore' });
    rmSync(folder, { recursive: true, force: true });
    rmSync(points, { recursive: true, force: true });
  };
  try {
    const whole = await startTestLocal({
      states: [...states],
      entries: writePausingEntries(points),
      folder,
      ...(options.brokers === null ? {} : { kafkaBrokers: options.brokers }),
      async detour(port) {
        const way = await openTcpProxy(port);
        ways.push(way);
        return way.port;
      },
    });
    const feeding = startFeeding(whole.local, { states, perSecond: options.perSecond, seed: options.seed });
    const answering = startAnswering(whole.local, { holderIds, perSecond: 2 });
    const checkpoints = watchCheckpoints(whole.local);
    return {
      whole,
      feeding,
      answering,
      checkpoints,
      ways,
      points,
      smallDisk,
      async close() {
        await Promise.all([feeding.stop(), answering.stop(), checkpoints.stop()]);
        await whole.stop();
        await Promise.all(ways.map((way) => way.close()));
        release();
      },
    };
  } catch (error) {
    await Promise.all(ways.map((way) => way.close()));
    release();
    throw error;
  }
}
