// npm run pictures: the pictures of the README, made from the running demo.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { findBrowser } from './ensure.mjs';
import { root } from './run.mjs';

const pictures = [
  { file: 'case-page.png', page: 'case.html?case=00481377#escalation-feed', width: 1280, height: 860 },
  {
    file: 'dialog.png',
    page: 'case.html?case=00481498',
    width: 1280,
    height: 860,
    async act(page) {
      await page.getByRole('button', { name: 'Escalate Case' }).click();
      await page.getByRole('combobox', { name: 'Reason' }).selectOption({ label: 'Project Blocker' });
      await page.getByText('What will happen').waitFor();
    },
  },
  {
    file: 'blocked-mobile-dark.png',
    page: 'case.html?case=00481502',
    width: 390,
    height: 780,
    colorScheme: 'dark',
    async act(page) {
      await page.getByRole('button', { name: 'Escalate Case' }).click();
      await page.getByText('Not yet').first().waitFor();
    },
  },
];

const server = await createServer({
  configFile: join(root, 'vite.config.ts'),
  server: { host: '127.0.0.1' },
  logLevel: 'warn',
});
await server.listen();
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
mkdirSync(join(root, 'docs'), { recursive: true });
try {
  for (const { file, page: address, width, height, colorScheme = 'light', act } of pictures) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme, locale: 'en-GB' });
    await page.goto(new URL(address, server.resolvedUrls.local[0]).href);
    await page
      .locator('escalate-case:is(:state(available), :state(blocked), :state(open-escalation))')
      .waitFor();
    await page.waitForLoadState('networkidle');
    await act?.(page);
    await page.screenshot({ path: join(root, 'docs', file), animations: 'disabled' });
    console.log(`docs/${file}`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}
