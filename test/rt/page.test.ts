import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { people } from '../desk.js';
import { asAPerson, eventually, failedRequest, gone, inBrowser, seen } from '../e2e/browser.js';
import { accept, anyButton, dialogOf, feedOf, openAct, openRow, take } from '../e2e/demo.js';
import { folder, page } from '../e2e/site.js';
import { serve } from '../http.js';
import { gateway, newCase, root, tracker } from './tracker.js';

/** A portal in front of Request Tracker, in Chromium: the built file, a host page, and the gateway on one origin. */

const visit = inBrowser();
let site: Awaited<ReturnType<typeof serve>>;

type Who = 'customer' | 'colleague' | 'stranger' | 'owner';
/** The page of a case as somebody sees it, or their queue. */
function html(who: Who, caseId: string | null): string {
  const endpoint = `endpoint="/as/${who}/api"`;
  const body = caseId
    ? `<h1>Case ${caseId}</h1>
       <escalate-case ${endpoint} case-id="${caseId}"></escalate-case>
       <escalation-feed ${endpoint} case-id="${caseId}"></escalation-feed>`
    : `<escalation-review ${endpoint}></escalation-review>`;
  return page(`<main>${body}</main>`, '<script type="module" src="/cdn/escalation-elements.js"></script>');
}

beforeAll(async () => {
  const cdn = folder('dist/cdn', '/cdn/');
  const gateways = new Map(
    (['customer', 'colleague', 'stranger', 'owner'] as const).map((who) => [
      who as string,
      gateway(`/as/${who}/api`, () => people[who]),
    ]),
  );
  site = await serve(async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const [, who = '', isApi] = /^\/as\/(\w+)\/(api\/)?/.exec(pathname) ?? [];
    const answer = gateways.get(who);
    if (pathname.startsWith('/cdn/')) return cdn(request);
    if (!answer) return new Response(null, { status: 204 });
    if (isApi) return answer(request);
    const text = html(who as Who, searchParams.get('case'));
    return new Response(text, { headers: { 'Content-Type': 'text/html; charset=utf-8' } });
  });
});
afterAll(() => site?.close());
// Behind every click are several requests, each of which takes Request Tracker a while.
beforeEach(() => visit.context.setDefaultTimeout(30_000));

const openAs = (who: Who, caseId = '') =>
  visit.open(`${site.origin}/as/${who}/${caseId && `?case=${caseId}`}`);

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
    visit.allow(failedRequest);
    const tab = await openAs('stranger', await newCase());
    await seen(tab.getByText('This case is not available to you.'));
    expect(await anyButton(tab).count()).toBe(0);
  });
});
