import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { asAPerson, inBrowser, seen, type Visit } from './browser.js';
import { serveDemo } from './site.js';

/** The built demo, as a static site below a path, and what its tests look for in it. */
export interface Demo {
  readonly visit: Visit;
  readonly origin: string;
  open(path: string): Promise<Page>;
  openCase(id: string, more?: string): Promise<Page>;
}

export function inDemo(options?: BrowserContextOptions): Demo {
  const visit = inBrowser(options);
  let site: Awaited<ReturnType<typeof serveDemo>>;
  beforeAll(async () => void (site = await serveDemo()));
  afterAll(() => site?.close());
  const open = (path: string) => visit.open(`${site.origin}/deep/sub/${path}`);
  return {
    visit,
    get origin() {
      return site.origin;
    },
    open,
    openCase: (id, more = '') => open(`case.html?case=${id}${more}`),
  };
}

export const PLATINUM = '00481516';

export const anyButton = (page: Page) =>
  page.locator('escalate-case').getByRole('button', { name: /^Escalate/ });
export const dialogOf = (page: Page) => page.locator('escalate-case').getByRole('dialog');
export const feedOf = (page: Page) => page.getByRole('region', { name: /^Escalation( Feed)?$/ });
export const note = (page: Page) =>
  page.locator('escalate-case').getByText(/^Escalation (requested|open) \w+ /);
export const inList = (owner: Page, subject: string) =>
  owner.getByRole('navigation', { name: 'Open escalations' }).getByRole('link', { name: subject });

/** Opens the form. */
export async function openDialog(page: Page): Promise<Locator> {
  await anyButton(page).click();
  const dialog = dialogOf(page);
  await seen(dialog.getByRole('combobox'));
  await asAPerson(page);
  return dialog;
}

/** Fills the form of Pulse Secure's process in, up to the last click. */
export async function fillIn(page: Page, text: string): Promise<Locator> {
  const dialog = await openDialog(page);
  await dialog.getByLabel('Escalate Reason').selectOption('Faster Progress');
  await dialog.getByLabel('Additional information').fill(text);
  return dialog.getByRole('button', { name: 'Request escalation' });
}

export async function escalate(page: Page, text: string): Promise<void> {
  await (await fillIn(page, text)).click();
  await seen(dialogOf(page).getByText('Escalation requested.'));
}

/** Closes it as most people do: not by the small cross. */
export const close = (page: Page) => dialogOf(page).getByRole('button', { name: 'Close' }).last().click();

/** Its verdict, to be asked again and again. */
export const verdictOf = (page: Page) => () =>
  page.locator('escalate-case').evaluate((element) => (element as HTMLElement & { verdict: string }).verdict);

export const labOf = (page: Page) => page.getByRole('dialog', { name: 'Try it' });
export const eventsOf = (page: Page) => labOf(page).getByRole('region', { name: 'Events' });
export const network = (page: Page, label: string) => labOf(page).getByRole('radio', { name: label }).check();

export async function openLab(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Try it' }).click();
  const lab = labOf(page);
  await seen(lab);
  return lab;
}
