import { chromium, type Page } from 'playwright-core';
import { bareEnvironment } from './bare-environment.ts';
import { findChromium } from './find-chromium.ts';

/** How a page is looked at. */
export interface View {
  /** CSS pixels; 1280 where absent. */
  readonly width?: number;
  /** CSS pixels; 800 where absent. */
  readonly height?: number;
  /** The browser's language: `en-GB`, `fr-FR`. */
  readonly locale?: string;
  readonly colorScheme?: 'light' | 'dark';
  /** Whether scripts run; they do where absent. */
  readonly javaScript?: boolean;
}

/** A page of a browser, and what it asked of hosts other than this one. */
interface ViewedPage {
  readonly page: Page;
  /** Addresses of requests to other hosts: none of them was let through. */
  readonly foreignRequests: readonly string[];
}

/** A real Chromium that reaches this machine and nothing else. */
export interface Browser {
  /** Opens a page with cookies and a cache of its own. */
  newPage(view?: View): Promise<ViewedPage>;
  close(): Promise<void>;
}

const ownHosts: readonly string[] = ['127.0.0.1', 'localhost'];

const quietFlags = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-domain-reliability',
  '--no-pings',
  // Whatever slips past the interception finds no address.
  `--host-resolver-rules=MAP * ~NOTFOUND, ${ownHosts.map((host) => `EXCLUDE ${host}`).join(', ')}`,
];

function isOurs(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === 'data:' || protocol === 'blob:' || ownHosts.includes(hostname);
}

/** Opens a Chromium for tests of pages. Close it, or its process stays. */
export async function openBrowser(): Promise<Browser> {
  const { path, environment } = await findChromium();
  const browser = await chromium.launch({
    executablePath: path,
    args: quietFlags,
    env: { ...bareEnvironment, ...environment },
    // It sees only our own pages, and root or a container without user namespaces has no sandbox to offer.
    chromiumSandbox: false,
    // Whoever opened it decides what a signal ends; without them it ends by itself, as its pipe closes.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  return {
    async newPage({
      width = 1280,
      height = 800,
      locale = 'en-GB',
      colorScheme = 'light',
      javaScript = true,
    } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        locale,
        colorScheme,
        javaScriptEnabled: javaScript,
        serviceWorkers: 'block',
        timezoneId: 'UTC',
      });
      const foreignRequests: string[] = [];
      await context.route(
        (url) => !isOurs(url.href),
        async (route) => {
          foreignRequests.push(route.request().url());
          await route.abort();
        },
      );
      await context.routeWebSocket(
        (url) => !isOurs(url.href),
        (socket) => {
          foreignRequests.push(socket.url());
        },
      );
      return { page: await context.newPage(), foreignRequests };
    },
    close: () => browser.close(),
  };
}
