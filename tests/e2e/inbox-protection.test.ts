import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  fullReferralOf,
  hotlineReferralOf,
  hotlineUrl,
  openInboxDesk,
  type InboxDesk,
} from '../setup/inbox-desk.ts';
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

const shown = 'hxxps://material[.]example/gallery/77?set=3';

function post(path: string, headers: Readonly<Record<string, string>>, fields: object): Promise<Response> {
  const body = new URLSearchParams(fields as Record<string, string>);
  return fetch(`${desk.inbox}${path}`, { method: 'POST', redirect: 'manual', headers, body });
}

const ours = { 'sec-fetch-site': 'same-origin' };

// The directory names it, not the referral.
const dutyPhoneOfSender = 'tel:+353209100017';

describe('an address of a hotline', () => {
  test('is on no page and in no file before it is asked for, and then shown once, for a purpose that is kept', async () => {
    const dispatchId = await desk.receive(hotlineReferralOf(desk.hub, 'hotline-1'), {
      senderId: 'example-hotline',
    });
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}/${dispatchId}`);
    const files = ['', '/dispatch.json', '/dispatch.csv', '/acknowledge'].map(
      (path) => `/${dispatchId}${path}`,
    );
    for (const path of [...files, '', '.json', '.csv']) {
      const text = await (await fetch(`${desk.inbox}${path}`)).text();
      expect([path, /material\.|material\[|gallery/.exec(text)?.[0]]).toEqual([path, undefined]);
      // A signed message would hold it in base64url.
      const decoded = text.replaceAll(/eyJ[\w-]+\.([\w-]+)/g, (_jws, payload: string) =>
        Buffer.from(payload, 'base64url').toString(),
      );
      expect([path, /eyJ|material\.|gallery/.exec(decoded)?.[0]]).toEqual([path, undefined]);
    }
    await page.locator('form[action$="/reveal"] select').selectOption('removal');
    await page.locator('form[action$="/reveal"] button').click();
    expect(await page.locator('pre').innerText()).toBe(shown);
    const html = await page.content();
    expect(html).not.toContain('material.example');
    expect(await page.locator('a[href*="material"]').count()).toBe(0);
    await page.reload();
    expect(new URL(page.url()).searchParams.get('told')).toBe('shown');
    expect(await page.locator('section[aria-labelledby="urls"]').innerText()).toContain('/urls/0/url');
    expect(await page.content()).not.toMatch(/material\.|material\[|gallery/);
  });

  test('is not shown without a purpose, and is in the whole file for one', async () => {
    const dispatchId = await desk.receive(hotlineReferralOf(desk.hub, 'hotline-2'), {
      senderId: 'example-hotline',
    });
    const asked = { revealId: desk.hub.newId(), pointer: '/urls/0/url', purpose: '' };
    const refused = await post(`/${dispatchId}/reveal`, ours, asked);
    expect([refused.status, refused.headers.get('location')]).toEqual([
      303,
      `/inbox/${dispatchId}?told=purpose`,
    ]);
    const whole = await post(`/${dispatchId}/whole.json`, ours, { ...asked, purpose: 'export' });
    const file = (await whole.json()) as { jws: string; referral: { urls: { url: string }[] } };
    expect(file.referral.urls[0]?.url).toBe(hotlineUrl);
    expect(file.jws.split('.')).toHaveLength(3);
    const page = await (await fetch(`${desk.inbox}/${dispatchId}`)).text();
    expect(page).toContain('/urls');
  });

  test('no address that a sender names is a link', async () => {
    const dispatchId = await desk.receive(fullReferralOf(desk.hub, 'links-1'));
    const { page } = await browser.newPage();
    await page.goto(`${desk.inbox}/${dispatchId}`);
    const links = await page
      .locator('a[href]')
      .evaluateAll((all) => all.map((one) => (one as unknown as { href: string }).href));
    expect(links.filter((href) => !href.startsWith(desk.origin))).toEqual([dutyPhoneOfSender]);
    const text = await page.locator('main').innerText();
    expect(text).toContain('hxxps://chat[.]example/u/river_stone');
    expect(text).not.toContain('https://');
  });
});

test('what a sender or an officer wrote is no formula in a spreadsheet', async () => {
  const formula = '=SUM(A1)+7';
  const dispatchId = await desk.receive(
    referralOf(desk.hub, 'csv-1', { note: { text: formula, language: 'en' } }),
  );
  await fetch(`${desk.origin}/v1/dispatches/${dispatchId}/answers`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answerId: desk.hub.newId(), kind: 'acknowledged', caseNumber: '=1+1' }),
  });
  const list = await (await fetch(`${desk.inbox}.csv?q=csv-1`)).text();
  expect(list).toContain(",'=1+1,");
  const one = await (await fetch(`${desk.inbox}/${dispatchId}/dispatch.csv`)).text();
  expect(one).toContain(`/referral/note/text,'=SUM(A1)`);
  const json = (await (await fetch(`${desk.inbox}.json?q=csv-1`)).json()) as {
    dispatches: { dispatchId: string; caseNumber: string }[];
  };
  expect(json.dispatches.map(({ dispatchId: id, caseNumber }) => [id, caseNumber])).toEqual([
    [dispatchId, '=1+1'],
  ]);
});

describe('a form is taken from our own pages alone', () => {
  test.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }],
    ['another port', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
    ['nowhere', {}],
  ])('%s can neither answer, undo nor reveal', async (_where, headers) => {
    const dispatchId = await desk.receive(referralOf(desk.hub, `csrf-${desk.hub.newId()}`));
    const answerId = desk.hub.newId();
    const fields = { answerId, seen: '0', caseNumber: 'BE/1', step: 'send' };
    for (const action of ['acknowledge', 'undo', 'reveal', 'whole.json']) {
      const reply = await post(`/${dispatchId}/${action}`, headers, fields);
      const { code } = (await reply.json()) as { code: string };
      expect([action, reply.status, code]).toEqual([action, 403, 'origin-foreign']);
    }
    const page = await (await fetch(`${desk.inbox}/${dispatchId}`)).text();
    expect(page).not.toContain(answerId);
  });

  test('a page elsewhere that sends its reader’s browser is refused', async () => {
    const dispatchId = await desk.receive(referralOf(desk.hub, 'csrf-page'));
    const action = `${desk.inbox}/${dispatchId}/acknowledge`;
    const elsewhere = createServer((_req, res) => {
      res.setHeader('content-type', 'text/html');
      res.end(
        `<form method="post" action="${action}"><input name="caseNumber" value="BE/1"><button>win</button></form>`,
      );
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    try {
      const { page } = await browser.newPage();
      // Another name of this machine is another site to a browser.
      await page.goto(`http://localhost:${(elsewhere.address() as AddressInfo).port}/`);
      const [answered] = await Promise.all([page.waitForResponse(action), page.locator('button').click()]);
      expect(answered.status()).toBe(403);
    } finally {
      elsewhere.closeAllConnections();
      elsewhere.close();
    }
  });
});

test('a page lets nothing in from elsewhere and is kept nowhere', async () => {
  const { headers } = await fetch(desk.inbox);
  expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);
  expect(headers.get('cache-control')).toBe('no-store');
});
