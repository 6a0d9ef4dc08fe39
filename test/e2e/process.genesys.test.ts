import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Case } from '../../src/core/model.js';
import { policy as genesys } from '../desk.js';
import { asAPerson, gone, seen } from './browser.js';
import {
  answerFirst,
  buttonOf,
  comeBack,
  dialogIn,
  feedIn,
  hoursAgo,
  inProcess,
  openBy,
  updated,
} from './process.js';

/** Genesys' case escalation process, step by step: its criteria, its channels, its management process, its feed. */

const { start } = inProcess(genesys);
const DAY = 24;
const open = (tab: Page) => openBy(tab, 'Escalate Case');

async function opened(facts: Partial<Case>): Promise<Locator> {
  const { asCustomer } = await start(facts);
  return open(await asCustomer());
}
const NOT_YET = 'Not yet';
const FORM = (dialog: Locator) => dialog.getByRole('combobox', { name: 'Reason' });

/** The case cannot be escalated: the criterion stands there with its word, its evidence and its ways out. */
async function isNotMet(
  facts: Partial<Case>,
  title: string,
  words: RegExp,
  ways: string[],
): Promise<Locator> {
  const dialog = await opened(facts);
  const row = dialog.getByRole('listitem').filter({ hasText: title });
  await seen(row.getByText(NOT_YET, { exact: true }));
  await seen(row.getByText(words));
  for (const name of ways) await seen(row.getByRole('button', { name, exact: true }));
  expect(await FORM(dialog).count()).toBe(0);
  return dialog;
}

/** The form comes, and what is met is named in the list that it folds away. */
async function isMet(facts: Partial<Case>, title: string): Promise<void> {
  const dialog = await opened(facts);
  await answerFirst(dialog);
  await dialog.getByText('This case can be escalated').click();
  await seen(dialog.getByRole('listitem').filter({ hasText: title }).getByText('Met', { exact: true }));
}

/** The help desk does not say: the requester is asked, and the answer is on record. */
async function isAsked(facts: Partial<Case>, title: string, id: string): Promise<void> {
  const { asCustomer, record } = await start(facts);
  const tab = await asCustomer();
  const dialog = await open(tab);
  await answerFirst(dialog);
  const question = dialog.getByRole('group', { name: `${title}. The help desk does not say. Is it so?` });
  await submit(dialog);
  await seen(dialog.getByRole('button', { name: /^Answer before you go on/ }));
  await question.getByLabel('Yes').check();
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await seen(dialog.getByText('Escalation requested.'));
  expect((await record()).escalation.confirmed).toContain(id);
}

async function submit(dialog: Locator, reason = 'Lack of Updates/Progress'): Promise<void> {
  await FORM(dialog).selectOption(reason);
  await dialog.getByLabel(/^Comments/).fill('Nobody has answered for two weeks.');
  await dialog.getByRole('button', { name: 'Submit' }).click();
}

describe('Criteria for escalations', () => {
  describe('1 there must be an active case', () => {
    it('met', () => isMet({}, 'There is an active case'));
    it.each(['closed', 'resolved'] as const)('not met: it is %s', async (status) => {
      await isNotMet({ status }, 'There is an active case', /existing case open before/, [
        'Reopen the case',
        'Contact Product Support',
      ]);
    });
    // Whether a case is open, every help desk says: the contract has no case without a status.
  });

  describe('2 double-check the case', () => {
    it('a recent update is shown, in case it was missed', async () => {
      const dialog = await opened({ lastUpdate: updated(26) });
      await seen(dialog.getByText(/Last update 26 h.+ by .?Dana Reyes/));
      await seen(dialog.getByText('Logs received.'));
    });
    it('met: Product Support is not waiting', () =>
      isMet({ waitingOn: 'support' }, 'Product Support is not waiting on you'));
    it('not met: Product Support is waiting on more information', async () => {
      const waiting = { waitingOn: 'customer', waitingSince: hoursAgo(30), waitingFor: 'Please send the logs.' } as const; // prettier-ignore
      const title = 'Product Support is not waiting on you';
      await isNotMet(waiting, title, /since .+: .+Please send the logs/, ['Reply on the case']);
    });
    it('or is it? Who has replied already says so, and goes on', async () => {
      const { asCustomer, record } = await start({ waitingOn: 'customer' });
      const dialog = await open(await asCustomer());
      await dialog.getByRole('button', { name: 'I have already replied' }).click();
      await answerFirst(dialog);
      await submit(dialog);
      await seen(dialog.getByText('Escalation requested.'));
      expect((await record()).escalation.confirmed).toContain('not-waiting-on-you');
    });
    it('not known: nobody waits for anybody, as far as the help desk says', () =>
      isMet({ waitingOn: null }, 'Product Support is not waiting on you'));
  });

  describe('3 not because of a change in urgency or impact', () => {
    const question = 'Do you ask because urgency or impact has changed?';
    const first = async (facts: Partial<Case> = {}) => {
      const dialog = await opened(facts);
      await dialog.getByRole('group', { name: 'Is your production down?' }).getByLabel('No').check();
      return { dialog, asked: dialog.getByRole('group', { name: question }) };
    };
    it('not known: it is asked, and nothing goes on without an answer', async () => {
      const { dialog, asked } = await first();
      await seen(asked);
      expect(await FORM(dialog).count()).toBe(0);
      await gone(dialog.getByRole('button', { name: 'Submit' }));
    });
    it('met: no', async () => {
      const { dialog, asked } = await first();
      await asked.getByLabel('No').check();
      await answerFirst(dialog);
    });
    it('not met: yes leads to Product Support, for High', async () => {
      const { dialog, asked } = await first();
      await asked.getByLabel('Yes').check();
      await seen(dialog.getByText(/contact Product Support\. It is a change of priority, not an escalation/));
      await dialog.getByRole('button', { name: 'Contact Product Support for High' }).click();
      await seen(dialog.getByRole('link', { name: '+1 555 0100' }).first());
      expect(await FORM(dialog).count()).toBe(0);
    });
    it('not met: the reason “Urgency/Impact has changed” leads there, too', async () => {
      const dialog = await opened({});
      await answerFirst(dialog);
      await FORM(dialog).selectOption('Urgency/Impact has changed');
      await seen(dialog.getByRole('button', { name: 'Contact Product Support for High' }));
    });
  });

  describe('4 not for a Root Cause Analysis before its 5 business days', () => {
    const title = 'A Root Cause Analysis has had its time';
    it('met: none was asked for', () => isMet({ rcaRequestedAt: null }, title));
    it('met: it has had its 5 business days', () => isMet({ rcaRequestedAt: hoursAgo(9 * DAY) }, title));
    it('not met: from when on, in business days', async () => {
      const dialog = await isNotMet({ rcaRequestedAt: hoursAgo(DAY) }, title, /5 business days after your request of/, []);
      await seen(dialog.getByText(/You can escalate from .+, your time/));
    }); // prettier-ignore
    it('for premises it is 7', () =>
      isNotMet({ rcaRequestedAt: hoursAgo(DAY), deployment: 'premises' }, title, /7 business days/, []));
    it('not known: the requester is asked', () =>
      isAsked({ rcaRequestedAt: undefined }, title, 'rca-business-days'));
    it('who wants one is led to the case', async () => {
      const dialog = await opened({ program: 'fedramp-engage' });
      await dialog
        .getByRole('group', { name: /urgency or impact/ })
        .getByLabel('No')
        .check();
      await dialog
        .getByRole('group', { name: /Root Cause Analysis/ })
        .getByLabel('Yes')
        .check();
      await dialog.getByRole('button', { name: 'Ask for it on the case' }).click();
      await seen(dialog.getByLabel('Your reply on the case'));
    });
  });

  describe('5 high priority needs 24 hours, and significant business impact', () => {
    const high = (hours: number) => ({ priority: 'high', lastUpdate: updated(hours) }) as const;
    const title = '24 hours since the last update';
    it('met: both', async () => {
      const { asCustomer, record } = await start(high(30));
      const dialog = await open(await asCustomer());
      await answerFirst(dialog);
      await dialog
        .getByRole('group', { name: /significant business impact/ })
        .getByLabel('Yes')
        .check();
      await dialog.getByLabel('Business impact').fill('No invoices since Monday.');
      await submit(dialog);
      await seen(dialog.getByText('Escalation requested.'));
      expect((await record()).escalation).toMatchObject({ impact: 'No invoices since Monday.' });
    });
    it('not met: 3 hours; from when on, and the customer’s own replies do not count', async () => {
      const dialog = await isNotMet(high(3), title, /3 h.+ by .?Dana Reyes/, ['It is urgent: contact Product Support']);
      await seen(dialog.getByText(/You can escalate from .+, your time/));
      await seen(dialog.getByText('(in 20 h', { exact: false }));
      await seen(dialog.getByText(/Your own replies do not restart the 24 hours/));
    }); // prettier-ignore
    it('not met: no impact, with what that means', async () => {
      const dialog = await opened(high(30));
      await answerFirst(dialog);
      await dialog
        .getByRole('group', { name: /significant business impact/ })
        .getByLabel('No')
        .check();
      await seen(dialog.getByText(/If it is not, carry on with Product Support on the case/));
      await submit(dialog);
      await seen(dialog.getByRole('button', { name: /^Answer before you go on/ }));
    });
    it('not known: never updated at all, so there is nothing to wait for', () =>
      isMet({ priority: 'high', lastUpdate: null }, title));
  });

  describe('6 low-priority cases are not eligible', () => {
    const title = 'Priority is not low';
    it('met: medium, without any clock', () => isMet({ priority: 'medium', lastUpdate: updated(0) }, title));
    it('not met: low; to medium by the work notes, to high by Product Support', async () => {
      const { asCustomer, portal } = await start({ priority: 'low' });
      const dialog = await open(await asCustomer());
      const row = dialog.getByRole('listitem').filter({ hasText: title });
      await seen(row.getByText('Low-priority cases are not eligible for escalation.'));
      await row.getByRole('button', { name: 'Request medium priority' }).click();
      await seen(dialog.getByText('Request sent. When the priority has changed, you can escalate here.'));
      const notes = (await portal.desk.read()).cases['c-1']?.notes.map(({ kind, text }) => ({ kind, text }));
      expect(notes).toEqual([
        { kind: 'priority-change', text: 'I request a change of this case to medium-priority.' },
      ]);
      await row.getByRole('button', { name: 'Call to request high priority' }).click();
      await seen(dialog.getByRole('link', { name: '+1 555 0100' }).first());
    });
    it('not known: the requester is asked', () => isAsked({ priority: null }, title, 'not-low-priority'));
  });
});

describe('FedRAMP Engage cases', () => {
  it('before it is assigned: not yet; and by itself as soon as somebody owns it', async () => {
    const { asCustomer, change } = await start({ program: 'fedramp-engage', assignee: null });
    const tab = await asCustomer();
    const dialog = await open(tab);
    await seen(
      dialog.getByText('You can escalate as soon as somebody owns this case. We check by ourselves.'),
    );
    await change({ assignee: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' } });
    await comeBack(tab);
    await seen(dialog.getByText('You can escalate now.'));
    await answerFirst(dialog);
  });

  it('1–2 once assigned: select a case, click Escalate Case; NOTE the button is gone while one is open, and says why', async () => {
    const { asCustomer } = await start({ program: 'fedramp-engage' });
    const tab = await asCustomer();
    const dialog = await open(tab);
    await answerFirst(dialog);
    await submit(dialog);
    await seen(dialog.getByText('Escalation requested.'));
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await gone(buttonOf(tab, 'Escalate Case'));
    await seen(tab.getByText(/^Escalation requested on .+, waiting for an owner\./));
    // The conversation is by e-mail; status and owner are here.
    await seen(feedIn(tab).getByText('Communication for this case is by e-mail.'));
    await seen(feedIn(tab).getByRole('list', { name: 'Progress' }));
    expect(await feedIn(tab).getByRole('textbox').count()).toBe(0);
  });
});

describe('FedRAMP Cloud CX cases', () => {
  it('1 an e-mail by the template, 2 to the address, 3 not sent from here', async () => {
    const { asCustomer, portal } = await start({
      program: 'fedramp-cloud-cx',
      product: 'Genesys Cloud CX',
      customer: { name: 'Acme Ltd', region: 'Norway' },
    });
    const tab = await asCustomer();
    const dialog = await open(tab);
    await dialog.getByLabel('Brief problem statement').fill('Nightly export stops');
    await dialog.getByLabel('Detailed problem description').fill('It stops at 2 GB.');
    await dialog.getByLabel(/Business impact/).fill('No invoices.');
    const link = await dialog.getByRole('link', { name: 'Open in mail app' }).getAttribute('href');
    const { pathname, search } = new URL(link!);
    const parts = new Map(
      search.slice(1).split('&').map((part) => part.split('=') as [string, string]).map(([name, value]) => [name, decodeURIComponent(value)]),
    ); // prettier-ignore
    expect(decodeURIComponent(pathname)).toBe('purecloudmanagementattention@genesys.com');
    expect(parts.get('subject')).toBe('Acme Ltd - 00481516 - Nightly export stops');
    expect(parts.get('body')?.split(/\r\n/)).toEqual([
      'My Support Case Number - 00481516',
      'Customer Name - Acme Ltd',
      'Customer Region/Country - Norway',
      'Detailed problem description - It stops at 2 GB.',
      'Business impact/Urgency rationale - No invoices.',
      'Product - Genesys Cloud CX',
    ]);
    await seen(dialog.getByText(/Not sent until you send it\./));
    expect(Object.keys((await portal.desk.read()).escalations)).toEqual([]);
  });
});

describe('Commercial support: critical issues', () => {
  it('are not escalated here: who engages whom, what not to do, and 1 contact Product Support', async () => {
    const dialog = await opened({ priority: 'critical' });
    await seen(
      dialog.getByText(/The support expert assigned to your case will engage a Product Support Manager\./),
    );
    await seen(dialog.getByText(/Do not request assistance for urgent issues via email, chat, or web/));
    await seen(dialog.getByRole('link', { name: '+1 555 0100' }));
    await seen(dialog.getByText(/If you cannot use the phone/));
    expect(await dialog.getByRole('textbox').count()).toBe(0);
    expect(await dialog.getByRole('link', { name: /mail/i }).count()).toBe(0);
  });

  it('and whoever says that production is down is told the same, before the form', async () => {
    const dialog = await opened({});
    await dialog.getByRole('group', { name: 'Is your production down?' }).getByLabel('Yes').check();
    await seen(dialog.getByText(/will engage a Product Support Manager/));
    await dialog.getByRole('button', { name: 'Call Product Support' }).click();
    await seen(dialog.getByRole('link', { name: '+1 555 0100' }).first());
    expect(await FORM(dialog).count()).toBe(0);
  });
});

describe('Commercial support: non-critical issues, My Support', () => {
  it('1 from the portal, select a case; 2 click Escalate Case; NOTE while one is open there is no button, for anybody', async () => {
    const { asCustomer, asColleague } = await start();
    const tab = await asCustomer();
    const dialog = await open(tab);
    await answerFirst(dialog);
    await submit(dialog);
    await seen(dialog.getByText('Escalation requested. Nobody has accepted it yet.'));
    const colleague = await asColleague();
    await seen(colleague.getByText(/^Escalation requested on .+, waiting for an owner\./));
    await gone(buttonOf(colleague, 'Escalate Case'));
    // They can join it instead.
    await feedIn(colleague).getByRole('button', { name: 'Follow this escalation' }).click();
    await feedIn(colleague)
      .getByLabel(/How does it affect you/)
      .fill('Our team cannot close the month.');
    await feedIn(colleague).getByRole('button', { name: 'Follow', exact: true }).click();
    await seen(feedIn(colleague).getByText('You follow this escalation.'));
    await comeBack(tab);
    await seen(feedIn(tab).getByText('Our team cannot close the month.'));
  });
});

/** A customer who has requested an escalation, and its owner with the request open. */
async function requested() {
  const desk = await start();
  const customer = await desk.asCustomer();
  const dialog = await open(customer);
  await answerFirst(dialog);
  await submit(dialog);
  await seen(dialog.getByText('Escalation requested.'));
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  const owner = await desk.asOwner();
  await owner.getByRole('button', { name: /00481516/ }).click();
  return { ...desk, customer, owner, review: owner.locator('escalation-review') };
}
const act = (review: Locator, name: string) => review.getByRole('button', { name, exact: true }).click();

describe('Management process', () => {
  it('accepted: 1 submitted, 2 reviewed by the criteria, 3 next steps, 4 prioritised, 5 updates on the case', async () => {
    const { customer, review, portal, record } = await requested();
    // 2
    await act(review, 'Take');
    await seen(review.getByText('It is yours now.'));
    const criteria = review.getByRole('list', { name: 'Criteria, judged now' });
    await seen(criteria.getByRole('listitem').filter({ hasText: 'There is an active case' }).getByText('Met', { exact: true }));
    await seen(criteria.getByText(/Confirmed by .?Priya Nair/));
    // 3, 4
    await act(review, 'Accept');
    const form = review.getByRole('group', { name: 'Accept the escalation' });
    await form.getByRole('group', { name: 'Importance' }).getByLabel('High').check();
    await form.getByRole('group', { name: 'Urgency' }).getByLabel('High').check();
    await form.getByLabel('Answer to the customer').fill('Your request meets the criteria. We take it on.');
    await form.getByLabel('What happens').first().fill('Reproduce it on 9.4');
    await form.getByLabel(/^Who does it/).first().fill('Dana Reyes');
    await act(review, 'Accept the escalation');
    await seen(review.getByText('Accepted. The customer reads your answer now.'));
    await comeBack(customer);
    const feed = feedIn(customer);
    await seen(feed.getByText('Your request meets the criteria. We take it on.'));
    await seen(feed.getByRole('list', { name: 'Next steps' }).getByText('Reproduce it on 9.4'));
    await seen(feed.getByText('Dana Reyes', { exact: true }));
    await seen(feed.getByText(/Next update by/));
    expect((await record()).escalation).toMatchObject({ importance: 'high', urgency: 'high', priority: 'high' });
    // 5
    await review.getByLabel(/^Message to .?Priya Nair/).fill('Engineering has reproduced it.');
    await seen(review.getByLabel('Also on the case'));
    await review.getByRole('button', { name: 'Send' }).click();
    await seen(review.getByText('Sent', { exact: true }));
    const said = Object.values((await portal.desk.read()).escalations)[0]?.entries.at(-1);
    expect(said).toMatchObject({ text: 'Engineering has reproduced it.', alsoOnCase: true });
    await comeBack(customer);
    await seen(feed.getByText('Engineering has reproduced it.'));
    await act(review, 'Resolve');
    await review.getByLabel('What came of it').fill('Fixed in 9.4.1.');
    await act(review, 'Resolve the escalation');
    await seen(review.getByText('Resolved.', { exact: true }));
    await comeBack(customer);
    await seen(feed.getByText('Fixed in 9.4.1.').first());
    // Its end is ours: rated, and reopened while that is possible.
    await feed.getByRole('button', { name: 'Rate this escalation' }).click();
    await feed.getByRole('radio', { name: /Very well/ }).check();
    await feed.getByRole('button', { name: 'Send rating' }).click();
    await seen(feed.getByText('Thank you. You rated this escalation 5 of 5.'));
    await feed.getByRole('button', { name: 'Reopen', exact: false }).first().click();
    await feed.getByLabel('What is still open?').fill('It is back since this morning.');
    await feed.getByRole('button', { name: 'Reopen escalation' }).click();
    await seen(feed.getByText('The escalation is open again.'));
  }); // prettier-ignore

  it('declined: 3 NOTE reasons why and process information; then corrected, and sent again', async () => {
    const { customer, review, record } = await requested();
    await act(review, 'Decline');
    await review.getByLabel('Answer to the customer').fill('An engineer works on it today.');
    await review.getByRole('checkbox', { name: /You have read the last update/ }).check();
    await review.getByLabel(/^Reason: You have read the last update/).fill('It says when the fix comes.');
    await review.getByRole('checkbox', { name: 'Case escalation process' }).check();
    await act(review, 'Decline the request');
    await seen(review.getByText('Declined. The customer reads your reasons now.'));

    await comeBack(customer);
    const feed = feedIn(customer);
    await seen(feed.getByText('An engineer works on it today.').first());
    await seen(feed.getByText('It says when the fix comes.'));
    await seen(feed.getByRole('link', { name: 'Case escalation process' }).first());
    await seen(buttonOf(customer, 'Escalate Case'));
    await feed.getByRole('button', { name: 'Correct and send again' }).click();
    const dialog = dialogIn(customer);
    await seen(dialog.getByText(/Declined on .+ by .?Sam Okoro.?: .*It says when the fix comes/));
    await asAPerson(customer);
    // The old text is there at once, and so are the questions: what they were answered with then is not what is so now.
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await seen(dialog.getByRole('button', { name: 'Answer before you go on: Is your production down?' }));
    for (const question of await dialog.getByRole('group', { name: /^(Is your|Do you)/ }).all())
      await question.getByLabel('No').check();
    expect(await dialog.getByLabel(/^Comments/).inputValue()).toBe('Nobody has answered for two weeks.');
    await dialog.getByLabel(/^Comments/).fill('We have read the update: it does not say when.');
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await seen(dialog.getByText('Escalation requested.'));
    const { escalation } = await record();
    expect(escalation.corrects).toBeTruthy();
    expect(escalation.details).toBe('We have read the update: it does not say when.');
  });

  it('what the lifecycle does not allow is not offered, and is refused by the server', async () => {
    const { review, portal, record } = await requested();
    await seen(review.getByRole('button', { name: 'Take', exact: true }));
    for (const name of ['Resolve', 'Reopen', 'Add a promise'])
      expect(await review.getByRole('button', { name, exact: true }).count(), name).toBe(0);
    const { escalation } = await record();
    const answer = await portal.ask('owner', `/escalations/${escalation.id}/actions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"k-1"', 'If-Match': '"1"' },
      body: JSON.stringify({ kind: 'resolve', summary: 'Done.' }),
    });
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      409,
      'transition-not-allowed',
    ]);
  });
});

describe('Communicate directly with an Escalation Owner', () => {
  it('once escalated, from the feed: what belongs where, both ways, and the wrong feed put right', async () => {
    const { customer, review, portal } = await requested();
    const feed = feedIn(customer);
    await seen(feed.getByText(/The Case Feed captures the technical aspects of the case while/));
    await feed.getByLabel(/^Message to/).fill('When can we expect an answer?');
    await feed.getByRole('button', { name: 'Send' }).click();
    await seen(feed.getByText('Sent', { exact: true }));
    await comeBack(review.page());
    await seen(review.getByText('When can we expect an answer?'));
    await review.getByLabel(/^Message to .?Priya Nair/).fill('By noon.');
    await review.getByRole('button', { name: 'Send' }).click();
    await seen(review.getByText('Sent', { exact: true }));
    await comeBack(customer);
    await seen(feed.getByText('By noon.'));
    // IMPORTANT: the appropriate feed.
    await feed.getByLabel(/^Message to/).fill('The log says: out of memory at line 40.');
    await feed.getByRole('button', { name: 'Post to the Case Feed instead' }).click();
    await seen(feed.getByText('Your text is in the Case Feed now.'));
    const notes = (await portal.desk.read()).cases['c-1']?.notes;
    expect(notes?.at(-1)).toMatchObject({ kind: 'moved', text: 'The log says: out of memory at line 40.' });
  });

  it('an internal note stays among owners', async () => {
    const { customer, review } = await requested();
    await act(review, 'Write a note');
    await review.getByLabel('Internal note').fill('Careful: third escalation of this customer.');
    await act(review, 'Save the note');
    await seen(review.getByText('The note is saved.'));
    await comeBack(customer);
    await feedIn(customer)
      .getByLabel(/^Message to/)
      .fill('Hello?');
    await feedIn(customer).getByRole('button', { name: 'Send' }).click();
    await seen(feedIn(customer).getByText('Hello?'));
    expect(
      await feedIn(customer)
        .getByText(/third escalation/)
        .count(),
    ).toBe(0);
  });
});
