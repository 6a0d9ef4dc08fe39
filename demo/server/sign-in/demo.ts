import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Case, User } from 'escalation-elements';
import type { SessionCookie } from './session-cookie.js';

/** Signs anybody in as anybody, to try the server. A portal has a page of its own, which asks for a password. */

export interface DemoSignIn {
  session: SessionCookie;
  people: readonly User[];
  /** Cases that this user may open. */
  casesOf: (user: User) => Promise<Case[]>;
}

const signOut = html`<form method="post" action="/sign-out"><button>Sign out</button></form>`;

const page = (title: string, body: unknown, end: unknown = '') =>
  html`<!doctype html>
    <html lang="en-GB">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · Acme Support</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/page.css" />
      </head>
      <body>
        <header class="bar"><a href="/">Acme Support</a> ${end}</header>
        <main>${body}</main>
      </body>
    </html>`;

const choose = (people: readonly User[]) =>
  html`<h1>Who are you?</h1>
    <p class="muted">This server is for trying out: there is no password.</p>
    <ul class="people">
      ${people.map(
        ({ id, name, role, account }) =>
          html`<li>
            <form method="post" action="/sign-in">
              <button name="person" value="${id}">
                <b>${name}</b> <span>${role}${account ? ` of ${account}` : ''}</span>
              </button>
            </form>
          </li>`,
      )}
    </ul>`;

const row = ({ id, number = id, subject = '', statusLabel = '' }: Case) =>
  html`<li>
    <a href="/case.html?case=${encodeURIComponent(id)}">${number} ${subject}</a>
    <span class="muted">${statusLabel}</span>
  </li>`;

const welcome = ({ name, role, account }: User, cases: Case[]) =>
  html`<h1>${name}</h1>
    <p class="muted">${role}${account ? ` of ${account}` : ''}</p>
    <form class="row" action="/case.html">
      <label for="case">Case</label> <input id="case" name="case" required autocomplete="off" />
      <button>Open</button>
    </form>
    ${account ? '' : html`<p><a href="/case.html">The queue of escalations</a></p>`}
    <ul class="cases">
      ${cases.map(row)}
    </ul>`;

/** @returns `/`, `/sign-in` and `/sign-out` */
export function demoSignIn({ session, people, casesOf }: DemoSignIn): Hono {
  const pages = new Hono();
  const form = bodyLimit({ maxSize: 4096, onError: (c) => c.text('Too large.', 413) });
  pages.get('/', async (c) => {
    c.header('Cache-Control', 'no-store');
    const user = await session.authenticate(c.req.raw);
    if (!user) return c.html(page('Sign in', choose(people)));
    return c.html(page(user.name, welcome(user, await casesOf(user)), signOut));
  });
  pages.post('/sign-in', form, async (c) => {
    const { person } = await c.req.parseBody();
    const user = people.find(({ id }) => id === person);
    if (!user) return c.text('There is nobody of this name.', 422);
    c.header('Set-Cookie', await session.start(user, c.req.raw));
    return c.redirect('/', 303);
  });
  pages.post('/sign-out', async (c) => {
    c.header('Set-Cookie', await session.end(c.req.raw));
    return c.redirect('/', 303);
  });
  return pages;
}
