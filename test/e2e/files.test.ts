import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually, gone, seen } from './browser.js';
import { PLATINUM, close, dialogOf, escalate, feedOf, fillIn, inDemo, openDialog, openRow } from './demo.js';

/** Files by the browser's own ways: its dialog, a drag from the desktop, a download; through the gateway to the other side. */

const { visit, open, openCase, reload } = inDemo();
let folder: string;
/** Bytes that no text could be. */
const picture = { name: 'screen.png', mimeType: 'image/png', buffer: randomBytes(241_300) };
const log = { name: 'Größe ü 日本.log', mimeType: '', buffer: randomBytes(18_400) };
const tooLarge = { name: 'too-large.zip', mimeType: 'application/zip', buffer: randomBytes(5_000_001) };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'files-'));
  writeFileSync(join(folder, picture.name), picture.buffer);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Chooses files in the browser's own dialog. */
async function choose(page: Page, place: Locator, ...files: (typeof picture)[]): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    place.getByRole('button', { name: 'Attach files' }).click(),
  ]);
  expect(chooser.isMultiple()).toBe(true);
  await chooser.setFiles(files);
}

/** What a click on a file saves. */
async function save(page: Page, place: Locator, name: string) {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    place.getByRole('button', { name: `Download ${name}` }).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

describe('files', () => {
  it('of a request arrive byte for byte; one that is too large is told of, and never left out in silence', async () => {
    const page = await openCase(PLATINUM);
    const submit = await fillIn(page, 'See the files.');
    const dialog = dialogOf(page);
    await choose(page, dialog, picture, log, tooLarge);
    await seen(dialog.getByText('Not attached: too large. A file may have up to 5 MB.'));
    await seen(dialog.getByRole('button', { name: 'Remove screen.png' }));
    await seen(dialog.getByRole('button', { name: 'Remove Größe ü 日本.log' }));
    await submit.click();
    await seen(dialog.getByText(/^Not sent yet: .*too-large\.zip.* could not be attached/));
    await dialog.getByRole('button', { name: 'Send without it' }).click();
    await seen(dialog.getByText('Escalation requested.'));
    await close(page);

    const owner = await open('owner.html');
    await openRow(owner, 'Nightly export stops at 2 GB');
    const request = owner.getByRole('group').filter({ hasText: 'The request' });
    for (const { name, buffer } of [picture, log]) {
      const { bytes, ...saved } = await save(owner, request, name);
      // In a plain C locale Chromium has no name for the other on disk.
      expect([name, 'download']).toContain(saved.name);
      if (name === picture.name) expect(saved.name).toBe(name);
      expect(bytes.equals(buffer)).toBe(true);
    }
  });

  it('of a message survive a reload before it is sent, and reach the owner', async () => {
    const page = await openCase(PLATINUM, '#escalation-feed');
    await escalate(page, 'Our auditors come on Monday.');
    await close(page);
    const feed = feedOf(page);
    await feed.getByRole('textbox').fill('The log of last night.');
    await choose(page, feed, log);
    await seen(feed.getByRole('button', { name: 'Remove Größe ü 日本.log' }));
    await reload(page);
    await seen(feed.getByRole('button', { name: 'Remove Größe ü 日本.log' }));
    await feed.getByRole('button', { name: 'Send', exact: true }).click();
    await seen(feed.getByText('Sent', { exact: true }));
    await gone(feed.getByRole('button', { name: /^Remove/ }));

    const owner = await open('owner.html');
    await openRow(owner, 'Nightly export stops at 2 GB');
    const { bytes } = await save(owner, feedOf(owner), log.name);
    expect(bytes.equals(log.buffer)).toBe(true);
  });

  it('are dropped onto the form; beside it they do nothing, and the page stays', async () => {
    const page = await openCase(PLATINUM);
    const dialog = await openDialog(page);
    const button = dialog.getByRole('button', { name: 'Attach files' });
    await seen(button);
    const session = await visit.context.newCDPSession(page);
    const data = { items: [], files: [join(folder, picture.name)], dragOperationsMask: 1 };
    async function drag(to: Locator, types: ('dragEnter' | 'dragOver' | 'drop')[]) {
      await to.scrollIntoViewIfNeeded();
      const box = await to.boundingBox();
      const x = Math.round(box!.x + box!.width / 2);
      const y = Math.round(box!.y + box!.height / 2);
      for (const type of types) await session.send('Input.dispatchDragEvent', { type, x, y, data });
    }
    const url = page.url();
    const footer = dialog.getByRole('button', { name: 'Request escalation' }).locator('..');
    await drag(footer, ['dragEnter', 'dragOver']);
    await seen(dialog.getByText('Drop the files here'));
    await drag(footer, ['drop']);
    await gone(dialog.getByText('Drop the files here'));
    await drag(button, ['dragEnter', 'dragOver']);
    await seen(dialog.getByText('Drop the files here'));
    expect(await dialog.getByRole('listitem').filter({ hasText: 'screen.png' }).count()).toBe(0);
    await drag(button, ['drop']);
    await seen(dialog.getByRole('button', { name: 'Remove screen.png' }));
    await gone(dialog.getByText('Drop the files here'));
    expect(page.url()).toBe(url);
    await eventually(() => visit.context.pages().length).toBe(1);
  });
});
