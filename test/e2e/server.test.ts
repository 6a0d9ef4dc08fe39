import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, type Run } from '../server/running.js';
import { failedRequest, inBrowser, seen } from './browser.js';

/** The pages of the reference server, as somebody meets them who tries it: `npm run serve`. */

let server: Run;
beforeAll(async () => void (server = await run()));
afterAll(() => server.stop());

const visit = inBrowser();

/** Opens the first page in a profile of its own, and signs in. */
async function signIn(person: string, context = visit.context): Promise<Page> {
  const tab = await context.newPage();
  await tab.goto(server.address);
  await tab.getByRole('button', { name: person }).click();
  await seen(tab.getByRole('heading', { name: person }));
  return tab;
}
const write = async (tab: Page, text: string) => {
  await tab.getByLabel(/^Message to/).fill(text);
  await tab.getByRole('button', { name: 'Send' }).click();
};

describe('the reference server', () => {
  it('brings a customer and the owner together: what one writes, the other reads at once', async () => {
    const priya = await signIn('Priya Nair');
    await priya.getByRole('link', { name: /Call recordings missing/ }).click();
    await seen(priya.getByText('Escalation open since', { exact: false }));

    const context = await visit.context.browser()!.newContext({ locale: 'en-GB', reducedMotion: 'reduce' });
    const sam = await signIn('Sam Okoro', context);
    await sam.getByRole('link', { name: 'The queue of escalations' }).click();
    await sam.getByText('Call recordings missing for two queues').click();
    await seen(sam.getByLabel(/^Message to/));

    await write(priya, 'Is the sample done?');
    await seen(sam.getByText('Is the sample done?'));
    await write(sam, 'Yes: all 200 recordings can be played.');
    await seen(priya.getByText('all 200 recordings can be played'));
    await context.close();
  });

  it('lets a case be escalated from its page', async () => {
    const jonas = await signIn('Jonas Berg');
    await jonas.getByLabel('Case').fill('00481498');
    await jonas.getByRole('button', { name: 'Open' }).click();
    await jonas.getByRole('button', { name: 'Escalate Case' }).click();
    await seen(jonas.getByRole('dialog'));
  });

  it('says what it cannot show, and signs out', async () => {
    visit.allow(failedRequest);
    const priya = await signIn('Priya Nair');
    await priya.goto(`${server.address}/case.html?case=nothing`);
    await seen(priya.getByText('There is no such case, or it is not yours.'));
    await priya.getByRole('button', { name: 'Sign out' }).click();
    await seen(priya.getByRole('heading', { name: 'Who are you?' }));
    await priya.goto(`${server.address}/case.html?case=00481377`);
    await seen(priya.getByText('You are not signed in.'));
  });

  it.each(['light', 'dark'] as const)('fits a phone, %s', async (colorScheme) => {
    const browser = visit.context.browser()!;
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, colorScheme });
    const priya = await signIn('Priya Nair', context);
    const width = () => priya.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBe(390);
    await priya.goto(`${server.address}/case.html?case=00481377`);
    await seen(priya.getByLabel(/^Message to/));
    expect(await width()).toBe(390);
    await context.close();
  });
});
