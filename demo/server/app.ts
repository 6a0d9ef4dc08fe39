import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { BackendError } from 'escalation-elements/backend';
import { createGateway, type GatewayOptions } from 'escalation-elements/gateway';
import { readiness } from './health.js';
import { faultOf, logFaults, logRequests, type Logger } from './logs.js';
import { rateLimit, type RateLimit } from './rate-limit.js';
import { mayWrite } from './same-site.js';
import type { SignIn } from './sign-in/sign-in.js';
import { openStreams } from './streams.js';
import { addressOf, type Visit } from './visits.js';

/**
 * The gateway as a server: health, log, limits, and where a write may come from. Whatever refuses a call of the contract does
 * so in the gateway's `authenticate`, so that every refusal is a problem document that the page can read.
 */

export interface AppOptions extends Omit<GatewayOptions, 'authenticate' | 'basePath'> {
  basePath: string;
  signIn: SignIn;
  log: Logger;
  /** This server as browsers see it; where absent, as each request names it. */
  origin?: string;
  /** How many of our proxies stand before this server. */
  trustedProxies?: number;
  limit?: RateLimit;
  streamsPerUser?: number;
  /** What else there is, such as pages. */
  pages?: Hono;
}

export interface App {
  /** For `@hono/node-server`. */
  fetch: Hono<{ Bindings: HttpBindings }>['fetch'];
  /** From now on it is not ready, streams end, and connections close after their answer. */
  stop(): void;
}

/** Of pages: everything from here, nothing inline, no frames. The gateway's own policy for files is stricter, and stays. */
const headers = (isSecure: boolean) =>
  secureHeaders({
    overwrite: false,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['escalation-widget'],
    },
    xFrameOptions: 'DENY',
    strictTransportSecurity: isSecure,
  });

/** By the parts of its path as the gateway reads them, however they are written. */
function isStream({ method, url }: Request, basePath: string): boolean {
  try {
    const parts = new URL(url).pathname.slice(basePath.length).split('/').map(decodeURIComponent);
    return method === 'GET' && parts.length === 4 && parts[1] === 'cases' && parts[3] === 'events';
  } catch {
    return false;
  }
}

/** @returns the server, to be put on a port */
export function createApp(options: AppOptions): App {
  const { basePath, signIn, log, origin, origins = [], trustedProxies = 0, backend } = options;
  const { limit = rateLimit(600), streamsPerUser = 30, pages } = options;
  const sites = { own: origin, others: origins };
  const visits = new WeakMap<Request, Visit>();
  const streams = openStreams(streamsPerUser);
  const isReady = readiness(backend);
  const tellFaults = logFaults(log);
  let isStopping = false;

  const gateway = createGateway({
    ...options,
    async authenticate(request) {
      const visit = visits.get(request) as Visit;
      if (signIn.isAmbient && !mayWrite(request, sites))
        throw new BackendError('forbidden', 'This request came from another site.');
      visit.user = (await signIn.authenticate(request)) ?? undefined;
      await limit.take(visit);
      streams.take(visit);
      return visit.user ?? null;
    },
    notify: (event) => {
      tellFaults(event);
      return options.notify?.(event);
    },
  });
  const app = new Hono<{ Bindings: HttpBindings; Variables: { visit: Visit } }>();
  app.use(async (c, next) => {
    c.set('visit', { id: randomUUID(), address: addressOf(c.env.incoming, trustedProxies) });
    await next();
    c.res.headers.set('X-Request-Id', c.var.visit.id);
    if (isStopping) c.res.headers.set('Connection', 'close');
  });
  app.use(logRequests(log, basePath));
  app.use(headers(origin?.startsWith('https:') ?? false));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.get('/readyz', async (c) => {
    const status = (await isReady()) ? 'ok' : 'no answer from the help desk';
    if (isStopping) return c.json({ status: 'stopping' }, 503);
    return c.json({ status }, status === 'ok' ? 200 : 503);
  });
  app.all(`${basePath}/*`, (c) => {
    const { raw } = c.req;
    const request = isStream(raw, basePath) ? streams.follow(c.var.visit, raw, c.env) : raw;
    visits.set(request, c.var.visit);
    return gateway(request);
  });
  // A form of another site must not sign anybody in or out, either.
  app.use(async (c, next) =>
    signIn.isAmbient && !mayWrite(c.req.raw, sites)
      ? c.text('This request came from another site.', 403)
      : next(),
  );
  if (pages) app.route('/', pages);
  app.notFound((c) => c.text('There is nothing at this address.', 404));
  app.onError((error, c) => {
    log.error({ request: c.var.visit?.id, fault: faultOf(error) }, 'fault');
    return c.text('Something failed on our side.', 500);
  });
  return {
    fetch: app.fetch,
    stop() {
      isStopping = true;
      streams.end();
    },
  };
}
