import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Entries } from '@liaison/local';

const runOf = {
  submissionApi: ['submission-api', 'runSubmissionApi'],
  router: ['router', 'runRouter'],
  audit: ['audit', 'runAudit'],
  contactPoints: ['contact-point', 'runContactPoints'],
} as const;

/** The file that shifts the clock of a process, by the name of its service. */
export function clockFile(folder: string, service: string): string {
  return join(folder, `clock-${service}`);
}

/** Writes modules that run the real services with points at which a test can stop them, and a clock that it can shift. */
export function writePausingEntries(folder: string): Entries {
  const pausePoint = new URL('./pause-point.ts', import.meta.url).href;
  const shift = new URL('./run/shift-clock.ts', import.meta.url).href;
  const write = (name: keyof typeof runOf): URL => {
    const [service, run] = runOf[name];
    const door = new URL(`../../services/${service}/src/index.ts`, import.meta.url).href;
    const file = join(folder, `${name}.mjs`);
    writeFileSync(
      file,
      [
        `import { shiftClock } from '${shift}';`,
        `import { createPausePoint } from '${pausePoint}';`,
        `shiftClock(${JSON.stringify(clockFile(folder, service))});`,
        `const { ${run} } = await import('${door}');`,
        `await ${run}(createPausePoint(${JSON.stringify(folder)}));`,
        '',
      ].join('\n'),
    );
    return pathToFileURL(file);
  };
  return {
    submissionApi: write('submissionApi'),
    router: write('router'),
    audit: write('audit'),
    contactPoints: write('contactPoints'),
  };
}
