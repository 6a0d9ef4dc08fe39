import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createApp, type App } from './app.js';
import { readHelpDesk, type HelpDesk } from './backends.js';
import { ConfigError, readAll, readEnv, settings, type Env, type Settings } from './config.js';
import { demoPolicies } from './demo-desk.js';
import type { Logger } from './logs.js';
import { casePage, staticPages } from './pages.js';
import { policiesOf, standardPolicies } from './policies.js';
import { rateLimit } from './rate-limit.js';
import { ofKnownRoles } from './sign-in/known-roles.js';
import { readSignIn, type Opened } from './sign-ins.js';

/** From an environment to a server that runs, and back. */

export interface Running {
  /** Where it listens. */
  address: string;
  /** Lets running requests finish, ends streams, and closes the help desk. Resolves when all is closed, or time is up. */
  stop(): Promise<void>;
}

const DEMO_PAGES = fileURLToPath(new URL('public', import.meta.url));

/** How long a client may take to say what it wants, in milliseconds: a slow one holds a connection. */
const PATIENCE = { headersTimeout: 20_000, requestTimeout: 120_000, keepAliveTimeout: 65_000 };

function pagesOf({ SERVE_STATIC, BASE_PATH }: Settings, { pages: signInPages }: Opened): Hono | undefined {
  const folder = SERVE_STATIC ?? (signInPages && DEMO_PAGES);
  const pages = new Hono();
  if (signInPages) pages.route('/', signInPages);
  if (folder === DEMO_PAGES) pages.route('/', casePage(BASE_PATH));
  if (folder) pages.route('/', staticPages(folder));
  return folder ? pages : undefined;
}

/** All that the environment says, before anything is opened. */
async function readConfig(env: Env) {
  const [read, openDesk, signIn] = await readAll(
    Promise.resolve(env).then((from) => readEnv(settings, from)),
    readHelpDesk(env),
    readSignIn(env),
  );
  const shown = signIn.people ? await demoPolicies() : standardPolicies();
  const policies = read.POLICY ? policiesOf(read.POLICY) : shown;
  if (signIn.people?.some(({ role }) => !policies.roles.includes(role)))
    throw new ConfigError(`PEOPLE: a role must be one of ${policies.roles.join(', ')}`);
  return { read, openDesk, signIn, policies };
}
type Config = Awaited<ReturnType<typeof readConfig>>;

function appOf({ read, signIn, policies }: Config, desk: HelpDesk, log: Logger): App {
  const { roles, ...known } = policies;
  const opened = signIn.open(desk.backend);
  return createApp({
    ...known,
    backend: desk.backend,
    keys: desk.keys,
    signIn: ofKnownRoles(opened.signIn, roles, log),
    pages: pagesOf(read, opened),
    log,
    basePath: read.BASE_PATH,
    origin: read.ORIGIN,
    origins: read.ORIGINS,
    trustedProxies: read.TRUSTED_PROXIES,
    limit: rateLimit(read.RATE_LIMIT),
    streamsPerUser: read.STREAMS_PER_USER,
  });
}

const listen = (server: Server, port: number, host: string): Promise<AddressInfo> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server.address() as AddressInfo));
  });

/** Connections that have asked for nothing yet: browsers open some in advance, and Node waits for their first request. */
function unusedOf(server: Server): Set<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}

/** Waits for running requests, and after so many seconds no longer. */
function close(server: Server, unused: Set<Socket>, seconds: number): Promise<void> {
  for (const socket of unused) socket.destroy();
  // A connection whose answer was under way does not wait for a next request.
  server.keepAliveTimeout = 1;
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), seconds * 1000);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
  });
}

/**
 * Starts a server.
 * @throws ConfigError; or the system's, where the port is taken
 */
export async function start(env: Env, log: Logger): Promise<Running> {
  const config = await readConfig(env);
  const { read } = config;
  const desk = await config.openDesk();
  try {
    const app = appOf(config, desk, log);
    const server = createAdaptorServer({ fetch: app.fetch, serverOptions: PATIENCE }) as Server;
    const unused = unusedOf(server);
    const { address, family, port } = await listen(server, read.PORT, read.HOST);
    let stopping: Promise<void> | undefined;
    const end = async () => {
      const late = performance.now() + read.STOP_SECONDS * 1000;
      app.stop();
      await close(server, unused, read.STOP_SECONDS);
      // A help desk that says nothing any more cannot be closed; one whose requests were cut off has a moment for it.
      const left = Math.max(1000, late - performance.now());
      await Promise.race([desk.close?.(), wait(left, undefined, { ref: false })]);
    };
    return {
      address: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
      stop: () => (stopping ??= end()),
    };
  } catch (error) {
    await desk.close?.();
    throw error;
  }
}
