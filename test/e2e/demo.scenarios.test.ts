import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, failedRequest, focused, gone, seen } from './browser.js';
import {
  PLATINUM,
  anyButton,
  dialogOf,
  feedOf,
  inDemo,
  note,
  openDialog,
  toForm,
  verdictOf,
} from './demo.js';

/** Every scenario of the demo: what its button, its dialog or its note says. */

const { visit, openCase } = inDemo();

async function open(page: Page) {
  await anyButton(page).click();
  await seen(dialogOf(page));
  return dialogOf(page);
}

const NOT_YET = 'This case cannot be escalated yet';
const FROM = /^You can escalate from .+, your time/;

/** Opens a case that cannot be escalated now: the dialog says so, and has no form. */
async function openBlocked(id: string, words: string | RegExp = NOT_YET) {
  const page = await openCase(id);
  const dialog = await open(page);
  await seen(dialog.getByText(words));
  expect(await dialog.getByRole('combobox').count()).toBe(0);
  return { page, dialog };
}

const REASONS = [
  'Faster Progress',
  'Case Status Update',
  'Support Engineer Now',
  'Case Reassignment',
  'Other',
];
const reasonsIn = async (dialog: Locator) =>
  (await dialog.getByRole('option').allTextContents()).slice(1).map((reason) => reason.trim());

describe('Pulse Secure', () => {
  it('Platinum plan: a button in the header of the case, the reasons, and what will happen', async () => {
    const page = await openCase(PLATINUM);
    const header = page.getByRole('region', { name: `Case ${PLATINUM}`, exact: true });
    await header.getByRole('button', { name: 'Escalate Now' }).click();
    const dialog = dialogOf(page);
    await seen(dialog.getByRole('combobox'));
    expect(await reasonsIn(dialog)).toEqual(REASONS);
    await dialog.getByLabel('Escalate Reason').selectOption('Case Status Update');
    const when = dialog.getByText('Select this option if you require an update on your case.');
    await seen(when.filter({ visible: true }));
    await seen(dialog.getByText(/What will happen:/));
    await seen(dialog.getByText(/will work with the Support Engineer/).filter({ visible: true }));
    expect(await note(page).count()).toBe(0);
  });

  it('Platinum plan, with a replacement: one more reason, about its shipment', async () => {
    const dialog = await openDialog(await openCase('00481384'));
    expect((await reasonsIn(dialog)).filter((reason) => !REASONS.includes(reason))).toEqual([
      'RMA Status Update',
    ]);
  });

  it('Not Platinum: one line, and no button', async () => {
    const page = await openCase('00481290');
    await seen(
      page.locator('escalate-case').getByText('Escalation is available for Platinum customers only.'),
    );
    expect(await page.locator('escalate-case').getByRole('button').count()).toBe(0);
  });
});

describe('Genesys, by priority', () => {
  it('Low priority: not yet, and medium can be requested', async () => {
    const { dialog } = await openBlocked('00481466');
    await seen(dialog.getByText('Low-priority cases are not eligible for escalation.'));
    await seen(dialog.getByRole('button', { name: 'Call to request high priority' }));
    await dialog.getByRole('button', { name: 'Request medium priority' }).click();
    await seen(dialog.getByText(/Request sent\. When the priority/));
  });

  it('Medium priority, with Development: the form, after a word on what Development needs', async () => {
    const dialog = await openDialog(await openCase('00481498'));
    await seen(dialog.getByText('Development is engaged on this case.'));
    await seen(dialog.getByRole('button', { name: 'Submit' }));
  });

  it('High priority, 3 h ago: from when it is possible, and no form', async () => {
    const { dialog } = await openBlocked('00481502', FROM);
    const row = dialog.getByRole('listitem').filter({ hasText: '24 hours since the last update' });
    await seen(row.getByText('Not yet', { exact: true }));
    await seen(row.getByText(/by .?Ines Carvalho/));
    await seen(dialog.getByText('Met', { exact: true }));
  });

  it('High priority, 31 h ago: the form asks for the business impact', async () => {
    const dialog = await openDialog(await openCase('00481419'));
    const question = dialog.getByRole('group', { name: /significant business impact/ });
    await question.getByLabel('Yes').check();
    await seen(dialog.getByLabel('Business impact'));
  });

  it('Critical: a number to call, and no form', async () => {
    const page = await openCase('00481471');
    const dialog = await open(page);
    await seen(dialog.getByRole('link', { name: '+1 555 0100' }));
    await seen(dialog.getByText('Your case number: 00481471'));
    await seen(dialog.getByText(/Do not request assistance for urgent issues via email, chat, or web/));
    await seen(dialog.getByText(/will engage a Product Support Manager/));
    expect(await dialog.getByRole('combobox').count()).toBe(0);
    expect(await dialog.getByRole('textbox').count()).toBe(0);
  });
});

describe('Genesys, by what the case waits for', () => {
  it('Waiting on you: what was asked, and the way to the answer', async () => {
    const { page, dialog } = await openBlocked('00481408');
    await seen(
      dialog.getByText(/Support has been waiting for your answer since .+: .{1,2}Please send the conv/),
    );
    await dialog.getByRole('button', { name: 'Reply on the case' }).click();
    await gone(dialog);
    await eventually(() => focused(page)).toBe('Reply on the case');
    await page.keyboard.type('5512, 5518 and 5530.');
    await page.getByRole('button', { name: 'Post reply' }).click();
    await seen(page.getByRole('list').getByText('5512, 5518 and 5530.'));
    await eventually(verdictOf(page)).toBe('available');
  });

  it('Waiting on you, for who has answered elsewhere: the form', async () => {
    const { dialog } = await openBlocked('00481408');
    await dialog.getByRole('button', { name: 'I have already replied' }).click();
    await toForm(dialog);
  });

  it('Root cause analysis, day 3: from when it is possible, in business days', async () => {
    const { dialog } = await openBlocked('00481355', FROM);
    const row = dialog.getByRole('listitem').filter({ hasText: 'A Root Cause Analysis has had its time' });
    await seen(row.getByText('Not yet', { exact: true }));
    await seen(row.getByText(/5 business days after your request of .+ Today is day 3\./));
  });

  it('Root cause analysis, day 6: the form', async () => {
    await openDialog(await openCase('00481301'));
  });

  it('Closed: reopened from the dialog, it can be escalated', async () => {
    const { page, dialog } = await openBlocked('00480904');
    await dialog.getByRole('button', { name: 'Reopen the case' }).click();
    await gone(dialog);
    await eventually(verdictOf(page)).toBe('available');
    await seen(page.getByText('Reopened'));
    await openDialog(page);
  });

  it('Escalation open: one line with the owner, and no button', async () => {
    const page = await openCase('00481377');
    await seen(page.locator('escalate-case').getByText(/Escalation open since .+, owner .?Sam Okoro/));
    expect(await page.locator('escalate-case').getByRole('button').count()).toBe(0);
    await page.getByRole('link', { name: 'View escalation' }).click();
    await seen(feedOf(page).getByText('Billing works here as well.'));
  });
});

describe('FedRAMP', () => {
  it('Engage, unassigned: as soon as somebody owns the case', async () => {
    const { dialog } = await openBlocked('00481511');
    await seen(dialog.getByText('You can escalate as soon as somebody owns this case.'));
  });

  it('Engage, assigned: the form; the feed goes by e-mail', async () => {
    const page = await openCase('00481437', '#escalation-feed');
    await seen(page.getByText('Communication for this case is by e-mail.'));
    const dialog = await openDialog(page);
    await seen(dialog.getByRole('button', { name: 'Submit' }));
  });

  it('Cloud CX: an e-mail instead of a form; nothing of it is asked for or sent', async () => {
    const asked: string[] = [];
    visit.context.on('request', (request) => void asked.push(`${request.method()} ${request.url()}`));
    const page = await openCase('00481440', '#escalation-feed');
    await seen(page.getByText('Communication for this case is by e-mail.'));
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(0);
    expect(asked.map((call) => call.replace(/.*\/deep\/sub/, 'GET '))).toContain('GET /api/cases/00481440');

    const dialog = await open(page);
    await dialog.getByLabel('Detailed problem description').fill('The report is empty.');
    await seen(dialog.getByRole('group').getByText(/The report is empty\./));
    await seen(dialog.getByText('escalations@support.example.com'));
    await seen(dialog.getByRole('link', { name: 'Open in mail app' }));
    for (const name of ['Copy address', 'Copy subject', 'Copy text', 'Download'])
      await seen(dialog.getByRole('button', { name }));
    await seen(dialog.getByText(/Not sent until you send it\./));
    expect(asked.filter((call) => call.includes('/entries') || call.startsWith('POST'))).toEqual([]);
  });
});

describe('any process', () => {
  it('Case of another company: refused, in one line', async () => {
    visit.allow(failedRequest);
    const page = await openCase('00481533');
    await seen(page.getByRole('heading', { name: 'Case not found' }));
    await seen(page.locator('escalate-case').getByText('This case is not available to you.'));
    expect(await page.locator('escalate-case').getByRole('button').count()).toBe(0);
  });

  it.each([
    ['Signed out', '401', 'Sign in to escalate.', 'Sign in again'],
    ['No answer', 'offline', 'We could not check whether this case is already escalated.', 'Connect again'],
  ])(
    '%s: one line and no blind button; the button is there once that is over',
    async (_name, fault, line, mend) => {
      visit.allow(failedRequest);
      const page = await openCase(PLATINUM, `&fault=${fault}`);
      await seen(page.locator('escalate-case').getByText(line));
      expect(await anyButton(page).count()).toBe(0);
      await page.getByRole('button', { name: mend }).click();
      await seen(anyButton(page));
      await gone(page.getByText(line));
      await eventually(() => page.url()).not.toContain('fault');
    },
  );
});
