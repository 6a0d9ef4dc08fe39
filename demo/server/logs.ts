import { pino, type DestinationStream, type Logger } from 'pino';
import type { MiddlewareHandler } from 'hono';
import type { GatewayEvent } from 'escalation-elements/gateway';
import type { Visit } from './visits.js';

/**
 * Logs, one JSON object per line. They are read by people who may not read cases: nothing that somebody wrote goes into
 * them, no value of a header, no query.
 */

export type { Logger } from 'pino';

/** @param to standard output by default */
export const createLog = (level: string, to?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'what',
      formatters: { level: (label) => ({ level: label }) },
    },
    to,
  );

/** The words of the contract's paths, and of the server's own. Everything else in a path may be anything. */
const WORDS = new Set(
  'cases escalations policies entries actions events files notes feedback healthz readyz sign-in sign-out'.split(
    ' ',
  ),
);

/** A path without what was put into it: `/api/cases/0048/files/f1` is `/cases/{}/files/{}`. */
export const routeOf = (path: string, basePath: string): string =>
  path
    .slice(path.startsWith(`${basePath}/`) ? basePath.length : 0)
    .split('/')
    .slice(1)
    .slice(0, 5)
    .map((part) => `/${WORDS.has(part) || part === '' ? part : '{}'}`)
    .join('');

/** Where an error was thrown: the lines of a stack that name places, without the message before them. */
const placesIn = (stack = ''): string[] =>
  stack
    .split('\n')
    .filter((line) => /^ {4}at [^\n]*:\d+:\d+\)?$/.test(line))
    .map((line) => line.trim())
    .slice(0, 8);

/** What may be known of an error. Its message is left out: a parser quotes what it could not read. */
export function faultOf(error: unknown): object {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    places: placesIn(stack),
    ...(cause !== undefined && { cause: faultOf(cause) }),
  };
}

/** For the gateway's `notify`: a fault, with the id that the client was given. */
export const logFaults =
  (log: Logger) =>
  (event: GatewayEvent): void => {
    if (event.kind === 'fault') log.error({ traceId: event.traceId, fault: faultOf(event.error) }, 'fault');
  };

/** One line per request when its answer begins; a stream goes on after that. */
export const logRequests =
  (log: Logger, basePath: string): MiddlewareHandler<{ Variables: { visit: Visit } }> =>
  async (c, next) => {
    const start = performance.now();
    await next();
    const { id, user } = c.var.visit;
    const route = routeOf(c.req.path, basePath);
    const { status } = c.res;
    const level = status >= 500 ? 'error' : route.endsWith('z') ? 'debug' : 'info';
    const ms = Math.round((performance.now() - start) * 10) / 10;
    log[level]({ request: id, method: c.req.method, route, status, ms, user: user?.id }, 'request');
  };
