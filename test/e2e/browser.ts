import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Locator,
  type Page,
} from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { BROWSER_ARGS } from '../browser-args.mjs';

/** What a test has of the browser: tabs of one profile, which is new for every test. */
export interface Visit {
  /** Opens an address in a new tab. */
  open(url: string): Promise<Page>;
  readonly context: BrowserContext;
  /** What this test makes the page complain about; everything else fails it. */
  allow(...patterns: RegExp[]): void;
  /** Warnings in the console of any tab. */
  readonly warnings: readonly string[];
}

/** What the browser writes into the console when an answer is 400 or above, or none comes. */
export const failedRequest = /^Failed to load resource: (the server responded with|net::)/;

/**
 * One browser for the file; a test fails on any uncaught error, console error or CSP violation in its tabs.
 * @param options of its profiles, such as the size of a phone
 */
export function inBrowser(options: BrowserContextOptions = {}): Visit {
  let browser: Browser;
  let context: BrowserContext;
  let allowed: RegExp[];
  let errors: string[];
  let warnings: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
      args: BROWSER_ARGS,
    });
  });
  afterAll(() => browser?.close());

  beforeEach(async () => {
    [allowed, errors, warnings] = [[], [], []];
    context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
    context.setDefaultTimeout(10_000);
    context.on('weberror', (error) => errors.push(`uncaught: ${String(error.error())}`));
    context.on('console', (message) => {
      if (message.type() === 'error') errors.push(`${message.text()} ${message.location().url}`.trim());
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await context.addInitScript(() =>
      addEventListener(
        'securitypolicyviolation',
        ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
          console.error(`CSP violation: ${effectiveDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`),
      ),
    );
  });

  afterEach(async () => {
    const unexpected = errors.filter((text) => !allowed.some((pattern) => pattern.test(text)));
    await context.close();
    expect(unexpected, 'errors in the page').toEqual([]);
  });

  return {
    async open(url) {
      const page = await context.newPage();
      await page.goto(url);
      return page;
    },
    get context() {
      return context;
    },
    allow: (...patterns) => void allowed.push(...patterns),
    get warnings() {
      return warnings;
    },
  };
}

/** Waits until something is so, as long as a slow machine may take. */
export const eventually = <T>(look: () => T, timeout = 10_000) =>
  expect.poll(look, { timeout, interval: 50 });

/** Waits until it is there to be seen. */
export const seen = (locator: Locator, timeout?: number) => locator.first().waitFor({ timeout });

/** Waits until none of it is there. */
export const gone = (locator: Locator) => eventually(() => locator.count()).toBe(0);

/** Name or text of what has the keyboard, through all shadow roots. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    if (!at || at === document.body) return '';
    const label = (at as Partial<HTMLInputElement>).labels?.[0];
    return (at.ariaLabel ?? label?.textContent ?? at.textContent ?? '').trim().replace(/\s+/g, ' ');
  });

/** Tabs on until the keyboard is on what has this name. */
export async function tabTo(page: Page, name: string | RegExp): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (typeof name === 'string' ? at === name : name.test(at)) return;
    passed.push(at);
  }
  throw new Error(`Tab never comes to ${String(name)}, but to: ${passed.join(' · ')}`);
}

const sincePageLoad = (page: Page) => page.evaluate(() => performance.now());

/** Waits as long as a person needs: what is clicked sooner is taken for a click that was meant for the page (T14). */
export async function asAPerson(page: Page): Promise<void> {
  const opened = await sincePageLoad(page);
  await eventually(() => sincePageLoad(page)).toBeGreaterThan(opened + 300);
}
