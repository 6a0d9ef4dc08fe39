import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { counts } from './scripts/wtr-counts.mjs';
import { uploads } from './scripts/wtr-uploads.mjs';

// The time zone and the language are fixed, far from UTC, so that a time bug shows on every machine.
process.env.TZ = 'America/New_York';
process.env.LANG = process.env.LC_ALL = 'en_US.UTF-8';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { paths } = JSON.parse(readFileSync(path('tsconfig.json'), 'utf8')).compilerOptions;

/** `escalation-elements/…` means the sources, as tsconfig.json says. */
const packageEntries = {
  name: 'package-entries',
  resolveImport({ source }) {
    if (source !== 'escalation-elements' && !source.startsWith('escalation-elements/')) return undefined;
    const rest = source.slice('escalation-elements/'.length);
    const [target] = paths[source] ?? [`./src/${rest}`];
    const file = /\.(ts|js|json|css)$/.test(target) ? target : `${target}.ts`;
    return `/${file.replace(/^\.\//, '')}`;
  },
};

/** MSW's worker comes from the installed package, so that no copy in the repository can go stale. */
const mswWorker = (context, next) => {
  if (context.path === '/mockServiceWorker.js') context.url = '/node_modules/msw/lib/mockServiceWorker.js';
  return next();
};

export default {
  files: ['test/elements/**/*.test.ts'],
  nodeResolve: true,
  plugins: [
    packageEntries,
    // esnext: with an older target esbuild drops `with { type: 'json' }`.
    esbuildPlugin({ ts: true, target: 'esnext', tsconfig: path('tsconfig.json') }),
  ],
  middleware: [mswWorker, uploads],
  // One file at a time: side by side they run into timeouts on a small machine.
  concurrency: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  testFramework: { config: { timeout: 20_000 } },
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH,
        headless: true,
        // The tests load local pages only: the sandbox is off for root, and the browser's own traffic is off.
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-dev-shm-usage',
          '--disable-quic',
          '--no-first-run',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--lang=en-US',
        ],
      },
    }),
  ],
  reporters: [counts()],
};
