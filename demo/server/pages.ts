import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';

/** Pages of a folder, and what they load: the built elements. */

/** Where `npm run build` puts the file that a page loads. */
const VENDOR = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
const CASE = fileURLToPath(new URL('public/case.html', import.meta.url));
const ICON = fileURLToPath(new URL('../public/icon.svg', import.meta.url));

/** The demo's case page, told where the contract is. */
export const casePage = (basePath: string): Hono =>
  new Hono().get('/case.html', async (c) => {
    const page = (await readFile(CASE, 'utf8')).replaceAll('endpoint="/api"', `endpoint="${basePath}"`);
    return c.body(page, 200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
  });

/** @param folder of pages; `/vendor/escalation-elements.js` is there besides */
export function staticPages(folder: string): Hono {
  const pages = new Hono();
  pages.use(async (c, next) => {
    await next();
    // Asked for anew each time: after an update no page runs with yesterday's script.
    if (c.res.ok) c.res.headers.set('Cache-Control', 'no-cache');
  });
  pages.use(
    '/vendor/*',
    serveStatic({ root: VENDOR, rewriteRequestPath: (path) => path.slice('/vendor'.length) }),
  );
  pages.use(serveStatic({ root: folder }));
  pages.get('/icon.svg', serveStatic({ path: ICON }));
  return pages;
}
