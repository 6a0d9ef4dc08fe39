import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, run, write, type Run } from './running.js';

/** Of the demo's cases: one that the policy lets be escalated, and what it asks. */
const CASE = '00481498';
const REQUEST = {
  reasonId: 'lack-of-updates',
  details: 'Nobody has answered for four days, and our agents lose calls.',
  confirmed: ['production-runs', 'no-change-of-urgency', 'not-for-rca'],
  policyVersion: '1',
};

describe('the server', () => {
  let server: Run;
  let priya: string;
  beforeAll(async () => {
    server = await run();
    priya = await server.signIn('u-priya');
  });
  afterAll(() => server.stop());

  it('is alive, and ready', async () => {
    for (const path of ['/healthz', '/readyz']) {
      const answer = await server.ask(path);
      expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
    }
  });

  it('tells its page where the contract is', async () => {
    const other = await run({ BASE_PATH: '/support/api' });
    const cookie = await other.signIn('u-priya');
    const page = await (await other.ask(`/case.html?case=${CASE}`, {}, cookie)).text();
    const endpoints = [...page.matchAll(/endpoint="([^"]*)"/g)].map((match) => match[1]);
    expect(endpoints.length).toBeGreaterThanOrEqual(4);
    expect(new Set(endpoints)).toEqual(new Set(['/support/api']));
    expect(await (await other.ask('/case.js')).text()).not.toContain('/api');
    expect((await other.ask(`${endpoints[0]}/cases/${CASE}`, {}, cookie)).status).toBe(200);
    await other.stop();
  });

  it('takes a request from the page, to the owner and back', async () => {
    const made = await server.ask(`/api/cases/${CASE}/escalations`, write(REQUEST, server.address), priya);
    expect(made.status).toBe(201);
    const { id, version } = (await made.json()) as { id: string; version: string };
    const sam = await server.signIn('o-sam');
    const accept = { kind: 'take' };
    const init = write(accept, server.address);
    const headers = { ...(init.headers as object), 'If-Match': `"${version}"` };
    const taken = await server.ask(`/api/escalations/${id}/actions`, { ...init, headers }, sam);
    expect(taken.status).toBe(200);
    const seen = await server.ask(`/api/cases/${CASE}`, {}, priya);
    expect(await seen.json()).toMatchObject({
      openEscalation: { id, status: 'under-review', owner: { name: 'Sam Okoro' } },
    });
  });

  it('knows nobody without a cookie, nor with that of a session that has ended', async () => {
    expect(await refusal(await server.ask(`/api/cases/${CASE}`))).toEqual([401, 'signed-out']);
    const cookie = await server.signIn('u-jonas');
    expect((await server.ask(`/api/cases/${CASE}`, {}, cookie)).status).toBe(200);
    const out = { method: 'POST', headers: { Origin: server.address } };
    expect((await server.ask('/sign-out', out, cookie)).status).toBe(303);
    expect(await refusal(await server.ask(`/api/cases/${CASE}`, {}, cookie))).toEqual([401, 'signed-out']);
  });

  it('sends every answer with headers that keep pages and files apart', async () => {
    for (const path of ['/', '/case.html', '/api/cases/x', '/healthz', '/nothing']) {
      const { headers } = await server.ask(path);
      expect(headers.get('X-Content-Type-Options'), path).toBe('nosniff');
      expect(headers.get('Referrer-Policy'), path).toBe('no-referrer');
      expect(headers.get('X-Frame-Options'), path).toBe('DENY');
      expect(headers.get('Content-Security-Policy'), path).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'/,
      );
      expect(headers.get('X-Request-Id'), path).toMatch(/^[\da-f-]{36}$/);
      expect(headers.has('Strict-Transport-Security'), path).toBe(false);
    }
  });

  it('hands out its pages, and nothing beside them', async () => {
    const page = await server.ask('/case.html');
    expect([page.status, page.headers.get('Content-Type')]).toEqual([200, 'text/html; charset=utf-8']);
    for (const path of ['/..%2fserve.ts', '/%2e%2e/serve.ts', '/vendor/..%2f..%2fpackage.json', '/serve.ts'])
      expect((await server.ask(path)).status, path).toBe(404);
  });

  it('over https says so, and binds its cookie to it', async () => {
    const secure = await run({ ORIGIN: 'https://support.example.com' });
    const { headers } = await secure.ask('/healthz');
    expect(headers.get('Strict-Transport-Security')).toMatch(/^max-age=\d{8}/);
    const made = await secure.ask('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ person: 'u-priya' }),
      headers: { Origin: 'https://support.example.com' },
    });
    expect(made.headers.get('Set-Cookie')).toMatch(/^__Host-session=.*; Secure/);
    await secure.stop();
  });
});

const folder = mkdtempSync(join(tmpdir(), 'escalation-desk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
/** A database in this process starts slowly on a busy machine. */
const PATIENCE = 60_000;
const POSTGRES = { BACKEND: 'postgres', SEED: 'demo', PGLITE_DIR: join(folder, 'desk') };

describe.each([
  ['memory', {}],
  ['postgres', POSTGRES],
])('a file that somebody sent, kept by %s', (_name, env) => {
  const EVIL = '<!doctype html><script>alert(document.cookie)</script>';
  let server: Run;
  let priya: string;
  beforeAll(async () => {
    server = await run(env);
    priya = await server.signIn('u-priya');
  }, PATIENCE);
  afterAll(() => server.stop());

  const upload = (name: string, type: string, body: BodyInit, more: object = {}) =>
    server.ask(
      `/api/cases/${CASE}/files`,
      {
        method: 'POST',
        body,
        headers: {
          'Content-Type': type,
          'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
          Origin: server.address,
          ...more,
        },
      },
      priya,
    );

  it('comes back as a download, and runs in no page of ours', async () => {
    const sent = await upload('report.html', 'text/html', EVIL);
    expect(sent.status).toBe(201);
    const { id, href } = (await sent.json()) as { id: string; href: string };
    const request = write({ ...REQUEST, attachmentIds: [id] }, server.address);
    expect((await server.ask(`/api/cases/${CASE}/escalations`, request, priya)).status).toBe(201);
    const got = await server.ask(href, {}, priya);
    expect(await got.text()).toBe(EVIL);
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /) as string,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
  });

  it('is refused by its type', async () => {
    expect(await refusal(await upload('run.exe', 'application/x-msdownload', 'MZ'))).toEqual([
      415,
      'file-type-refused',
    ]);
  });

  it('is refused by its size', async () => {
    const big = new Uint8Array(5_000_001);
    expect(await refusal(await upload('big.log', 'text/plain', big))).toEqual([413, 'file-too-large']);
  });

  it('is not taken from a page of another site, whatever its type', async () => {
    const foreign = { Origin: 'https://evil.test' };
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect(await refusal(await upload('a.log', type, 'a', foreign)), type).toEqual([403, 'forbidden']);
  });
});

describe('a help desk of its own', () => {
  it(
    'is what it was after a restart',
    async () => {
      const env = { ...POSTGRES, PGLITE_DIR: join(folder, 'again') };
      const first = await run(env);
      const priya = await first.signIn('u-priya');
      const made = await first.ask(
        `/api/cases/${CASE}/escalations`,
        write(REQUEST, first.address, 'k-1'),
        priya,
      );
      const { id } = (await made.json()) as { id: string };
      await first.stop();
      const second = await run(env);
      const again = await second.signIn('u-priya');
      const state = await second.ask(`/api/cases/${CASE}`, {}, again);
      expect(await state.json()).toMatchObject({ openEscalation: { id, status: 'requested' } });
      // The key is known there, too.
      const repeated = await second.ask(
        `/api/cases/${CASE}/escalations`,
        write(REQUEST, second.address, 'k-1'),
        again,
      );
      expect([repeated.status, repeated.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
      await second.stop();
    },
    PATIENCE,
  );
});

describe('where a write comes from', () => {
  const PORTAL = 'https://portal.example.com';
  let server: Run;
  let priya: string;
  beforeAll(async () => {
    server = await run({ ORIGINS: PORTAL });
    priya = await server.signIn('u-priya');
  });
  afterAll(() => server.stop());

  const note = (headers: Record<string, string>, cookie = priya) => {
    const { Origin: _origin, ...own } = write({}, '').headers as Record<string, string>;
    const body = JSON.stringify({ kind: 'reply', text: 'Any news?' });
    const init = { method: 'POST', body, headers: { ...own, ...headers } };
    return server.ask(`/api/cases/${CASE}/notes`, init, cookie);
  };

  it.each<[string, () => Record<string, string>]>([
    ['its own origin', () => ({ Origin: server.address })],
    ['its own origin, as the browser says', () => ({ 'Sec-Fetch-Site': 'same-origin', Origin: server.address })],
    ['an origin that was named', () => ({ Origin: PORTAL, 'Sec-Fetch-Site': 'cross-site' })],
  ])('may: %s', async (_title, headers) => {
    expect((await note(headers())).status).toBe(201);
  }); // prettier-ignore

  it.each<[string, () => Record<string, string>]>([
    ['another site', () => ({ Origin: 'https://evil.test' })],
    ['another site, as the browser says', () => ({ Origin: 'https://evil.test', 'Sec-Fetch-Site': 'cross-site' })],
    ['another host of the same site', () => ({ Origin: server.address.replace('127.0.0.1', 'localhost'), 'Sec-Fetch-Site': 'same-site' })],
    ['an origin that only begins like ours', () => ({ Origin: `${server.address}.evil.test` })],
    ['an origin that only begins like a named one', () => ({ Origin: `${PORTAL}.evil.test` })],
    ['a sandboxed page', () => ({ Origin: 'null' })],
    ['nobody knows', () => ({})],
    ['a page that claims to be ours, while the browser says otherwise', () => ({ Origin: server.address, 'Sec-Fetch-Site': 'cross-site' })],
  ])('may not: %s', async (_title, headers) => {
    expect(await refusal(await note(headers()))).toEqual([403, 'forbidden']);
  }); // prettier-ignore

  it('nobody is signed in or out by a form of another site', async () => {
    const evil = { method: 'POST', headers: { Origin: 'https://evil.test' } };
    const body = new URLSearchParams({ person: 'o-sam' });
    const signedIn = await server.ask('/sign-in', { ...evil, body });
    expect([signedIn.status, signedIn.headers.get('Set-Cookie')]).toEqual([403, null]);
    expect((await server.ask('/sign-out', evil, priya)).status).toBe(403);
    expect((await server.ask(`/api/cases/${CASE}`, {}, priya)).status).toBe(200);
  });

  it('a page of a named origin may read the refusal', async () => {
    const answer = await server.ask('/api/cases/x', { headers: { Origin: PORTAL } });
    expect([answer.status, answer.headers.get('Access-Control-Allow-Origin')]).toEqual([401, PORTAL]);
  });
});
