import { chromium, type Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, it } from 'vitest';
import { caseOf } from '../desk.js';
import { eventually } from './browser.js';
import { page, post, servePortal, type Portal } from './site.js';

/** N09, T25: a page with our elements may go into the back/forward cache, and what it shows after that is true. */

/** Playwright loses sight of a page that comes back, so the page itself tells what it sees. */
const HEAD = `<script type="module" src="/cdn/escalation-elements.js"></script><script>
  const told = new Set();
  const tell = (what) => told.has(what) || (told.add(what), fetch('/api/told/' + what));
  addEventListener('pageshow', ({ persisted }) => tell(persisted ? 'kept' : 'new'));
  setInterval(() => {
    const text = [...document.querySelectorAll('escalate-case, escalation-feed')]
      .map((element) => element.shadowRoot?.textContent ?? '').join();
    for (const [what, words] of [['button', 'Escalate Case'], ['open', 'waiting for an owner'], ['message', 'On it.']])
      if (text.includes(words)) tell(what);
  }, 50);
</script>`;
const BODY = `<escalate-case endpoint="/api" case-id="c-1"></escalate-case>
  <escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>`;

let browser: Browser;
let portal: Portal;
const told = () => portal.calls.flatMap((call) => /\/told\/(\w+)$/.exec(call)?.[1] ?? []);
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
    // Playwright turns the cache off, unless it is told not to.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
    args: ['--no-sandbox', '--disable-gpu', '--enable-features=BackForwardCache'],
  });
});
afterAll(() => browser?.close());
beforeEach(async () => {
  portal = await servePortal([caseOf()]);
  portal.html = page(BODY, HEAD);
});
afterEach(() => portal.close());

describe('back to a page from the cache', () => {
  it('it was kept, with events on; what happened meanwhile is shown at once', async () => {
    const tab = await (await browser.newContext()).newPage();
    await tab.goto(portal.origin);
    await eventually(told).toEqual(['new', 'button']);
    await eventually(() => portal.calls.filter((call) => call.endsWith('/events')).length).toBe(1);
    await tab.goto(`${portal.origin}/cdn/escalation-elements.js`);
    const { id } = await portal.escalate('c-1');
    await tab.evaluate(() => history.back());
    await eventually(told).toEqual(['new', 'button', 'kept', 'open']);
    // And it hears of what comes now.
    await portal.ask('owner', `/escalations/${id}/entries`, post({ clientId: 'm-1', text: 'On it.' }, 'm-1'));
    await eventually(told).toContain('message');
  });
});
