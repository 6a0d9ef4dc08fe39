import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'hono/utils/cookie';
import type { User } from 'escalation-elements';
import type { SignIn } from './sign-in.js';

/** A worked example of `authenticate`: an opaque id in a cookie, and who it stands for in a store of the server's own. */

export interface Session {
  user: User;
  /** In milliseconds since 1970. */
  endsAt: number;
}

/** Where sessions live, by the hash of their id: whoever reads the store cannot sign in with it. */
export interface SessionStore {
  get(hash: string): Promise<Session | undefined>;
  set(hash: string, session: Session): Promise<void>;
  delete(hash: string): Promise<void>;
}

/** Sessions in this process; several processes need a shared store, such as a table. */
export function memorySessions(clock: () => Date = () => new Date()): SessionStore {
  const sessions = new Map<string, Session>();
  return {
    get: async (hash) => sessions.get(hash),
    async set(hash, session) {
      for (const [old, { endsAt }] of sessions) if (endsAt <= clock().getTime()) sessions.delete(old);
      sessions.set(hash, session);
    },
    delete: async (hash) => void sessions.delete(hash),
  };
}

export interface SessionCookieOptions {
  sessions?: SessionStore;
  /** Pages come over https: the cookie is then bound to it and to this host, `__Host-`. */
  isSecure: boolean;
  clock?: () => Date;
  /** 8 by default: a working day. */
  hours?: number;
}

export interface SessionCookie extends SignIn {
  /** Signs a user in whose password, or what there is, was checked. @returns the `Set-Cookie` header */
  start(user: User, request: Request): Promise<string>;
  /** Signs out, in the store too: a copy of the cookie is worth nothing. @returns the `Set-Cookie` header */
  end(request: Request): Promise<string>;
}

const hashOf = (id: string): string => createHash('sha256').update(id).digest('base64url');

/** @returns a sign-in by cookie, and the two ends of a session */
export function sessionCookie(options: SessionCookieOptions): SessionCookie {
  const { isSecure, clock = () => new Date(), sessions = memorySessions(clock), hours = 8 } = options;
  const name = isSecure ? '__Host-session' : 'session';
  const hashIn = (request: Request): string | undefined => {
    const id = parse(request.headers.get('Cookie') ?? '', name)[name];
    return id && hashOf(id);
  };
  const cookie = (value: string, maxAge: number): string =>
    serialize(name, value, { path: '/', httpOnly: true, sameSite: 'Lax', secure: isSecure, maxAge });
  const forget = async (request: Request): Promise<void> => {
    const hash = hashIn(request);
    if (hash) await sessions.delete(hash);
  };
  return {
    isAmbient: true,
    async authenticate(request) {
      const hash = hashIn(request);
      const session = hash && (await sessions.get(hash));
      return session && session.endsAt > clock().getTime() ? session.user : null;
    },
    async start(user, request) {
      // A new id at every sign-in: one that somebody has planted before is worth nothing.
      await forget(request);
      const id = randomBytes(32).toString('base64url');
      await sessions.set(hashOf(id), { user, endsAt: clock().getTime() + hours * 3_600_000 });
      return cookie(id, hours * 3600);
    },
    async end(request) {
      await forget(request);
      return cookie('', 0);
    },
  };
}
