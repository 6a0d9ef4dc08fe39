import type { Call, CaseEvent } from '../../core/backend.js';
import { isCase, isEntry, isEscalation } from '../../core/guard-escalation.js';
import { segment } from '../lib/address.js';
import { chunks } from './chunks.js';
import { eventStream, type StreamEvent } from './event-stream.js';
import { exchange, type Wire } from '../lib/exchange.js';
import { protocol } from '../lib/json.js';
import { patiently } from './patience.js';

const HEADERS_MS = 15_000;
/** A server says something every 15 seconds: after three times nothing the line is dead, though nobody has said so. */
const SILENCE_MS = 45_000;

/** What an event's data says, where it is about this case and of the shape that its name promises. */
function thingOf(name: string, value: unknown, caseId: string): CaseEvent | undefined {
  if (name === 'case' && isCase(value) && value.id === caseId) return { kind: name, case: value };
  if (name === 'escalation' && isEscalation(value) && value.caseId === caseId)
    return { kind: name, escalation: value };
  if (name === 'entry' && isEntry(value)) {
    const { escalationId, ...entry } = value as typeof value & { escalationId?: unknown };
    if (typeof escalationId === 'string') return { kind: name, escalationId, entry };
  }
  return undefined;
}

/** An event that cannot be read may be anything: whoever hears `reset` looks again, and nothing is missed. */
function eventOf({ id, name, data }: StreamEvent, caseId: string): CaseEvent {
  const known = id === undefined ? {} : { id };
  try {
    return { ...known, ...(thingOf(name, JSON.parse(data), caseId) ?? { kind: 'reset' }) };
  } catch {
    return { ...known, kind: 'reset' };
  }
}

const NAMES = ['case', 'escalation', 'entry', 'reset'];

/** {@link Backend.watch} by server-sent events, over fetch, which `EventSource` is not: with the host's own headers. */
export async function watch(
  wire: Wire,
  caseId: string,
  since: string | undefined,
  call: Call,
  tell: (event: CaseEvent) => void,
): Promise<boolean> {
  const path = `/cases/${segment(caseId)}/events`;
  const headers = { Accept: 'text/event-stream', ...(since && { 'Last-Event-ID': since }) };
  const listen = (late: AbortController, more: (ms: number) => void) => {
    const read = async (response: Response, signal: AbortSignal): Promise<boolean> => {
      const { status, body } = response;
      // Where a body cannot be read as it comes, a page can only poll.
      if (status === 204 || !body) return false;
      if (status !== 200 || !/^text\/event-stream\b/i.test(response.headers.get('Content-Type') ?? '')) {
        void body.cancel().catch(() => undefined);
        throw protocol(status);
      }
      const take = eventStream((event) => {
        if (NAMES.includes(event.name) && !signal.aborted) tell(eventOf(event, caseId));
      });
      more(SILENCE_MS);
      for await (const piece of chunks(body, signal)) {
        more(SILENCE_MS);
        take(piece);
      }
      return true;
    };
    // Asked once: whoever watches knows best when to watch again.
    return exchange(wire, { path, headers, read, late }, { ...call, etag: undefined, background: true });
  };
  try {
    return (await patiently(HEADERS_MS, listen)).body as boolean;
  } catch (error) {
    if (call.signal?.aborted) return true;
    throw error;
  }
}
