// Builds the subjects as a portal's bundler would, and serves a page for each.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../../scripts/run.mjs';

export const outDir = join(root, 'node_modules', '.cache', 'bench');

export const bundle = (names) =>
  build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: false,
      rolldownOptions: {
        input: Object.fromEntries(names.map(([name, file]) => [name, join(root, 'test', 'bench', file)])),
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });

const pageOf = (subject) => `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>${subject}</title><link rel="icon" href="data:," />
    <style>escalation-feed, vanilla-feed { --escalation-feed-max-block-size: 800px; }</style></head>
  <body><main></main><script type="module" src="/${subject}.js"></script></body>
</html>`;

/** Serves the bundles on loopback. @param data for `/data.json` */
export async function serveSubjects(data) {
  const json = JSON.stringify(data);
  const answer = async (path) => {
    if (path === '/data.json') return ['application/json', json];
    if (path.endsWith('.js')) return ['text/javascript', await readFile(join(outDir, path.slice(1)))];
    return ['text/html', pageOf(path.slice(1))];
  };
  const server = createServer((incoming, outgoing) => {
    answer(incoming.url).then(
      ([type, body]) => outgoing.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body),
      () => outgoing.writeHead(404).end(),
    );
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
