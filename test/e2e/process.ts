import type { Locator, Page } from 'playwright-core';
import { afterEach } from 'vitest';
import type { Case } from '../../src/core/model.js';
import type { Policy } from '../../src/core/policy.js';
import { caseOf } from '../desk.js';
import { asAPerson, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** A portal that runs one of the two processes, with a page for each person in it: the built files, the real gateway. */

const SCRIPT = '<script type="module" src="/cdn/escalation-elements.js"></script>';
/** The page of a case as somebody sees it. */
const casePage = (who: string) => `
  <main>
    <h1>Case 00481516</h1>
    <escalate-case endpoint="/as/${who}/api" case-id="c-1"></escalate-case>
    <escalation-feed endpoint="/as/${who}/api" case-id="c-1"></escalation-feed>
  </main>`;
const REVIEW = '<escalation-review endpoint="/as/owner/api"></escalation-review>';

const HOUR = 3_600_000;
/** So many hours ago, as the help desk writes times. */
export const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const dana = { id: 'e-1', name: 'Dana Reyes', role: 'engineer' };
/** The last update of a case by support, so many hours ago. */
export const updated = (hours: number) => ({ at: hoursAgo(hours), by: dana, excerpt: 'Logs received.' });

export function inProcess(policy: Policy) {
  const visit = inBrowser();
  let portal: Portal | undefined;
  afterEach(() => portal?.close());

  /** Opens the portal with one case. */
  async function start(changes: Partial<Case> = {}) {
    const site = (portal = await servePortal([caseOf({ lastUpdate: updated(72), ...changes })], policy));
    const open = async (html: string) => {
      site.html = page(html, SCRIPT);
      return visit.open(site.origin);
    };
    return {
      portal: site,
      /** Changes the case in the help desk. */
      change: (more: Partial<Case>) =>
        site.desk.change(({ cases }) => Object.assign(cases['c-1']!.case, more)),
      /** What the help desk has of the last escalation. */
      record: async () => Object.values((await site.desk.read()).escalations).at(-1)!,
      asCustomer: () => open(casePage('customer')),
      asColleague: () => open(casePage('colleague')),
      asEngineer: () => open(casePage('engineer')),
      asOwner: () => open(REVIEW),
    };
  }
  return { visit, start };
}

export const buttonOf = (tab: Page, name: string) => tab.getByRole('button', { name, exact: true });
export const dialogIn = (tab: Page) => tab.getByRole('dialog');
export const feedIn = (tab: Page) => tab.locator('escalation-feed');
/** Comes back to a page: it looks again. */
export const comeBack = async (tab: Page) => {
  await tab.bringToFront();
  await tab.evaluate(() => dispatchEvent(new Event('focus')));
};

/** Opens the dialog by the button of the process, as a person does. */
export async function openBy(tab: Page, button: string): Promise<Locator> {
  await buttonOf(tab, button).click();
  await seen(dialogIn(tab));
  await asAPerson(tab);
  return dialogIn(tab);
}

/** Answers the questions before the form, all with the answer that lets it go on. */
export async function answerFirst(dialog: Locator): Promise<void> {
  const before = dialog.getByRole('group', { name: 'Before you escalate' });
  const form = dialog.getByRole('combobox');
  await seen(before.or(form));
  for (let n = 0; !(await form.isVisible()) && n < 5; n++)
    await before.getByRole('radio', { name: 'No' }).nth(n).check();
  await seen(form);
}
