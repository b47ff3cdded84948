import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { findAccessibilityFaults } from '../setup/check-accessibility.ts';
import type { Browser } from '../setup/open-browser.ts';
import type { PageToShow } from './start-pages.ts';
import type { NamedView } from './views.ts';

/** One picture to take. */
export interface Shot {
  readonly page: PageToShow;
  readonly view: NamedView;
  readonly folder: string;
}

/** A form that answers the hub: searches and filters only ask. */
const answerForm = 'main form[method="post"]:has(textarea, input:not([type="hidden"]), select)';

async function findLayoutFaults(page: Page): Promise<string[]> {
  const { scrollWidth, clientWidth } = await page.locator('html').evaluate((root) => ({
    scrollWidth: root.scrollWidth,
    clientWidth: root.clientWidth,
  }));
  return scrollWidth > clientWidth ? [`scrolls sideways: ${scrollWidth} px in ${clientWidth} px`] : [];
}

async function take(
  page: Page,
  { page: { isForeign, name }, view, folder }: Shot,
  suffix = '',
): Promise<string[]> {
  await page.screenshot({ path: join(folder, `${name}${suffix}-${view.name}.png`), fullPage: true });
  if (isForeign === true) return [];
  const layout = await findLayoutFaults(page);
  return view.checksAccessibility ? [...layout, ...(await findAccessibilityFaults(page))] : layout;
}

async function fillIn(page: Page): Promise<void> {
  const form = page.locator(answerForm).first();
  for (const fieldset of await form.locator('fieldset:has([type="radio"], [type="checkbox"])').all()) {
    await fieldset.locator('[type="radio"], [type="checkbox"]').first().check();
  }
  for (const field of await form.locator('textarea, input[type="text"], input:not([type])').all()) {
    await field.fill('BE-2026-00318');
  }
}

/** A form as it comes back when nothing was filled in, and what is asked before an answer goes out. Nothing is sent. */
async function takeForm(page: Page, shot: Shot): Promise<string[]> {
  const send = (): Promise<void> => page.locator(answerForm).first().locator('button').first().click();
  await send();
  const faults = await take(page, shot, '-errors');
  await page.goto(shot.page.url);
  await fillIn(page);
  await send();
  return [...faults, ...(await take(page, shot, '-check'))];
}

/** Photographs a page in one view. @returns what is wrong with it. */
export async function photograph(browser: Browser, shot: Shot): Promise<string[]> {
  const { page: shown, view } = shot;
  const { page, foreignRequests } = await browser.newPage(view);
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(`script: ${message}`));
  page.on('console', (message) => {
    // The status of the page itself is judged below.
    const isOfPage = message.location().url === page.url();
    if (message.type() === 'error' && !isOfPage) errors.push(`console: ${message.text()}`);
  });
  const answer = await page.goto(shown.url, { waitUntil: shown.isForeign === true ? 'networkidle' : 'load' });
  const status = answer?.status();
  const faults = [
    ...(status === (shown.status ?? 200) ? [] : [`answers ${status}`]),
    ...(await take(page, shot)),
  ];
  const path = new URL(shown.url).pathname;
  const isForm = /\/inbox\/[^/]+\/\w+$/.test(path) && (await page.locator(answerForm).count()) > 0;
  if (isForm) faults.push(...(await takeForm(page, shot)));
  await page.context().close();
  return [...faults, ...errors, ...foreignRequests.map((url) => `asked ${url}`)];
}
