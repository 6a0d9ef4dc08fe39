import { describe, expect, it } from 'vitest';
import { gone, seen } from './browser.js';
import { PLATINUM, anyButton, close, escalate, inDemo, note, openRow } from './demo.js';

/** Where there can be no service worker the help desk is called directly. */

const { visit, open, openCase } = inDemo({ serviceWorkers: 'block' });

describe('without a service worker', () => {
  it('two tabs are one help desk, and nothing is asked over the network', async () => {
    const asked: string[] = [];
    visit.context.on('request', (request) => void asked.push(request.url()));
    const first = await openCase(PLATINUM);
    const second = await openCase(PLATINUM);
    await seen(anyButton(second));
    await first.bringToFront();
    await escalate(first, 'Called directly.');
    await close(first);
    await seen(note(second));
    await gone(anyButton(second));
    const owner = await open('owner.html');
    await openRow(owner, 'Nightly export stops at 2 GB');
    await seen(owner.getByText('Called directly.'));
    expect(asked.filter((url) => url.includes('/api/'))).toEqual([]);
  });

  it('the help desk can be out of reach', async () => {
    const page = await openCase(PLATINUM, '&fault=offline');
    await seen(page.getByText('We could not check whether this case is already escalated.'));
    await page.getByRole('button', { name: 'Connect again' }).click();
    await seen(anyButton(page));
  });
});
