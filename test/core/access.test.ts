import { describe, expect, it } from 'vitest';
import { completeState, seenBy, seesEntry, seesEscalation } from '../../src/core/access.js';
import { isCustomerSide, isReviewer } from '../../src/core/roles.js';
import { judge } from '../../src/core/eligibility.js';
import type { Case, CaseState, Entry, Escalation, EscalationSummary, User } from '../../src/core/model.js';
import { fileRequest, present, summaryOf } from '../../src/core/record.js';
import {
  aCase,
  aRequest,
  aUser,
  dana,
  facts,
  genesys,
  HOUR,
  iso,
  john,
  NOW,
  pulse,
  small,
  standard,
  update,
} from './cases.js';

const record = (policy = pulse, reasonId = 'case-reassignment') =>
  fileRequest('e-1', 'c-1', aRequest({ reasonId }), { user: aUser(), policy, now: NOW, newId: () => 'n-1' });

const state = (over: Partial<Case> = {}, more: Partial<CaseState> = {}): CaseState => ({
  case: aCase(over),
  openEscalation: null,
  past: [],
  guarantees: { dedup: 'key', unique: 'store', live: false },
  serverTime: NOW.toISOString(),
  ...more,
});
const withOpen = (user: User, reasonId = 'case-reassignment', over: Partial<Case> = {}) =>
  state(over, { openEscalation: present(record(pulse, reasonId), user) });
const engineer = (over: Partial<User> = {}) => aUser('engineer', { id: dana.id, name: dana.name, ...over });

describe('who is who', () => {
  const table: [string, boolean, boolean][] = [
    ['customer', false, true],
    ['partner', false, true],
    ['owner', true, false],
    ['manager', true, false],
    ['customer-care', true, false],
    ['representative', true, false],
    ['engineer', false, false],
    ['support', false, false],
    ['unheard-of', false, false],
    ['constructor', false, false],
  ];
  it.each(table)('P17 %s: reviews %s, on the side of the customer %s', (role, reviews, customer) => {
    expect(isReviewer(pulse, { role })).toBe(reviews);
    expect(isCustomerSide({ role })).toBe(customer);
  });

  it('marks the user, and nobody else', () => {
    expect(seenBy(john, { id: john.id })).toEqual({ ...john, me: true });
    expect(seenBy(john, { id: 'u-other' })).toEqual(john);
    expect(seenBy(null, { id: john.id })).toBeNull();
  });
});

/** An engineer who reviews: no policy of ours says so, but one may. */
const lax = small({
  actors: { owner: { label: 'O', reviews: true }, engineer: { label: 'E', reviews: true } },
});

describe('P9 an owner-only request', () => {
  const table: [who: string, seen: boolean, user: User][] = [
    ['the customer', true, aUser()],
    ['a partner', true, aUser('partner')],
    ['the owner', true, aUser('owner')],
    ['a manager who reviews', true, aUser('manager')],
    ['the engineer of the case', false, engineer()],
    ['another engineer', false, engineer({ id: 'u-else' })],
    ['an owner who is also the assignee', false, aUser('owner', { id: dana.id })],
    ['support', false, aUser('support')],
  ];
  it.each(table)('is shown to %s: %s', (_who, seen, user) => {
    expect(seesEscalation(pulse, { visibility: 'owner-only' }, user, aCase())).toBe(seen);
    expect(seesEscalation(pulse, {}, user, aCase())).toBe(true);

    const { openEscalation, verdict } = completeState(withOpen(user), pulse, user, NOW);
    expect(openEscalation !== null).toBe(seen);
    expect(verdict).toEqual({ kind: seen ? 'open-escalation' : 'not-offered' });

    const past = [summaryOf(record()), summaryOf(record(pulse, 'faster-progress'))];
    expect(completeState(state({}, { past }), pulse, user, NOW).past).toHaveLength(seen ? 2 : 1);
  });

  it('is shown to no engineer, not even where engineers review', () => {
    expect(seesEscalation(lax, { visibility: 'owner-only' }, engineer({ id: 'u-else' }), aCase())).toBe(
      false,
    );
  });

  it('leaves not a word of itself in what the engineer gets', () => {
    const text = JSON.stringify(completeState(withOpen(engineer()), pulse, engineer(), NOW));
    for (const word of ['Reassignment', 'reassign', 'e-1', 'The customer', 'The export has failed'])
      expect(text).not.toContain(word);
  });

  it('any other request is shown to the engineer', () => {
    const { openEscalation, verdict } = completeState(
      withOpen(engineer(), 'faster-progress'),
      pulse,
      engineer(),
      NOW,
    );
    expect(openEscalation?.reason.label).toBe('Faster Progress');
    expect(verdict.kind).toBe('open-escalation');
  });
});

describe('entries', () => {
  const kinds: Entry['kind'][] = [
    'message',
    'status',
    'decision',
    'next-steps',
    'promise',
    'moved',
    'notice',
    'internal',
  ];
  const table: [who: string, seen: boolean, user: User][] = [
    ['an owner', true, aUser('owner')],
    ['an owner who is also the assignee', false, aUser('owner', { id: dana.id })],
    ['a customer', false, aUser()],
    ['a partner', false, aUser('partner')],
    ['an engineer', false, engineer({ id: 'u-else' })],
  ];
  it.each(table)('internal notes are shown to %s: %s', (_who, seen, user) => {
    for (const kind of kinds)
      expect(seesEntry(pulse, { kind }, user, aCase())).toBe(kind === 'internal' ? seen : true);
  });

  it('internal notes are shown to no engineer, not even where engineers review', () => {
    expect(seesEntry(lax, { kind: 'internal' }, engineer({ id: 'u-else' }), aCase())).toBe(false);
  });
});

describe('completeState', () => {
  it('adds verdict, policy, user and what may be done', () => {
    const plain = state();
    const complete = completeState(plain, genesys, aUser(), NOW);
    expect(complete).toEqual({
      ...plain,
      verdict: judge(genesys, facts({}, { user: aUser() }), NOW),
      policy: { id: 'genesys', version: '1' },
      user: { id: 'u-customer', name: 'The customer', role: 'customer', audience: 'direct' },
      can: { review: false, note: false, feed: true, attach: null },
    });
    expect(complete.user).not.toHaveProperty('account');
  });

  it('leaves what it was given as it was', () => {
    const plain = withOpen(engineer(), 'case-reassignment', { program: 'fedramp-cloud-cx' });
    const before = structuredClone(plain);
    completeState(plain, genesys, engineer(), NOW);
    expect(plain).toEqual(before);
  });

  it('G32 who reviews may, and sees the criteria judged now', () => {
    const open = present(record(genesys, 'other'), aUser('owner'));
    const seen = (user: User): [boolean, Escalation | null] => {
      const { can, openEscalation } = completeState(
        state({ priority: 'low' }, { openEscalation: open }),
        genesys,
        user,
        NOW,
      );
      return [can.review, openEscalation];
    };
    const [may, forOwner] = seen(aUser('owner'));
    expect(may).toBe(true);
    expect(forOwner?.criteria?.find(({ id }) => id === 'not-low-priority')).toMatchObject({
      result: 'not-met',
    });
    expect(forOwner?.can.act).toContain('take');
    const [mayNot, forCustomer] = seen(aUser());
    expect(mayNot).toBe(false);
    expect(forCustomer).not.toHaveProperty('criteria');
    expect(forCustomer?.can.act).not.toContain('take');
  });

  it('P13 says no to another plan in the language of the reader', () => {
    const policy = small({ appliesTo: { plans: ['Gold'], otherwise: { en: 'No.', de: 'Nein.' } } });
    expect(completeState(state(), policy, aUser(), NOW, ['de-CH']).verdict).toEqual({
      kind: 'not-offered',
      policyReason: 'Nein.',
    });
  });

  it('notes can be written where the help desk takes them', () => {
    const can = { review: false, note: true, feed: true, attach: null };
    expect(completeState(state({}, { can }), standard, aUser(), NOW).can).toMatchObject({
      note: true,
      feed: true,
    });
    expect(completeState(state({}, { can }), standard, aUser('owner'), NOW).can.review).toBe(true);
  });

  it('what the help desk does not take is offered to nobody: entries, and actions', () => {
    const can = { review: false, note: true, feed: false, attach: null };
    const guarantees = { ...state().guarantees, acts: ['withdraw', 'take'] as const };
    const plain = { ...withOpen(aUser()), can, guarantees };
    const seen = (role: string) => completeState(plain, standard, aUser(role), NOW);
    expect(seen('customer')).toMatchObject({
      can: { feed: false },
      openEscalation: { can: { post: false, act: ['withdraw'] } },
    });
    expect(seen('owner').openEscalation?.can.act).toEqual(['take']);
  });
});

describe('G14 a Cloud CX case, and one whose program is unknown', () => {
  const secret: Partial<Case> = {
    subject: 'Missile silo door',
    waitingFor: 'Send the launch log',
    lastUpdate: { ...update(iso(-HOUR)), excerpt: 'The launch log is here' },
    lastSupportUpdate: { ...update(iso(-HOUR)), excerpt: 'Which launch log' },
  };
  const past: EscalationSummary[] = [summaryOf(record(genesys, 'other'))];
  const can = { review: false, note: true, feed: true, attach: { maxBytes: 1, types: [] } };

  it.each([['fedramp-cloud-cx'], [undefined]])(
    '%s: nothing that was written, no past, no notes, no feed, no files',
    (program) => {
      const complete = completeState(state({ ...secret, program }, { past, can }), genesys, aUser(), NOW);
      expect(JSON.stringify(complete)).not.toMatch(/silo|launch|Other/);
      expect(complete.past).toEqual([]);
      expect(complete.can).toEqual({ review: false, note: false, feed: false, attach: null });
      expect(complete.verdict).toMatchObject({ kind: 'elsewhere', channel: 'fedramp-cloud-cx-email' });
      expect(complete.case).toMatchObject({ number: '00481516', lastUpdate: { at: iso(-HOUR), by: dana } });
    },
  );

  it('a desk that does not know who wrote last keeps not knowing', () => {
    const complete = completeState(
      state({ program: 'fedramp-cloud-cx', lastUpdate: null, lastSupportUpdate: undefined }),
      genesys,
      aUser(),
      NOW,
    );
    expect(complete.case.lastUpdate).toBeNull();
    expect(complete.case.lastSupportUpdate).toBeUndefined();
  });

  it.each([[null], ['fedramp-engage'], ['another']])('%s: all of it is there', (program) => {
    const complete = completeState(state({ ...secret, program }, { past, can }), genesys, aUser(), NOW);
    expect(complete.case).toEqual(aCase({ ...secret, program }));
    expect(complete.past).toEqual(past);
    expect(complete.can).toMatchObject({ note: true, feed: program !== 'fedramp-engage' });
  });

  it('G38 Engage: an open escalation shows its steps, and takes no messages', () => {
    const open = present(record(genesys, 'other'), aUser());
    const { openEscalation, can: may } = completeState(
      state({ program: 'fedramp-engage' }, { openEscalation: open }),
      genesys,
      aUser(),
      NOW,
    );
    expect(may.feed).toBe(false);
    expect(openEscalation).toMatchObject({ status: 'requested', can: { post: false } });
    expect(openEscalation?.can.act).toContain('withdraw');
  });

  it('where the policy names no e-mail, an unknown program hides nothing', () => {
    const complete = completeState(state({ ...secret, program: undefined }), standard, aUser(), NOW);
    expect(complete.case.subject).toBe('Missile silo door');
    expect(complete.can.feed).toBe(true);
  });
});

describe('G31: only customers and partners are offered an escalation', () => {
  const verdictOf = (role: string) =>
    completeState(state(), standard, aUser(role, { id: `u-${role}` }), NOW).verdict.kind;

  it.each(['customer', 'partner'])('%s: available', (role) => expect(verdictOf(role)).toBe('available'));
  it.each(['owner', 'engineer', 'manager', 'support'])('%s: no button', (role) =>
    expect(verdictOf(role)).toBe('not-offered'),
  );
});
