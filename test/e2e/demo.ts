import type { BrowserContextOptions, FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import { asAPerson, eventually, inBrowser, seen, type Visit } from './browser.js';
import { serveDemo } from './site.js';

/** The built demo, as a static site below a path, and what its tests look for in it. */
export interface Demo {
  readonly visit: Visit;
  readonly origin: string;
  open(path: string): Promise<Page>;
  openCase(id: string, more?: string): Promise<Page>;
  /** Reloads a page: what it asks while it is being left goes past its help desk, to a server that has none. */
  reload(page: Page): Promise<void>;
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
    async reload(page) {
      visit.allow(/ 404 .*\/api\//);
      await page.reload();
    },
  };
}

export const PLATINUM = '00481516';

export const anyButton = (page: Page) =>
  page.locator('escalate-case').getByRole('button', { name: /^Escalate/ });
export const dialogOf = (page: Page) => page.locator('escalate-case').getByRole('dialog');
export const feedOf = (page: Page) => page.getByRole('region', { name: /^Escalation( Feed)?$/ });
export const note = (page: Page) =>
  page.locator('escalate-case').getByText(/^Escalation (requested|open) \w+ /);

/** The owner's side: a page of its own, or what stands beside the customer's. */
export type Desk = Page | FrameLocator;
export const queueOf = (owner: Desk) => owner.getByRole('list', { name: 'Escalation queue' });
export const inQueue = (owner: Desk, subject: string) =>
  queueOf(owner).getByRole('button', { name: subject });
export const deskBeside = (page: Page): FrameLocator => page.frameLocator('iframe[title="Escalation desk"]');

/** Opens a row of the queue. */
export async function openRow(owner: Desk, subject: string): Promise<void> {
  await inQueue(owner, subject).click();
  await seen(owner.getByRole('region', { name: /^Escalation( Feed)?$/ }).getByText(subject));
}

const FORMS: Record<string, string> = {
  Accept: 'Accept the escalation',
  Decline: 'Decline the request',
  Resolve: 'Resolve',
};

/** The form behind one of the owner's buttons. */
export async function openAct(owner: Desk, name: string): Promise<Locator> {
  await owner.getByRole('button', { name, exact: true }).click();
  const form = owner.getByRole('group', { name: FORMS[name] });
  await seen(form);
  return form;
}

export async function take(owner: Desk): Promise<void> {
  await owner.getByRole('button', { name: 'Take', exact: true }).click();
  await seen(owner.getByText('It is yours now.'));
}

/** What an owner has to say to accept. */
export async function accept(owner: Desk, text: string, step = ''): Promise<void> {
  const form = await openAct(owner, 'Accept');
  await form.getByRole('group', { name: 'Importance' }).getByLabel('High').check();
  await form.getByRole('group', { name: 'Urgency' }).getByLabel('Medium').check();
  await form.getByLabel('Answer to the customer').fill(text);
  if (step) await form.getByLabel('What happens').fill(step);
  await form.getByRole('button', { name: 'Accept the escalation' }).click();
  await seen(owner.getByText('Accepted. The customer reads your answer now.'));
}

/** Through the questions that come before a form, if any do: “no” is the way on through all of them. */
export async function toForm(dialog: Locator): Promise<void> {
  await eventually(async () => {
    if (await dialog.getByRole('combobox').isVisible()) return true;
    const open = dialog.getByRole('radio', { name: 'No', checked: false });
    if (await open.count()) await open.first().check();
    return false;
  }).toBe(true);
}

/** Opens the form. */
export async function openDialog(page: Page): Promise<Locator> {
  await anyButton(page).click();
  const dialog = dialogOf(page);
  await toForm(dialog);
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
