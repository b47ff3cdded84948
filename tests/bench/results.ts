import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';
import type { BenchOptions } from './options.ts';

/** What the figures were measured on. */
export function describeMachine(): Readonly<Record<string, string | number>> {
  return {
    system: `${platform()} ${release()} ${arch()}`,
    processors: cpus().length,
    model: cpus()[0]?.model ?? 'unknown',
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    loadBefore: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

const folder = new URL('results/', import.meta.url);

/** Writes what a part came to, with the machine, the date and the settings. */
export function writeResult(
  part: string,
  options: BenchOptions,
  result: { readonly machine: object; readonly figures: unknown; readonly tookSeconds: number },
): void {
  mkdirSync(folder, { recursive: true });
  const { quick, seconds, sizes } = options;
  const document = { part, at: new Date().toISOString(), settings: { quick, seconds, sizes }, ...result };
  const name = quick ? `${part}.quick.json` : `${part}.json`;
  writeFileSync(new URL(name, folder), `${JSON.stringify(document, null, 2)}\n`);
}
