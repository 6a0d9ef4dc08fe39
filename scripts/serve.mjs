// npm run serve: the reference server, on loopback. What it can be told by the environment: demo/server/config.ts.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensurePackages } from './ensure.mjs';
import { node, root } from './run.mjs';

await ensurePackages();
if (!existsSync(join(root, 'dist', 'cdn', 'escalation-elements.js'))) {
  console.log('Building the elements that its pages load (about half a minute) …');
  const { code, output } = await node(['scripts/build.mjs'], { minutes: 10 });
  if (code !== 0) {
    console.error(output);
    process.exit(1);
  }
}

// Those of run.mjs end at once; from here on the server itself says when it has finished.
for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
const server = spawn(process.execPath, ['--import', 'tsx', join('demo', 'server', 'serve.ts')], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl+C in a terminal reaches the server by itself; a signal to this process alone does not.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code) => process.exit(code ?? 1));
