import standard from 'escalation-elements/policies/standard.json' with { type: 'json' };
import type { Case, Entry, User } from 'escalation-elements';
import { memory } from 'escalation-elements/adapters/memory';
import type { Backend, CaseEvent } from 'escalation-elements/backend';
import { parsePolicy } from 'escalation-elements/policy';
import { createApp } from '../../../demo/server/app.js';
import { createLog } from '../../../demo/server/logs.js';
import { rateLimit } from '../../../demo/server/rate-limit.js';
import { sessionCookie } from '../../../demo/server/sign-in/session-cookie.js';
import { serve } from './child.js';

/**
 * The server as it is, with a cookie, a rate limit and a log, before a help desk that answers at once: what is measured is
 * ours alone.
 */

const policy = parsePolicy(standard);
const customer: User = {
  id: 'u-1',
  name: 'Priya Nair',
  role: 'customer',
  audience: 'direct',
  account: 'acme',
};
const owner: User = { id: 'o-1', name: 'Sam Okoro', role: 'owner', audience: 'direct' };
const kase: Case = {
  id: 'c-1',
  number: '00481516',
  subject: 'Nightly export stops at 2 GB',
  status: 'open',
  priority: 'high',
  assignee: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
  waitingOn: 'support',
  lastUpdate: null,
  customer: { name: 'Acme Ltd' },
};

/** An escalation that was accepted, as the help desk in memory makes it; then nothing of it changes any more. */
async function still(): Promise<Backend> {
  const desk = memory({ cases: [{ case: kase, account: 'acme' }] });
  const call = (user: User, key: string) => ({ user, policy, key });
  const details = 'Nobody has answered for two weeks and the export still fails.';
  const body = { reasonId: 'other', details, confirmed: [], policyVersion: policy.version };
  const { escalation } = await desk.escalate('c-1', body, call(customer, 'k-1'));
  await desk.act!(escalation.id, { kind: 'take' }, call(owner, 'k-2'));
  const text = 'Your request meets the criteria. I own this escalation until the export works.';
  const accept = { kind: 'accept', importance: 'high', urgency: 'high', text } as const;
  await desk.act!(escalation.id, accept, call(owner, 'k-3'));
  const loaded = await desk.load('c-1', { user: customer });
  const found = await desk.escalation!(escalation.id, { user: customer });
  const told = new Set<(event: CaseEvent) => void>();
  let count = 100;
  return {
    ...desk,
    load: async () => loaded,
    escalation: async () => found,
    async post(escalationId, { clientId, text }, { user }) {
      const id = String(++count).padStart(9, '0');
      const { id: userId, name, role } = user!;
      const author = { id: userId, name, role };
      const entry: Entry = { id, clientId, kind: 'message', at: '2026-05-12T14:05:00.000Z', author, text };
      for (const tell of told) tell({ kind: 'entry', id, escalationId, entry });
      return entry;
    },
    async watch(_caseId, _since, { signal }, tell) {
      told.add(tell);
      tell({ kind: 'reset', id: String(count).padStart(9, '0') });
      await new Promise((resolve) => signal?.addEventListener('abort', resolve));
      return told.delete(tell);
    },
  };
}

const session = sessionCookie({ isSecure: false });
const cookie = await session.start(customer, new Request('http://127.0.0.1/'));
const app = createApp({
  backend: await still(),
  basePath: '/api',
  policyFor: () => policy,
  policies: () => policy,
  signIn: session,
  // To standard output, which goes nowhere.
  log: createLog('info'),
  limit: rateLimit(1_000_000),
  streamsPerUser: 2000,
});
serve(app.fetch, { cookie: cookie.split(';')[0] });
