import type { Judged } from '../../src/core/eligibility.js';
import type { Case, EscalationRequest, Person, Update, User } from '../../src/core/model.js';
import { parsePolicy, type Policy, type PolicyDocument } from '../../src/core/policy.js';
import genesysDocument from '../../src/policies/genesys.json' with { type: 'json' };
import pulseDocument from '../../src/policies/pulse-secure.json' with { type: 'json' };
import standardDocument from '../../src/policies/standard.json' with { type: 'json' };

export const documents: Record<'pulse-secure' | 'genesys' | 'standard', unknown> = {
  'pulse-secure': pulseDocument,
  genesys: genesysDocument,
  standard: standardDocument,
};
export const pulse = parsePolicy(pulseDocument);
export const genesys = parsePolicy(genesysDocument);
export const standard = parsePolicy(standardDocument);

/** Tuesday 12 May 2026, 10:05 in New York. */
export const NOW = new Date('2026-05-12T14:05:00.000Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
export const after = (milliseconds: number, from = NOW): Date => new Date(from.getTime() + milliseconds);
export const iso = (milliseconds: number): string => after(milliseconds).toISOString();

export const dana: Person = { id: 'u-dana', name: 'Dana Reyes', role: 'engineer' };
export const john: Person = { id: 'u-john', name: 'John Diaz', role: 'customer' };
export const update = (at: string, by: Person | null = dana): Update => ({
  at,
  by,
  excerpt: 'Logs received.',
});

/** A case that both processes let through: open, medium, assigned, commercial, Platinum, nothing pending. */
export const aCase = (over: Partial<Case> = {}): Case => ({
  id: 'c-1',
  number: '00481516',
  subject: 'Nightly export stops at 2 GB',
  status: 'open',
  priority: 'medium',
  assignee: dana,
  waitingOn: 'support',
  lastUpdate: update(iso(-3 * HOUR)),
  lastSupportUpdate: update(iso(-3 * HOUR)),
  rcaRequestedAt: null,
  waitingSince: null,
  waitingFor: null,
  deployment: 'cloud',
  program: null,
  plan: 'Platinum',
  product: 'Cloud CX',
  rma: null,
  customer: { name: 'Acme Ltd', region: 'US' },
  ...over,
});

/** The case without these members: facts that the help desk does not know. */
export function without(kase: Case, ...members: (keyof Case)[]): Case {
  const rest: Partial<Case> = { ...kase };
  for (const member of members) delete rest[member];
  return rest as Case;
}

export const aUser = (role = 'customer', over: Partial<User> = {}): User => ({
  id: `u-${role}`,
  name: `The ${role}`,
  role,
  audience: role === 'partner' ? 'partner' : 'direct',
  ...(role === 'customer' && { account: 'acme' }),
  ...over,
});

export const facts = (over: Partial<Case> = {}, more: Partial<Judged> = {}): Judged => ({
  case: aCase(over),
  user: aUser(),
  openEscalation: null,
  ...more,
});

export const aRequest = (over: Partial<EscalationRequest> = {}): EscalationRequest => ({
  reasonId: 'other',
  details: 'The export has failed every night for two weeks.',
  confirmed: [],
  policyVersion: '1',
  ...over,
});

/** The smallest document that parses. */
export const smallest = (over: Partial<PolicyDocument> = {}): PolicyDocument => ({
  schemaVersion: 1,
  id: 'small',
  version: '1',
  language: 'en',
  title: 'Small',
  channels: [{ id: 'form', use: 'form', when: {} }],
  criteria: [],
  reasons: [{ id: 'other', label: 'Other', details: 'optional' }],
  form: {
    title: 'Escalate',
    submit: 'Send',
    reasonLabel: 'Reason',
    reasons: 'radios',
    details: { label: 'Details', maxLength: 100 },
  },
  lifecycle: {
    priority: {
      low: { low: 'low', medium: 'low', high: 'medium' },
      medium: { low: 'low', medium: 'medium', high: 'high' },
      high: { low: 'medium', medium: 'high', high: 'high' },
    },
    withdraw: ['customer'],
  },
  actors: { customer: { label: 'Customer' }, owner: { label: 'Owner', reviews: true } },
  ...over,
});
export const small = (over: Partial<PolicyDocument> = {}): Policy => parsePolicy(smallest(over));
