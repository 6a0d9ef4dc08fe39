// Request Tracker 5 from Debian's packages: looks for it, and brings it where it may.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { aptInstall, isDebianRoot } from '../debian.mjs';

export const SERVER = '/usr/share/request-tracker5/libexec/rt-server';
export const SETUP = '/usr/sbin/rt-setup-database-5';

/** Debian's questions, answered: no database of its own, and a name. Our instance brings its own configuration. */
const ANSWERS = `request-tracker5 request-tracker5/dbconfig-install boolean false
request-tracker5 request-tracker5/rtname string example.test
request-tracker5 request-tracker5/organization string example.test
request-tracker5 request-tracker5/initial-root-password password not-used-1
request-tracker5 request-tracker5/initial-root-password-again password not-used-1
`;
// A mail server is required: this one neither listens nor has anywhere to send to.
const PACKAGES = ['msmtp-mta', 'rt5-standalone', 'rt5-db-sqlite', 'request-tracker5'];

const isInstalled = () => existsSync(SERVER) && existsSync(SETUP);

function answerQuestions() {
  return new Promise((resolve) => {
    const child = spawn('debconf-set-selections', { stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', resolve);
    child.on('exit', resolve);
    child.stdin.end(ANSWERS);
  });
}

/** @returns why there is no Request Tracker; undefined: it is there */
export async function bringPackages() {
  if (isInstalled()) return undefined;
  if (!isDebianRoot())
    return `Request Tracker 5 is not installed: on Debian, as root, this brings it by itself; else install ${PACKAGES.join(' ')}.`;
  console.log('Installing Request Tracker 5 with apt-get (Debian, as root; about a minute) …');
  await answerQuestions();
  await aptInstall(...PACKAGES);
  return isInstalled() ? undefined : 'Request Tracker 5 could not be installed: see above.';
}
