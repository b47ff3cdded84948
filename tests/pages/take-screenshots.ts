import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openBrowser } from '../setup/open-browser.ts';
import { startTestLocal } from '../setup/start-test-local.ts';
import { findPages } from './find-pages.ts';
import { photograph } from './photograph.ts';
import { seedLiaison } from './seed-liaison.ts';
import { startPagesOf } from './start-pages.ts';
import { views } from './views.ts';

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: '.data/screenshots' },
    referrals: { type: 'string', default: '24' },
    page: { type: 'string', default: '' },
    view: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

const help = `Photographs every page of a Liaison with three contact points: two widths, two themes, two languages.

  --out DIR        where the pictures go (default .data/screenshots)
  --referrals N    how many referrals are fed to it first (default 24)
  --page TEXT      only pages whose name contains it: dashboard, dispatch
  --view TEXT      only views whose name contains it: fr, dark, en-light-360

Ends with 1 where a page answers with an error, scrolls sideways, asks another host for anything, or has faults that
axe-core finds.
`;

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A second signal ends it at once, as ever. */
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    stopping.abort();
  });
}

async function run(folder: string, referrals: number): Promise<number> {
  await mkdir(folder, { recursive: true });
  const liaison = await startTestLocal({ states: ['BE', 'FR'] });
  const browser = await openBrowser();
  try {
    const seeded = await seedLiaison(liaison.local, referrals);
    const found = await findPages(browser, startPagesOf(liaison.local, seeded));
    const pages = found.filter(({ name }) => name.includes(values.page));
    const wanted = views.filter(({ name }) => name.includes(values.view));
    write(`${pages.length} pages, ${wanted.length} views of each, into ${folder}`);
    let faults = 0;
    for (const view of wanted) {
      for (const page of pages) {
        if (stopping.signal.aborted) return 130;
        for (const fault of await photograph(browser, { page, view, folder })) {
          faults += 1;
          write(`  ${page.name}, ${view.name}: ${fault}`);
        }
      }
    }
    write(faults === 0 ? 'No fault found.' : `${faults} faults found.`);
    return faults === 0 ? 0 : 1;
  } finally {
    await browser.close();
    await liaison.stop();
  }
}

if (values.help) write(help);
else process.exitCode = await run(values.out, Number(values.referrals));
