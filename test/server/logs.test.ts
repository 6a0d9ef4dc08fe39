import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, routeOf } from '../../demo/server/logs.js';
import { run, write, type Run } from './running.js';

const CASE = '00481498';
/** Wherever it is put, it must not come out in the log. */
const SECRET = 'Xq7-confidential';

describe('the log', () => {
  let server: Run;
  let cookie: string;
  beforeAll(async () => {
    server = await run();
    cookie = await server.signIn('u-priya');
  });
  afterAll(() => server.stop());

  it('has one line per request: what was asked of which route, by whom, and how it went', async () => {
    const answer = await server.ask(`/api/cases/${CASE}`, {}, cookie);
    const line = server.logged().findLast(({ route }) => route === '/cases/{}');
    expect(line).toEqual({
      level: 'info',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
      what: 'request',
      request: answer.headers.get('X-Request-Id'),
      method: 'GET',
      route: '/cases/{}',
      status: 200,
      ms: expect.any(Number) as number,
      user: 'u-priya',
    });
  });

  it('says little of what monitors ask', async () => {
    await server.ask('/readyz');
    expect(server.logged().at(-1)).toMatchObject({ level: 'debug', route: '/readyz' });
  });

  it('holds no text of a case, no value of a header and no query', async () => {
    const headers = { 'X-Request-Id': SECRET, 'User-Agent': SECRET, Referer: `https://x.test/${SECRET}` };
    const request = {
      reasonId: 'lack-of-updates',
      details: `${SECRET} stands in the details of this request.`,
      confirmed: ['production-runs', 'no-change-of-urgency', 'not-for-rca'],
      policyVersion: '1',
    };
    const send = (path: string, init: RequestInit = {}) =>
      server.ask(path, { ...init, headers: { ...headers, ...(init.headers as object) } }, cookie);
    const made = await send(`/api/cases/${CASE}/escalations`, write(request, server.address));
    const { id } = (await made.json()) as { id: string };
    const message = { clientId: 'm-1', text: SECRET };
    await send(`/api/escalations/${id}/entries`, write(message, server.address, 'm-1'));
    await send(`/api/escalations/${id}/entries?q=${SECRET}`);
    await send(`/api/cases/${CASE}/notes`, write({ kind: SECRET }, server.address));
    await send(`/api/cases/${CASE}/notes`, {
      method: 'POST',
      body: `{"text": ${SECRET}`,
      headers: write({}, server.address).headers,
    });
    await send(`/api/${SECRET}/cases/${SECRET}`);
    await send(`/${SECRET}?${SECRET}`);
    await send('/sign-in', { method: 'POST', body: new URLSearchParams({ person: SECRET }), headers: { Origin: SECRET } });
    const lines = server.logged();
    expect(lines.length).toBeGreaterThanOrEqual(9);
    expect(server.text()).not.toContain(SECRET);
    expect(server.text()).not.toContain(cookie.split('=')[1]);
  }); // prettier-ignore
});

describe('a route in the log', () => {
  it.each([
    ['/api/cases/00481498', '/cases/{}'],
    ['/api/cases/00481498/files/f-1', '/cases/{}/files/{}'],
    ['/api/policies/genesys/1', '/policies/{}/{}'],
    ['/api/escalations', '/escalations'],
    ['/readyz', '/readyz'],
    ['/', '/'],
    ['/case.html', '/{}'],
    ['/a/b/c/d/e/f/g/h', '/{}/{}/{}/{}/{}'],
  ])('%s is %s', (path, route) => expect(routeOf(path, '/api')).toBe(route));

  it('says nothing of what somebody put into the path', () => {
    const part = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const route = routeOf(`/api/${parts.join('/')}`, '/api');
        expect(route).toMatch(/^(\/(\{\}|cases|escalations|policies|entries|actions|events|files|notes|feedback|healthz|readyz|sign-in|sign-out)?){1,5}$/);
      }),
    ); // prettier-ignore
  });
});

describe('a fault in the log', () => {
  it('says what kind and where, and not what the message quotes', () => {
    const text = `{"details": ${SECRET}\n    at (${SECRET}:1:1)`;
    const error = (() => {
      try {
        return JSON.parse(text) as Error;
      } catch (error) {
        return error as Error;
      }
    })();
    const told = faultOf(new Error(SECRET, { cause: error }));
    expect(JSON.stringify(told)).not.toContain(SECRET);
    expect(told).toMatchObject({
      name: 'Error',
      places: [expect.stringContaining('logs.test.ts'), ...(new Array(7).fill(expect.any(String)) as string[])],
      cause: { name: 'SyntaxError' },
    });
  }); // prettier-ignore

  it('says the code that the system, or the help desk, gave', () => {
    const refused = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    expect(faultOf(refused)).toMatchObject({ code: 'ECONNREFUSED' });
    expect(faultOf('a text')).toEqual({ name: 'string' });
  });
});
