import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf } from '../desk.js';
import { gone, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** The stand-alone file of the owner's side, under the strictest policy that a page can set. */

const STRICT = [
  "default-src 'none'; script-src 'self'; connect-src 'self'",
  "require-trusted-types-for 'script'; trusted-types escalation-widget",
].join('; ');
const OWNER = '<script src="/cdn/escalation-review.standalone.js"></script>';
const OWNER_MODULE = '<script type="module" src="/cdn/escalation-review.standalone.js"></script>';
const CUSTOMER = '<script src="/cdn/escalation-elements.standalone.js"></script>';
const REVIEW = '<escalation-review endpoint="/as/owner/api"></escalation-review>';
const BUTTON = '<escalate-case endpoint="/api" case-id="c-1"></escalate-case>';

const visit = inBrowser();
let portal: Portal;
beforeEach(async () => {
  portal = await servePortal([caseOf()]);
  portal.headers = { 'Content-Security-Policy': STRICT };
});
afterEach(() => portal.close());

describe('the stand-alone review', () => {
  it('is a classic script and a module, and short enough for a Lightning module', async () => {
    const code = await readFile(
      new URL('../../dist/cdn/escalation-review.standalone.js', import.meta.url),
      'utf8',
    );
    expect(Buffer.byteLength(code)).toBeLessThan(131_072);
    expect(code).not.toMatch(/\bimport\(|^\s*(import|export)\b/m);
  });

  it.each([
    ['a classic script', OWNER],
    ['a module', OWNER_MODULE],
  ])('as %s: queue, take, accept, message', async (_how, head) => {
    await portal.escalate('c-1');
    portal.html = page(REVIEW, head);
    const tab = await visit.open(portal.origin);
    await tab.getByRole('button', { name: /00481516/ }).click();
    await tab.getByRole('button', { name: 'Take', exact: true }).click();
    await seen(tab.getByText('It is yours now.'));
    await tab.getByRole('button', { name: 'Accept', exact: true }).click();
    for (const name of ['Importance', 'Urgency'])
      await tab.getByRole('group', { name }).getByLabel('High').check();
    await tab.getByLabel('Answer to the customer').fill('We take it on.');
    await tab.getByRole('button', { name: 'Accept the escalation' }).click();
    await seen(tab.getByText('Accepted. The customer reads your answer now.'));
    await tab.getByLabel(/^Message to/).fill('It goes on.');
    await tab.getByRole('button', { name: 'Send' }).click();
    await seen(tab.getByText('Sent', { exact: true }));
    expect(visit.warnings).toEqual([]);
  });

  it('gets along with the customer’s file on one page, whichever comes first', async () => {
    // Two copies of Lit, one name: the page allows that.
    portal.headers = { 'Content-Security-Policy': `${STRICT} 'allow-duplicates'` };
    for (const head of [CUSTOMER + OWNER, OWNER + CUSTOMER]) {
      portal.html = page(BUTTON + REVIEW, head);
      const tab = await visit.open(portal.origin);
      await seen(tab.getByText('Nothing is open. New requests appear here by themselves.'));
      await seen(tab.getByRole('button', { name: 'Escalate Case' }));
      const apis = await tab.evaluate(() =>
        ['escalationElements', 'escalationReview'].map(
          (name) =>
            typeof (globalThis as unknown as Record<string, { configure?: unknown }>)[name]?.configure,
        ),
      );
      expect(apis).toEqual(['function', 'function']);
      await tab.close();
    }
    expect(visit.warnings).toEqual([]);
  });

  it('is configured by the other file, too: the configuration is plain data', async () => {
    await portal.escalate('c-1');
    portal.headers = {};
    portal.html = page(
      '<escalation-review></escalation-review>',
      `${CUSTOMER}${OWNER}<script>escalationElements.configure({ endpoint: '/as/owner/api' })</script>`,
    );
    const tab = await visit.open(portal.origin);
    await seen(tab.getByRole('button', { name: /00481516/ }));
    await gone(tab.getByText('Escalation is not available on this page.'));
  });
});
