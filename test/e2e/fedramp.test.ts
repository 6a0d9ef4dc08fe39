import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { policy as genesys } from '../desk.js';
import { eventually, seen } from './browser.js';
import { answerFirst, comeBack, inProcess, openBy } from './process.js';

/** FedRAMP Cloud CX (G14): whatever a user types into the e-mail, nothing of it leaves the page, and nothing is kept. */

const { visit, start } = inProcess(genesys);
const SECRET = 'xq7secretxq7';

interface Written {
  where: string;
  what: string;
}

/** Notes everything that a page writes anywhere, and everything that it asks anybody. */
async function watch() {
  const asked: string[] = [];
  visit.context.on('request', (request) => {
    const headers = JSON.stringify(request.headers());
    asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ''} ${headers}`);
  });
  await visit.context.addInitScript(() => {
    const written: Written[] = [];
    const note = (where: string, ...what: unknown[]) => {
      const text = what.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' ');
      written.push({ where, what: `${text} ${String(what[0])} ${String(what[1])}` });
    };
    Object.defineProperty(window, 'written', { value: written });
    const wrap = (on: object, name: string, where: string) => {
      const own = Reflect.get(on, name) as (...args: unknown[]) => unknown;
      Reflect.set(on, name, function (this: unknown, ...args: unknown[]) {
        note(where, ...args);
        return own.apply(this, args);
      });
    };
    wrap(Storage.prototype, 'setItem', 'storage');
    wrap(IDBObjectStore.prototype, 'put', 'IndexedDB');
    wrap(IDBObjectStore.prototype, 'add', 'IndexedDB');
    wrap(BroadcastChannel.prototype, 'postMessage', 'BroadcastChannel');
    wrap(history, 'pushState', 'history');
    wrap(history, 'replaceState', 'history');
    wrap(navigator, 'sendBeacon', 'beacon');
    if ('caches' in window) wrap(Cache.prototype, 'put', 'cache');
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
    Object.defineProperty(document, 'cookie', {
      get: () => cookie.get!.call(document) as string,
      set: (text: string) => {
        note('cookie', text);
        cookie.set!.call(document, text);
      },
    });
    for (const name of ['escalation-submit', 'escalation-remedy', 'escalation-error', 'escalation-verdict'])
      addEventListener(name, (event) => note('event', name, (event as CustomEvent).detail));
  });
  return {
    asked,
    written: (tab: Page) =>
      tab.evaluate(() => (window as unknown as { written: Written[] }).written),
    /** What is in the tab's stores at the end, however it came there. */
    stored: (tab: Page) =>
      tab.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }, document.cookie, location.href, document.title])),
  };
} // prettier-ignore

describe('the e-mail of a Cloud CX case', () => {
  it('is typed, copied, closed, opened again and looked at anew: no request and no store has a word of it', async () => {
    const watched = await watch();
    const { asCustomer, portal } = await start({
      program: 'fedramp-cloud-cx',
      subject: `Subject ${SECRET}`,
      lastUpdate: { at: new Date().toISOString(), by: null, excerpt: `Excerpt ${SECRET}` },
    });
    const tab = await asCustomer();
    const before = watched.asked.length;
    const dialog = await openBy(tab, 'Escalate Case');
    for (const label of ['Brief problem statement', 'Detailed problem description', 'Business impact'])
      await dialog.getByLabel(label).pressSequentially(`${SECRET} ${label}`);
    await seen(dialog.getByText(`${SECRET} Detailed problem description`));
    await dialog.getByRole('button', { name: 'Copy text' }).click();
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const again = await openBy(tab, 'Escalate Case');
    expect(await again.getByLabel('Brief problem statement').inputValue()).toContain(SECRET);
    // Everything that makes the page look again, and everything that makes it keep what it has.
    await comeBack(tab);
    await eventually(() => watched.asked.slice(before).filter((call) => call.includes('/cases/c-1')).length).toBeGreaterThan(0);
    await tab.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true })));
    await tab.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    expect(watched.asked.filter((call) => call.includes(SECRET))).toEqual([]);
    expect((await watched.written(tab)).filter(({ what }) => what.includes(SECRET))).toEqual([]);
    expect(await watched.stored(tab)).not.toContain(SECRET);
    // Nothing but reading, and nothing of an escalation.
    const calls = watched.asked.filter((call) => call.includes('/api/'));
    expect(calls.filter((call) => !call.startsWith('GET '))).toEqual([]);
    expect(calls.filter((call) => /\/(entries|escalations|notes|events|files)/.test(call))).toEqual([]);
    expect(JSON.stringify(await portal.desk.read()).split(SECRET).length - 1, 'only what the desk had').toBe(2);
    await tab.reload();
    const fresh = await openBy(tab, 'Escalate Case');
    expect(await fresh.getByLabel('Brief problem statement').inputValue()).toBe('');
  }); // prettier-ignore

  it('the case that comes to the page has no text of it', async () => {
    const { portal } = await start({ program: 'fedramp-cloud-cx', subject: `Subject ${SECRET}` });
    expect(await (await portal.ask('customer', '/cases/c-1')).text()).not.toContain(SECRET);
  });

  it('the same watch sees what a case of another program writes and sends: it would see it', async () => {
    const watched = await watch();
    const { asCustomer } = await start();
    const tab = await asCustomer();
    const dialog = await openBy(tab, 'Escalate Case');
    await answerFirst(dialog);
    await dialog.getByRole('combobox').selectOption('Lack of Updates/Progress');
    await dialog.getByLabel(/^Comments/).fill(`${SECRET} comments`);
    await eventually(async () => (await watched.written(tab)).some(({ what }) => what.includes(SECRET))).toBe(
      true,
    );
    expect(await watched.stored(tab)).toContain(SECRET);
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await seen(dialog.getByText('Escalation requested.'));
    expect(watched.asked.some((call) => call.includes(SECRET))).toBe(true);
  });
});
