// Brings what is missing: the npm packages and a browser. Only Node's own modules, since it runs before any install.
import { existsSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { aptInstall, isDebianRoot } from './debian.mjs';
import { npm, root } from './run.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed; this is ${process.version}.`);
  process.exit(1);
}

/** Installs the packages if there are none, or if the lock file is newer than they are. */
export async function ensurePackages() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log('Installing the npm packages (npm ci, about a minute) …');
  // No test tool downloads a browser of its own: findBrowser() below finds or brings one.
  const { code } = await npm(['ci', '--no-audit', '--no-fund'], {
    show: true,
    minutes: 15,
    env: { PUPPETEER_SKIP_DOWNLOAD: '1' },
  });
  if (code !== 0) {
    console.error('npm ci failed: see above.');
    process.exit(1);
  }
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];

const places = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
    .map((name) => process.env[name])
    .filter(Boolean)
    .flatMap((folder) => [
      join(folder, 'Google/Chrome/Application/chrome.exe'),
      join(folder, 'Microsoft/Edge/Application/msedge.exe'),
    ]),
};

function installedBrowser() {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)));
  return [...(places[process.platform] ?? []), ...onPath].find((file) => existsSync(file));
}

/** The path of a Chromium or Chrome; undefined, after a sentence on what to install, if there is none. */
export async function findBrowser() {
  const given = process.env.CHROME_PATH;
  if (given && existsSync(given)) return given;
  if (given) console.log(`CHROME_PATH names ${given}, which does not exist; looking elsewhere.`);
  const found = installedBrowser();
  if (found) return found;
  if (isDebianRoot()) {
    console.log(
      'No browser found: installing Chromium with apt-get (Debian, as root; one to three minutes) …',
    );
    await aptInstall('chromium', 'fonts-dejavu-core');
    const brought = installedBrowser();
    if (brought) return brought;
  }
  console.log('No browser found: install Chromium or Google Chrome, or set CHROME_PATH to one.');
  return undefined;
}
