// What may be brought with apt-get, where this is Debian and we are root. Only Node's own modules.
import { existsSync, readFileSync } from 'node:fs';
import { run } from './run.mjs';

const QUIET = ['-qq', '-o', 'DPkg::Lock::Timeout=120'];

export function isDebianRoot() {
  if (process.platform !== 'linux' || process.getuid() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Installs packages and nothing that they only recommend; prints what failed. */
export async function aptInstall(...packages) {
  for (const step of [
    ['update', ...QUIET],
    ['install', '-y', ...QUIET, '--no-install-recommends', ...packages],
  ]) {
    const { code, output } = await run('apt-get', step, {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      minutes: 8,
    });
    if (code !== 0) console.log(`apt-get ${step[0]} failed:\n${output}`);
  }
}
