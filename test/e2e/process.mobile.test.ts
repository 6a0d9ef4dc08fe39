import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { asAPerson, gone, seen } from './browser.js';
import { anyButton, dialogOf, inDemo, note } from './demo.js';

/** Genesys Care 2.0 mobile app, step by step: on a phone, 390 px wide, by touch (G26–G30). */

const { openCase } = inDemo({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
const MEDIUM = '00481498';

const menu = (page: Page) => page.getByRole('list', { name: 'More to do with this case' });
const closure = (page: Page) => page.getByRole('dialog', { name: 'Request Case Closure' });

/** Answers what comes before the form by touch. */
async function answerByTouch(page: Page): Promise<void> {
  const dialog = dialogOf(page);
  for (const question of [/production down/, /urgency or impact/, /Root Cause Analysis/])
    await dialog.getByRole('group', { name: question }).getByText('No', { exact: true }).tap();
}

describe('Genesys Care 2.0 mobile app', () => {
  it('1 the icon in the expanded menu, 2 the closure window, 3 the reason, 4 the comments, 5 submit', async () => {
    const page = await openCase(MEDIUM);
    // 1
    await page.getByRole('button', { name: 'More', exact: true }).tap();
    await seen(menu(page).getByRole('button', { name: 'Escalate Case' }));
    expect(await menu(page).getByRole('button', { name: 'Escalate Case' }).locator('svg').count()).toBe(1);
    // 2
    await menu(page).getByRole('button', { name: 'Request case closure' }).tap();
    await closure(page).getByLabel('Escalation Request').check();
    await closure(page).getByRole('button', { name: 'Continue' }).tap();
    const dialog = dialogOf(page);
    await seen(dialog.getByRole('heading', { name: 'Escalation Request' }));
    // A sheet from the bottom, as wide as the phone.
    const box = (await dialog.boundingBox())!;
    expect([box.x, box.width, box.y + box.height]).toEqual([0, 390, 844]);
    await answerByTouch(page);
    // 3, 4
    await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Lack of Updates/Progress');
    await dialog.getByLabel(/^Comments/).tap();
    await page.keyboard.type('No progress for two weeks.');
    // 5
    await asAPerson(page);
    const submit = dialog.getByRole('button', { name: 'Submit' });
    expect((await submit.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    await submit.tap();
    await seen(dialog.getByText('Escalation requested. Nobody has accepted it yet.'));
    await dialog.getByRole('button', { name: 'Close' }).last().tap();
    await gone(anyButton(page));
    await seen(note(page));
  });

  it('what is touched in the dialog is 44 px high, and nothing is wider than the phone', async () => {
    const page = await openCase(MEDIUM);
    await page.getByRole('button', { name: 'More', exact: true }).tap();
    await menu(page).getByRole('button', { name: 'Escalate Case' }).tap();
    await seen(dialogOf(page).getByRole('group', { name: 'Before you escalate' }));
    await answerByTouch(page);
    await seen(dialogOf(page).getByRole('combobox'));
    const small = await page.locator('escalate-case').evaluate((element) =>
      [...element.shadowRoot!.querySelectorAll<HTMLElement>('button, select, textarea, label:has(input)')]
        .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
        // What looks like a link stands in a line of text.
        .filter((one) => !one.matches('[part~="button-link"], [part~="error-summary-item"]'))
        .map((one) => `${one.localName} ${one.textContent.trim().slice(0, 30)}`),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  });
});
