// What the scripts share: the top folder, and a child process that cannot hang. Only Node's own modules.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const running = new Set();

/** Ends a process with all that it started. */
function end(child) {
  if (process.platform === 'win32') spawn('taskkill', ['/pid', String(child.pid), '/T', '/F']);
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It is gone already.
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of running) end(child);
    process.exit(130);
  });
}

/**
 * Runs a command in the top folder and answers {code, output}. `show: true` prints as it goes.
 * After `minutes` it is ended, and the code is 124.
 */
export function run(command, args, { minutes = 5, env = {}, show = false, shell = false } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that browsers and workers end with it.
      detached: process.platform !== 'win32',
      shell,
    });
    let output = '';
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      output += `\nended after ${minutes} minutes\n`;
      end(child);
    }, minutes * 60_000);
    const done = (code) => {
      clearTimeout(timer);
      if (running.delete(child)) end(child);
      resolve({ code: late ? 124 : (code ?? 1), output });
    };
    running.add(child);
    child.stdout?.on('data', (data) => (output += data));
    child.stderr?.on('data', (data) => (output += data));
    child.on('error', (error) => {
      output += String(error);
      done(1);
    });
    // Not 'close': a left-over grandchild that holds the pipe must not make us wait.
    child.on('exit', (code) => setTimeout(done, 50, code));
  });
}

/** Runs a JavaScript file with this Node. */
export const node = (args, options) => run(process.execPath, args, options);

export const npm = (args, options) =>
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, {
    ...options,
    shell: process.platform === 'win32',
  });
