// npm start: the demo page, with everything that it needs.
import { spawn } from 'node:child_process';
import { ensurePackages } from './ensure.mjs';
import { root } from './run.mjs';

await ensurePackages();
const { createServer } = await import('vite');

const server = await createServer({
  configFile: `${root}vite.config.ts`,
  // 5173 if it is free, else the next one that is.
  server: { host: '127.0.0.1', strictPort: false },
});
await server.listen();
const address = server.resolvedUrls?.local[0];
console.log(`\nThe demo is at ${address}   (Ctrl+C ends it)\n`);

if (process.stdout.isTTY && !process.env.CI) {
  const [command, ...args] = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }[process.platform] ?? [
    'xdg-open',
  ];
  // No browser to open is no error: the address is printed.
  spawn(command, [...args, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
