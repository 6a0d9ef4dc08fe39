import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { people } from '../desk.js';
import { asAPerson, eventually, gone, inBrowser, seen } from '../e2e/browser.js';
import { accept, anyButton, dialogOf, feedOf, openAct, openRow, take } from '../e2e/demo.js';
import { run, type Run } from '../server/running.js';
import { newCase, root, tracker } from './tracker.js';

/** The reference server's pages in Chromium, in front of Request Tracker: everybody signed in there as themself. */

type Who = 'customer' | 'colleague' | 'stranger' | 'owner';

const visit = inBrowser();
const folder = mkdtempSync(join(tmpdir(), 'escalation-rt-page-'));
const everybody = join(folder, 'people.json');
let server: Run;
const contexts = new Map<Who, BrowserContext>();

beforeAll(async () => {
  writeFileSync(everybody, JSON.stringify(Object.values(people)));
  server = await run({
    BACKEND: 'request-tracker',
    DESK_URL: process.env['RT_URL'] as string,
    DESK_TOKENS: process.env['RT_TOKENS'] as string,
    DESK_SCHEME: 'token',
    POLICY: 'standard',
    PEOPLE: everybody,
  });
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true });
});
afterEach(async () => {
  for (const context of contexts.values()) await context.close();
  contexts.clear();
});

/** A browser of their own, signed in. */
async function browserOf(who: Who): Promise<BrowserContext> {
  const known = contexts.get(who);
  if (known) return known;
  const context = await visit.context.browser()!.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
  contexts.set(who, context);
  // Behind every click are several requests, each of which takes Request Tracker a while.
  context.setDefaultTimeout(30_000);
  const tab = await context.newPage();
  await tab.goto(server.address);
  await tab.getByRole('button', { name: people[who].name }).click();
  await seen(tab.getByRole('heading', { name: people[who].name }));
  await tab.close();
  return context;
}

/** The page of a case as somebody sees it, or their queue. */
async function openAs(who: Who, caseId = ''): Promise<Page> {
  const tab = await (await browserOf(who)).newPage();
  await tab.goto(`${server.address}/case.html${caseId && `?case=${caseId}`}`);
  return tab;
}

/** Looks again, as whoever comes back to a page. */
const comeBack = async (tab: Page) => {
  await tab.bringToFront();
  await tab.evaluate(() => dispatchEvent(new Event('focus')));
};

async function escalate(tab: Page, text: string): Promise<void> {
  await anyButton(tab).click();
  const dialog = dialogOf(tab);
  await dialog.getByRole('radio', { name: 'The case is not moving' }).check();
  await dialog.getByLabel('Details').fill(text);
  await asAPerson(tab);
  await dialog.getByRole('button', { name: 'Request escalation' }).click();
  await seen(dialog.getByText('Escalation requested.'));
  await dialog.getByRole('button', { name: 'Close' }).last().click();
}

/** Sends a message, until the help desk has it: it is in the page before that. */
async function send(tab: Page, label: RegExp, text: string): Promise<void> {
  await tab.getByLabel(label).fill(text);
  const arrived = tab.waitForResponse(
    (answer) => answer.url().endsWith('/entries') && answer.status() === 201,
  );
  await tab.getByRole('button', { name: 'Send' }).click();
  await arrived;
  await seen(tab.getByText(text));
}

/** The only escalation of a case, as Request Tracker has it. */
async function ticketOf(caseId: string) {
  const query = encodeURIComponent(`Queue='Escalations' AND CF.{Case}='${caseId}'`);
  const { body } = await tracker(root, 'GET', `tickets?query=${query}&fields=Status,Subject,Owner`);
  expect(body.items).toHaveLength(1);
  return body.items[0]!;
}

describe('a case in Request Tracker', { timeout: 120_000 }, () => {
  it('is escalated, taken, accepted, answered and resolved; agents see the same in Request Tracker', async () => {
    const subject = `Export stops at node ${crypto.randomUUID().slice(0, 8)}`;
    const caseId = await newCase({}, subject);
    const customer = await openAs('customer', caseId);
    await seen(customer.getByText('No escalation on this case.'));
    await escalate(customer, 'Nobody has answered for two weeks.');
    await gone(anyButton(customer));
    await seen(feedOf(customer).getByRole('heading', { name: /The case is not moving/ }));
    expect(await ticketOf(caseId)).toMatchObject({ Status: 'requested', Subject: 'The case is not moving' });

    const owner = await openAs('owner');
    await openRow(owner, subject);
    await seen(owner.getByText('Nobody has answered for two weeks.'));
    await take(owner);
    await accept(owner, 'We take it on at once.', 'Reproduce it with 64-bit counters');
    await send(owner, /^Message to/, 'It fails here as well.');
    expect(await ticketOf(caseId)).toMatchObject({ Status: 'accepted', Owner: { id: people.owner.id } });

    await comeBack(customer);
    const feed = feedOf(customer);
    for (const words of [/Sam Okoro/, 'We take it on at once.', 'It fails here as well.'])
      await seen(feed.getByText(words));
    await seen(feed.getByText('Reproduce it with 64-bit counters'));
    await send(customer, /^Message/, 'Thank you.');

    await comeBack(owner);
    await seen(owner.getByText('Thank you.'));
    const form = await openAct(owner, 'Resolve');
    await form.getByRole('textbox').fill('The export is complete again.');
    await form.getByRole('button', { name: 'Resolve the escalation' }).click();
    await eventually(async () => (await ticketOf(caseId)).Status).toBe('resolved');
    await comeBack(customer);
    await seen(feed.getByText('The export is complete again.'));
    await seen(anyButton(customer));
  });

  it('is withdrawn by who asked, and the button is back; a colleague saw it all', async () => {
    const caseId = await newCase();
    const customer = await openAs('customer', caseId);
    await escalate(customer, 'Please look at it.');
    const colleague = await openAs('colleague', caseId);
    await seen(feedOf(colleague).getByRole('heading', { name: /The case is not moving/ }));
    expect(await anyButton(colleague).count()).toBe(0);
    await customer.bringToFront();
    await feedOf(customer).getByRole('button', { name: 'Withdraw' }).click();
    await feedOf(customer)
      .getByRole('button', { name: /^Withdraw/ })
      .last()
      .click();
    await seen(anyButton(customer));
    expect((await ticketOf(caseId)).Status).toBe('withdrawn');
    await comeBack(colleague);
    await seen(anyButton(colleague));
  });

  it('is not there for a stranger', async () => {
    const tab = await openAs('stranger', await newCase());
    await seen(tab.getByText('There is no such case, or it is not yours.'));
    expect(await anyButton(tab).count()).toBe(0);
  });
});
