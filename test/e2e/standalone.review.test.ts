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
const OWNER = ['elements', 'feed', 'review']
  .map((name) => `<script src="/cdn/escalation-${name}.standalone.js"></script>`)
  .join('');
const OWNER_MODULE = OWNER.replaceAll('<script', '<script type="module"');
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

  it('is beside the customer’s elements on one page, which share one Lit and one API', async () => {
    portal.html = page(BUTTON + REVIEW, OWNER);
    const tab = await visit.open(portal.origin);
    await seen(tab.getByText('Nothing is open. New requests appear here by themselves.'));
    await seen(tab.getByRole('button', { name: 'Escalate Case' }));
    const api = await tab.evaluate(() =>
      Object.keys((globalThis as unknown as { escalationElements: object }).escalationElements),
    );
    expect(api).toEqual(
      expect.arrayContaining(['EscalateCase', 'EscalationFeed', 'EscalationReview', 'configure', 'rest']),
    );
    expect(visit.warnings).toEqual([]);
  });

  it('is configured by the one API', async () => {
    await portal.escalate('c-1');
    portal.headers = {};
    portal.html = page(
      '<escalation-review></escalation-review>',
      `${OWNER}<script>escalationElements.configure({ endpoint: '/as/owner/api' })</script>`,
    );
    const tab = await visit.open(portal.origin);
    await seen(tab.getByRole('button', { name: /00481516/ }));
    await gone(tab.getByText('Escalation is not available on this page.'));
  });

  it('without the feed’s file it says what it needs', async () => {
    const refusal = /escalation-feed.standalone.js of the same version has to be loaded before this file/;
    visit.allow(refusal);
    portal.html = page(REVIEW, OWNER.replace(/<script[^>]*feed[^>]*><\/script>/, ''));
    const told = visit.context.waitForEvent('weberror');
    await visit.open(portal.origin);
    expect(String((await told).error())).toMatch(refusal);
  });
});
