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

/** Writes modules that run the real services with points at which a test can stop them. */
export function writePausingEntries(folder: string): Entries {
  const pausePoint = new URL('./pause-point.ts', import.meta.url).href;
  const write = (name: keyof typeof runOf): URL => {
    const [service, run] = runOf[name];
    const door = new URL(`../../services/${service}/src/index.ts`, import.meta.url).href;
    const file = join(folder, `${name}.mjs`);
    writeFileSync(
      file,
      `import { ${run} } from '${door}';\nimport { createPausePoint } from '${pausePoint}';\n` +
        `await ${run}(createPausePoint(${JSON.stringify(folder)}));\n`,
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
