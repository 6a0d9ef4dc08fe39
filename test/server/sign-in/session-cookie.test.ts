import { describe, expect, it } from 'vitest';
import { memorySessions, sessionCookie, type Session } from '../../../demo/server/sign-in/session-cookie.js';
import { people } from '../../desk.js';

const { customer, owner } = people;
const HOUR = 3_600_000;

function open(isSecure = true) {
  let now = Date.parse('2026-05-12T14:05:00Z');
  const clock = () => new Date(now);
  const kept = new Map<string, Session>();
  const inner = memorySessions(clock);
  const sessions = {
    ...inner,
    set: (hash: string, session: Session) => (kept.set(hash, session), inner.set(hash, session)),
  };
  const session = sessionCookie({ isSecure, clock, sessions });
  const request = (cookie = '') =>
    new Request('https://desk.test/', { headers: cookie ? { Cookie: cookie } : {} });
  return {
    kept,
    wait: (ms: number) => void (now += ms),
    start: (user = customer, cookie = '') => session.start(user, request(cookie)),
    who: (cookie: string) => session.authenticate(request(cookie)),
    end: (cookie: string) => session.end(request(cookie)),
  };
}
const pairOf = (header: string) => header.split(';')[0]!;

describe('a session cookie', () => {
  it('stands for whoever signed in', async () => {
    const desk = open();
    const cookie = pairOf(await desk.start());
    expect(await desk.who(cookie)).toEqual(customer);
    expect(await desk.who(`theme=dark; ${cookie}; lang=en`)).toEqual(customer);
  });

  it('is for this host, over https, and for no script', async () => {
    const header = await open().start();
    expect(header).toMatch(/^__Host-session=[\w-]{43}; /);
    for (const attribute of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=28800'])
      expect(header.split('; ')).toContain(attribute);
    expect(header).not.toMatch(/Domain/i);
  });

  it('has another name over plain http, where browsers refuse the prefix', async () => {
    expect(await open(false).start()).toMatch(/^session=[\w-]{43}; (?!.*Secure)/);
  });

  it.each(['', 'session=x', '__Host-session=', '__Host-session=guess', '__Host-session=constructor'])(
    'nobody is signed in by %j',
    async (cookie) => {
      const desk = open();
      await desk.start();
      expect(await desk.who(cookie)).toBeNull();
    },
  );

  it('is worth nothing after signing out, wherever a copy of it is', async () => {
    const desk = open();
    const cookie = pairOf(await desk.start());
    expect(await desk.end(cookie)).toMatch(/^__Host-session=; Max-Age=0/);
    expect(await desk.who(cookie)).toBeNull();
  });

  it('ends after eight hours', async () => {
    const desk = open();
    const cookie = pairOf(await desk.start());
    desk.wait(8 * HOUR - 1);
    expect(await desk.who(cookie)).toEqual(customer);
    desk.wait(1);
    expect(await desk.who(cookie)).toBeNull();
  });

  it('is another one after every sign-in: the one before is worth nothing', async () => {
    const desk = open();
    const planted = pairOf(await desk.start());
    const cookie = pairOf(await desk.start(owner, planted));
    expect(cookie).not.toBe(planted);
    expect(await desk.who(planted)).toBeNull();
    expect(await desk.who(cookie)).toEqual(owner);
  });

  it('cannot be made from what the store holds', async () => {
    const desk = open();
    const cookie = pairOf(await desk.start());
    const [hash] = [...desk.kept.keys()];
    expect(cookie).not.toContain(hash);
    expect(await desk.who(`__Host-session=${hash}`)).toBeNull();
  });
});
