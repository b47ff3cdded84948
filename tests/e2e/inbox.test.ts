import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fullReferralOf, openInboxDesk, type InboxDesk } from '../setup/inbox-desk.ts';
import { openBrowser, type Browser } from '../setup/open-browser.ts';
import { referralOf } from '../setup/submitting.ts';

let desk: InboxDesk;
let browser: Browser;

beforeAll(async () => {
  [desk, browser] = await Promise.all([openInboxDesk(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await desk.close();
});

const holdMs = 30_000;

/** Identifiers of the dispatches that the list shows, in its order. */
async function listed(page: Page): Promise<string[]> {
  return page
    .locator('tbody th a')
    .evaluateAll((links) => links.map((link) => (link as unknown as { pathname: string }).pathname.slice(7)));
}

async function fillAcknowledgement(page: Page, caseNumber: string): Promise<void> {
  await page.locator('a[href$="/acknowledge"]').click();
  await page.locator('#caseNumber').fill(caseNumber);
  await page.locator('button[value="check"]').click();
}

describe('an officer', () => {
  test('sees the urgent one first and unread, acknowledges it, undoes it, and acknowledges it again', async () => {
    await desk.receive(referralOf(desk.hub, 'calm-1'));
    const urgent = await desk.receive(fullReferralOf(desk.hub, 'urgent-1'));
    const { page, foreignRequests } = await browser.newPage();
    await page.goto(desk.inbox);
    expect((await listed(page))[0]).toBe(urgent);
    const first = page.locator('tbody tr').first();
    expect(await first.locator('.badge.urgent').count()).toBe(1);
    expect(await first.locator('.badge.new').count()).toBe(1);
    await first.locator('a').click();
    expect(await page.locator('.banner').first().innerText()).toBe(
      'Unverified. Not evidence. An account holder is not a suspect.',
    );
    expect(await page.locator('section[aria-labelledby="now"]').innerText()).toContain('192.0.2.17');

    await fillAcknowledgement(page, 'BE/2026/447');
    expect(await page.locator('dl.facts').innerText()).toContain('BE/2026/447');
    await page.locator('button[value="send"]').click();
    await page.locator('form[action$="/undo"] button').click();
    expect(await page.locator('form[action$="/undo"]').count()).toBe(0);

    await fillAcknowledgement(page, 'BE/2026/448');
    await page.locator('button[value="send"]').click();
    expect(await page.locator('form[action$="/undo"]').count()).toBe(1);
    // Nothing is offered twice, and loading the page again answers nothing.
    expect(await page.locator('a[href$="/acknowledge"]').count()).toBe(0);
    await page.reload();
    await desk.hub.advance(holdMs);
    await expect.poll(() => desk.readFeedback(urgent), { timeout: 10_000 }).toEqual(['acknowledged']);
    await page.goto(desk.inbox);
    expect(await listed(page)).not.toContain(urgent);
    await page.goto(`${desk.inbox}?q=be%2F2026%2F448`);
    expect(await listed(page)).toEqual([urgent]);
    const row = await page.locator('tbody tr').innerText();
    expect(row).toContain('BE/2026/448');
    expect(row).not.toContain('BE/2026/447');
    expect(await page.locator('tbody .badge.new').count()).toBe(0);
    expect(foreignRequests).toEqual([]);
  });

  test('declines and names who is competent', async () => {
    const dispatchId = await desk.receive(referralOf(desk.hub, 'decline-1'));
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}/${dispatchId}`);
    await page.locator('a[href$="/decline"]').click();
    await page.locator('input[value="otherStateCompetent"]').check();
    await page.locator('button[value="check"]').click();
    // Who it is has to be said; what was filled in is kept.
    expect(await page.locator('[role="alert"] a').getAttribute('href')).toBe('#suggestedCompetent');
    expect(await page.locator('input[value="otherStateCompetent"]').isChecked()).toBe(true);
    await page.locator('#suggestedCompetent').selectOption('NL');
    await page.locator('button[value="check"]').click();
    const sent = await page.locator('details pre').textContent();
    expect(JSON.parse(sent ?? '')).toEqual({
      kind: 'declined',
      reason: 'otherStateCompetent',
      suggestedCompetent: ['NL'],
    });
    await page.locator('button[value="send"]').click();
    await desk.hub.advance(holdMs);
    await expect.poll(() => desk.readFeedback(dispatchId), { timeout: 10_000 }).toEqual(['declined']);
    await expect
      .poll(async () => {
        await page.goto(`${desk.inbox}?state=declined`);
        return listed(page);
      })
      .toContain(dispatchId);
    // The officer it was left to sees it arrive, unread, under a decision that says why it comes to him now.
    await expect
      .poll(
        async () => {
          await page.goto(`${desk.dutchInbox}?q=decline-1`);
          return listed(page);
        },
        { timeout: 10_000 },
      )
      .toHaveLength(1);
    await page.locator('tbody a[href*="/inbox/"]').first().click();
    const arrived = (await page.locator('main').textContent()) ?? '';
    expect(arrived).toContain('decline-1');
    expect(arrived).toContain('Belgium');
  });

  test('asks for information and reports an outcome, each checked first', async () => {
    const dispatchId = await desk.receive(referralOf(desk.hub, 'both-1'));
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}/${dispatchId}/ask`);
    for (const code of ['ports', 'preservation']) await page.locator(`input[value="${code}"]`).check();
    await page.locator('button[value="check"]').click();
    await page.locator('button[value="change"]').click();
    expect(await page.locator('input[value="ports"]').isChecked()).toBe(true);
    await page.locator('button[value="check"]').click();
    await page.locator('button[value="send"]').click();
    await page.locator('a[href$="/outcome"]').click();
    await page.locator('input[name="result"][value="noAction"]').check();
    await page.locator('input[name="assessment"][value="illegal"]').check();
    await page.locator('#released').check();
    await page.locator('#closed').check();
    await page.locator('button[value="check"]').click();
    expect(await page.locator('[role="alert"] a').getAttribute('href')).toBe('#released');
    await page.locator('input[name="assessment"][value="notIllegal"]').check();
    await page.locator('button[value="check"]').click();
    await page.locator('button[value="send"]').click();
    await desk.hub.advance(holdMs);
    await expect
      .poll(() => desk.readFeedback(dispatchId), { timeout: 10_000 })
      .toEqual(['informationRequested', 'outcome']);
  });

  test('cannot answer with an old window after another has answered', async () => {
    const dispatchId = await desk.receive(referralOf(desk.hub, 'windows-1'));
    const [one, other] = [await browser.newPage(), await browser.newPage()];
    for (const { page } of [one, other]) {
      await page.goto(`${desk.inbox}/${dispatchId}`);
      await fillAcknowledgement(page, 'BE/1');
    }
    await one.page.locator('button[value="send"]').click();
    await other.page.locator('button[value="send"]').click();
    expect(new URL(other.page.url()).searchParams.get('told')).toBe('answered');
    expect(await other.page.locator('form[action$="/undo"]').count()).toBe(1);
  });

  test('filters by address, and is told what to do where nothing fits', async () => {
    const dispatchId = await desk.receive(
      referralOf(desk.hub, 'filter-1', { abuseTypes: ['solicitation'], urgency: { claimed: true } }),
    );
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}?type=solicitation&urgent=yes&unread=yes`);
    expect(await listed(page)).toEqual([dispatchId]);
    expect(await page.locator('#type option[value="solicitation"]').innerText()).toMatch(/\(1\)$/);
    expect(await page.locator('input[name="urgent"]').isChecked()).toBe(true);
    await page.goto(`${desk.inbox}?q=nothing-like-it`);
    expect(await page.locator('.notice').count()).toBe(1);
    await page.goto(`${desk.inbox}?state=closed&type=notDetermined`);
    expect(await page.locator('.notice').count()).toBe(1);
    await page.goto(`${desk.inbox}/${dispatchId}`);
    await page.goto(`${desk.inbox}?unread=yes&type=solicitation`);
    expect(await listed(page)).toEqual([]);
  });

  test('sees by the clock that an acknowledgement is overdue', async () => {
    const dispatchId = await desk.receive(referralOf(desk.hub, 'late-1', { urgency: { claimed: true } }));
    await desk.hub.advance(31 * 60_000);
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}?q=late-1`);
    expect(await page.locator('tbody .badge.late').count()).toBe(1);
    await page.goto(`${desk.inbox}/${dispatchId}`);
    expect(await page.locator('section[aria-labelledby="now"] .badge.late').count()).toBe(1);
  });
});
