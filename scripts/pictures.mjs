// npm run pictures: the pictures of the README, made from the running demo, as it is built.
// npm run pictures -- --all [name …]: every verdict and every screen, light and dark, at 390 and 1440 px, in pictures/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { findBrowser } from './ensure.mjs';
import { root } from './run.mjs';
import { readmePictures, scenes } from './scenes.mjs';

const all = process.argv.includes('--all');
const names = process.argv.slice(2).filter((name) => !name.startsWith('-'));
const folder = join(root, all ? 'pictures' : 'docs');
const wanted = (all ? everyWay(scenes) : readmePictures).filter(
  ({ scene }) => !names.length || names.includes(scene),
);

/** Each scene at both widths, in both schemes. */
function everyWay(rows) {
  return Object.keys(rows).flatMap((scene) =>
    [390, 1440].flatMap((width) =>
      ['light', 'dark'].map((colorScheme) => ({
        file: `${scene}-${width}-${colorScheme}.png`,
        scene,
        width,
        height: width === 390 ? 844 : 900,
        colorScheme,
      })),
    ),
  );
}

const configFile = join(root, 'vite.config.ts');
await build({ configFile, logLevel: 'warn' });
const server = await preview({ configFile, preview: { host: '127.0.0.1' }, logLevel: 'warn' });
const address = server.resolvedUrls.local[0];
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

async function take({ file, scene, width, height, colorScheme }) {
  const { page: path, act } = scenes[scene];
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    hasTouch: width < 500,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  try {
    await page.goto(new URL(path, address).href);
    if (path.startsWith('case'))
      await page.locator('escalate-case:not(:state(loading))').first().waitFor({ state: 'attached' });
    await page.waitForLoadState('networkidle');
    await act?.(page, context);
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
  } finally {
    await context.close();
  }
}

const failed = [];
mkdirSync(folder, { recursive: true });
try {
  for (const picture of wanted) {
    try {
      await take(picture);
      console.log(picture.file);
    } catch (error) {
      failed.push(picture.file);
      console.log(`${picture.file}: ${error.message.split('\n')[0]}`);
    }
  }
  if (all) {
    const images = wanted.map(
      ({ file }) => `<figure><figcaption>${file}</figcaption><img src="${file}"></figure>`,
    );
    writeFileSync(
      join(folder, 'index.html'),
      `<!doctype html><style>body{display:flex;flex-wrap:wrap;gap:8px}img{height:480px}</style>${images.join('')}`,
    );
  }
} finally {
  await browser.close();
  await server.close();
}
if (failed.length) process.exit(1);
