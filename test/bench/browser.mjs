// The browser of the measurements: frames come as fast as they are drawn, so that waiting for the screen is not measured.
import { chromium } from 'playwright-core';
import { findBrowser } from '../../scripts/ensure.mjs';
import { BROWSER_ARGS } from '../browser-args.mjs';

export async function launch() {
  const executablePath = await findBrowser();
  if (!executablePath) process.exit(1);
  return chromium.launch({
    executablePath,
    args: [...BROWSER_ARGS, '--disable-frame-rate-limit', '--disable-gpu-vsync', '--js-flags=--expose-gc'],
  });
}

/** A new profile with the page of a subject; fails on any error in it. */
export async function visit(browser, origin, subject) {
  const context = await browser.newContext({
    locale: 'en-GB',
    reducedMotion: 'reduce',
    viewport: { width: 1280, height: 900 },
  });
  const page = await context.newPage();
  const errors = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  await page.goto(`${origin}/${subject}`);
  await page.waitForFunction(() => window.probe);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  /** What the page's thread has taken of the processor, in ms. */
  const busy = async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  };
  return {
    page,
    devtools,
    busy,
    /** Runs in the page; the probe is `window.probe`. */
    run: (work, argument) => page.evaluate(work, argument),
    /** @returns what the work measured, and what it took of the processor, both in ms: other work on the machine counts less there */
    async timed(work, argument) {
      const before = await busy();
      const ms = await page.evaluate(work, argument);
      return { ms, cpu: (await busy()) - before };
    },
    /** In bytes, of what is still in use: of the scripts, and of the document. */
    async heap() {
      await collect(devtools);
      const { usedSize, embedderHeapUsedSize } = await devtools.send('Runtime.getHeapUsage');
      return { script: usedSize, all: usedSize + embedderHeapUsedSize };
    },
    /** What the document has made and not given back. */
    async counters() {
      await collect(devtools);
      return devtools.send('Memory.getDOMCounters');
    },
    async close() {
      await context.close();
      if (errors.length) throw new Error(`${subject}: ${errors.join('\n')}`);
    },
  };
}

/** Several times: what the first collection lets go of may hold more. */
async function collect(devtools) {
  for (let i = 0; i < 3; i++) await devtools.send('HeapProfiler.collectGarbage');
}
