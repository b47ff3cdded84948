import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entries } from '@liaison/local';

/** Contact points whose process is there, and does nothing before it is let go. */
export interface HeldContactPoints {
  readonly entries: Partial<Entries>;
  release(): void;
}

/** Writes a module that waits for a file before it runs the real contact points. */
export function holdContactPoints(folder: string): HeldContactPoints {
  const door = new URL('../../services/contact-point/src/index.ts', import.meta.url).href;
  const service = new URL('../../packages/service/src/index.ts', import.meta.url).href;
  const go = join(folder, 'go');
  const file = join(folder, 'contact-points.mjs');
  writeFileSync(
    file,
    `import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runContactPoints } from '${door}';
import { passPoint } from '${service}';
// The supervisor waits for everybody before it says that all runs.
process.send({ kind: 'ready', addresses: {} });
while (!existsSync(${JSON.stringify(go)})) await sleep(20);
await runContactPoints(passPoint);
`,
  );
  return {
    entries: { contactPoints: pathToFileURL(file) },
    release() {
      writeFileSync(go, '');
    },
  };
}
