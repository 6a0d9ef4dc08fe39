// A private Request Tracker in one folder: made, started and stopped. Nothing outside the folder changes.
import { spawn, spawnSync } from 'node:child_process';
import {
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SERVER, SETUP } from './packages.mjs';
import { PASSWORD, people } from './people.mjs';
import { siteConfig } from './site-config.mjs';

/** As low as bcrypt goes: every request pays for it, and these secrets guard nothing. */
const BCRYPT_COST = 4;
const WORKERS = 4;
const START_SECONDS = 60;

/** Root lends its place to the web server's user; anybody else stays who they are. */
function runner() {
  if (process.getuid() !== 0) return {};
  const id = (flag) => Number(spawnSync('id', [flag, 'www-data'], { encoding: 'utf8' }).stdout);
  return { uid: id('-u'), gid: id('-g') };
}

/** Whether every folder on the way lets others through. */
export function isOpenToOthers(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * The folder of the instance.
 * @param wanted absolute; where the server's user cannot get to it, a temporary one serves
 * @returns `{folder, temporary}`
 */
export function chooseFolder(wanted) {
  if (wanted !== undefined && (process.getuid() !== 0 || isOpenToOthers(wanted))) {
    return { folder: wanted, temporary: false };
  }
  return { folder: mkdtempSync(join(tmpdir(), 'escalation-rt-')), temporary: true };
}

/** @returns `wanted`, or with 0 any port of loopback that is free; rejects when somebody has it */
export const freePort = (wanted = 0) =>
  new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

function prepare(folder, port, user) {
  for (const name of ['', 'mason', 'session', 'site.d']) {
    const path = join(folder, name);
    mkdirSync(path, { recursive: true, mode: 0o755 });
    if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
  }
  writeFileSync(join(folder, 'RT_SiteConfig.pm'), siteConfig({ folder, port, bcryptCost: BCRYPT_COST }));
  copyFileSync(new URL('initialdata.pl', import.meta.url), join(folder, 'initialdata.pl'));
  writeFileSync(join(folder, 'root-password'), PASSWORD);
  writeFileSync(
    join(folder, 'given.json'),
    JSON.stringify({ people, password: PASSWORD, tokens: join(folder, 'tokens.json') }),
  );
}

const answers = (url) =>
  fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    ({ status }) => status === 401,
    () => false,
  );

/**
 * Makes an instance, where the folder has none yet, and starts it.
 * @param options folder: absolute, reachable for the server's user; port; lap: told of every step that is done
 * @returns `{address, tokens, stop}`: tokens by the person's id; stop ends its processes and waits for that
 * @throws Error with the last words of Request Tracker
 */
export async function startInstance({ folder, port, lap = () => {} }) {
  const user = runner();
  prepare(folder, port, user);
  const log = join(folder, 'server.log');
  const env = {
    PATH: '/usr/sbin:/usr/bin:/bin',
    HOME: folder,
    RT_SITE_CONFIG: join(folder, 'RT_SiteConfig.pm'),
    // Empty: else Debian's own settings would name another database.
    RT_SITE_CONFIG_DIR: join(folder, 'site.d'),
    RT_GIVEN: join(folder, 'given.json'),
  };
  const inFolder = { ...user, env, cwd: folder };
  const setUp = async (title, ...args) => {
    const out = openSync(log, 'a');
    const child = spawn(SETUP, ['--skip-create', ...args], { ...inFolder, stdio: ['ignore', out, out] });
    const code = await new Promise((resolve) => child.on('exit', resolve).on('error', () => resolve(1)));
    if (code !== 0) throw new Error(`${title} failed:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    lap(title);
  };
  if (!existsSync(join(folder, 'tokens.json'))) {
    rmSync(join(folder, 'rt.sqlite'), { force: true });
    await setUp('database', '--action', 'init', '--root-password-file', join(folder, 'root-password'));
    await setUp('queues, fields, people', '--action', 'insert', '--datafile', join(folder, 'initialdata.pl'));
  }
  const out = openSync(log, 'a');
  const listen = ['--host', '127.0.0.1', '--port', String(port), '--max-workers', String(WORKERS)];
  const server = spawn(
    // It ends with whoever started it, even one that was killed.
    'setpriv',
    ['--pdeathsig', 'TERM', '--', SERVER, '--server', 'Starlet', ...listen],
    // A group of its own: Ctrl+C is for whoever started it, who then ends it in good order.
    { ...inFolder, stdio: ['ignore', out, out], detached: true },
  );
  const ended = new Promise((resolve) => server.on('exit', resolve).on('error', resolve));
  const kill = (signal) => {
    try {
      process.kill(-server.pid, signal);
    } catch {
      // It is gone already.
    }
  };
  const killNow = () => kill('SIGKILL');
  process.on('exit', killNow);
  const stop = async () => {
    kill('SIGTERM');
    await Promise.race([ended, pause(5_000, undefined, { ref: false })]);
    kill('SIGKILL');
    await ended;
    process.off('exit', killNow);
  };
  const address = `http://127.0.0.1:${port}`;
  const until = Date.now() + START_SECONDS * 1000;
  let isOver = false;
  void ended.then(() => (isOver = true));
  while (!(await answers(`${address}/REST/2.0/rt`))) {
    if (isOver || Date.now() > until) {
      await stop();
      throw new Error(`Request Tracker does not answer:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    }
    await pause(200);
  }
  lap('answering');
  return { address, tokens: JSON.parse(readFileSync(join(folder, 'tokens.json'), 'utf8')), stop };
}
