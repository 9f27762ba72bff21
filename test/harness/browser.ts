import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const ROOT_IN_A_CONTAINER = ['--no-sandbox', '--disable-gpu'];
const SILENT = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium of this machine, or undefined. Tests bring none of their own: it is larger than all else together. */
export const chromiumPath = (process.env.PATH ?? '')
  .split(delimiter)
  .flatMap(folder => NAMES.map(name => join(folder, name)))
  .find(isExecutable);

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Starts that browser without a window; the caller closes it. */
export const openBrowser = (...args: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath!, args: [...ROOT_IN_A_CONTAINER, ...SILENT, ...args] });

/**
 * Waits until a service worker answers for the page. Asked by the browser's own wire and not by a predicate that is polled
 * in the page: our pages forbid `eval`, which a predicate needs when it is not true at once.
 */
export async function underItsWorker(page: Page): Promise<void> {
  await page.evaluate(`navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller ||
    new Promise(resolve => navigator.serviceWorker.addEventListener('controllerchange', resolve))).then(() => undefined)`);
}

/** A page with what went wrong on it and whatever it asked of anybody but `origin`. */
export interface WatchedPage {
  page: Page;
  /** Errors, refused scripts and styles, failed requests: each a line. */
  faults: string[];
  /** Addresses outside the origin. */
  strangers: string[];
}

/** Opens a page at `origin` as a visitor with nothing stored; it closes with the browser. */
export async function visit(
  browser: Browser,
  origin: string,
  path: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const page = await browser.newPage(options);
  page.setDefaultTimeout(90_000); // ms; a busy machine of two cores is slow, not wrong
  const watched: WatchedPage = { page, faults: [], strangers: [] };
  page.on('console', message => message.type() === 'error' && watched.faults.push(message.text()));
  page.on('pageerror', error => watched.faults.push(error.message));
  page.on('requestfailed', request => watched.faults.push(`${request.url()} failed`));
  page.on('request', request => {
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) watched.strangers.push(url);
  });
  await page.goto(`${origin}${path}`);
  return watched;
}
