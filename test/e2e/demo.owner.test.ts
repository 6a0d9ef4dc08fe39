import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, focused, gone, seen } from './browser.js';
import {
  PLATINUM,
  accept,
  anyButton,
  close,
  deskBeside,
  dialogOf,
  escalate,
  feedOf,
  inDemo,
  inQueue,
  labOf,
  openAct,
  openDialog,
  openLab,
  openRow,
  queueOf,
  take,
} from './demo.js';

/** The owner's side: the queue, what is decided in it, and the same beside the customer's page. */

const { open, openCase } = inDemo();
const SUBJECT = 'Nightly export stops at 2 GB';
const caseOf = (owner: Page) => owner.getByRole('region', { name: 'Sign-in takes 40 seconds after eight' });

describe('the escalation desk', () => {
  it('has the open ones by priority, and says how many', async () => {
    const owner = await open('owner.html');
    await eventually(() => queueOf(owner).getByRole('button').count()).toBe(6);
    expect(await queueOf(owner).getByRole('button').first().textContent()).toMatch(
      /Transfers to the Bergen site/,
    );
    await eventually(() => owner.title()).toMatch(/^\(6\) Escalations/);
    const customer = await openCase(PLATINUM);
    await escalate(customer, 'Please.');
    await eventually(() => owner.title()).toMatch(/^\(7\) Escalations/);
  });

  it('taken and accepted, resolved, reopened: the customer sees owner, priority, next steps and next update', async () => {
    const customer = await openCase(PLATINUM, '#escalation-feed');
    await escalate(customer, 'Our auditors come on Monday.');
    await close(customer);
    const owner = await open('owner.html');
    await openRow(owner, SUBJECT);
    await take(owner);
    await accept(owner, 'This meets our criteria.', 'Test the export with 64-bit counters');
    const feed = feedOf(customer);
    for (const words of [/Sam Okoro/, 'Test the export with 64-bit counters', /Next update by/])
      await seen(feed.getByText(words));
    await seen(feed.getByText('Escalation priority').locator('..').getByText('High'));

    const form = await openAct(owner, 'Resolve');
    await form.getByRole('textbox').fill('The export is complete again.');
    await form.getByRole('button', { name: 'Resolve the escalation' }).click();
    await seen(feed.getByText('The export is complete again.'));
    await seen(anyButton(customer));
    await customer.bringToFront();
    await feed.getByRole('button', { name: 'Reopen' }).click();
    await feed.getByRole('textbox').last().fill('It stopped again this night.');
    await feed
      .getByRole('button', { name: /^Reopen/ })
      .last()
      .click();
    await gone(anyButton(customer));
    await seen(owner.getByText('It stopped again this night.'));
  });

  it('declined with reasons, it is corrected and sent again', async () => {
    const customer = await openCase('00481325', '#escalation-feed');
    await seen(feedOf(customer).getByText(/More callers than before is a change of impact/));
    await feedOf(customer).getByRole('button', { name: 'Correct and send again' }).click();
    await seen(dialogOf(customer));
    await seen(dialogOf(customer).getByText(/Declined/));
  });

  it('a row has an address; back leads to the queue', async () => {
    const owner = await open('owner.html');
    await openRow(owner, 'Sign-in takes 40 seconds after eight');
    const address = owner.url();
    expect(address).toMatch(/owner\.html#\w+$/);
    await owner.goBack();
    await seen(queueOf(owner));
    await owner.goto(address);
    await seen(caseOf(owner));
    await owner.getByRole('link', { name: 'Queue' }).click();
    await seen(queueOf(owner));
  });

  it('the case goes to another engineer and to another priority; its customer reads of it', async () => {
    const customer = await openCase('00481459', '#case-feed');
    const owner = await open('owner.html');
    await openRow(owner, 'Sign-in takes 40 seconds after eight');
    await caseOf(owner).getByLabel('Another engineer').selectOption('Marek Novak');
    await caseOf(owner).getByRole('button', { name: 'Assign' }).click();
    await seen(caseOf(owner).getByText('The case is with Marek Novak now.'));
    await seen(customer.getByText('Marek Novak works on this case from now on.'));
    await caseOf(owner).getByLabel('Priority of the case').selectOption('High');
    await caseOf(owner).getByRole('button', { name: 'Set priority' }).click();
    await seen(customer.getByText('The priority of this case is high from now on.'));
  });
});

describe('what is new', () => {
  it('is counted on the tab of the customer’s page until it is read there', async () => {
    const customer = await openCase('00481377', '#details');
    const tab = customer.getByRole('tab', { name: /^Escalation\s+Feed/ });
    await seen(tab.getByText('unread', { exact: false }));
    const before = Number(/(\d+) unread/.exec((await tab.textContent())!)![1]);
    const owner = await open('owner.html');
    await openRow(owner, 'Call recordings missing');
    await owner.getByLabel(/^Message to/).fill('The first batch is back.');
    await owner.getByRole('button', { name: 'Send' }).click();
    await seen(tab.getByText(`${before + 1} unread`));
    await tab.click();
    // Below the fold nobody has read it.
    await feedOf(customer).getByText('The first batch is back.').scrollIntoViewIfNeeded();
    await seen(tab.getByText('open', { exact: false }));
    await gone(tab.getByText('unread', { exact: false }));
  });
});

describe('beside the customer’s page', () => {
  const pane = (page: Page) => page.getByRole('dialog', { name: 'Owner’s side' });

  it('a request, its answer and the way back, in one window', async () => {
    const page = await openCase(PLATINUM, '#escalation-feed');
    await openLab(page);
    await labOf(page).getByRole('button', { name: 'Open the pane' }).click();
    await seen(pane(page));
    await escalate(page, 'In one window.');
    await close(page);
    const desk = deskBeside(page);
    await seen(desk.getByText('In one window.'));
    await take(desk);
    await accept(desk, 'Accepted beside the page.');
    await seen(feedOf(page).getByText('Accepted beside the page.'));
  });

  it('opens by its address, stays over a change of the scenario, closes by Escape', async () => {
    const page = await openCase(PLATINUM, '&owner');
    await seen(inQueue(deskBeside(page), 'Call recordings missing'));
    await openLab(page);
    await labOf(page).getByLabel('Scenario').selectOption({ label: 'Opened by a colleague' });
    await seen(page.getByRole('heading', { name: 'Two agents receive the same chat' }));
    await seen(deskBeside(page).getByRole('button', { name: 'Take', exact: true }));
    await eventually(() => page.url()).toMatch(/case=00481483&owner/);
    await pane(page).getByRole('button', { name: 'Close' }).focus();
    await page.keyboard.press('Escape');
    await gone(pane(page));
    await eventually(() => page.url()).not.toContain('owner');
    await eventually(() => focused(page)).toBe('Open the pane');
  });
});

describe('the scenarios of what has come some way', () => {
  it('Update overdue: the customer asks for it, and reads it', async () => {
    const customer = await openCase('00481433', '#escalation-feed');
    await seen(feedOf(customer).getByText(/An update was due .+ It is late\./));
    await feedOf(customer).getByRole('button', { name: 'Ask for the update' }).click();
    await seen(feedOf(customer).getByText(/Sent to .?Sam Okoro/));
    const owner = await open('owner.html');
    await openRow(owner, 'Transfers to the Bergen site are refused');
    await owner.getByLabel(/^Message to/).fill('The two teams meet at ten.');
    await owner.getByRole('button', { name: 'Send', exact: true }).click();
    await seen(feedOf(customer).getByText('The two teams meet at ten.'));
    await gone(feedOf(customer).getByText(/It is late\./));
  });

  it('Opened by a colleague: no button, and a way to follow', async () => {
    const customer = await openCase('00481483', '#escalation-feed');
    await seen(feedOf(customer).getByText(/Jonas Berg/));
    await feedOf(customer).getByRole('button', { name: 'Follow this escalation' }).click();
    await feedOf(customer).getByRole('button', { name: 'Follow', exact: true }).click();
    await gone(feedOf(customer).getByRole('button', { name: /^Follow/ }));
    expect(await anyButton(customer).count()).toBe(0);
  });

  it('Resolved: what came of it, and a rating', async () => {
    const customer = await openCase('00481262', '#escalation-feed');
    await seen(feedOf(customer).getByText(/Schedules end at the end of your week again/));
    await seen(feedOf(customer).getByRole('button', { name: 'Reopen' }));
    await seen(feedOf(customer).getByRole('button', { name: /Rate/ }));
  });

  it('Partner: asks on behalf of somebody, signed in as themselves', async () => {
    const page = await openCase('00481395', '&as=u-kim');
    await seen(page.getByText('Partner of Acme Ltd'));
    const dialog = await openDialog(page);
    await seen(dialog.getByLabel('On behalf of (end customer)'));
    await seen(dialog.getByRole('link', { name: /Partner Handbook/ }));
  });
});
