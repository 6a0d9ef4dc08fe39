import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { eventually, failedRequest, focused, gone, seen, tabTo } from './browser.js';
import {
  PLATINUM,
  anyButton,
  close,
  escalate,
  eventsOf,
  inDemo,
  labOf,
  network,
  openDialog,
  openLab,
  queueOf,
  verdictOf,
} from './demo.js';

/** “Try it”: the lab beside the case page. */

const { visit, open, openCase, reload } = inDemo();
const HIGH = '00481502';

const slider = (page: Page) => labOf(page).getByRole('slider', { name: 'Clock' });
const choose = (page: Page, label: string) => labOf(page).getByLabel('Scenario').selectOption({ label });
const clockSays = (page: Page) => () => slider(page).getAttribute('aria-valuetext');

describe('scenarios', () => {
  it('each leads to its case, in place; back leads to the one before', async () => {
    const page = await openCase(PLATINUM);
    let loads = 0;
    page.on('load', () => loads++);
    await openLab(page);
    await choose(page, 'High priority, 3 h ago');
    await seen(page.getByRole('heading', { name: 'Outbound campaign pauses after every list upload' }));
    await eventually(verdictOf(page)).toBe('blocked');
    expect(page.url()).toMatch(/case\.html\?case=00481502#details$/);
    expect(await page.title()).toMatch(/^00481502 Outbound campaign/);
    await choose(page, 'Escalation open');
    await eventually(verdictOf(page)).toBe('open-escalation');
    await page.setViewportSize({ width: 1180, height: 800 });
    const owner = labOf(page).getByRole('link', { name: 'Open in a new tab' });
    await eventually(() => owner.getAttribute('href')).toMatch(/^\.\/owner\.html#\w+/);
    await page.goBack();
    await seen(page.getByRole('heading', { name: 'Outbound campaign pauses after every list upload' }));
    expect(await labOf(page).getByLabel('Scenario').locator(':checked').textContent()).toBe(
      'High priority, 3 h ago',
    );
    expect(loads).toBe(0);
  });

  it('one that is a trouble takes it along, and away again', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await seen(anyButton(page));
    await openLab(page);
    await choose(page, 'No answer');
    await seen(page.getByText('We could not check whether this case is already escalated.'));
    expect(await labOf(page).getByRole('radio', { name: 'Offline' }).isChecked()).toBe(true);
    await choose(page, 'Platinum plan');
    await seen(anyButton(page));
    expect(await labOf(page).getByRole('radio', { name: 'Fine' }).isChecked()).toBe(true);
  });

  it('the lab stays open over a reload, with its network, and takes no focus', async () => {
    visit.allow(failedRequest);
    const page = await openCase(PLATINUM);
    await openLab(page);
    await network(page, 'Error 500');
    await reload(page);
    await seen(labOf(page));
    expect(await labOf(page).getByRole('radio', { name: 'Error 500' }).isChecked()).toBe(true);
    expect(await focused(page)).toBe('');
    await labOf(page).getByRole('button', { name: 'Close' }).click();
    await reload(page);
    await seen(page.getByRole('button', { name: 'Try it' }));
    expect(await labOf(page).count()).toBe(0);
  });
});

describe('the clock', () => {
  it('24 hours later what was blocked is available, in every tab and on the owner’s side', async () => {
    const first = await openCase(HIGH);
    const second = await openCase(HIGH);
    const owner = await open('owner.html');
    for (const page of [first, second]) await eventually(verdictOf(page)).toBe('blocked');
    const overdue = queueOf(owner).getByRole('listitem').filter({ hasText: 'Transfers to the Bergen site' });
    await seen(overdue.getByText('Update late by 3 hrs'));
    await openLab(second);
    await first.bringToFront();
    await openLab(first);
    await labOf(first).getByRole('button', { name: '+24 h' }).click();
    for (const page of [first, second]) {
      await eventually(clockSays(page)).toMatch(/^\w{3} \d\d:\d\d, \+1 d$/);
      await eventually(verdictOf(page)).toBe('available');
      await seen(page.getByText(/^(yesterday|1d ago)$/));
    }
    await seen(overdue.getByText('Update late by 27 hrs'));
    await openDialog(first);

    const third = await openCase(HIGH);
    await eventually(verdictOf(third)).toBe('available');
    await openLab(third);
    await labOf(third).getByRole('button', { name: 'Now' }).click();
    await eventually(verdictOf(second)).toBe('blocked');
    await eventually(clockSays(second)).toMatch(/Real time$/);
  });

  it('moves by keyboard, and stays over a reload', async () => {
    const page = await openCase(HIGH);
    await openLab(page);
    await slider(page).focus();
    await page.keyboard.press('ArrowRight');
    await eventually(clockSays(page)).toMatch(/\+30 min$/);
    await page.keyboard.press('End');
    await eventually(clockSays(page)).toMatch(/\+7 d$/);
    await eventually(verdictOf(page)).toBe('available');
    await reload(page);
    await eventually(verdictOf(page)).toBe('available');
    await eventually(clockSays(page)).toMatch(/\+7 d$/);
  });

  it('plays a minute in a second, until it is told to stop', async () => {
    const page = await openCase(HIGH);
    const lab = await openLab(page);
    const play = lab.getByRole('button', { name: /×60/ });
    await play.click();
    await eventually(clockSays(page)).toMatch(/\+2 min$/);
    await play.click();
    expect(await play.getAttribute('aria-pressed')).toBe('false');
  });
});

describe('what the elements tell, and what it takes to have them', () => {
  it('the log has every event, newest first, until it is cleared', async () => {
    const page = await openCase(PLATINUM);
    await openLab(page);
    await escalate(page, 'For the log.');
    await close(page);
    const log = eventsOf(page);
    await seen(log.getByText('escalation-close'));
    const names = await log.locator('code').allTextContents();
    for (const name of ['verdict', 'open', 'submit', 'requested', 'close'])
      expect(names).toContain(`escalation-${name}`);
    expect(names[0]).toBe('escalation-close');
    await seen(log.getByText('reasonId faster-progress'));
    await log.getByRole('button', { name: 'Clear' }).click();
    await seen(log.getByText('What the elements tell the page appears here.'));
  });

  it('the snippet names what is shown, and is copied', async () => {
    await visit.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await openCase(HIGH);
    await seen(anyButton(page));
    const lab = await openLab(page);
    const part = lab.getByRole('region', { name: 'Snippet' });
    await seen(part.getByText(`<escalate-case endpoint="/deep/sub/api" case-id="${HIGH}"></escalate-case>`));
    await part.getByRole('tab', { name: 'HTML' }).press('ArrowRight');
    await eventually(() => focused(page)).toBe('npm');
    await part.getByRole('tab', { name: 'React' }).click();
    await seen(part.getByText(`<escalation-feed case-id="${HIGH}" />`));
    await part.getByRole('button', { name: /^Copy/ }).click();
    await seen(part.getByText('Copied'));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toContain("endpoint: '/deep/sub/api'");
    expect(copied).toContain(`<escalate-case case-id="${HIGH}" />`);
  });

  it('another language and another theme', async () => {
    const page = await openCase(HIGH);
    await seen(anyButton(page));
    const lab = await openLab(page);
    await lab.getByRole('radio', { name: 'Pseudo' }).check();
    await seen(page.locator('escalate-case[lang="ar-XB"][dir="rtl"]'));
    await page.getByRole('tab', { name: 'Escalation Feed' }).click();
    await seen(page.locator('escalation-feed').getByText(/⟦.+⟧/));
    await lab.getByRole('radio', { name: 'English' }).check();
    await seen(page.getByText('No escalation on this case.'));
    await lab.getByRole('radio', { name: 'Dark' }).check();
    await eventually(() => page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
    await gone(page.locator('[lang="ar-XB"]'));
  });

  it('opens and closes by keyboard', async () => {
    const page = await openCase(HIGH);
    await tabTo(page, 'Try it');
    await page.keyboard.press('Enter');
    await eventually(() => focused(page)).toBe('Try it');
    await tabTo(page, 'Scenario');
    await labOf(page).getByRole('button', { name: 'Close' }).press('Enter');
    await gone(labOf(page));
    expect(
      await page.getByRole('button', { name: 'Try it' }).evaluate((one) => one === document.activeElement),
    ).toBe(true);
  });
});
