import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { ConfigError } from './config.js';

/** Pages of a folder, and what they load: the built elements. */

/** Where `npm run build` puts the file that a page loads. */
const VENDOR = fileURLToPath(new URL('../../dist/cdn', import.meta.url));
const ICON = fileURLToPath(new URL('../public/icon.svg', import.meta.url));

/** @param folder of pages; `/vendor/escalation-elements.js` is there besides */
export function staticPages(folder: string): Hono {
  if (!existsSync(folder)) throw new ConfigError(`SERVE_STATIC: there is no folder ${folder}`);
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
