import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FrameLocator, Page } from 'playwright-core';
import { caseOf, formFirst as policy, request } from '../desk.js';
import { asAPerson, inBrowser, seen } from './browser.js';
import { page, servePortal, type Portal } from './site.js';

/** A portal that shows its case pages in frames which may run scripts, and nothing else (finding 9). */

const visit = inBrowser();
let portal: Portal;
beforeEach(async () => void (portal = await servePortal([caseOf()])));
afterEach(() => portal.close());

const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

async function openFrame(sandbox: string, inside: string): Promise<{ tab: Page; frame: FrameLocator }> {
  portal.html = page(
    `<iframe sandbox="${sandbox}" width="800" height="700" srcdoc="${escaped(inside)}"></iframe>`,
  );
  const tab = await visit.open(portal.origin);
  return { tab, frame: tab.frameLocator('iframe') };
}

async function escalate(tab: Page, frame: FrameLocator): Promise<void> {
  await frame.getByRole('button', { name: 'Escalate Case' }).click();
  const dialog = frame.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption('Lack of Updates/Progress');
  await dialog.getByLabel('Comments').fill('The export still fails.');
  await dialog.getByRole('radio', { name: 'No' }).check();
  await asAPerson(tab);
  await dialog.getByRole('button', { name: 'Submit' }).click();
  await seen(dialog.getByText('Escalation requested.'));
}

describe('a frame that may not submit forms', () => {
  it('files a request all the same', async () => {
    const { tab, frame } = await openFrame(
      'allow-scripts allow-same-origin',
      page(
        '<escalate-case endpoint="/api" case-id="c-1"></escalate-case>',
        '<script type="module" src="/cdn/escalation-elements.js"></script>',
      ),
    );
    await escalate(tab, frame);
    expect(portal.calls).toContain('POST /api/cases/c-1/escalations');
  });

  it('is one in which a form of the page itself is never submitted', async () => {
    const { frame } = await openFrame(
      'allow-scripts allow-same-origin',
      page(`<form><button>Send</button></form><p>waiting</p>
        <script>document.querySelector('form').addEventListener('submit', () => {
          document.querySelector('p').textContent = 'submitted';
        });</script>`),
    );
    visit.allow(/Blocked form submission/);
    await frame.getByRole('button', { name: 'Send' }).click();
    expect(await frame.getByText('waiting').count()).toBe(1);
  });
});

describe('a frame of no origin, where storage and cookies throw', () => {
  /** Everything that the frame may not fetch is in it. */
  const inside = (state: object, filed: object) =>
    page(
      '<escalate-case case-id="c-1"></escalate-case>',
      `<script src="/cdn/escalation-elements.standalone.js"></script>
       <script>
         escalationElements.configure({ backend: {
           guarantees: { dedup: 'key', unique: 'process', live: false },
           load: async () => ({ value: { ...${JSON.stringify(state)}, serverTime: new Date().toISOString() } }),
           policy: async () => (${JSON.stringify(policy)}),
           escalate: async () => ({ escalation: ${JSON.stringify(filed)}, replayed: false }),
         } });
       </script>`,
    );

  it('files a request, and says that the draft lasts as long as the page', async () => {
    const state = (await (await portal.ask('customer', '/cases/c-1')).json()) as object;
    const answer = await portal.ask('customer', '/cases/c-1/escalations', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"k-1"' },
      body: JSON.stringify(request),
    });
    const { tab, frame } = await openFrame('allow-scripts', inside(state, (await answer.json()) as object));
    await frame.getByRole('button', { name: 'Escalate Case' }).click();
    const dialog = frame.getByRole('dialog');
    await dialog.getByLabel('Comments').fill('The export still fails.');
    await seen(dialog.getByText('Kept only while this page is open'));
    await tab.keyboard.press('Escape');
    await escalate(tab, frame);
  });
});
