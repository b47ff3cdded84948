import { afterAll, beforeAll, expect, test } from 'vitest';
import { findAccessibilityFaults } from '../setup/check-accessibility.ts';
import { openDashboardDesk, type DashboardDesk } from '../setup/dashboard-desk.ts';
import { openBrowser, type Browser } from '../setup/open-browser.ts';
import { hotlineUrl } from '../setup/inbox-desk.ts';

let desk: DashboardDesk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([openDashboardDesk(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await desk.close();
});

test.each(['light', 'dark'] as const)(
  'every page is accessible in the %s theme, and asks nobody else for anything',
  async (colorScheme) => {
    const { page, foreignRequests } = await browser.newPage({ colorScheme });
    const faults: string[] = [];
    for (const address of desk.pages) {
      await page.goto(address);
      for (const fault of await findAccessibilityFaults(page)) faults.push(`${address}: ${fault}`);
    }
    expect(faults).toEqual([]);
    expect(foreignRequests).toEqual([]);
  },
);

// 640 pixels are what a window of 1,280 has left at 200 % zoom, 320 at 400 % (WCAG 2.2, 1.4.4 and 1.4.10).
test.each([
  [640, 'en-GB'],
  [320, 'en-GB'],
  [320, 'fr-FR'],
])('no page is wider than a window of %i pixels in %s', async (windowWidth, locale) => {
  const { page } = await browser.newPage({ width: windowWidth, locale });
  for (const address of desk.pages) {
    await page.goto(address);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect([address, width]).toEqual([address, windowWidth]);
  }
});

test("the browser's language is the page's, and the reader's choice stays", async () => {
  const { page } = await browser.newPage({ locale: 'fr-FR' });
  await page.goto(desk.origin);
  expect(await page.locator('html').getAttribute('lang')).toBe('fr');
  const french = await page.locator('main').innerText();
  expect(french).toContain('Registre');
  await page.getByRole('link', { name: 'English' }).click();
  await page.goto(`${desk.origin}/search`);
  expect(await page.locator('html').getAttribute('lang')).toBe('en');
});

test('no page holds a personal value, an address of a hotline, or a place that a text left open', async () => {
  const texts = await Promise.all(
    ['en', 'fr'].flatMap((language) =>
      desk.pages.map(async (address) =>
        (await fetch(address, { headers: { accept: 'text/html', 'accept-language': language } })).text(),
      ),
    ),
  );
  const values = desk.planted
    .flatMap((one) => Object.values(one.values))
    .filter((one) => typeof one === 'string');
  expect(values.length).toBeGreaterThan(20);
  for (const text of texts) {
    expect(text).toContain('<!doctype html>');
    expect([...values, hotlineUrl].filter((value) => text.includes(value))).toEqual([]);
    expect(text.replaceAll(/data-proof-words="[^"]*"/g, '')).not.toMatch(/\{[a-zA-Z]+\}/);
  }
});

test.each([
  ['/referrals/01930000-0000-7000-8000-000000000000', 404, 'referral-unknown'],
  ['/referrals/not-an-id', 404, 'referral-unknown'],
  ['/search?q=one&q=two', 400, 'parameter-invalid'],
  ['/nothing/here', 404, 'path-unknown'],
])(
  '%s is answered with %i, as a page to a browser and as a problem to a program',
  async (path, status, code) => {
    const page = await fetch(`${desk.origin}${path}`, { headers: { accept: 'text/html' } });
    expect(page.status).toBe(status);
    expect(page.headers.get('content-type')).toMatch(/^text\/html/);
    expect(await page.text()).toContain(code);
    const problem = await fetch(`${desk.origin}${path}`, { headers: { accept: 'application/json' } });
    expect([problem.status, await problem.json()]).toMatchObject([status, { code }]);
  },
);

test('pages let nothing run or load but our own files', async () => {
  for (const address of desk.pages) {
    const policy = (await fetch(address)).headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  }
});
