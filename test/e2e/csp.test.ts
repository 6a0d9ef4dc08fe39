import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf } from '../desk.js';
import { asAPerson, eventually, gone, inBrowser, seen } from './browser.js';
import { page, post, servePortal, type Portal } from './site.js';

/** The whole way under the strictest policy that a portal can set: no style-src, and Trusted Types. */

const policy = (trusted: string) =>
  [
    "default-src 'none'; script-src 'self'; connect-src 'self'",
    `require-trusted-types-for 'script'; trusted-types ${trusted}`,
  ].join('; ');

const HOUR = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const dana = { id: 'e-1', name: 'Dana Reyes', role: 'engineer' };

const MODULE = '<script type="module" src="/cdn/escalation-elements.js"></script>';
const STANDALONE =
  '<script src="/cdn/escalation-elements.standalone.js"></script><script src="/cdn/escalation-feed.standalone.js"></script>';
const ELEMENTS = `
  <escalate-case endpoint="/api" case-id="c-1"></escalate-case>
  <escalate-case endpoint="/api" case-id="c-2"></escalate-case>
  <escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>`;

const visit = inBrowser();
let portal: Portal;
beforeEach(async () => {
  portal = await servePortal([
    caseOf({ lastUpdate: { at: ago(72), by: dana, excerpt: 'Logs received.' } }),
    caseOf({
      id: 'c-2',
      number: '00481999',
      subject: 'Calls drop every morning',
      priority: 'high',
      lastUpdate: { at: ago(3), by: dana, excerpt: 'We look at the trace.' },
    }),
  ]);
  portal.headers = { 'Content-Security-Policy': policy('escalation-widget') };
});
afterEach(() => portal.close());

/** Notes what the page has of its own before any script of it runs. */
async function openPortal(head: string): Promise<Page> {
  portal.html = page(ELEMENTS, head);
  await visit.context.addInitScript(() => {
    Object.defineProperty(window, Symbol.for('before'), { value: Object.getOwnPropertyNames(window) });
  });
  const tab = await visit.open(portal.origin);
  await seen(tab.locator('escalate-case').first().getByRole('button', { name: 'Escalate Case' }));
  return tab;
}

const elementOf = (tab: Page, caseId: string) => tab.locator(`escalate-case[case-id="${caseId}"]`);

async function openDialog(tab: Page, caseId: string): Promise<Locator> {
  await elementOf(tab, caseId).getByRole('button', { name: 'Escalate Case' }).click();
  const dialog = tab.getByRole('dialog');
  await seen(dialog.getByText('Escalation Request'));
  await asAPerson(tab);
  return dialog;
}

const look = (locator: Locator, ...names: string[]) =>
  locator.evaluate(
    (element, wanted) => wanted.map((name) => getComputedStyle(element).getPropertyValue(name)),
    names,
  );

/** Everything that a user does with the elements, once. */
async function walkThrough(tab: Page): Promise<void> {
  const blocked = await openDialog(tab, 'c-2');
  await seen(blocked.getByText(/You can escalate from .+, your time/));
  await seen(blocked.getByRole('listitem').filter({ hasText: '24 hours since the last update' }));
  await blocked.getByRole('button', { name: 'It is urgent: contact Product Support' }).click();
  await seen(blocked.getByText('If you cannot use the phone'));
  await tab.keyboard.press('Escape');
  await gone(tab.getByRole('dialog'));

  const dialog = await openDialog(tab, 'c-1');
  const submit = dialog.getByRole('button', { name: 'Submit' });
  await submit.click();
  const summary = dialog.getByRole('group', { name: /missing or need/ });
  await summary.getByRole('button', { name: /Reason/ }).click();
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Lack of Updates/Progress');
  await dialog.getByLabel('Comments').fill('The export still fails.');
  await submit.click();
  await seen(summary.getByRole('button', { name: /Do you ask because urgency or impact has changed/ }));
  await dialog.getByRole('radio', { name: 'No' }).check();
  await submit.click();
  await seen(dialog.getByText('Escalation requested.'));
  await dialog.getByRole('button', { name: 'View escalation' }).click();
  await gone(tab.getByRole('dialog'));
  await gone(elementOf(tab, 'c-1').getByRole('button', { name: 'Escalate Case' }));

  const feed = tab.locator('escalation-feed');
  await feed.getByLabel('Message to the owner').fill('Is there any news?');
  await feed.getByRole('button', { name: 'Send' }).click();
  await seen(feed.getByRole('listitem').filter({ hasText: 'Is there any news?' }));
  await gone(feed.getByText('Sending…'));
  expect(portal.calls.filter((call) => call === 'POST /api/cases/c-1/escalations')).toHaveLength(1);
}

/** What of the window is new since the page began. */
const newGlobals = (tab: Page) =>
  tab.evaluate(() => {
    const before = (window as unknown as Record<symbol, string[]>)[Symbol.for('before')]!;
    return Object.getOwnPropertyNames(window).filter((name) => !before.includes(name) && !/^__p/.test(name));
  });

/** Lit's own, shared by all its copies on a page. */
const LIT = ['litElementVersions', 'litHtmlVersions', 'litPropertyMetadata', 'reactiveElementVersions'];

/** A page of somebody else: as it was, and still usable. */
async function expectHostUntouched(tab: Page, globals: string[]): Promise<void> {
  expect((await newGlobals(tab)).sort()).toEqual(globals);
  const tags = await tab.evaluate(() =>
    [document.documentElement, document.body].map(
      (element) => (element.cloneNode(false) as Element).outerHTML,
    ),
  );
  expect(tags).toEqual([
    '<html lang="en" class="host-page"></html>',
    '<body class="host-body" data-host="portal"></body>',
  ]);
  await tab.getByLabel('Search the portal').click();
  await tab.keyboard.type('abc');
  expect(await tab.getByLabel('Search the portal').inputValue()).toBe('abc');
}

describe('a portal without style-src and with Trusted Types', () => {
  it('goes the whole way, with no violation', async () => {
    const tab = await openPortal(MODULE);
    await walkThrough(tab);
    await expectHostUntouched(tab, LIT);
  });

  it('has a message of the owner in the feed by polling', async () => {
    const { id } = await portal.escalate('c-1');
    portal.html = page(ELEMENTS, MODULE);
    const tab = await visit.open(portal.origin);
    const feed = tab.locator('escalation-feed');
    await seen(feed.getByRole('listitem').filter({ hasText: 'Escalation requested' }));
    await portal.ask('owner', `/escalations/${id}/entries`, post({ clientId: 'k-1', text: 'On it.' }, 'k-1'));
    await seen(feed.getByText('On it.'), 20_000);
  });

  it('has button, dialog and feed in our styles', async () => {
    const tab = await openPortal(MODULE);
    const trigger = elementOf(tab, 'c-1').getByRole('button', { name: 'Escalate Case' });
    expect(await look(trigger, 'display', 'min-height', 'border-top-left-radius', 'color')).toEqual([
      'inline-flex', '32px', '4px', 'rgb(10, 90, 212)',
    ]); // prettier-ignore
    const dialog = await openDialog(tab, 'c-1');
    const [radius, ...rest] = await look(
      dialog,
      'border-top-left-radius',
      'background-color',
      'display',
      'padding-top',
      'border-top-width',
    );
    expect(parseFloat(radius!)).toBeGreaterThan(0);
    expect(rest).toEqual(['rgb(255, 255, 255)', 'flex', '0px', '1px']);
    await tab.keyboard.press('Escape');
    const feed = tab.locator('escalation-feed').getByRole('region').first();
    expect(await look(feed, 'border-top-style', 'background-color')).toEqual(['solid', 'rgb(255, 255, 255)']);
  });

  it('the stand-alone file, as a classic script, goes the whole way too', async () => {
    const tab = await openPortal(STANDALONE);
    await walkThrough(tab);
    await expectHostUntouched(tab, ['escalationElements', ...LIT]);
    const api = await tab.evaluate(() =>
      Object.keys((window as unknown as { escalationElements: object }).escalationElements).sort(),
    );
    expect(api).toEqual(expect.arrayContaining(['EscalateCase', 'EscalationFeed', 'configure', 'rest']));
    expect(portal.calls.length).toBeGreaterThan(0);
  });

  // Two policies of one name are not allowed, unless the list says so: each Lit needs its own.
  describe('and a Lit of its own', () => {
    const OWN = '<script type="module" src="/portal/page.js"></script>';
    beforeEach(async () => {
      portal.headers = { 'Content-Security-Policy': policy('escalation-widget lit-html') };
      const lit = fileURLToPath(new URL('../../node_modules/lit-html/lit-html.js', import.meta.url));
      await visit.context.route('**/portal/lit-html.js', (route) =>
        route.fulfill({ path: lit, contentType: 'text/javascript' }),
      );
      const body = `import { html, render } from './lit-html.js';
        const draw = () => render(html\`<p>Drawn by \${'the portal'}.</p>\`, document.body.appendChild(document.createElement('div')));
        document.body ? draw() : addEventListener('DOMContentLoaded', draw);`;
      await visit.context.route('**/portal/page.js', (route) =>
        route.fulfill({ body, contentType: 'text/javascript' }),
      );
    });

    it.each([
      ['the modules', OWN + MODULE],
      ['the modules, first', MODULE + OWN],
      ['the stand-alone file', OWN + STANDALONE],
      [
        'the stand-alone file as a module, last',
        OWN + STANDALONE.replaceAll('<script', '<script type="module"'),
      ],
    ])('works with %s', async (_what, head) => {
      const tab = await openPortal(head);
      await seen(tab.getByText('Drawn by the portal.'));
      await seen((await openDialog(tab, 'c-1')).getByRole('combobox', { name: 'Reason' }));
      expect(visit.warnings.filter((text) => !/Multiple versions of Lit/.test(text))).toEqual([]);
    });
  });

  it('where a style attribute and a string of HTML are refused, and reported', async () => {
    visit.allow(
      /CSP violation: (style-src-attr|require-trusted-types-for)/,
      /Applying inline style|TrustedHTML/,
    );
    const reported: string[] = [];
    visit.context.on('console', (message) => void reported.push(message.text()));
    const tab = await openPortal(MODULE);
    await tab.evaluate(() => document.body.setAttribute('style', 'color: red'));
    const html = tab.evaluate(() => (document.body.innerHTML = '<p>Hello</p>'));
    await expect(html).rejects.toThrow('TrustedHTML');
    for (const directive of ['style-src-attr', 'require-trusted-types-for'])
      await eventually(() => reported.join('\n')).toContain(`CSP violation: ${directive}`);
  });
});
