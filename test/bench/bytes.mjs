// What the list of the feed weighs: without lit, and without what the button has brought already.
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { root } from '../../scripts/run.mjs';

/** In the first chunk, whatever else is on the page. */
const THERE = [
  /^lit/,
  /\/core\/(text|status|backend)\.js$/,
  /\/locales\//,
  /\/elements\/(icons|icon-paths|isolate)\.js$/,
];

export async function listBytes() {
  const built = await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      write: false,
      target: 'es2022',
      minify: 'terser',
      lib: { entry: join(root, 'test', 'bench', 'list.js'), formats: ['es'], fileName: 'list' },
      rolldownOptions: { external: THERE },
    },
  });
  const { output } = Array.isArray(built) ? built[0] : built;
  return output.reduce((sum, { code }) => sum + brotliCompressSync(code).length, 0);
}
