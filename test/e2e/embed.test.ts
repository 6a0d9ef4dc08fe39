import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf, formFirst as policy, gatewayOver, helpDesk, people } from '../desk.js';
import { serve } from '../http.js';
import { asAPerson, eventually, failedRequest, gone, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** The elements in a page of somebody else, as its author embeds them. */

const SCRIPT = '<script type="module" src="/cdn/escalation-elements.js"></script>';
const BUTTON = '<escalate-case endpoint="/api" case-id="c-1"></escalate-case>';
const FEED = '<escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>';
/** Without an endpoint of their own. */
const PLAIN = '<escalate-case case-id="c-1"></escalate-case>';
const UNCHECKED = 'We could not check whether this case is already escalated.';
const UNCONFIGURED = 'Escalation is not available on this page.';

const visit = inBrowser();
let portal: Portal;
beforeEach(
  async () => void (portal = await servePortal([caseOf(), caseOf({ id: 'c-2', number: '00481999' })])),
);
afterEach(() => portal.close());

function openPortal(body: string, head = SCRIPT): Promise<Page> {
  portal.html = page(body, head);
  return visit.open(portal.origin);
}

/** Code of the page's author. */
const code = (text: string) => `import { configure } from '/cdn/escalation-elements.js';\n${text}`;
const script = (text: string) => `<script type="module">${code(text)}</script>`;
const CONFIGURE = "configure({ endpoint: '/api' });";

const button = (tab: Page) => tab.getByRole('button', { name: 'Escalate Case' });
const feed = (tab: Page) => tab.getByRole('region', { name: 'Escalation' });
const element = (tab: Page) => tab.locator('escalate-case');
const loads = (id: string) => portal.calls.filter((call) => call === `GET /api/cases/${id}`).length;

async function escalate(tab: Page): Promise<void> {
  await button(tab).click();
  const dialog = tab.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Lack of Updates/Progress');
  await dialog.getByRole('radio', { name: 'No' }).check();
  await asAPerson(tab);
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await seen(dialog.getByText('Escalation requested.'));
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

describe('a page that embeds the elements', () => {
  it('needs markup alone', async () => {
    const tab = await openPortal(BUTTON + FEED);
    await seen(tab.getByText('No escalation on this case.'));
    await escalate(tab);
    await seen(element(tab).getByText(/^Escalation requested on .+, waiting for an owner/));
    await seen(tab.getByRole('heading', { name: /Lack of Updates/ }));
    await gone(button(tab));
    expect(visit.warnings).toEqual([]);
  });

  it('asks once for a case that several elements show, and tells them all', async () => {
    const tab = await openPortal(BUTTON + BUTTON + FEED);
    await seen(button(tab).nth(1));
    await seen(tab.getByText('No escalation on this case.'));
    expect(loads('c-1')).toBe(1);
    await portal.escalate('c-1');
    // Somebody comes back to the page.
    await tab.evaluate(() => dispatchEvent(new Event('focus')));
    await gone(button(tab));
    expect(await tab.getByText(/waiting for an owner/).count()).toBe(2);
    await seen(tab.getByRole('heading', { name: /Lack of Updates/ }));
  });

  it('may call configure() before its elements are there', async () => {
    const tab = await openPortal(
      '',
      script(`${CONFIGURE} document.body.insertAdjacentHTML('beforeend', '${PLAIN}');`),
    );
    await seen(button(tab));
    expect(visit.warnings).toEqual([]);
  });

  it('may call configure() after they are there, even much later', async () => {
    const tab = await openPortal(PLAIN);
    await seen(tab.locator('escalate-case').locator('[part="placeholder"]'));
    await tab.addScriptTag({ type: 'module', content: code(CONFIGURE) });
    await seen(button(tab));
    expect(visit.warnings).toEqual([]);
  });

  it('may give an element its desk', async () => {
    const tab = await openPortal(
      PLAIN,
      script(`const { desk } = configure({ endpoint: '/api' }, document.createElement('div'));
        document.querySelector('escalate-case').desk = desk;`),
    );
    await seen(button(tab));
  });

  it('may show another case in the same element', async () => {
    await portal.escalate('c-1');
    const tab = await openPortal(BUTTON);
    await seen(tab.getByText(/waiting for an owner/));
    await element(tab).evaluate((host) => host.setAttribute('case-id', 'c-2'));
    await seen(button(tab));
    await gone(tab.getByText(/waiting for an owner/));
  });
});

describe('while an escalation is open', () => {
  beforeEach(async () => void (await portal.escalate('c-1')));
  const inPage = (whenOpen: string) => BUTTON.replace(' ', ` when-open="${whenOpen}" `);

  it('when-open="hide" takes the element out of the page', async () => {
    const tab = await openPortal(inPage('hide'));
    await eventually(() => element(tab).evaluate((host) => getComputedStyle(host).display)).toBe('none');
    await eventually(() => element(tab).evaluate((host) => (host as { verdict?: string }).verdict)).toBe(
      'open-escalation',
    );
    expect(await button(tab).count()).toBe(0);
  });

  it('any other when-open is a note, and one warning that names what is accepted', async () => {
    const tab = await openPortal(inPage('never') + inPage('never'));
    await seen(tab.getByText(/waiting for an owner/).nth(1));
    expect(visit.warnings).toEqual([expect.stringMatching(/when-open="never".+note or hide/)]);
    expect(await button(tab).count()).toBe(0);
  });
});

describe('a page that is not set up', () => {
  it('without a help desk: a sentence, one warning and no exception; configured later, it works', async () => {
    const tab = await openPortal(PLAIN + PLAIN);
    await seen(tab.getByText(UNCONFIGURED).nth(1));
    expect(await button(tab).count()).toBe(0);
    expect(visit.warnings).toEqual([expect.stringMatching(/"endpoint".+"desk".+configure\(\)/)]);
    expect(portal.calls).toEqual([]);
    await tab.addScriptTag({ type: 'module', content: code(CONFIGURE) });
    await seen(button(tab));
  });

  it('with an endpoint that cannot be one: a sentence, and a warning that says what is accepted', async () => {
    const tab = await openPortal(BUTTON.replace('/api', 'ftp://desk.example/api'));
    await seen(tab.getByText(UNCONFIGURED));
    expect(visit.warnings[0]).toMatch(/ftp:\/\/desk\.example\/api.+http\(s\) URL/);
    expect(await button(tab).count()).toBe(0);
  });

  it('with a case that does not exist: not available to you, in button and feed', async () => {
    visit.allow(failedRequest);
    const tab = await openPortal((BUTTON + FEED).replaceAll('c-1', 'c-0'));
    await seen(element(tab).getByText('This case is not available to you.'));
    await seen(feed(tab).getByText('This case is not available to you.'));
    expect(await tab.getByRole('button').count()).toBe(0);
  });
});

describe('a help desk that fails', () => {
  it('down: says so, has no button, and works when it is back', async () => {
    visit.allow(failedRequest);
    const gateway = gatewayOver({
      backend: helpDesk(),
      authenticate: () => people.customer,
      origins: [portal.origin],
    });
    const first = await serve(gateway);
    await first.close();
    const tab = await openPortal(BUTTON.replace('/api', first.origin));
    await seen(tab.getByText(UNCHECKED));
    expect(await button(tab).count()).toBe(0);

    const second = await serve(gateway, Number(new URL(first.origin).port));
    await tab.getByRole('button', { name: 'Try again' }).click();
    await seen(button(tab));
    await gone(tab.getByText(UNCHECKED));
    await second.close();
  });

  it.each([
    [
      'a login page instead of an answer',
      () => new Response('<h1>Sign in</h1>', { headers: { 'Content-Type': 'text/html' } }),
    ],
    ['a proxy’s JSON instead of a case', () => Response.json({ status: 'ok' })],
    [
      'half an answer',
      () => new Response('{"case": {"id": "c-1"', { headers: { 'Content-Type': 'application/json' } }),
    ],
  ])('%s: says that it could not check, and has no button', async (_what, answer) => {
    portal.instead = answer;
    const tab = await openPortal(BUTTON + FEED);
    await seen(tab.getByText(UNCHECKED));
    expect(await button(tab).count()).toBe(0);
    await seen(feed(tab).getByText('The escalation could not be loaded.'));
    portal.instead = () => null;
    await element(tab).getByRole('button', { name: 'Try again' }).click();
    await seen(button(tab));
  });

  it('a broken policy: the dialog says so, and its details name the place', async () => {
    const { title: _title, ...form } = policy.form;
    portal.instead = ({ url }) => (url.includes('/policies/') ? Response.json({ ...policy, form }) : null);
    const tab = await openPortal(BUTTON);
    await button(tab).click();
    const dialog = tab.getByRole('dialog');
    await seen(dialog.getByText('The escalation process could not be loaded.'));
    await dialog.getByText('Details').click();
    await seen(dialog.getByText('/form/title'));
    expect(await dialog.getByRole('combobox').count()).toBe(0);
    portal.instead = () => null;
    await dialog.getByRole('button', { name: 'Try again' }).click();
    await seen(dialog.getByRole('combobox', { name: 'Reason' }));
  });

  it('down while somebody reads: an open escalation stays open, and no button comes back', async () => {
    visit.allow(failedRequest);
    await portal.escalate('c-1');
    const tab = await openPortal(BUTTON);
    await seen(tab.getByText(/waiting for an owner/));
    portal.instead = () => new Response(null, { status: 500 });
    const before = portal.calls.length;
    await element(tab).evaluate((host) => (host as unknown as { refresh(): Promise<void> }).refresh());
    expect(portal.calls.length).toBeGreaterThan(before);
    await seen(tab.getByText(/waiting for an owner/));
    expect(await button(tab).count()).toBe(0);
  });
});
