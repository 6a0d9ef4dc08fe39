import { describe, it, expect } from 'vitest';
import { failedRequest, seen } from './browser.js';
import {
  PLATINUM,
  anyButton,
  dialogOf,
  eventsOf,
  fillIn,
  inDemo,
  inQueue,
  network,
  openDialog,
  openLab,
  openRow,
} from './demo.js';

/** What can be wrong with the help desk, switched on and off in the lab. */

const { visit, open, openCase, reload } = inDemo();

describe('the network', () => {
  it('Slow: says that it is sending', async () => {
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    const submit = await fillIn(page, 'No hurry.');
    await page.keyboard.press('Escape');
    await network(page, 'Slow');
    await openDialog(page);
    await submit.click();
    await seen(dialogOf(page).getByText('Sending…'));
    await seen(dialogOf(page).getByText('Escalation requested.'));
  });

  it('Offline: nothing is lost, and nothing is sent twice', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    const submit = await fillIn(page, 'Written while the line went down.');
    await page.keyboard.press('Escape');
    await network(page, 'Offline');
    await openDialog(page);
    await submit.click();
    const retry = dialogOf(page).getByRole('button', { name: /^(Try|Check) again$/ });
    await seen(retry, 20_000);
    await seen(dialogOf(page).getByText(/Your text is safe/));
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Connect again' }).click();
    await anyButton(page).click();
    await retry.click();
    await seen(dialogOf(page).getByText('Escalation requested.'));
    const owner = await open('owner.html');
    await seen(inQueue(owner, 'Nightly export stops at 2 GB'));
    expect(await inQueue(owner, 'Nightly export stops at 2 GB').count()).toBe(1);
    await openRow(owner, 'Nightly export stops at 2 GB');
    await seen(owner.getByText('Written while the line went down.'));
  });

  it.each(['Error 500', 'Login page'])('%s: what a first visit cannot know, it says', async (label) => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    await network(page, label);
    await reload(page);
    await seen(page.getByText('We could not check whether this case is already escalated.'));
    await seen(eventsOf(page).getByText('escalation-error'));
    await network(page, 'Fine');
    await seen(anyButton(page));
  });

  it('Signed out: a way to sign in, in place', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    await network(page, 'Signed out (401)');
    await seen(page.getByText('Sign in to escalate.'));
    await seen(eventsOf(page).getByText('escalation-auth-required'));
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await seen(anyButton(page));
  });

  it('Too late: a colleague was faster, and the text can be added', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    await network(page, 'Too late (409)');
    await (await fillIn(page, 'Oslo is stopped as well.')).click();
    await seen(dialogOf(page).getByText(/Jonas Berg.? requested an escalation/));
    await dialogOf(page).getByRole('button', { name: 'Add to that escalation' }).click();
    await seen(dialogOf(page).getByText('Your text was added.'));
    const owner = await open('owner.html');
    await openRow(owner, 'Nightly export stops at 2 GB');
    await seen(owner.getByText('Our team in Bergen is stopped by this too.'));
    await seen(owner.getByRole('listitem').getByText('Oslo is stopped as well.'));
  });
});
