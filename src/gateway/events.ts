import { seesEntry, seesEscalation } from '../core/access.js';
import type { CaseEvent } from '../core/backend.js';
import { isByEmail, isFeedOn } from '../core/eligibility.js';
import { callOf, caseFor, complete, linked, type Context } from './context.js';
import { EventLine } from './event-line.js';

/** Server-sent events: what the help desk tells of a case, as this user may see it at that moment. */

const none = (): Response => new Response(null, { status: 204, headers: { 'Cache-Control': 'no-store' } });

/** An id that cannot be in a header cannot come back. */
const block = ({ kind, id }: Pick<CaseEvent, 'kind' | 'id'>, data: unknown): string =>
  `event: ${kind}\n${id && /^[!-~]+$/.test(id) ? `id: ${id}\n` : ''}data: ${JSON.stringify(data)}\n\n`;

/** Events as text, judged now; empty: nothing of it is for this user. null: there are no events here any more. */
async function told(context: Context, caseId: string, events: readonly CaseEvent[]): Promise<string | null> {
  const { user } = context;
  const { plain, policy, state } = await caseFor(context, caseId);
  const facts = { case: plain.case, user };
  if (isByEmail(policy, facts)) return null;
  const known = [...(plain.openEscalation ? [plain.openEscalation] : []), ...plain.past];
  const hasEntries = isFeedOn(policy, facts);
  const dataOf = (event: CaseEvent): unknown => {
    if (event.kind === 'reset') return {};
    if (event.kind === 'case') return state.case;
    const about =
      event.kind === 'escalation' ? event.escalation : known.find(({ id }) => id === event.escalationId);
    if (!about || !seesEscalation(policy, about, user, plain.case)) return undefined;
    if (event.kind === 'escalation') return complete(context, event.escalation, plain.case, policy);
    const { entry, escalationId } = event;
    if (!hasEntries || !seesEntry(policy, entry, user, plain.case)) return undefined;
    return { ...linked(context, caseId, entry), escalationId };
  };
  return events
    .map((event) => {
      const data = dataOf(event);
      return data === undefined ? '' : block(event, data);
    })
    .join('');
}

export const getEvents = async (context: Context): Promise<Response> => {
  const { backend, user, request, clock } = context;
  const caseId = context.params[0] as string;
  const { plain, policy } = await caseFor(context, caseId);
  const isQuiet = !plain.guarantees.live || isByEmail(policy, { case: plain.case, user });
  if (!backend.watch || isQuiet) return none();
  const line = new EventLine((events) => told({ ...context, now: clock() }, caseId, events));
  if (request.signal.aborted) line.end();
  request.signal.addEventListener('abort', line.end, { once: true });
  const since = request.headers.get('Last-Event-ID') ?? undefined;
  const watching = backend.watch(caseId, since, callOf(context, { signal: line.signal }), line.tell);
  // Refused, or no events here: that can be answered as long as nothing has been sent.
  const start = Promise.race([watching, line.ready]);
  watching.then(line.end, line.end);
  if ((await start) === false) return none();
  return new Response(line.body(), {
    headers: {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no',
    },
  });
};
