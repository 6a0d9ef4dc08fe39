import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, failedRequest, focused, gone, seen, tabTo } from './browser.js';
import {
  PLATINUM,
  accept,
  anyButton,
  close,
  dialogOf,
  escalate,
  feedOf,
  fillIn,
  inDemo,
  inQueue,
  note,
  openAct,
  openRow,
  take,
} from './demo.js';

/** The demo as people use it: a customer in one tab, the owner in another. */

const demo = inDemo();
const { visit, open, openCase, reload } = demo;

/** The owner's side with this case in front. */
async function openDesk(subject: string): Promise<Page> {
  const owner = await open('owner.html');
  await openRow(owner, subject);
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
    await take(owner);
    await seen(feedOf(customer).getByText(/Sam Okoro.? is reviewing the request/));
    await accept(owner, 'This meets our criteria.', 'Test the export with 64-bit counters');
    await seen(feedOf(customer).getByText('Test the export with 64-bit counters'));
    await write(owner, /^Message to .?Priya Nair/, 'Dana has a fix in test.');
    await seen(feedOf(customer).getByText('Dana has a fix in test.'));
    await seen(note(customer).filter({ hasText: /owner .?Sam Okoro/ }));

    await customer.bringToFront();
    await write(feedOf(customer), /^Message to .?Sam Okoro/, 'Thank you. Can we have it by Friday?');
    await seen(owner.getByText('Thank you. Can we have it by Friday?'));
    expect(loads).toBe(0);

    await reload(customer);
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
    await customer.goto(`${demo.origin}/deep/sub/case.html?case=00481377#escalation-feed`);
    await seen(feedOf(customer).getByText('Billing works here as well.'));
    const owner = await openDesk('Call recordings missing for two queues');
    await write(owner, /^Message to .?Priya Nair/, 'Claims is done as well.');
    await seen(feedOf(customer).getByText('Claims is done as well.'), 20_000);
  });

  it('what is technical is moved from the Escalation Feed to the Case Feed', async () => {
    const customer = await openCase('00481377', '#escalation-feed');
    await feedOf(customer)
      .getByLabel(/^Message to/)
      .fill('The index of Claims has 48,211 rows.');
    await feedOf(customer)
      .getByRole('button', { name: /Case Feed/ })
      .click();
    await eventually(() =>
      feedOf(customer)
        .getByLabel(/^Message to/)
        .inputValue(),
    ).toBe('');
    await customer.getByRole('tab', { name: 'Case Feed' }).click();
    const row = customer.getByRole('listitem').filter({ hasText: 'The index of Claims has 48,211 rows.' });
    await seen(row.getByText('From the Escalation Feed'));
  });

  it('after a refusal the button is back, and the feed says why it was declined', async () => {
    const customer = await openCase(PLATINUM);
    await escalate(customer, 'Please hurry.');
    await close(customer);
    await seen(note(customer));
    const owner = await openDesk('Nightly export stops at 2 GB');
    const form = await openAct(owner, 'Decline');
    await form.getByLabel('Answer to the customer').fill('Work goes on at full speed already.');
    await form.getByRole('checkbox', { name: 'The case is open' }).check();
    await form.getByLabel('Reason: The case is open').fill('It is, and an engineer works on it today.');
    await form.getByRole('button', { name: 'Decline the request' }).click();

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
    // Whoever is late sees the other tab's request before asking, or asks and is refused: it depends on who looks when.
    await eventually(() => answers.filter((status) => status < 400)).toEqual([201]);
    await eventually(() => inQueue(owner, 'Nightly export stops at 2 GB').count()).toBe(1);

    const loser = tabs[late]!;
    const winner = tabs[1 - late]!;
    // In its field, or below the word that somebody was faster.
    const kept = dialogOf(loser.page).getByRole('textbox').or(dialogOf(loser.page).getByText(loser.text));
    await eventually(() =>
      kept.first().evaluate((one) => (one as HTMLTextAreaElement).value ?? one.textContent),
    ).toBe(loser.text);
    await loser.page.bringToFront();
    await dialogOf(loser.page).getByRole('button', { name: 'Add to that escalation' }).click();
    await seen(dialogOf(loser.page).getByText('Your text was added.'));
    await owner.bringToFront();
    await openRow(owner, 'Nightly export stops at 2 GB');
    await seen(owner.getByText(winner.text));
    await seen(owner.getByRole('listitem').getByText(loser.text));
    await winner.page.bringToFront();
    await close(winner.page);
    await winner.page.getByRole('link', { name: 'View escalation' }).click();
    await seen(feedOf(winner.page).getByText(loser.text));
    await owner.getByRole('button', { name: 'Back to the queue' }).click();
    await seen(inQueue(owner, 'Nightly export stops at 2 GB'));
    expect(await inQueue(owner, 'Nightly export stops at 2 GB').count()).toBe(1);
  });
});

describe('the list of cases', () => {
  it('says for each what can be done, and leads to it', async () => {
    const page = await open('');
    await seen(page.getByText('24 cases of Acme Ltd, 23 open'));
    const row = (subject: string) => page.getByRole('row', { name: subject });
    for (const [subject, words] of [
      ['Nightly export stops at 2 GB', 'Can be escalated'],
      ['Outbound campaign pauses', /From \w+/],
      ['Inbound calls fail', 'Contact Product Support'],
      ['Queue report shows no data', 'Escalate by e-mail'],
      ['Call recordings missing', 'Open, owner Sam Okoro'],
      ['Certificate warning', 'Not in Gold plan'],
      ['Callback requests arrive twice', 'Closed'],
      ['Agents are signed out', 'Not yet'],
    ] as const)
      await seen(row(subject).getByText(words));
    await page.getByRole('link', { name: 'Nightly export stops at 2 GB' }).click();
    await seen(anyButton(page));
  });

  it('leads to what no case of the customer shows', async () => {
    visit.allow(failedRequest);
    const page = await open('');
    await page.getByRole('link', { name: 'Case of another company' }).click();
    await seen(page.getByRole('heading', { name: 'Case not found' }));
  });
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
