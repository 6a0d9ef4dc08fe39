import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, failedRequest, focused, gone, inBrowser, seen, tabTo } from './browser.js';
import { serveDemo } from './site.js';

/** The built demo, as a static site below a path: a customer in one tab, the owner in another. */

const visit = inBrowser();
let site: Awaited<ReturnType<typeof serveDemo>>;
beforeAll(async () => void (site = await serveDemo()));
afterAll(() => site?.close());

const PLATINUM = '00481516';
const open = (path: string) => visit.open(`${site.origin}/deep/sub/${path}`);
const openCase = (id: string, more = '') => open(`case.html?case=${id}${more}`);

const anyButton = (page: Page) => page.getByRole('button', { name: /^Escalate/ });
const dialogOf = (page: Page) => page.getByRole('dialog');
const feedOf = (page: Page) => page.getByRole('region', { name: /^Escalation( Feed)?$/ });
const note = (page: Page) => page.locator('escalate-case').getByText(/^Escalation (requested|open) \w+ /);
const inList = (owner: Page, subject: string) =>
  owner.getByRole('navigation', { name: 'Open escalations' }).getByRole('link', { name: subject });

async function openDialog(page: Page): Promise<Locator> {
  await anyButton(page).click();
  const dialog = dialogOf(page);
  await seen(dialog.getByRole('combobox'));
  return dialog;
}

/** Fills the form of Pulse Secure's process in, up to the last click. */
async function fillIn(page: Page, text: string): Promise<Locator> {
  const dialog = await openDialog(page);
  await dialog.getByLabel('Escalate Reason').selectOption('Faster Progress');
  await dialog.getByLabel('Additional information').fill(text);
  return dialog.getByRole('button', { name: 'Request escalation' });
}

async function escalate(page: Page, text: string): Promise<void> {
  await (await fillIn(page, text)).click();
  await seen(dialogOf(page).getByText('Escalation requested.'));
}

/** Closes it as most people do: not by the small cross. */
const close = (page: Page) => dialogOf(page).getByRole('button', { name: 'Close' }).last().click();

/** The owner's pane with this case in front. */
async function openDesk(subject: string): Promise<Page> {
  const owner = await open('owner.html');
  await inList(owner, subject).click();
  await seen(owner.getByRole('heading', { level: 1, name: subject }));
  return owner;
}

async function write(page: Page | Locator, name: RegExp, text: string): Promise<void> {
  await page.getByLabel(name).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
}

describe('a customer and an escalation owner', () => {
  it('escalate, take, accept and write to each other, without a reload; after one all is still there', async () => {
    const customer = await openCase(PLATINUM);
    await escalate(customer, 'Our auditors come on Monday.');
    await seen(dialogOf(customer).getByText(/Nobody has accepted it yet/));
    await close(customer);
    await gone(dialogOf(customer));
    await seen(customer.getByText(/Escalation requested on .+, waiting for an owner/));
    expect(await anyButton(customer).count()).toBe(0);
    await customer.getByRole('link', { name: 'View escalation' }).click();
    await seen(feedOf(customer).getByText('Nobody yet'));
    let loads = 0;
    customer.on('load', () => loads++);

    const owner = await openDesk('Nightly export stops at 2 GB');
    await seen(owner.getByText('Our auditors come on Monday.'));
    await owner.getByRole('button', { name: 'Take it' }).click();
    await seen(feedOf(customer).getByText(/Sam Okoro.? is reviewing the request/));
    await owner.getByLabel('Answer to the customer').first().fill('This meets our criteria.');
    await owner.getByLabel('Next step (optional)').fill('Test the export with 64-bit counters');
    await owner.getByRole('button', { name: 'Accept escalation' }).click();
    await seen(feedOf(customer).getByText('Test the export with 64-bit counters'));
    await write(owner, /^Message to Priya Nair/, 'Dana has a fix in test.');
    await seen(feedOf(customer).getByText('Dana has a fix in test.'));
    await seen(note(customer).filter({ hasText: /owner .?Sam Okoro/ }));

    await customer.bringToFront();
    await write(feedOf(customer), /^Message to .?Sam Okoro/, 'Thank you. Can we have it by Friday?');
    await seen(owner.getByText('Thank you. Can we have it by Friday?'));
    expect(loads).toBe(0);

    await customer.reload();
    for (const text of [
      'This meets our criteria.',
      'Test the export with 64-bit counters',
      'Dana has a fix in test.',
      'Thank you. Can we have it by Friday?',
    ])
      await seen(feedOf(customer).getByText(text));
    await seen(note(customer));
    expect(await anyButton(customer).count()).toBe(0);
  });

  it('the owner’s message arrives by polling where tabs cannot tell each other', async () => {
    const customer = await visit.context.newPage();
    await customer.addInitScript(() =>
      Object.defineProperty(BroadcastChannel.prototype, 'onmessage', { set: () => undefined }),
    );
    await customer.goto(`${site.origin}/deep/sub/case.html?case=00481377#escalation-feed`);
    await seen(feedOf(customer).getByText('Billing works here as well.'));
    const owner = await openDesk('Call recordings missing for two queues');
    await write(owner, /^Message to Priya Nair/, 'Claims is done as well.');
    await seen(feedOf(customer).getByText('Claims is done as well.'), 20_000);
  });

  it('after a refusal the button is back, and the feed says why it was declined', async () => {
    const customer = await openCase(PLATINUM);
    await escalate(customer, 'Please hurry.');
    await close(customer);
    await seen(note(customer));
    const owner = await openDesk('Nightly export stops at 2 GB');
    await owner.getByText('Decline', { exact: true }).click();
    const form = owner.locator('form', { has: owner.getByRole('button', { name: 'Decline escalation' }) });
    await form.getByLabel('Answer to the customer').fill('Work goes on at full speed already.');
    await form.getByLabel('The case is open').fill('It is, and an engineer works on it today.');
    await form.getByRole('button', { name: 'Decline escalation' }).click();

    await seen(anyButton(customer));
    await gone(note(customer));
    await customer.getByRole('tab', { name: 'Escalation Feed' }).click();
    await seen(feedOf(customer).getByText('Work goes on at full speed already.'));
    await seen(feedOf(customer).getByText('It is, and an engineer works on it today.'));
  });

  it('two tabs submit at once: one escalation, and the other’s text can be added to it', async () => {
    const [first, second, owner] = await Promise.all([
      openCase(PLATINUM),
      openCase(PLATINUM),
      open('owner.html'),
    ]);
    const answers: number[] = [];
    visit.context.on('response', (response) => {
      const sent = response.request();
      if (sent.method() === 'POST' && sent.url().endsWith('/escalations')) answers.push(response.status());
    });
    visit.allow(failedRequest);
    const tabs = [
      { page: first, text: 'Written in the first tab.' },
      { page: second, text: 'Written in the second tab.' },
    ];
    const submits: Locator[] = [];
    for (const { page, text } of tabs) {
      await page.bringToFront();
      submits.push(await fillIn(page, text));
    }
    // The help desk answers nobody until both have asked.
    await owner.evaluate(
      () =>
        new Promise<void>((held) => {
          void navigator.locks.request('escalation-demo', () => {
            held();
            return new Promise<void>((release) => addEventListener('release', () => release()));
          });
        }),
    );
    const click = (submit: Locator) => submit.evaluate((element) => (element as HTMLElement).click());
    await Promise.all(submits.map(click));
    await Promise.all(tabs.map(({ page }) => seen(dialogOf(page).getByText('Sending…'))));
    await owner.evaluate(() => dispatchEvent(new Event('release')));

    const outcome = ({ page }: (typeof tabs)[number]) =>
      dialogOf(page).getByText(/requested an escalation|Escalation requested\./);
    await Promise.all(tabs.map((tab) => seen(outcome(tab))));
    const texts = await Promise.all(tabs.map((tab) => outcome(tab).first().textContent()));
    const late = texts.findIndex((text) => text!.includes('requested an escalation'));
    expect(texts.filter((text) => text!.includes('requested an escalation'))).toHaveLength(1);
    await eventually(() => [...answers].sort()).toEqual([201, 409]);
    await eventually(() => inList(owner, 'Nightly export stops at 2 GB').count()).toBe(1);

    const loser = tabs[late]!;
    const winner = tabs[1 - late]!;
    await seen(dialogOf(loser.page).getByText(loser.text));
    await loser.page.bringToFront();
    await dialogOf(loser.page).getByRole('button', { name: 'Add to that escalation' }).click();
    await seen(dialogOf(loser.page).getByText('Your text was added.'));
    await owner.bringToFront();
    await inList(owner, 'Nightly export stops at 2 GB').click();
    await seen(owner.getByText(winner.text));
    await seen(owner.getByRole('region', { name: 'Conversation' }).getByText(loser.text));
    await winner.page.bringToFront();
    await close(winner.page);
    await winner.page.getByRole('link', { name: 'View escalation' }).click();
    await seen(feedOf(winner.page).getByText(loser.text));
    expect(await inList(owner, 'Nightly export stops at 2 GB').count()).toBe(1);
  });
});

describe('what a case shows', () => {
  it('the list of cases says for each what can be done, and leads to it', async () => {
    const page = await open('');
    await seen(page.getByText('9 cases of Acme Ltd, 8 open'));
    const row = (subject: string) => page.getByRole('row', { name: subject });
    for (const [subject, words] of [
      ['Nightly export stops at 2 GB', 'Can be escalated'],
      ['Outbound campaign pauses', /From \w+/],
      ['Inbound calls fail', 'Contact Product Support'],
      ['Queue report shows no data', 'Escalate by e-mail'],
      ['Call recordings missing', 'Open, owner Sam Okoro'],
      ['Certificate warning', 'Not in Gold plan'],
      ['Callback requests arrive twice', 'Closed'],
    ] as const)
      await seen(row(subject).getByText(words));
    await page.getByRole('link', { name: 'Nightly export stops at 2 GB' }).click();
    await seen(anyButton(page));
  });

  it('Platinum: a button in the header of the case, and a form with what will happen', async () => {
    const page = await openCase(PLATINUM);
    const header = page.getByRole('region', { name: `Case ${PLATINUM}`, exact: true });
    await header.getByRole('button', { name: 'Escalate Now' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Escalate Reason').selectOption('Case Status Update');
    await seen(dialog.getByText('Select this option if you require an update on your case.'));
    await seen(dialog.getByText(/What will happen:/));
    await seen(dialog.getByText(/will work with the Support Engineer/));
    expect(await note(page).count()).toBe(0);
  });

  it('with Development: the form, after a word on what Development needs', async () => {
    const page = await openCase('00481498');
    const dialog = await openDialog(page);
    await seen(dialog.getByText('Development is engaged on this case.'));
    await seen(dialog.getByRole('button', { name: 'Submit' }));
  });

  it.each([
    ['24 hours have not passed', '00481502', '24 hours since the last update'],
    ['a root cause analysis has its time', '00481355', 'A Root Cause Analysis has had its time'],
  ])(
    'blocked, %s: the dialog says from when it is possible, and has no form',
    async (_why, id, criterion) => {
      const page = await openCase(id);
      await anyButton(page).click();
      const dialog = dialogOf(page);
      await seen(dialog.getByText(/You can escalate from .+, your time/));
      const row = dialog.getByRole('listitem').filter({ hasText: criterion });
      await seen(row.getByText('Not yet', { exact: true }));
      await seen(dialog.getByRole('listitem').filter({ hasText: 'Met' }));
      expect(await dialog.getByRole('combobox').count()).toBe(0);
      expect(await dialog.getByRole('button', { name: 'Submit' }).count()).toBe(0);
    },
  );

  it('closed: reopened from the dialog, it can be escalated', async () => {
    const page = await openCase('00480904');
    await anyButton(page).click();
    await seen(dialogOf(page).getByText('This case cannot be escalated yet'));
    await dialogOf(page).getByRole('button', { name: 'Reopen the case' }).click();
    await gone(dialogOf(page));
    await eventually(() =>
      page
        .locator('escalate-case')
        .evaluate((element) => (element as HTMLElement & { verdict: string }).verdict),
    ).toBe('available');
    await openDialog(page);
  });

  it.each([
    ['critical', '00481471', 'Contact Product Support'],
    ['FedRAMP', '00481440', 'Escalate by e-mail'],
    ['not Platinum', '00481290', 'Escalation is available for Platinum customers only.'],
    ['already escalated', '00481377', /Escalation open since .+, owner .?Sam Okoro/],
    ['of another company', '00481533', 'This case is not available to you.'],
  ])('%s: one line, and no button', async (_why, id, line) => {
    visit.allow(failedRequest);
    const page = await openCase(id);
    await seen(page.locator('escalate-case').getByText(line));
    expect(await anyButton(page).count()).toBe(0);
    expect(await page.locator('escalate-case').getByRole('button').count()).toBe(0);
  });

  it('FedRAMP: the feed says that it goes by e-mail, and asks for no entries', async () => {
    const asked: string[] = [];
    visit.context.on('request', (request) => void asked.push(request.url()));
    const page = await openCase('00481440', '#escalation-feed');
    await seen(page.getByText('Communication for this case is by e-mail.'));
    await gone(page.getByRole('button', { name: 'Send' }));
    expect(asked.filter((url) => url.includes('/entries'))).toEqual([]);
  });

  it.each([
    ['signed out', '401', 'Sign in to escalate.', 'Sign in again'],
    ['no answer', '503', 'We could not check whether this case is already escalated.', 'Bring it back'],
  ])(
    '%s: one line and no blind button; the button is there once that is over',
    async (_why, fault, line, mend) => {
      visit.allow(failedRequest);
      const page = await openCase(PLATINUM, `&fault=${fault}`);
      await seen(page.getByText(line));
      expect(await anyButton(page).count()).toBe(0);
      await page.getByRole('button', { name: mend }).click();
      await seen(anyButton(page));
      await gone(page.getByText(line));
    },
  );
});

describe('the dialog', () => {
  it('keeps what was typed when it is closed and opened again', async () => {
    const page = await openCase(PLATINUM);
    await fillIn(page, 'Half a sentence');
    await page.keyboard.press('Escape');
    await gone(dialogOf(page));
    await anyButton(page).click();
    const dialog = dialogOf(page);
    expect(await dialog.getByLabel('Additional information').inputValue()).toBe('Half a sentence');
    await close(page);
    await anyButton(page).click();
    expect(await dialog.getByLabel('Additional information').inputValue()).toBe('Half a sentence');
    expect(await dialog.getByLabel('Escalate Reason').inputValue()).toBe('faster-progress');
  });

  it('opens and closes by keyboard, and gives the keyboard back to the button', async () => {
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await tabTo(page, 'Escalate Now');
    await page.keyboard.press('Enter');
    await seen(dialogOf(page));
    await eventually(() => focused(page)).toBe('Request an escalation');
    await page.keyboard.press('Escape');
    await gone(dialogOf(page));
    await eventually(() => focused(page)).toBe('Escalate Now');
  });

  it('escalates by keyboard alone, and leaves the keyboard on the way to the escalation', async () => {
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await tabTo(page, 'Escalate Now');
    await page.keyboard.press('Enter');
    await seen(dialogOf(page).getByRole('combobox'));
    await tabTo(page, 'Escalate Reason');
    await page.keyboard.type('Faster');
    await tabTo(page, /^Additional information/);
    await page.keyboard.type('Written without a mouse.');
    await tabTo(page, 'Request escalation');
    await page.keyboard.press('Enter');
    await seen(dialogOf(page).getByText('Escalation requested.'));
    await eventually(() => focused(page)).toMatch(/^Escalation requested\./);
    await page.keyboard.press('Escape');
    await gone(dialogOf(page));
    await eventually(() => focused(page)).toMatch(/View escalation$/);
    await page.getByRole('link', { name: 'View escalation' }).press('Enter');
    await eventually(() => focused(page)).toMatch(/^Message to/);
  });
});
