import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Entries } from '@liaison/local';

const services = {
  submissionApi: 'submission-api',
  router: 'router',
  audit: 'audit',
  contactPoints: 'contact-point',
} as const;

/** Processes that run the earlier version, each until it is told to run today's from its next start on. */
export interface SwitchingEntries {
  readonly entries: Entries;
  upgrade(part: keyof Entries): void;
  remove(): void;
}

const today = fileURLToPath(new URL('../../', import.meta.url));

function mainOf(folder: string, service: string): string {
  return pathToFileURL(join(folder, 'services', service, 'src', 'main.ts')).href;
}

/** Writes modules that run one version or the other. */
export function writeSwitchingEntries(earlier: string): SwitchingEntries {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-switching-'));
  const flagOf = (part: keyof Entries): string => join(folder, `${part}.today`);
  const write = (part: keyof Entries): URL => {
    const file = join(folder, `${part}.mjs`);
    const [before, after] = [mainOf(earlier, services[part]), mainOf(today, services[part])];
    writeFileSync(
      file,
      [
        `import { existsSync } from 'node:fs';`,
        `await import(existsSync(${JSON.stringify(flagOf(part))}) ? '${after}' : '${before}');`,
        '',
      ].join('\n'),
    );
    return pathToFileURL(file);
  };
  return {
    entries: {
      submissionApi: write('submissionApi'),
      router: write('router'),
      audit: write('audit'),
      contactPoints: write('contactPoints'),
    },
    upgrade(part) {
      if (!existsSync(flagOf(part))) writeFileSync(flagOf(part), '');
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
