// The fault run: bundles the elements and the run, and plays trials in a browser.
import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { root } from '../../scripts/run.mjs';
import { BROWSER_ARGS } from '../browser-args.mjs';

/** One file of the run as one classic script. */
async function bundled(name) {
  const outDir = await mkdtemp(join(tmpdir(), 'escalation-elements-faults-'));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'warn',
      publicDir: false,
      resolve: { tsconfigPaths: true },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir,
        emptyOutDir: true,
        target: 'es2022',
        minify: true,
        lib: {
          entry: join(root, 'test/faults', name),
          formats: ['iife'],
          name: 'run',
          fileName: () => 'run.js',
        },
        rolldownOptions: { output: { codeSplitting: false } },
      },
    });
    return readFileSync(join(outDir, 'run.js'), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/**
 * Opens pages that play trials.
 * @returns `play(strategy, from, count)`, on whichever page is free; `close()`
 */
export async function faultRun({ executablePath, pages = 1 }) {
  const [code, run] = await Promise.all([bundled('page.ts'), bundled('run.ts')]);
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGS });
  const open = async () => {
    const page = await (await browser.newContext({ reducedMotion: 'reduce' })).newPage();
    await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
    await page.goto('http://localhost/');
    await page.addStyleTag({ content: 'iframe { width: 400px; height: 600px; border: 0 }' });
    await page.addScriptTag({ content: run });
    await page.evaluate((text) => (globalThis.faultsCode = text), code);
    return page;
  };
  const free = await Promise.all(Array.from({ length: pages }, open));
  const waiting = [];
  return {
    async play(strategy, from, count) {
      const page = free.pop() ?? (await new Promise((resolve) => waiting.push(resolve)));
      try {
        return await page.evaluate(
          ([how, start, number]) => globalThis.faults.trials(how, start, number, globalThis.faultsCode),
          [strategy, from, count],
        );
      } finally {
        const next = waiting.shift();
        if (next) next(page);
        else free.push(page);
      }
    },
    close: () => browser.close(),
  };
}
