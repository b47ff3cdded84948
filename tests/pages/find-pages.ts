import type { Browser } from '../setup/open-browser.ts';
import type { PageToShow } from './start-pages.ts';

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;

/** What pages that differ only in what, or whose, they are have in common. */
function shapeOf(address: string): string {
  const { port, pathname, searchParams } = new URL(address);
  const names = [...new Set(searchParams.keys())].filter((name) => name !== 'lang').toSorted();
  return `${port}${pathname.replaceAll(uuid, 'id').replace(/^\/(?:cp-[a-z]+|europol)\//, '/')}?${names.join('&')}`;
}

function nameOf(address: string): string {
  const { pathname, searchParams } = new URL(address);
  const parts = [...pathname.replaceAll(uuid, 'id').split('/'), ...searchParams.keys()];
  return parts.filter((part) => part !== '').join('-');
}

async function isPage(url: string): Promise<boolean> {
  const { headers } = await fetch(url, { method: 'HEAD' });
  return headers.get('content-type')?.startsWith('text/html') === true;
}

async function readLinks(browser: Browser, start: PageToShow): Promise<string[]> {
  const { page } = await browser.newPage();
  await page.goto(start.url);
  const links = await page
    .locator('a[href]')
    .evaluateAll((anchors) => anchors.map((anchor) => (anchor as HTMLAnchorElement).href));
  await page.context().close();
  const { origin } = new URL(start.url);
  return links
    .map((link) => link.split('#')[0] ?? '')
    .filter((link) => link.startsWith(`${origin}/`) && !new URL(link).searchParams.has('lang'));
}

/** Adds to the pages that are opened first one of each further kind that they link to. */
export async function findPages(browser: Browser, starts: readonly PageToShow[]): Promise<PageToShow[]> {
  const seen = new Set(starts.map(({ url }) => shapeOf(url)));
  const found: PageToShow[] = [];
  for (const start of starts.filter(({ isForeign }) => isForeign !== true)) {
    for (const url of await readLinks(browser, start)) {
      const shape = shapeOf(url);
      if (seen.has(shape)) continue;
      seen.add(shape);
      if (await isPage(url)) found.push({ name: nameOf(url), url, isForeign: /\/docs\/?$/.test(url) });
    }
  }
  return [...starts, ...found];
}
