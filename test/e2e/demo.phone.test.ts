import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, focused, gone, seen, tabTo } from './browser.js';
import { PLATINUM, dialogOf, feedOf, inDemo, toForm, verdictOf } from './demo.js';

/** The case page on a phone: the menu at the bottom (G26), the closure window (G27), the lab as a drawer. */

const { openCase } = inDemo({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
const MEDIUM = '00481498';

const tapMore = (page: Page) => page.getByRole('button', { name: 'More', exact: true }).tap();
const entry = (page: Page, name: string) =>
  page.getByRole('list', { name: 'More to do with this case' }).getByRole('button', { name });
const closure = (page: Page) => page.getByRole('dialog', { name: 'Request Case Closure' });

async function openClosure(page: Page): Promise<void> {
  await tapMore(page);
  await entry(page, 'Request case closure').tap();
  await seen(closure(page));
}

describe('the menu', () => {
  it.each([
    ['Genesys', MEDIUM, 'Escalate Case'],
    ['Pulse Secure', PLATINUM, 'Escalate Now'],
  ])('%s: leads to the dialog of the element', async (_process, id, name) => {
    const page = await openCase(id);
    await tapMore(page);
    await entry(page, name).tap();
    await toForm(dialogOf(page));
    await page.keyboard.press('Escape');
    await gone(dialogOf(page));
  });

  it('leads to the reply', async () => {
    const page = await openCase(MEDIUM);
    await tapMore(page);
    await entry(page, 'Reply').tap();
    await eventually(() => focused(page)).toBe('Reply on the case');
  });

  it('while an escalation is open, leads to it', async () => {
    const page = await openCase('00481377');
    await tapMore(page);
    await entry(page, 'View escalation').tap();
    await seen(feedOf(page).getByText('Billing works here as well.'));
    await eventually(() => focused(page)).toMatch(/^Message to/);
  });

  it('a closed case can be reopened, and not closed', async () => {
    const page = await openCase('00480904');
    await tapMore(page);
    await seen(entry(page, 'Reopen the case'));
    expect(await entry(page, 'Request case closure').count()).toBe(0);
    await entry(page, 'Reopen the case').tap();
    await seen(page.getByText('Reopened'));
  });
});

describe('the closure window', () => {
  it('“Escalation Request” leads to the dialog of the element', async () => {
    const page = await openCase(MEDIUM);
    await openClosure(page);
    await closure(page).getByLabel('Escalation Request').check();
    await closure(page).getByRole('button', { name: 'Continue' }).tap();
    await gone(closure(page));
    await toForm(dialogOf(page));
  });

  it('a reason to close is written on the case', async () => {
    const page = await openCase(MEDIUM);
    await openClosure(page);
    await closure(page).getByLabel('The problem is solved.').check();
    await closure(page).getByRole('button', { name: 'Request closure' }).tap();
    await seen(page.getByRole('list').getByText('Please close this case: The problem is solved.'));
    await seen(page.getByText('Closure requested'));
  });

  it('is left by Escape, to the menu’s button', async () => {
    const page = await openCase(MEDIUM);
    await openClosure(page);
    await page.keyboard.press('Escape');
    await gone(closure(page));
    await eventually(() => focused(page)).toBe('More');
  });
});

describe('the lab', () => {
  const lab = (page: Page) => page.getByRole('dialog', { name: 'Try it' });

  it('is a drawer: opened, used and closed by keyboard', async () => {
    const page = await openCase(MEDIUM);
    await tabTo(page, 'Try it');
    await page.keyboard.press('Enter');
    await seen(lab(page));
    await tabTo(page, 'Clock');
    await page.keyboard.press('ArrowRight');
    await eventually(() => lab(page).getByRole('slider').getAttribute('aria-valuetext')).toMatch(/\+30 min$/);
    await page.keyboard.press('Escape');
    await gone(lab(page));
    await eventually(() => focused(page)).toBe('Try it');
  });

  it('changes the scenario without being closed', async () => {
    const page = await openCase(MEDIUM);
    await page.getByRole('button', { name: 'Try it' }).tap();
    await lab(page).getByLabel('Scenario').selectOption({ label: 'Low priority' });
    await eventually(() => page.title()).toMatch(/^00481466/);
    await seen(lab(page));
  });
});

describe('the policy', () => {
  it('is a drawer of its own: edited, applied and closed', async () => {
    const page = await openCase('00481502');
    await page.getByRole('button', { name: 'Try it' }).tap();
    await page.getByRole('button', { name: 'Edit the policy' }).tap();
    const pane = page.getByRole('dialog', { name: 'Policy' });
    await seen(pane.getByRole('textbox', { name: 'Policy, as JSON' }));
    expect(await pane.boundingBox()).toMatchObject({ x: 0, y: 0, width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await pane.getByRole('button', { name: 'Let the 24 hours be 2' }).tap();
    await pane.getByRole('button', { name: 'Apply', exact: true }).tap();
    await seen(pane.getByText('Version 2 is in force.'));
    await pane.getByRole('button', { name: 'Close' }).tap();
    await gone(pane);
    await eventually(verdictOf(page)).toBe('available');
  });
});

describe('the page', () => {
  it.each([320, 390])(
    'at %i px nothing is wider than the window, and what is touched is 44 px high',
    async (width) => {
      const page = await openCase(MEDIUM);
      await page.setViewportSize({ width, height: 844 });
      await seen(page.getByRole('button', { name: 'Escalate Case' }));
      await page.getByRole('button', { name: 'Try it' }).tap();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('button, select, input[type="range"]')]
          .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44)
          .map((one) => one.textContent),
      );
      expect(small).toEqual([]);
    },
  );
});
