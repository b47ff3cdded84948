import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDashboardDesk, type DashboardDesk } from '../setup/dashboard-desk.ts';
import { openBrowser, type Browser } from '../setup/open-browser.ts';

let desk: DashboardDesk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([openDashboardDesk(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await desk.close();
});

async function find(page: Page, typed: string): Promise<void> {
  await page.goto(desk.origin);
  await page.getByRole('searchbox').fill(typed);
  await page.getByRole('searchbox').press('Enter');
  await page.waitForLoadState();
}

async function checkFirstProof(page: Page): Promise<string> {
  await page
    .getByRole('button', { name: /^Check this proof here/ })
    .first()
    .click();
  const region = page.locator('[role=status][data-outcome]').first();
  await region.waitFor();
  return `${await region.getAttribute('data-outcome')}: ${await region.textContent()}`;
}

test('a referral is found by the reference of its provider, and says why it went to two countries', async () => {
  const { page } = await browser.newPage();
  await find(page, `  ${desk.twoCountries.reference} `);
  expect(page.url()).toBe(`${desk.origin}/referrals/${desk.twoCountries.referralId}`);
  const text = await page.locator('main').innerText();
  for (const said of ['Belgium', 'France', 'Article 48(3)', 'Referral accepted', 'Dispatch receipted'])
    expect(text).toContain(said);
  const addressees = await page.locator('tr[id^=dispatch-] th').allInnerTexts();
  expect(addressees.toSorted()).toEqual(['Belgium', 'Europol', 'France']);
});

test("a referral is found by its dispatch's id too, and a reference of two senders gives a list", async () => {
  const { page } = await browser.newPage();
  const { rows } = await desk.hub.database.query<{ id: string }>(
    'select id from hub.dispatch where referral_id = $1 limit 1',
    [desk.twoCountries.referralId],
  );
  await find(page, rows[0]?.id ?? '');
  expect(page.url()).toContain(desk.twoCountries.referralId);
  await find(page, desk.sharedReference);
  expect(await page.getByRole('link', { name: desk.sharedReference }).count()).toBe(2);
});

test('what is found nowhere stays in the box', async () => {
  const { page } = await browser.newPage();
  await find(page, 'no-such-reference');
  expect(await page.getByRole('searchbox').inputValue()).toBe('no-such-reference');
  await find(page, '<b>"&');
  expect(await page.getByRole('searchbox').inputValue()).toBe('<b>"&');
  expect(await page.locator('main b').count()).toBe(0);
});

test('the button checks a proof in the browser, and says against which checkpoint and key', async () => {
  const { page, foreignRequests } = await browser.newPage();
  await page.goto(`${desk.origin}/referrals/${desk.twoCountries.referralId}`);
  const { keys } = (await (await fetch(`${desk.hub.log}/log/keys`)).json()) as { keys: string[] };
  const told = await checkFirstProof(page);
  expect(told).toMatch(/^proven: /);
  expect(told).toContain(keys[0]);
  expect(foreignRequests).toEqual([]);
});

test.each<[string, (proof: { hashes: string[]; position: number; checkpoint: string }) => void]>([
  ['a hash of the path', ({ hashes }) => void hashes.splice(0, 1, 'A'.repeat(43))],
  ['the position', (proof) => void (proof.position += 1)],
  [
    'the root',
    (proof) => void (proof.checkpoint = proof.checkpoint.replace(/\n[^\n]{43}=\n/, `\n${'A'.repeat(43)}=\n`)),
  ],
])('a proof of which somebody changed %s is told as not proven', async (_what, change) => {
  const { page } = await browser.newPage();
  await page.route(/inclusion-proof/, async (route) => {
    const proof = (await (await route.fetch()).json()) as Parameters<typeof change>[0];
    change(proof);
    await route.fulfill({ json: proof });
  });
  await page.goto(`${desk.origin}/referrals/${desk.twoCountries.referralId}`);
  expect(await checkFirstProof(page)).toMatch(/^notProven: /);
});

test('a page whose event is not the one that the ledger holds is told as not proven', async () => {
  const { page } = await browser.newPage();
  await page.goto(`${desk.origin}/referrals/${desk.twoCountries.referralId}`);
  await page
    .locator('[data-check-proof]')
    .first()
    .evaluate((button) => {
      button.setAttribute('data-event-id', '01930000-0000-7000-8000-000000000000');
    });
  expect(await checkFirstProof(page)).toMatch(/^notProven: .*event-wrong/);
});

test('everything but the button works without JavaScript', async () => {
  const { page } = await browser.newPage({ javaScript: false });
  await find(page, desk.twoCountries.reference);
  expect(page.url()).toContain(desk.twoCountries.referralId);
  expect(await page.locator('[data-check-proof]').first().isVisible()).toBe(false);
  await page
    .getByRole('link', { name: /^Proof/ })
    .first()
    .click();
  expect(await page.locator('body').innerText()).toContain('"checkpoint"');
});

test('the keyboard alone leads to a referral', async () => {
  const { page } = await browser.newPage();
  await page.goto(desk.origin);
  const focused = page.locator(':focus');
  for (let step = 0; step < 12; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.getAttribute('name')) === 'q') break;
  }
  await page.keyboard.type(desk.twoCountries.reference);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/referrals\//);
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focused.getAttribute('data-check-proof')) !== null) break;
  }
  await page.keyboard.press('Enter');
  const region = page.locator('[data-outcome]').first();
  await region.waitFor();
  expect(await region.getAttribute('data-outcome')).toBe('proven');
});
