import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../src/core/model.js';
import type { Policy } from '../../src/core/policy.js';
import { formFirst, gatewayOver, helpDesk, people, request as escalationRequest } from '../desk.js';
import { serve } from '../http.js';

/** The servers of these tests: built files, host pages, and the real gateway. */

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const missing = () => new Response(null, { status: 404 });

/** Serves a built folder below a path, as any static host does. */
export function folder(name: string, below: string): (request: Request) => Promise<Response> {
  const root = fileURLToPath(new URL(`../../${name}/`, import.meta.url));
  return async ({ url }) => {
    const { pathname } = new URL(url);
    if (!pathname.startsWith(below)) return missing();
    const path = pathname.slice(below.length) || 'index.html';
    const body = await readFile(root + path).catch(() => null);
    return body
      ? new Response(new Uint8Array(body), {
          headers: { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' },
        })
      : missing();
  };
}

/** The demo as it would be deployed: a static site below some path. */
export const serveDemo = () => serve(folder('dist-demo', '/deep/sub/'));

type Handle = (request: Request) => Promise<Response>;

/**
 * A portal that embeds the elements: its page at `/`, the CDN files at `/cdn/`, the gateway at `/api/`, and for whoever is
 * signed in elsewhere at `/as/owner/api/`.
 */
export interface Portal {
  origin: string;
  /** What `/` answers with. */
  html: string;
  headers: Record<string, string>;
  /** Takes the place of the gateway for what it answers. */
  instead: (request: Request) => Promise<Response | null> | Response | null;
  /** The help desk behind the gateway. */
  desk: ReturnType<typeof helpDesk>;
  /** Every call of the gateway: `GET /api/cases/c-1`. */
  calls: string[];
  /** Asks the gateway directly, as somebody who is not in this browser. */
  ask(user: keyof typeof people, path: string, init?: RequestInit | Request): Promise<Response>;
  /** A colleague requests an escalation, elsewhere. */
  escalate(caseId: string): Promise<{ id: string }>;
  close(): Promise<void>;
}

const userIn = (cookies: string | null) =>
  Object.values(people).find(({ id }) => cookies?.split('; ').includes(`user=${id}`)) ?? null;

/** Who opens the page is signed in as the customer, by a cookie. */
export async function servePortal(
  cases: Case[],
  policy: Policy = formFirst,
  options: Parameters<typeof helpDesk>[1] = {},
): Promise<Portal> {
  const desk = helpDesk(cases, options);
  const gateway = gatewayOver({
    backend: desk,
    basePath: '/api',
    policyFor: () => policy,
    policies: (id, version) => (id === policy.id && version === policy.version ? policy : null),
    authenticate: ({ headers }) => userIn(headers.get('Cookie')),
  });
  const cdn = folder('dist/cdn', '/cdn/');
  const signIn = `user=${people.customer.id}; HttpOnly; SameSite=Strict; Path=/`;

  const handle: Handle = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/cdn/')) return cdn(request);
    const [, as, path] = /^\/as\/(\w+)(\/api\/.*)$/.exec(pathname) ?? [];
    if (as && path) return ask(as as keyof typeof people, path.slice('/api'.length), request);
    if (pathname.startsWith('/api/')) {
      portal.calls.push(`${request.method} ${pathname}`);
      return (await portal.instead(request)) ?? gateway(request);
    }
    return pathname === '/'
      ? new Response(portal.html, {
          headers: { 'Content-Type': TYPES['.html']!, 'Set-Cookie': signIn, ...portal.headers },
        })
      : new Response(null, { status: 204 });
  };
  const server = await serve(handle);
  const ask: Portal['ask'] = (user, path, init = {}) => {
    const { search } = init instanceof Request ? new URL(init.url) : { search: '' };
    const asked = new Request(`${server.origin}/api${path}${search}`, init);
    asked.headers.set('Cookie', `user=${people[user].id}`);
    return gateway(asked);
  };
  const portal: Portal = {
    origin: server.origin,
    html: '',
    headers: {},
    instead: () => null,
    desk,
    calls: [],
    ask,
    async escalate(caseId) {
      const answer = await ask('colleague', `/cases/${caseId}/escalations`, post(escalationRequest));
      if (answer.status !== 201) throw new Error(`Not escalated: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as { id: string };
    },
    close: () => server.close(),
  };
  return portal;
}

/** A write of the contract. */
export const post = (body: unknown, key: string = crypto.randomUUID()): RequestInit => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${key}"` },
  body: JSON.stringify(body),
});

/** A host page: nothing of ours but what it holds. */
export const page = (body: string, head = ''): string => `<!doctype html>
<html lang="en" class="host-page">
  <head>
    <meta charset="utf-8" />
    <title>A portal</title>
    ${head}
  </head>
  <body class="host-body" data-host="portal">
    <label>Search the portal <input /></label>
    ${body}
  </body>
</html>`;
