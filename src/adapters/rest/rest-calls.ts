import { BackendError, type Backend, type Call } from '../../core/backend.js';
import type { EntryQuery, QueueQuery } from '../../core/model.js';
import { isEntry, isEscalation, isQueue, readEntryPage } from '../../core/guard-escalation.js';
import { segment } from '../lib/address.js';
import { exchange, tagOf, type Answer, type Wire } from '../lib/exchange.js';
import { protocol } from '../lib/json.js';

/** The calls of the contract that a button does not need. */
export type RestCalls = Required<Omit<Backend, 'guarantees' | 'address' | 'load' | 'policy'>>;

function checked<T>(is: (value: unknown) => value is T, { body }: Answer): T {
  if (is(body)) return body;
  throw protocol();
}

function queryOf(query: EntryQuery | QueueQuery): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return given.length
    ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString()}`
    : '';
}

/** The calls of one server; loaded by `rest` when the first of them is wanted. */
export function restCalls(wire: Wire): RestCalls {
  const write = (
    path: string,
    body: unknown,
    call: Call,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const own = {
      'Content-Type': 'application/json',
      ...(call.key && { 'Idempotency-Key': `"${call.key}"` }),
    };
    return exchange(wire, { path, body: JSON.stringify(body), headers: { ...own, ...headers } }, call);
  };

  return {
    async escalate(caseId, request, call) {
      const answer = await write(`/cases/${segment(caseId)}/escalations`, request, call);
      const escalation = checked(isEscalation, answer);
      // An answer about another case is not the confirmation of this one.
      if (escalation.caseId !== caseId)
        throw new BackendError('protocol', 'The answer is about another case.');
      return { escalation, replayed: answer.headers.get('Idempotency-Replayed') === 'true' };
    },

    async escalation(id, call) {
      const answer = await exchange(wire, { path: `/escalations/${segment(id)}` }, call);
      if (answer.status === 304) return 'not-modified';
      return { value: checked(isEscalation, answer), etag: tagOf(answer) };
    },

    async entries(escalationId, query, call) {
      const path = `/escalations/${segment(escalationId)}/entries${queryOf(query)}`;
      const answer = await exchange(wire, { path }, call);
      if (answer.status === 304) return 'not-modified';
      const value = readEntryPage(answer.body);
      // The same page again: whoever went on would never come to an end.
      if (!value || (query.before && value.before === query.before)) throw protocol();
      return { value, etag: tagOf(answer) };
    },

    async post(escalationId, draft, call) {
      const path = `/escalations/${segment(escalationId)}/entries`;
      return checked(isEntry, await write(path, draft, { ...call, key: draft.clientId }));
    },

    async act(escalationId, action, call) {
      const headers: Record<string, string> = call.etag ? { 'If-Match': `"${call.etag}"` } : {};
      const answer = await write(`/escalations/${segment(escalationId)}/actions`, action, call, headers);
      return { value: checked(isEscalation, answer), etag: tagOf(answer) };
    },

    async note(caseId, note, call) {
      await write(`/cases/${segment(caseId)}/notes`, note, call);
    },

    async queue(query, call) {
      const path = `/escalations${queryOf({ open: true, ...query } as QueueQuery)}`;
      const answer = await exchange(wire, { path }, call);
      if (answer.status === 304) return 'not-modified';
      return { value: checked(isQueue, answer), etag: tagOf(answer) };
    },

    async feedback(policyId, feedback, call) {
      await write(`/policies/${segment(policyId)}/feedback`, feedback, call);
    },

    // Most pages that talk have neither events nor files.
    async watch(...args) {
      return (await import('./rest-events.js')).watch(wire, ...args);
    },

    async upload(...args) {
      return (await import('./rest-files.js')).upload(wire, ...args);
    },

    async download(...args) {
      return (await import('./rest-files.js')).download(wire, ...args);
    },
  };
}
