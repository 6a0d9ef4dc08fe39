// npm run test:postgres: the tests in test/server/postgres/ on a real PostgreSQL, in a cluster of their own in a temporary
// folder. The last line is `N passed, N failed`. npm run test:postgres -- <part of a test file's path>: only that.
import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { countedVitest, finish, giveUp } from './counted.mjs';
import { aptInstall, isDebianRoot } from './debian.mjs';
import { ensurePackages } from './ensure.mjs';

const DEBIAN = '/usr/lib/postgresql';

/** Where initdb and pg_ctl are: Debian keeps them off the PATH, by version. */
function findServer() {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((a, b) => Number(b) - Number(a)) : [];
  return [
    ...versions.map((version) => join(DEBIAN, version, 'bin')),
    ...(process.env.PATH ?? '').split(delimiter),
  ].find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')));
}

await ensurePackages();
if (!findServer() && isDebianRoot()) {
  console.log('No PostgreSQL found: installing it with apt-get (Debian, as root; about a minute) …');
  await aptInstall('postgresql');
}
const bin = findServer() ?? giveUp('No PostgreSQL found: install its server, so that initdb is on the PATH.');

const folder = mkdtempSync(join(tmpdir(), 'escalation-postgres-'));
/** The server refuses to run as root. */
const isRoot = process.getuid?.() === 0;
const idOf = (kind) => Number(spawnSync('id', [kind, 'postgres'], { encoding: 'utf8' }).stdout);
if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));

function server(name, ...args) {
  const command = [join(bin, name), ...args];
  const [first, ...rest] = isRoot
    ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--init-groups', ...command]
    : command;
  // With its own folder as the working directory: it may not look at ours.
  return spawnSync(first, rest, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
function must(result) {
  if (result.status !== 0) giveUp(`${result.error ?? ''}${result.stdout}${result.stderr}`);
}

const data = join(folder, 'data');
process.on('exit', () => {
  server('pg_ctl', 'stop', '-D', data, '-m', 'immediate');
  rmSync(folder, { recursive: true, force: true });
});
must(server('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync'));
// A socket in a folder that nobody else may enter, and no port at all.
const settings = `-c listen_addresses= -c unix_socket_directories=${folder} -c fsync=off -c max_connections=200`;
must(server('pg_ctl', 'start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', settings));

const files = process.argv.slice(2);
const TEST_DATABASE_URL = `postgres://postgres@localhost/postgres?host=${encodeURIComponent(folder)}`;
const wanted = ['--project', 'unit', ...(files.length > 0 ? files : ['test/server/postgres/'])];
finish(
  await countedVitest(wanted, join(folder, 'vitest.json'), {
    minutes: 10,
    show: true,
    env: { TEST_DATABASE_URL },
  }),
);
