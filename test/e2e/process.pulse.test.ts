import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/core/policy.js';
import document from '../../src/policies/pulse-secure.json' with { type: 'json' };
import { failedRequest, gone, seen } from './browser.js';
import { buttonOf, comeBack, dialogIn, feedIn, inProcess, openBy } from './process.js';

/** Pulse Secure KB30196, "How to escalate a support case", step by step, in the words of its table. */

const pulse = parsePolicy(document);
const { visit, start } = inProcess(pulse);

interface Row {
  option: string;
  select: RegExp;
  action: RegExp;
  /** What the action promises, as the customer reads it afterwards. */
  promises: string[];
  /** What the option asks for besides. */
  fill?: (dialog: Locator) => Promise<void>;
  /** What the owner reads of that. */
  owner?: (review: Locator) => Promise<void>;
  details?: string;
}

const DETAILS = 'The export has failed every night since Monday.';
const OPTIONS: Row[] = [
  {
    option: 'Faster Progress',
    select: /if you need faster progress on your case/i,
    action:
      /Escalation Manager will be assigned .+ properly prioritized and progress toward resolution is accelerated/,
    promises: [
      'assign an Escalation Manager to your escalation',
      'ensure that your case is properly prioritized',
      'accelerate progress toward resolution',
    ],
  },
  {
    option: 'Case Status Update',
    select: /if you require an update on your case/,
    action: /will work with the Support Engineer that is assigned to your case to provide an update/,
    promises: [
      'work with the Support Engineer that is assigned to your case',
      'provide an update to your case',
    ],
  },
  {
    option: 'Support Engineer Now',
    select: /if you need a JTAC Support Engineer to contact you/,
    action:
      /will contact you in a reasonable amount of time using your preferred method of communication \(telephone or email\)/,
    promises: [
      'have a Support Engineer contact you, when possible the current owner of your case',
      'use your preferred method of communication',
    ],
    fill: async (dialog) => {
      await dialog.getByRole('radio', { name: 'Telephone' }).check();
      await dialog.getByLabel('Telephone number').fill('+47 555 01 23');
      await dialog.getByLabel('Best time').fill('mornings');
    },
    owner: async (review) => {
      await seen(review.getByRole('link', { name: '+47 555 01 23' }));
      await seen(review.getByText(/mornings/));
    },
  },
  {
    option: 'Case Reassignment',
    select: /if you feel that the case needs to be reassigned for any reason/,
    action: /will have your case reassigned per your request/,
    promises: [
      'assign an Escalation Manager to your escalation',
      'have your case reassigned per your request',
    ],
  },
  {
    option: 'RMA Status Update',
    select: /if you require an update to the RMA \(part replacement\) shipment or request/,
    action: /Customer Care agent will be assigned .+ update on your RMA request/,
    promises: [
      'assign a Customer Care agent to your request',
      'respond back with an update on your RMA request',
    ],
    fill: (dialog) => dialog.getByLabel('RMA number').fill('RMA-7718'),
    owner: (review) => seen(review.getByText('RMA-7718')),
  },
  {
    option: 'Other',
    select: /only when the other options do not meet your needs/,
    action: /will take action according to your request/,
    promises: ['assign an Escalation Manager to your escalation', 'take action according to your request'],
  },
];

async function choose(tab: Page, { option, fill, details = DETAILS }: Row): Promise<Locator> {
  const dialog = await openBy(tab, 'Escalate Now');
  await dialog.getByLabel('Escalate Reason').selectOption(option);
  await fill?.(dialog);
  await dialog.getByLabel('Additional information').fill(details);
  return dialog;
}

describe('before step 5', () => {
  it('1 login is the portal’s: who is signed out is told so, and finds no button', async () => {
    visit.allow(failedRequest);
    const { asCustomer } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    await seen(buttonOf(tab, 'Escalate Now'));
    await tab.route('**/as/customer/api/**', (route) =>
      route.fulfill({ status: 401, contentType: 'application/json', body: '{}' }),
    );
    await comeBack(tab);
    await seen(tab.getByText('Sign in to escalate.'));
    await gone(buttonOf(tab, 'Escalate Now'));
  });

  it('2–4 on the page of the case there is “Escalate Now”', async () => {
    const { asCustomer } = await start({ plan: 'Platinum' });
    const dialog = await openBy(await asCustomer(), 'Escalate Now');
    await seen(dialog.getByRole('heading', { name: 'Request an escalation' }));
    await seen(dialog.getByText('Case 00481516'));
  });

  it('Note: for Platinum customers only, and the others are told so and what there is instead', async () => {
    const { asCustomer } = await start({ plan: 'Gold' });
    const tab = await asCustomer();
    await seen(tab.getByText(/available for Platinum customers only\. You can still write on your case/));
    await gone(buttonOf(tab, 'Escalate Now'));
  });
});

describe.each(OPTIONS)('5 from the Escalate Reason drop-down: $option', (row) => {
  const facts = { plan: 'Platinum', rma: row.option.startsWith('RMA') ? 'RMA-7718' : null };

  it('When to Select, the action, the details, submit; then somebody is assigned and acts', async () => {
    const { asCustomer, asOwner, record } = await start(facts);
    const tab = await asCustomer();
    const dialog = await choose(tab, row);
    await seen(dialog.getByText(row.select).filter({ visible: true }));
    await seen(dialog.getByText(row.action).filter({ visible: true }));
    await dialog.getByRole('button', { name: 'Request escalation' }).click();

    // It is a request, and what was promised is said again (P2, P6, P16).
    await seen(dialog.getByText('Escalation requested. Nobody has accepted it yet.'));
    await seen(dialog.getByText(row.action));
    await seen(dialog.getByText(/Customer Service Representative or Manager will be assigned/));
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await gone(buttonOf(tab, 'Escalate Now'));

    // The promises are frozen into the escalation, and the owner ticks them off.
    const commitments = feedIn(tab).getByRole('list', { name: 'We said we would' });
    for (const promise of row.promises) await seen(commitments.getByText(promise));
    const owner = await asOwner();
    await owner.getByRole('button', { name: /00481516/ }).click();
    const review = owner.locator('escalation-review');
    await seen(review.getByText(DETAILS));
    await row.owner?.(review);
    await review.getByRole('button', { name: 'Take', exact: true }).click();
    await seen(review.getByText('It is yours now.'));
    await review.getByRole('button', { name: 'Keep a promise' }).click();
    await review
      .getByRole('button', { name: /Mark as kept/ })
      .first()
      .click();
    await seen(review.getByText('Marked as kept.'));

    await comeBack(tab);
    await seen(feedIn(tab).getByText('Sam Okoro', { exact: true }));
    await seen(feedIn(tab).getByText(/Escalation Manager/));
    await seen(commitments.getByRole('listitem').filter({ hasText: row.promises[0]! }).getByText(/^Done/));
    expect((await record()).escalation).toMatchObject({
      reason: { label: row.option },
      details: DETAILS,
      status: 'under-review',
    });
  });
});

describe('5 what the options say besides', () => {
  it('Support Engineer Now is specific: nothing is sent without a way to be reached, and words', async () => {
    const { asCustomer, record } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    const dialog = await openBy(tab, 'Escalate Now');
    await dialog.getByLabel('Escalate Reason').selectOption('Support Engineer Now');
    await seen(dialog.getByText(/Be as specific as possible/));
    await dialog.getByRole('button', { name: 'Request escalation' }).click();
    await seen(dialog.getByRole('button', { name: 'Fill in: How should we reach you?' }));
    await seen(dialog.getByRole('button', { name: 'Fill in: Additional information' }));
    expect(await record()).toBeUndefined();
  });

  it('Other asks for enough words, and says how many', async () => {
    const { asCustomer } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    const dialog = await choose(tab, { ...OPTIONS[5]!, details: 'Please help.' });
    await dialog.getByRole('button', { name: 'Request escalation' }).click();
    await seen(dialog.getByRole('button', { name: 'Write at least 20 characters: Additional information' }));
  });

  it('RMA Status Update is there only where the case has an RMA', async () => {
    const { asCustomer } = await start({ plan: 'Platinum', rma: null });
    const dialog = await openBy(await asCustomer(), 'Escalate Now');
    expect(await dialog.getByRole('option', { name: 'RMA Status Update' }).count()).toBe(0);
  });

  it('Case Reassignment is never seen by the engineer whom it is about', async () => {
    const { asCustomer, asEngineer, portal } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    const dialog = await choose(tab, OPTIONS[3]!);
    await seen(dialog.getByText('The engineer who works on your case now does not see this request.'));
    await dialog.getByRole('button', { name: 'Request escalation' }).click();
    await seen(dialog.getByText('Escalation requested.'));
    const engineer = await asEngineer();
    await seen(engineer.getByText('No escalation on this case.'));
    const state = (await (await portal.ask('engineer', '/cases/c-1')).json()) as object;
    expect(JSON.stringify(state)).not.toMatch(/reassign|export has failed/i);
    expect(state).toMatchObject({ verdict: { kind: 'not-offered' }, openEscalation: null, past: [] });
  });

  it('the options are subject to change: one that is taken away is still shown where it was chosen (P12)', async () => {
    const { asCustomer, portal } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    const dialog = await choose(tab, OPTIONS[0]!);
    await dialog.getByRole('button', { name: 'Request escalation' }).click();
    await seen(dialog.getByText('Escalation requested.'));
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    const original = [...pulse.reasons];
    pulse.reasons.splice(0, 1);
    try {
      const again = await asCustomer();
      await seen(feedIn(again).getByRole('heading', { name: /Faster Progress/ }));
      await seen(feedIn(again).getByText('accelerate progress toward resolution'));
      const policy = await (await portal.ask('customer', '/policies/pulse-secure/1')).text();
      expect(policy, 'it really is gone').not.toContain('Faster Progress');
    } finally {
      pulse.reasons.splice(0, pulse.reasons.length, ...original);
    }
  });

  it('Feedback: “Was this article helpful?”, with 255 characters and their counter (P19, P20)', async () => {
    const { asCustomer, portal } = await start({ plan: 'Platinum' });
    const tab = await asCustomer();
    const dialog = await openBy(tab, 'Escalate Now');
    await dialog.getByText('About this process: KB30196').click();
    await seen(dialog.getByRole('link', { name: 'Attachment 1' }));
    await dialog.getByRole('group', { name: 'Was this article helpful?' }).getByLabel('No').check();
    await seen(dialog.getByText('255 characters left'));
    await dialog.getByLabel(/How can we make it more useful/).fill('Say how long it takes.');
    await seen(dialog.getByText('233 characters left'));
    await dialog.getByRole('button', { name: 'Send feedback' }).click();
    await seen(dialog.getByText('Thank you. Your feedback has arrived.'));
    expect((await portal.desk.read()).feedback).toEqual([
      { policy: 'pulse-secure', helpful: false, text: 'Say how long it takes.' },
    ]);
    expect(await dialogIn(tab).count()).toBe(1);
  });
});
