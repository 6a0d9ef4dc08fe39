import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { caseOf } from '../desk.js';
import { eventually, failedRequest, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** What somebody has typed arrives once, or is still there; with two tabs open, over the real gateway. */

const HEAD = '<script type="module" src="/cdn/escalation-elements.js"></script>';
const FEED = '<escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>';
const BUTTON = '<escalate-case endpoint="/api" case-id="c-1"></escalate-case>';
const TEXT = 'The export still stops at 2 GB.';

const visit = inBrowser();
let portal: Portal;
beforeEach(async () => {
  portal = await servePortal([caseOf()]);
  visit.allow(failedRequest);
});
afterEach(() => portal.close());

const field = (tab: Page) => tab.getByLabel(/^Message to/);
const send = (tab: Page) => tab.getByRole('button', { name: 'Send', exact: true }).click();
const openFeed = async (): Promise<Page> => {
  portal.html = page(FEED, HEAD);
  const tab = await visit.open(portal.origin);
  await seen(field(tab));
  return tab;
};
/** The texts that the help desk has. */
const arrived = async (): Promise<string[]> =>
  Object.values((await portal.desk.read()).escalations).flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === 'message').map(({ text }) => text),
  );
const posts = (path: RegExp) =>
  portal.calls.filter((call) => call.startsWith('POST') && path.test(call)).length;

describe('a message', () => {
  beforeEach(() => portal.escalate('c-1'));

  it('offline, typed and sent, online: it arrives once by itself, and is in the other tab', async () => {
    const [mine, other] = [await openFeed(), await openFeed()];
    await visit.context.setOffline(true);
    await field(mine).fill(TEXT);
    await send(mine);
    await seen(mine.getByText('Not sent', { exact: false }), 60_000);
    expect(await arrived()).toEqual([]);
    await visit.context.setOffline(false);
    await seen(mine.getByText('Sent', { exact: true }));
    await seen(other.getByText(TEXT));
    expect(await arrived()).toEqual([TEXT]);
  }, 90_000);

  it('offline and reloaded when it is online again: still there, and arrives once', async () => {
    const tab = await openFeed();
    let down = true;
    portal.instead = ({ url, method }) =>
      down && method === 'POST' && url.includes('/entries') ? new Response(null, { status: 500 }) : null;
    await field(tab).fill(TEXT);
    await send(tab);
    await seen(tab.getByText('Not sent', { exact: false }));
    await tab.reload();
    await seen(tab.getByText(TEXT));
    down = false;
    await tab.getByRole('button', { name: /Send again|Retry/ }).click();
    await seen(tab.getByText('Sent', { exact: true }));
    expect(await arrived()).toEqual([TEXT]);
  });

  it('the reply is lost: sent again with its key, it is there once', async () => {
    const tab = await openFeed();
    let lose = true;
    portal.instead = async (request) => {
      if (!lose || request.method !== 'POST' || !request.url.includes('/entries')) return null;
      lose = false;
      await portal.ask('customer', new URL(request.url).pathname.replace('/api', ''), request);
      return new Response(null, { status: 502 });
    };
    await field(tab).fill(TEXT);
    await send(tab);
    await seen(tab.getByText('Sent', { exact: true }));
    await eventually(() => posts(/entries/)).toBe(2);
    expect(await arrived()).toEqual([TEXT]);
  });

  it('the sign-in ends in the middle: kept, and sent once somebody has signed in again', async () => {
    const [mine, other] = [await openFeed(), await openFeed()];
    let out = true;
    portal.instead = ({ url }) => (out && url.includes('/api/') ? new Response(null, { status: 401 }) : null);
    await field(mine).fill(TEXT);
    await send(mine);
    await seen(
      mine.getByText('sign-in has expired', { exact: false }).or(mine.getByText('Sign in', { exact: false })),
    );
    expect(await arrived()).toEqual([]);
    // In another tab, as it says.
    out = false;
    await mine.evaluate(() => dispatchEvent(new Event('focus')));
    await eventually(arrived).toEqual([TEXT]);
    await seen(mine.getByText('Sent', { exact: true }));
    await other.evaluate(() => dispatchEvent(new Event('focus')));
    await seen(other.getByText(TEXT));
  });

  it('the storage is full: it says so, and the text is sent all the same', async () => {
    await visit.context.addInitScript(() => {
      // A page of nowhere has none.
      if (location.protocol === 'http:')
        for (const store of [sessionStorage, localStorage])
          for (let size = 4_000_000; size > 0; size = Math.floor(size / 2))
            try {
              for (let n = 0; ; n++) store.setItem(`${size} ${n}`, 'x'.repeat(size));
            } catch {
              // Smaller, then.
            }
    });
    const tab = await openFeed();
    await field(tab).fill(TEXT);
    await seen(tab.getByText(/only (while|as long as) this page is open/i));
    await send(tab);
    await seen(tab.getByText('Sent', { exact: true }));
    expect(await arrived()).toEqual([TEXT]);
  });
});

describe('a request', () => {
  const openForm = async (): Promise<Page> => {
    portal.html = page(BUTTON, HEAD);
    const tab = await visit.open(portal.origin);
    await tab.getByRole('button', { name: 'Escalate Case' }).click();
    await tab.getByRole('combobox', { name: 'Reason' }).selectOption('lack-of-updates');
    await tab.getByRole('radio', { name: 'No', exact: true }).check();
    await tab.getByLabel('Comments').fill(TEXT);
    return tab;
  };
  const submit = (tab: Page) =>
    tab
      .getByRole('button', { name: 'Submit' })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
  const requests = async () =>
    Object.values((await portal.desk.read()).escalations).map(({ escalation }) => escalation.details);

  it('two tabs at once: one escalation; the other keeps its text and shows what is open', async () => {
    const tabs = [await openForm(), await openForm()];
    await tabs[1]!.getByLabel('Comments').fill('Something else.');
    // The dialog ignores a click within 300 ms of its opening.
    await eventually(async () => {
      await Promise.all(tabs.map(submit));
      return (await requests()).length;
    }).toBe(1);
    const [filed] = await requests();
    expect([TEXT, 'Something else.']).toContain(filed);
    const loser = filed === TEXT ? tabs[1]! : tabs[0]!;
    await eventually(() => loser.getByRole('dialog').textContent()).toContain('requested an escalation');
    expect(await requests()).toEqual([filed]);
  });

  it('reloaded while it is on its way: the same request is found, not a second one made', async () => {
    const tab = await openForm();
    let reached!: () => void;
    const inFlight = new Promise<void>((resolve) => (reached = resolve));
    portal.instead = async (request) => {
      if (request.method !== 'POST' || !request.url.endsWith('/escalations')) return null;
      await portal.ask('customer', '/cases/c-1/escalations', request);
      reached();
      return new Promise(() => undefined);
    };
    await eventually(async () => {
      await submit(tab);
      return posts(/escalations$/);
    }).toBe(1);
    await inFlight;
    portal.instead = () => null;
    await tab.reload();
    await seen(tab.getByText('waiting for an owner'));
    expect(await requests()).toEqual([TEXT]);
    expect(await tab.getByRole('button', { name: 'Escalate Case' }).count()).toBe(0);
  });

  it('reloaded before it has arrived: the text is there, the outcome is said to be unknown, and it is sent once', async () => {
    const tab = await openForm();
    portal.instead = ({ method, url }) =>
      method === 'POST' && url.endsWith('/escalations') ? new Promise(() => undefined) : null;
    await eventually(async () => {
      await submit(tab);
      return posts(/escalations$/);
    }).toBe(1);
    portal.instead = () => null;
    await tab.reload();
    await tab.getByRole('button', { name: 'Escalate Case' }).click();
    await seen(tab.getByText('We could not confirm', { exact: false }));
    expect(await tab.getByLabel('Comments').inputValue()).toBe(TEXT);
    await tab.getByRole('button', { name: /Check again|Try again/ }).click();
    await seen(tab.getByText('Escalation requested.', { exact: false }));
    expect(await requests()).toEqual([TEXT]);
  });
});
