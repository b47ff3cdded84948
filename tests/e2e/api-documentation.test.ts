import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from '../setup/open-browser.ts';
import { createTestHub, type TestHub } from '../setup/test-hub.ts';

let hub: TestHub & { close(): Promise<void> };
let browser: Awaited<ReturnType<typeof openBrowser>>;

beforeAll(async () => {
  hub = await createTestHub({ states: ['BE'] });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hub.close();
});

test('each interface shows its own operations in a browser, from its own address alone', async () => {
  const contactPoint = await hub.startContactPoint('cp-be');
  const expected = [
    [`${hub.api}/docs`, '/referrals/_batch'],
    [`${new URL(hub.log).origin}/docs`, '/log/inclusion-proof'],
    [`${new URL(hub.entries).origin}/docs`, '/timelines'],
    [`${contactPoint}/docs`, '/dispatches/{dispatchId}/answers'],
  ] as const;
  for (const [address, path] of expected) {
    const { page, foreignRequests } = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(address);
    await page.locator(`.opblock-summary-path[data-path="${path}"]`).waitFor();
    expect(complaints).toEqual([]);
    expect(foreignRequests).toEqual([]);
    await page.close();
  }
});

test('on a narrow screen the page itself does not scroll sideways', async () => {
  const { page } = await browser.newPage({ width: 320, height: 700 });
  await page.goto(`${hub.api}/docs`);
  await page.locator('.opblock-summary-path').first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
  await page.close();
});

test('the log takes the largest size that it documents, and no larger one', async () => {
  const statusOf = async (size: string): Promise<number> =>
    (await fetch(`${hub.log}/log/checkpoint?size=${size}`)).status;
  expect(await statusOf(`${Number.MAX_SAFE_INTEGER}`)).toBe(404);
  expect(await statusOf(`${Number.MAX_SAFE_INTEGER + 1}`)).toBe(400);
});
