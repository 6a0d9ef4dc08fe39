import genesys from '../src/policies/genesys.json' with { type: 'json' };
import { memory, type MemoryOptions } from '../src/adapters/memory.js';
import type { Case, EscalationRequest, User } from '../src/core/model.js';
import { parsePolicy, type Policy } from '../src/core/policy.js';
import { createGateway, type GatewayOptions } from '../src/gateway/gateway.js';

/** A help desk for tests: a case that Genesys' policy lets be escalated, and the people around it. */
export const policy = parsePolicy(genesys);
/** The same without the questions that come before the form: most tests are about what comes after them. */
export const formFirst: Policy = {
  ...policy,
  criteria: policy.criteria
    .filter((row) => !(row.kind === 'confirm' && row.before && row.effect === 'advises'))
    .map((row) => (row.kind === 'confirm' ? { ...row, before: false } : row)),
};

const person = (id: string, name: string, role: string, account?: string): User => ({
  id,
  name,
  role,
  audience: 'direct',
  account,
});
export const people = {
  customer: person('u-1', 'Priya Nair', 'customer', 'acme'),
  partner: { ...person('p-1', 'Lena Holm', 'partner', 'acme'), audience: 'partner' } as User,
  colleague: person('u-2', 'Tom Berg', 'customer', 'acme'),
  stranger: person('u-3', 'Ana Costa', 'customer', 'globex'),
  owner: person('o-1', 'Sam Okoro', 'owner'),
  engineer: person('e-1', 'Dana Reyes', 'engineer'),
};

export const caseOf = (changes: Partial<Case> = {}): Case => ({
  id: 'c-1',
  number: '00481516',
  subject: 'Nightly export stops at 2 GB',
  status: 'open',
  priority: 'medium',
  assignee: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
  waitingOn: 'support',
  lastUpdate: {
    at: '2026-05-11T12:00:00Z',
    by: { id: 'e-1', name: 'Dana Reyes', role: 'engineer' },
    excerpt: 'Logs received.',
  },
  rcaRequestedAt: null,
  deployment: 'cloud',
  program: null,
  plan: 'Platinum',
  product: 'Genesys Cloud CX',
  customer: { name: 'Acme Ltd', region: 'Norway' },
  ...changes,
});

/** Confirms all that the policy asks of a medium-priority case. */
export const request: EscalationRequest = {
  reasonId: 'lack-of-updates',
  details: 'Nobody has answered for two weeks and the export still fails.',
  confirmed: ['no-change-of-urgency'],
  policyVersion: policy.version,
};
/** The request's reason in words. */
export const reasonLabel = policy.reasons.find(({ id }) => id === request.reasonId)?.label as string;

export const helpDesk = (cases: Case[] = [caseOf()], options: Partial<MemoryOptions> = {}) =>
  memory({ cases: cases.map((kase) => ({ case: kase, account: 'acme' })), ...options });

/** What the contract's tests of files need. */
export const attach = { maxBytes: 1000, types: ['text/plain', '.log'] };

/** A gateway whose users sign in by the header `X-User`. */
export const gatewayOver = (options: Partial<GatewayOptions> & Pick<GatewayOptions, 'backend'>) =>
  createGateway({
    policyFor: () => policy,
    policies: (id, version) => (id === policy.id && version === policy.version ? policy : null),
    authenticate: ({ headers }) =>
      Object.values(people).find(({ id }) => id === headers.get('X-User')) ?? null,
    ...options,
  });
