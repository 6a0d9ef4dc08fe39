import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { caseOf, people } from '../desk.js';
import { eventually, failedRequest, gone, inBrowser, seen } from './browser.js';
import { page, post, servePortal, type Portal } from './site.js';

/** Several tabs at the real gateway: what one learns all know, and nobody asks twice. */

const HEAD = `<style>.screen { block-size: 200vh }</style><script type="module" src="/cdn/escalation-elements.js"></script>`;
/** The conversation is out of sight: who reads it tells the help desk, which is another test. */
const BODY = `<div class="screen"></div><escalate-case endpoint="/api" case-id="c-1"></escalate-case>
  <escalate-case endpoint="/api" case-id="c-1" trigger="icon"></escalate-case>
  <escalation-feed endpoint="/api" case-id="c-1"></escalation-feed>`;

const visit = inBrowser();
let portal: Portal;
afterEach(() => portal.close());

async function start(live: boolean): Promise<string> {
  portal = await servePortal([caseOf()], undefined, { guarantees: { live } });
  const { id } = await portal.escalate('c-1');
  portal.html = page(BODY, HEAD);
  return id;
}
const openTab = async (): Promise<Page> => {
  const tab = await visit.open(portal.origin);
  await seen(tab.getByText('waiting for an owner').first());
  await seen(tab.getByLabel(/^Message to/));
  return tab;
};
const asked = (what: RegExp): number => portal.calls.filter((call) => what.test(call)).length;
const STATE = /^GET \/api\/cases\/c-1$/;
const ENTRIES = /^GET .*\/entries$/;
const EVENTS = /^GET .*\/events$/;
const says = (id: string, text: string, clientId: string) =>
  portal.ask('owner', `/escalations/${id}/entries`, post({ clientId, text, alsoOnCase: false }, clientId));

describe('events', () => {
  it('two tabs hear one line: a message is in both within the event, and nobody asks for it', async () => {
    const id = await start(true);
    const tabs = [await openTab(), await openTab()];
    await eventually(() => asked(EVENTS)).toBe(1);
    // The line begins by saying that what is known may be old: that is looked at once.
    await eventually(() => asked(STATE)).toBe(3);
    const entries = asked(ENTRIES);
    await says(id, 'The patch is being tested.', 'm-1');
    for (const tab of tabs) await seen(tab.getByText('The patch is being tested.'));
    expect([asked(EVENTS), asked(STATE), asked(ENTRIES)]).toEqual([1, 3, entries]);
    const states = tabs.map((tab) =>
      tab.evaluate(() => document.querySelector('escalation-feed')!.matches(':state(live)')),
    );
    expect(await Promise.all(states)).toEqual([true, true]);
  });

  it('what is written in one tab is in the other; the tab that listens may close', async () => {
    const id = await start(true);
    const [first, second] = [await openTab(), await openTab()];
    await eventually(() => asked(EVENTS)).toBe(1);
    await second.getByLabel(/^Message to/).fill('Any news?');
    await second.getByRole('button', { name: 'Send' }).click();
    await seen(first.getByText('Any news?'));
    await first.close();
    await eventually(() => asked(EVENTS)).toBe(2);
    await says(id, 'It is on its way.', 'm-2');
    await seen(second.getByText('It is on its way.'));
  });

  it('a decision made elsewhere changes every element of every tab', async () => {
    const id = await start(true);
    const tabs = [await openTab(), await openTab()];
    await eventually(() => asked(EVENTS)).toBe(1);
    const act = (action: object, version: string) =>
      portal.ask('owner', `/escalations/${id}/actions`, {
        ...post(action),
        headers: { ...(post(action).headers as object), 'If-Match': `"${version}"` },
      });
    expect((await act({ kind: 'take' }, '1')).status).toBe(200);
    for (const tab of tabs) await seen(tab.getByText(`owner ${people.owner.name}`).first());
    expect((await act({ kind: 'resolve', summary: 'Fixed in 9.4.1' }, '2')).status).not.toBe(500);
  });
});

describe('polls', () => {
  /** Lets time pass in all tabs, as slowly as answers come, until so many looks were seen. @returns seconds */
  const until = async (looks: number): Promise<number> => {
    let seconds = 0;
    await eventually(async () => {
      if (asked(STATE) < looks) {
        await visit.context.clock.runFor(1_000);
        seconds++;
      }
      return asked(STATE);
    }).toBeGreaterThanOrEqual(looks);
    return seconds;
  };
  const stopTime = async () => {
    await visit.context.clock.install();
    await visit.context.clock.pauseAt(Date.now() + 60_000);
  };

  it('10 tabs × 3 elements: one poll per interval', async () => {
    await stopTime();
    await start(false);
    for (let n = 0; n < 10; n++) await openTab();
    expect([asked(STATE), asked(EVENTS)]).toEqual([10, 0]);
    // Of ten tabs that ask by themselves the next would be there at once.
    for (const [i, interval] of [5, 10, 20, 40].entries()) {
      expect(await until(11 + i)).toBeGreaterThanOrEqual(0.8 * interval - 1);
      expect(asked(STATE)).toBe(11 + i);
    }
  }, 60_000);

  it('one look finds a message for all tabs; each then asks for it once', async () => {
    await stopTime();
    const id = await start(false);
    const tabs = [await openTab(), await openTab(), await openTab()];
    const entries = asked(ENTRIES);
    await says(id, 'The patch is being tested.', 'm-1');
    await until(4);
    for (const tab of tabs) await seen(tab.getByText('The patch is being tested.'));
    expect([asked(STATE), asked(ENTRIES) - entries]).toEqual([4, 3]);
  });

  it('nothing while hidden; at once on return', async () => {
    await visit.context.clock.install();
    await start(false);
    const tab = await openTab();
    const show = (state: string) =>
      tab.evaluate((visibilityState) => {
        Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
        document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
      }, state);
    await show('hidden');
    for (let n = 0; n < 5; n++) await visit.context.clock.runFor(120_000);
    expect(asked(STATE)).toBe(1);
    await show('visible');
    await eventually(() => asked(STATE)).toBe(2);
  });
});

describe('a bad line', () => {
  it('events refused twice: it polls, and says nothing of it', async () => {
    await visit.context.clock.install();
    visit.allow(failedRequest);
    const id = await start(true);
    portal.instead = ({ url }) => (url.endsWith('/events') ? new Response(null, { status: 502 }) : null);
    const tab = await openTab();
    await eventually(async () => {
      await visit.context.clock.runFor(2_000);
      return asked(EVENTS);
    }).toBe(2);
    await says(id, 'The patch is being tested.', 'm-1');
    await eventually(async () => {
      await visit.context.clock.runFor(1_000);
      return tab.getByText('The patch is being tested.').count();
    }).toBe(1);
    await gone(tab.getByText('Last updated'));
    expect(asked(EVENTS)).toBeLessThanOrEqual(4);
  });
});
