import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, failedRequest, focused, gone, seen } from './browser.js';
import {
  PLATINUM,
  anyButton,
  close,
  escalate,
  inDemo,
  labOf,
  openDialog,
  openLab,
  verdictOf,
} from './demo.js';

/** The policy beside the page that it rules: edited as JSON, applied whole or refused whole. */

const { visit, openCase, reload } = inDemo();
const HIGH = '00481502';
const GOLD = '00481290';

const paneOf = (page: Page) => page.getByRole('dialog', { name: 'Policy' });
const editorOf = (page: Page) => paneOf(page).getByRole('textbox', { name: 'Policy, as JSON' });
const idea = (page: Page, name: string) => paneOf(page).getByRole('button', { name }).click();
const apply = (page: Page) => paneOf(page).getByRole('button', { name: 'Apply', exact: true }).click();
const says = (page: Page, words: string) =>
  seen(paneOf(page).getByRole('status').getByText(words, { exact: true }));

/** The pane, without the lab beside it. */
async function openPolicy(page: Page): Promise<Locator> {
  await openLab(page);
  await labOf(page).getByRole('button', { name: 'Edit the policy' }).click();
  await seen(editorOf(page));
  await gone(labOf(page));
  return paneOf(page);
}

describe('the policy', () => {
  it('an edit is in force as soon as it is applied, with the next version', async () => {
    const page = await openCase(HIGH);
    await eventually(verdictOf(page)).toBe('blocked');
    await openPolicy(page);
    await says(page, 'Version 1 is in force.');
    await idea(page, 'Let the 24 hours be 2');
    await says(page, 'Edited, not applied');
    expect(await verdictOf(page)()).toBe('blocked');
    await apply(page);
    await says(page, 'Version 2 is in force.');
    await eventually(verdictOf(page), 1000).toBe('available');
    await editorOf(page).press('Control+Home');
    await seen(editorOf(page).getByText('"version": "2"'));
    await openDialog(page);
  });

  it('typed by hand and applied by the keyboard, it is seen beside the editor', async () => {
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openPolicy(page);
    await editorOf(page).press('Control+End');
    await editorOf(page).getByText('"Escalate Now"').dblclick();
    await page.keyboard.type('Raise');
    await page.keyboard.press('Control+s');
    await says(page, 'Version 2 is in force.');
    await seen(page.locator('escalate-case').getByRole('button', { name: 'Raise Now' }));
  });

  it('a broken one is refused whole, with path, reason and line; the old one stays in force', async () => {
    visit.allow(failedRequest);
    const page = await openCase(HIGH);
    const pane = await openPolicy(page);
    await idea(page, 'Let the 24 hours be 2');
    await idea(page, 'Break it');
    await apply(page);
    await says(page, 'Not applied: 2 faults. Version 1 stays in force.');
    const faults = pane.getByRole('region', { name: '2 faults' }).getByRole('listitem');
    await seen(faults.filter({ hasText: '/lifecycle/reopenDays' }).getByText('must be: number'));
    const fault = faults.filter({ hasText: '/reasons/0/details' });
    await seen(fault.getByText(/must be "required" or/));
    expect(await verdictOf(page)()).toBe('blocked');
    await fault.getByRole('button', { name: /^Line \d+$/ }).click();
    await eventually(() => page.evaluate(() => document.activeElement?.className)).toBe('policy-editor');
    await seen(editorOf(page).getByText('"maybe"'));
    await page.keyboard.type('"optional"');
    await seen(pane.getByRole('region', { name: '1 fault' }));
    await page.getByRole('button', { name: 'Discard the edits' }).click();
    await says(page, 'Version 1 is in force.');
    await gone(pane.getByRole('region', { name: /fault/ }));
  });

  it('what is no JSON is marked while it is typed', async () => {
    const page = await openCase(HIGH);
    const pane = await openPolicy(page);
    await editorOf(page).press('Control+Home');
    await page.keyboard.press('End');
    await page.keyboard.type(' oops');
    const fault = pane.getByRole('region', { name: /fault/ }).getByRole('listitem').first();
    await seen(fault.getByRole('button', { name: 'Line 1', exact: true }));
  });

  it('what is worth a look is a hint at its line, and keeps nothing from being applied', async () => {
    const page = await openCase(HIGH);
    const pane = await openPolicy(page);
    await editorOf(page).click();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('alternative');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.type('alternativ');
    const hints = pane.getByRole('region', { name: '2 hints' }).getByRole('listitem');
    await seen(hints.filter({ hasText: '/contacts/product-support' }).getByText(/cannot use the phone/));
    await seen(hints.filter({ hasText: 'alternativ is not allowed' }));
    await apply(page);
    await says(page, 'Version 2 is in force.');
  });

  it('the schema completes names, and says what they mean', async () => {
    const page = await openCase(HIGH);
    const pane = await openPolicy(page);
    await idea(page, 'Add a reason');
    await says(page, 'Edited, not applied');
    await seen(pane.getByRole('button', { name: 'Medium priority, with Development' }));
    await editorOf(page).getByText('"whenToSelect"').first().hover();
    await seen(pane.getByText(/When this is the right choice/));
    await editorOf(page).getByText('"second-opinion"').first().click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type('"vis');
    const option = pane.getByRole('option', { name: 'visibility' });
    await seen(option);
    await option.click();
    await seen(editorOf(page).getByText('"visibility"'));
  });

  it('edits survive closing the pane and a reload; what is in force does, too', async () => {
    const page = await openCase(GOLD);
    await openPolicy(page);
    await idea(page, 'Let Gold customers escalate');
    await apply(page);
    await eventually(verdictOf(page)).toBe('available');
    await idea(page, 'Add a reason');
    await paneOf(page).getByRole('button', { name: 'Close' }).click();
    await gone(paneOf(page));
    await openLab(page);
    await seen(labOf(page).getByText('Edited, not applied'));
    await reload(page);
    await eventually(verdictOf(page)).toBe('available');
    await labOf(page).getByRole('button', { name: 'Edit the policy' }).click();
    await says(page, 'Edited, not applied');
    await apply(page);
    await says(page, 'Version 3 is in force.');
    await paneOf(page).getByRole('button', { name: 'Undo to the shipped policy' }).click();
    await says(page, 'Version 4 is in force.');
    await seen(
      page.locator('escalate-case').getByText('Escalation is available for Platinum customers only.'),
    );
    await gone(paneOf(page).getByRole('button', { name: 'Undo to the shipped policy' }));
  });

  it('every tab hears of it, and keeps what is edited there', async () => {
    const [first, second] = [await openCase(HIGH), await openCase(HIGH)];
    await openPolicy(second);
    await idea(second, 'Add a reason');
    await first.bringToFront();
    await openPolicy(first);
    await idea(first, 'Let the 24 hours be 2');
    await apply(first);
    for (const page of [first, second]) await eventually(verdictOf(page)).toBe('available');
    await says(second, 'Edited, not applied. Meanwhile version 2 came into force.');
  });

  it('an escalation keeps the version that it was requested under', async () => {
    const page = await openCase(PLATINUM);
    await escalate(page, 'Under the first version.');
    await close(page);
    await openPolicy(page);
    await idea(page, 'Add a reason');
    await apply(page);
    await says(page, 'Version 2 is in force.');
    const versions = await page.evaluate(async () => {
      const get = async (path: string) =>
        (await (await fetch(`api/${path}`, { headers: { 'X-Demo-User': 'u-priya' } })).json()) as never;
      const { openEscalation, policy } = await get('cases/00481516');
      const old = await get(
        `policies/pulse-secure/${(openEscalation as { policy: { version: string } }).policy.version}`,
      );
      return [policy, old].map((one) => (one as { version: string }).version);
    });
    expect(versions).toEqual(['2', '1']);
  });

  it('Escape, then Tab leaves the editor; Escape outside of it closes the pane', async () => {
    const page = await openCase(HIGH);
    await openPolicy(page);
    await editorOf(page).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await eventually(() => focused(page)).toBe('Apply');
    await page.keyboard.press('Escape');
    await gone(paneOf(page));
    await eventually(() => focused(page)).toBe('Try it');
  });
});
