import type { HttpBindings } from '@hono/node-server';
import { BackendError } from 'escalation-elements/backend';
import type { Visit } from './visits.js';

/** The open event streams: so many per user, and all of them end when the server does. */
export function openStreams(perUser: number) {
  // The request is kept, too: the signal of one that nobody holds is not told of anything.
  const open = new Map<Visit, { request: Request; stop: AbortController }>();
  let isOver = false;
  return {
    /** @returns the request, aborted when the reader has gone, or the server ends */
    follow(visit: Visit, raw: Request, outgoing: HttpBindings['outgoing']): Request {
      const stop = new AbortController();
      const request = new Request(raw, { signal: stop.signal });
      open.set(visit, { request, stop });
      // When it ends, so does its connection: there is nothing to wait for when the server stops.
      outgoing.setHeader('Connection', 'close');
      outgoing.once('close', () => {
        open.delete(visit);
        stop.abort();
      });
      if (isOver) stop.abort();
      return request;
    },
    /**
     * A stream costs memory for as long as it is open.
     * @throws BackendError `rate-limited`
     */
    assertRoom({ user }: Visit): void {
      const theirs = [...open.keys()].filter((visit) => visit.user?.id === user?.id);
      if (theirs.length > perUser)
        throw new BackendError('rate-limited', 'Too many open streams.', { retryAfter: 60 });
    },
    /** Ends them, and those that still come: pages then connect to another server. */
    end(): void {
      isOver = true;
      for (const { stop } of open.values()) stop.abort();
    },
  };
}
