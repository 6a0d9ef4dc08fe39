import { describe, expect, it } from 'vitest';
import { asAPerson, eventually, failedRequest, seen } from './browser.js';
import {
  anyButton,
  dialogOf,
  fillIn,
  inDemo,
  inQueue,
  labOf,
  openDialog,
  openLab,
  openRow,
  PLATINUM,
} from './demo.js';

/** What happens to the case, or to the sign-in, while somebody types. */

const { visit, open, openCase } = inDemo();

describe('while somebody types', () => {
  it('support updates the case: the news says what that means, and the text stays where it is', async () => {
    const page = await openCase('00481419');
    const dialog = await openDialog(page);
    const comments = dialog.getByLabel('Comments');
    await comments.fill('Supervisors have listened to no call since Monday');
    await comments.press('End');
    const owner = await open('owner.html');
    await seen(inQueue(owner, 'Call recordings missing for two queues'));
    await owner.evaluate(async () => {
      const answer = await fetch('api/cases/00481419/notes', {
        method: 'POST',
        headers: {
          'X-Demo-User': 'o-sam',
          'Content-Type': 'application/json',
          'Idempotency-Key': `"${crypto.randomUUID()}"`,
        },
        body: JSON.stringify({ kind: 'reply', text: 'The permission is restored. Please try again.' }),
      });
      if (!answer.ok) throw new Error(await answer.text());
    });
    await page.bringToFront();
    await seen(
      dialog.getByText(/Sam Okoro.? updated the case at .+ The 24 hours start again: you can escalate from/),
    );
    await page.keyboard.type(', and it is getting worse.');
    expect(await comments.inputValue()).toBe(
      'Supervisors have listened to no call since Monday, and it is getting worse.',
    );
    await dialog.getByRole('button', { name: 'Read the update' }).click();
    await seen(dialog.getByText('The permission is restored. Please try again.'));
  });

  it('the sign-in expires: the text stays, and refresh() sends it once somebody is signed in again', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    const submit = await fillIn(page, 'Written with an old sign-in.');
    await asAPerson(page);
    // Below the dialog, where a pointer cannot reach: the sign-in expires by itself.
    await labOf(page)
      .getByRole('radio', { name: 'Signed out', includeHidden: true })
      .evaluate((radio) => (radio as HTMLElement).click());
    await submit.click();
    const dialog = dialogOf(page);
    await seen(dialog.getByText(/Your sign-in has expired\. Your text is kept/).first());
    expect(await dialog.getByLabel('Additional information').inputValue()).toBe(
      'Written with an old sign-in.',
    );
    await page
      .getByRole('button', { name: 'Sign in again', includeHidden: true })
      .evaluate((button) => (button as HTMLElement).click());
    await seen(dialog.getByText('Escalation requested.'));
    const owner = await open('owner.html');
    await eventually(() => inQueue(owner, 'Nightly export stops at 2 GB').count()).toBe(1);
    await openRow(owner, 'Nightly export stops at 2 GB');
    await seen(owner.getByText('Written with an old sign-in.'));
  });
});
