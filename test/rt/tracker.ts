import { readFileSync } from 'node:fs';
import { requestTracker, type RequestTrackerOptions } from '../../src/adapters/request-tracker.js';
import type { Call, Tagged } from '../../src/core/backend.js';
import { newId } from '../../src/core/id.js';
import type { Action, EntryQuery, EscalationRequest, User } from '../../src/core/model.js';
import type { GatewayOptions } from '../../src/gateway/gateway.js';
import standard from '../../src/policies/standard.json' with { type: 'json' };
import { parsePolicy } from '../../src/core/policy.js';
import { gatewayOver, people } from '../desk.js';

/** The Request Tracker that scripts/test-rt.mjs has started, and the people of test/desk.ts in it. */

const address = process.env['RT_URL'] as string;
const tokens = JSON.parse(readFileSync(process.env['RT_TOKENS'] as string, 'utf8')) as Record<string, string>;

/** Any case may be escalated, at once. */
export const policy = parsePolicy(standard);
export const request: EscalationRequest = {
  reasonId: 'no-progress',
  details: 'Nobody has answered for two weeks and the export still fails.',
  confirmed: [],
  policyVersion: policy.version,
};
export const reasonLabel = policy.reasons[0]?.label as string;

const signIn = (id: string) => ({ Authorization: `token ${tokens[id]}` });

interface Ref {
  id: string;
  type: string;
}
/** Of a ticket, a search or a new ticket: what tests look at. */
export interface TicketBody extends Ref {
  Status: string;
  Subject: string;
  Owner: Ref;
  Queue: Ref;
  Requestor: Ref[];
  Cc: Ref[];
  AdminCc: Ref[];
  CustomFields: { name: string; values: string[] }[];
  items: TicketBody[];
}

/** What somebody does in Request Tracker itself. @returns status and JSON of the answer */
export async function tracker(
  user: Pick<User, 'id'>,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  body?: object,
): Promise<{ status: number; body: TicketBody }> {
  const response = await fetch(`${address}/REST/2.0/${path}`, {
    method,
    headers: { ...signIn(user.id), 'Content-Type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as TicketBody };
}
export const root = { id: 'root' };

/** A case that the engineer has answered, of the customer and of everybody in the same company. @returns its id */
export async function newCase(
  fields: Record<string, string> = {},
  subject = 'Nightly export stops at 2 GB',
): Promise<string> {
  const made = await tracker(people.engineer, 'POST', 'ticket', {
    Queue: 'Support',
    Subject: subject,
    Content: 'Logs received.',
    ContentType: 'text/plain',
    Requestor: people.customer.id,
    Cc: ['group:Acme'],
    Owner: people.engineer.id,
    CustomFields: {
      Severity: 'medium',
      'Waiting On': 'support',
      Program: 'commercial',
      Plan: 'Platinum',
      ...fields,
    },
  });
  return made.body.id;
}

/** The queue as it was at first: what earlier tests have left open is deleted. */
export async function emptyQueue(): Promise<void> {
  const open = encodeURIComponent(`Queue='Escalations' AND Status='__Active__'`);
  const { body } = await tracker(root, 'GET', `tickets?query=${open}&per_page=100`);
  for (const { id } of body.items) await tracker(root, 'PUT', `ticket/${id}`, { Status: 'deleted' });
}

export const backend = (options: Partial<RequestTrackerOptions> = {}) =>
  requestTracker({ baseUrl: address, headers: ({ user }: Call) => signIn(user?.id ?? ''), ...options });

/** A gateway in front of it, that people sign in to by the header `X-User`, or as `authenticate` says. */
export const gateway = (basePath: string, authenticate?: GatewayOptions['authenticate']) =>
  gatewayOver({
    backend: backend(),
    basePath,
    policyFor: () => policy,
    policies: (id, version) => (id === policy.id && version === policy.version ? policy : null),
    ...(authenticate && { authenticate }),
  });

/** The backend as this user calls it, with what tests ask for most. */
export function as(user: User, options: Partial<RequestTrackerOptions> = {}) {
  const desk = backend(options);
  const call = { user, policy };
  const value = <T>(answer: Tagged<T> | 'not-modified' | undefined): T => {
    if (!answer || answer === 'not-modified') throw new Error('no answer');
    return answer.value;
  };
  return {
    load: async (caseId: string) => value(await desk.load(caseId, call)),
    escalate: async (caseId: string, key = newId()) =>
      (await desk.escalate(caseId, request, { ...call, key })).escalation,
    queue: async () => value(await desk.queue?.({}, call)).escalations,
    escalation: async (id: string) => value(await desk.escalation?.(id, call)),
    entries: async (id: string, query: EntryQuery = {}) => value(await desk.entries?.(id, query, call)),
    post: async (id: string, text: string, clientId = newId()) => {
      const made = await desk.post?.(id, { clientId, text }, { ...call, key: clientId });
      if (!made) throw new Error('no answer');
      return made;
    },
    act: async (id: string, action: Action, etag?: string, key = newId()) =>
      value(await desk.act?.(id, action, { ...call, key, etag })),
  };
}
