import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { ReachPoint } from '@liaison/service';

/** The file that makes a process stop at a point; it is renamed when the process stands there. */
export function armedFile(folder: string, point: string): string {
  return join(folder, point.replace(':', '-'));
}

/** The name under which the file stands when a process waits at the point. */
export function reachedFile(folder: string, point: string): string {
  return `${armedFile(folder, point)}.reached`;
}

/** Lets a process pass every point, except one that a test has armed: there it waits for ever, to be killed. */
export function createPausePoint(folder: string): ReachPoint {
  return async (point) => {
    const armed = armedFile(folder, point);
    if (!existsSync(armed)) return;
    renameSync(armed, reachedFile(folder, point));
    await new Promise<never>(() => undefined);
  };
}
