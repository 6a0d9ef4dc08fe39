import type { HttpBindings } from '@hono/node-server';
import { BackendError } from 'escalation-elements/backend';
import type { Visit } from './visits.js';

/** An event stream that was asked for. The request is kept, too: the signal of one that nobody holds is not told of anything. */
interface Stream {
  request: Request;
  stop: AbortController;
}

/** The open event streams: so many per user, and all of them end when the server does. */
export function openStreams(perUser: number) {
  const asked = new WeakMap<Visit, Stream>();
  const open = new Map<Visit, Stream>();
  let isOver = false;
  return {
    /** @returns the request, aborted when the reader has gone, or the server ends */
    follow(visit: Visit, raw: Request, { incoming, outgoing }: HttpBindings): Request {
      const stop = new AbortController();
      const stream = { request: new Request(raw, { signal: stop.signal }), stop };
      asked.set(visit, stream);
      const gone = () => {
        open.delete(visit);
        stop.abort();
      };
      // When it ends, so does its connection: there is nothing to wait for when the server stops.
      outgoing.setHeader('Connection', 'close');
      outgoing.once('close', gone);
      // An answer that waits behind another on the same connection is not told that it has closed.
      const { socket } = incoming;
      socket.setMaxListeners(0).once('close', gone);
      outgoing.once('close', () => socket.off('close', gone));
      return stream.request;
    },
    /**
     * Once it is known whose it is. A stream costs memory for as long as it is open.
     * @throws BackendError `rate-limited`
     */
    take(visit: Visit): void {
      const stream = asked.get(visit);
      if (!stream || !visit.user || stream.stop.signal.aborted) return;
      const theirs = [...open.keys()].filter(({ user }) => user?.id === visit.user?.id);
      if (theirs.length >= perUser)
        throw new BackendError('rate-limited', 'Too many open streams.', { retryAfter: 60 });
      open.set(visit, stream);
      if (isOver) stream.stop.abort();
    },
    /** Ends them, and those that still come: pages then connect to another server. */
    end(): void {
      isOver = true;
      for (const { stop } of open.values()) stop.abort();
    },
  };
}
