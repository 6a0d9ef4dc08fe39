import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

// The demo: a static site that works below any path. The CDN files are built by scripts/build.mjs.
const root = fileURLToPath(new URL('./demo', import.meta.url));
const worker = fileURLToPath(new URL('./node_modules/msw/lib/mockServiceWorker.js', import.meta.url));

/** Hands out MSW's worker from the installed package, so that no copy in the repository can go stale. */
function mswWorker(): Plugin {
  return {
    name: 'msw-worker',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.split('?')[0]?.endsWith('/mockServiceWorker.js')) return next();
        response.setHeader('Content-Type', 'text/javascript');
        response.setHeader('Cache-Control', 'no-cache');
        response.end(readFileSync(worker));
      });
    },
    generateBundle() {
      this.emitFile({
        type: 'asset',
        fileName: 'mockServiceWorker.js',
        source: readFileSync(worker, 'utf8'),
      });
    },
  };
}

const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.html') && !/^(public|server)[\\/]/.test(file))
  .map((file) => `${root}/${file}`);

export default defineConfig({
  root,
  base: './',
  plugins: [mswWorker()],
  resolve: { tsconfigPaths: true },
  server: { fs: { allow: ['..'] } },
  build: {
    outDir: '../dist-demo',
    emptyOutDir: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1000,
    rolldownOptions: { input: pages },
  },
});
