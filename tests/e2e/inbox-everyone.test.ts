import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAccessibilityFaults } from '../setup/check-accessibility.ts';
import { fullReferralOf, hotlineReferralOf, openInboxDesk, type InboxDesk } from '../setup/inbox-desk.ts';
import { openBrowser, type Browser } from '../setup/open-browser.ts';

let desk: InboxDesk;
let browser: Browser;
let urgent: string;
let hotline: string;
let held: string;

beforeAll(async () => {
  [desk, browser] = await Promise.all([openInboxDesk(), openBrowser()]);
  urgent = await desk.receive(fullReferralOf(desk.hub, 'urgent-1'));
  held = await desk.receive(fullReferralOf(desk.hub, 'held-1', { urgency: { claimed: false } }));
  hotline = await desk.receive(hotlineReferralOf(desk.hub, 'hotline-1'), { senderId: 'example-hotline' });
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

function everyAddress(): string[] {
  return [
    '',
    '?state=closed',
    '?q=nothing-like-it',
    `/${urgent}`,
    `/${hotline}`,
    `/${held}`,
    ...['acknowledge', 'decline', 'ask', 'outcome'].map((form) => `/${urgent}/${form}`),
    '/019a7c3e-5b00-7001-8000-000000000001',
  ].map((path) => `${desk.inbox}${path}`);
}

describe('the inbox works', () => {
  test('without scripts: an urgent one is acknowledged and undone', async () => {
    const { page } = await browser.newPage({ javaScript: false });
    await page.goto(desk.inbox);
    await page.locator(`tbody a[href$="${urgent}"]`).click();
    await page.locator('a[href$="/acknowledge"]').click();
    await page.locator('button[value="check"]').click();
    expect(await page.locator('#caseNumber').getAttribute('aria-invalid')).toBe('true');
    await page.locator('#caseNumber').fill('BE/5');
    await page.locator('button[value="check"]').click();
    await page.locator('button[value="send"]').click();
    await page.locator('form[action$="/undo"] button').click();
    expect(new URL(page.url()).searchParams.get('told')).toBe('undone');
  });

  test('with the keyboard alone: a dispatch is found, acknowledged and undone', async () => {
    const { page } = await browser.newPage();
    await page.goto(desk.inbox);
    /** Tabs until the focus is on what is looked for. */
    const tabTo = async (selector: string): Promise<void> => {
      for (let steps = 0; steps < 60; steps += 1) {
        await page.keyboard.press('Tab');
        if (await page.locator(`${selector}:focus`).count()) return;
      }
      throw new Error(`the keyboard does not reach ${selector}`);
    };
    await tabTo('#q');
    await page.keyboard.type('urgent-1');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=urgent-1/);
    await tabTo(`a[href$="${urgent}"]`);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${urgent}$`));
    await tabTo('a[href$="/acknowledge"]');
    await page.keyboard.press('Enter');
    await page.waitForURL(/acknowledge$/);
    // The only field has the focus; Enter goes on to the check, Enter again sends.
    await page.locator('#caseNumber:focus').waitFor();
    await page.keyboard.type('BE/6');
    await page.keyboard.press('Enter');
    await page.locator('button[value="send"]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`${urgent}$`));
    await tabTo('form[action$="/undo"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL(/told=/);
    expect(new URL(page.url()).searchParams.get('told')).toBe('undone');
  });

  test.each(['light', 'dark'] as const)(
    'for every reader: no page has a fault, in the %s theme',
    async (colorScheme) => {
      const { page } = await browser.newPage({ colorScheme });
      const faults: string[] = [];
      const check = async (): Promise<void> => {
        faults.push(...(await findAccessibilityFaults(page)).map((fault) => `${page.url()}: ${fault}`));
      };
      await page.goto(`${desk.inbox}/${held}/acknowledge`);
      await page.locator('#caseNumber').fill('BE/7');
      await page.locator('button[value="check"]').click();
      await check();
      await page.locator('button[value="send"]').click();
      await check();
      await page.locator('form[action$="/undo"] button').click();
      await page.goto(`${desk.inbox}/${urgent}/outcome`);
      await page.locator('button[value="check"]').click();
      await check();
      for (const path of [
        '?type=notDetermined',
        '?q=nothing-like-it',
        `/${hotline}`,
        `/${urgent}/decline`,
        '/none',
      ]) {
        await page.goto(`${desk.inbox}${path}`);
        await check();
      }
      expect(faults).toEqual([]);
    },
  );

  // 640 pixels are what a window of 1,280 has left at 200 % zoom, 320 at 400 % (WCAG 2.2, 1.4.4 and 1.4.10).
  test.each([640, 320])(
    '%i pixels wide: no page scrolls sideways, and none asks another host',
    async (windowWidth) => {
      const { page, foreignRequests } = await browser.newPage({ width: windowWidth });
      for (const address of everyAddress()) {
        await page.goto(address);
        const width = await page.evaluate<number>('document.documentElement.scrollWidth');
        expect([address, width]).toEqual([address, windowWidth]);
      }
      expect(foreignRequests).toEqual([]);
    },
  );

  test('in French, whole, by the language of the browser', async () => {
    const { page } = await browser.newPage({ locale: 'fr-FR' });
    for (const address of everyAddress()) {
      await page.goto(address);
      expect([address, await page.locator('html').getAttribute('lang')]).toEqual([address, 'fr']);
      const text = await page.locator('main').innerText();
      // No word of the English pages, no place that was left open, no code that has no words.
      const english = /\b(the|of|sender|Acknowledge|Decline|Urgent only|Search|Received|Error)\b/i;
      const senderWords = 'A meeting was named for this evening.';
      expect([address, english.exec(text.replace(senderWords, ''))?.[0]]).toEqual([address, undefined]);
      expect([address, /\{\w+\}/.exec(text)?.[0]]).toEqual([address, undefined]);
    }
    await page.goto(`${desk.inbox}/${urgent}`);
    const banner = await page.locator('.banner').first().innerText();
    expect(banner).toMatch(/^Non vérifié\. Pas une preuve\./);
    const time = await page.locator('time').first().innerText();
    expect(time).toMatch(/\d{2}:\d{2}:\d{2} UTC\+1 \(\d{2}:\d{2}:\d{2} UTC\)$/);
  });
});
