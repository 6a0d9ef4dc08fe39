#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { run } from './run.js';

// A reader that has had enough, such as `head`, is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

// From dist/cli, as it is installed.
const own = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');

process.exitCode = await run(process.argv.slice(2), {
  read: (path) => (path === '-' ? text(process.stdin) : readFile(path, 'utf8')),
  out: (words) => process.stdout.write(words),
  err: (words) => process.stderr.write(words),
  now: () => new Date(),
  version: (JSON.parse(own) as { version: string }).version,
  color: Boolean(process.stdout.isTTY) && !process.env['NO_COLOR'],
});
