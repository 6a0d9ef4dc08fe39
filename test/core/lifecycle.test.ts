import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBackendError, type BackendError } from '../../src/core/backend.js';
import {
  allowedActions,
  assertAllowed,
  escalationPriority,
  isPersonal,
  withActions,
} from '../../src/core/lifecycle.js';
import { isOpen, isOverdue } from '../../src/core/status.js';
import type { Action, ActionKind, Escalation, Status } from '../../src/core/model.js';
import { aRequest, aUser, genesys, HOUR, iso, NOW, small } from './cases.js';
import { fileRequest, present } from '../../src/core/record.js';

const policy = small({
  actors: { owner: { label: 'O', reviews: true }, manager: { label: 'M', reviews: true } },
  lifecycle: {
    priority: {
      low: { low: 'low', medium: 'low', high: 'medium' },
      medium: { low: 'low', medium: 'medium', high: 'high' },
      high: { low: 'medium', medium: 'high', high: 'high' },
    },
    withdraw: ['customer', 'owner'],
  },
  reasons: [{ id: 'other', label: 'Other', details: 'optional', promises: [{ id: 'p', text: 'P' }] }],
});

const statuses: Status[] = ['requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn'];
const roles = ['customer', 'partner', 'owner', 'manager', 'engineer', 'support', 'development', 'unheard-of'];

/** One for which the moment is right for everything: late, not followed, a promise to keep, just resolved, not rated. */
const ready = (status: Status, over: Partial<Escalation> = {}): Escalation => ({
  ...present(
    fileRequest('e-1', 'c-1', aRequest(), {
      user: aUser('customer', { id: 'u-else' }),
      policy,
      now: NOW,
      newId: () => 'n-1',
    }),
    aUser(),
  ),
  status,
  nextUpdateDueAt: iso(-1),
  reopenUntil: iso(HOUR),
  closed: { at: iso(0), by: aUser('owner') },
  ...over,
});

const actions: { [K in ActionKind]: Extract<Action, { kind: K }> } = {
  take: { kind: 'take' },
  accept: { kind: 'accept', importance: 'high', urgency: 'low', text: 'Yes.' },
  decline: { kind: 'decline', text: 'No.', criteria: [] },
  promise: { kind: 'promise', text: 'A call.' },
  'keep-promise': { kind: 'keep-promise', promiseId: 'p' },
  'next-update': { kind: 'next-update', dueAt: iso(HOUR) },
  'move-to-case-feed': { kind: 'move-to-case-feed', entryId: 'n-1' },
  note: { kind: 'note', text: 'Careful.' },
  resolve: { kind: 'resolve', summary: 'Done.' },
  withdraw: { kind: 'withdraw' },
  reopen: { kind: 'reopen', text: 'Again.' },
  follow: { kind: 'follow' },
  nudge: { kind: 'nudge' },
  rate: { kind: 'rate', value: 5 },
  read: { kind: 'read', entryId: 'n-1' },
};

const open: Status[] = ['requested', 'under-review', 'accepted'];
const reviewers = ['owner', 'manager'];
const customers = ['customer', 'partner'];
const rules: Record<ActionKind, [rule: string, from: Status[], by: string[]]> = {
  take: ['G32', ['requested'], reviewers],
  accept: ['G35', ['requested', 'under-review'], reviewers],
  decline: ['G34', ['requested', 'under-review'], reviewers],
  promise: ['G36', ['under-review', 'accepted'], reviewers],
  'keep-promise': ['G36', ['under-review', 'accepted'], reviewers],
  'next-update': ['G36', ['under-review', 'accepted'], reviewers],
  'move-to-case-feed': ['G41', open, [...customers, ...reviewers]],
  note: ['internal', statuses, reviewers],
  resolve: ['end', ['accepted'], reviewers],
  withdraw: ['end', open, ['customer', 'owner']],
  reopen: ['end', ['resolved'], [...customers, ...reviewers]],
  follow: ['same case', open, customers],
  nudge: ['silence', open, customers],
  rate: ['end', ['resolved'], customers],
  read: ['unread', statuses, roles],
};

function refusalOf(run: () => void): BackendError | null {
  try {
    run();
    return null;
  } catch (error) {
    if (isBackendError(error)) return error;
    throw error;
  }
}

describe.each(Object.entries(rules) as [ActionKind, (typeof rules)[ActionKind]][])(
  '%s',
  (kind, [rule, from, by]) => {
    const rows = statuses.flatMap((status) => roles.map((role) => [status, role] as const));
    it.each(rows)(`${rule} from %s by %s`, (status, role) => {
      const user = aUser(role);
      const escalation = ready(status);
      const may = from.includes(status) && by.includes(role);
      expect(allowedActions(escalation, user, policy, NOW).includes(kind)).toBe(may);
      expect(withActions(escalation, user, policy, NOW).can.act.includes(kind)).toBe(may);
      const refusal = refusalOf(() => assertAllowed(escalation, actions[kind], user, policy, NOW));
      if (may) expect(refusal).toBeNull();
      else if (!by.includes(role)) expect(refusal?.code).toBe('forbidden');
      else
        expect(refusal).toMatchObject({
          code: 'transition-not-allowed',
          details: { from: status, allowed: allowedActions(escalation, user, policy, NOW) },
        });
    });
  },
);

describe('the moment', () => {
  const table: [string, ActionKind, string, Status, Partial<Escalation>, boolean][] = [
    [
      'nudge at the very moment that was promised',
      'nudge',
      'customer',
      'accepted',
      { nextUpdateDueAt: iso(0) },
      false,
    ],
    ['nudge 1 ms later', 'nudge', 'customer', 'accepted', { nextUpdateDueAt: iso(-1) }, true],
    ['nudge where nothing was promised', 'nudge', 'customer', 'accepted', { nextUpdateDueAt: null }, false],
    [
      'nudge where nothing was ever said',
      'nudge',
      'customer',
      'accepted',
      { nextUpdateDueAt: undefined },
      false,
    ],
    [
      'reopen 1 ms before the end of the window',
      'reopen',
      'customer',
      'resolved',
      { reopenUntil: iso(1) },
      true,
    ],
    ['reopen at the end of the window', 'reopen', 'customer', 'resolved', { reopenUntil: iso(0) }, false],
    ['reopen where no window was set', 'reopen', 'customer', 'resolved', { reopenUntil: undefined }, true],
    [
      'rate a second time',
      'rate',
      'customer',
      'resolved',
      { closed: { at: iso(0), by: aUser('owner'), rating: 1 } },
      false,
    ],
    [
      'P9 move what is for the owners only to the case',
      'move-to-case-feed',
      'owner',
      'accepted',
      { visibility: 'owner-only' },
      false,
    ],
    [
      'P9 … nor by the customer',
      'move-to-case-feed',
      'customer',
      'requested',
      { visibility: 'owner-only' },
      false,
    ],
    ['follow a second time', 'follow', 'customer', 'accepted', { following: true }, false],
    [
      'follow what is one’s own',
      'follow',
      'customer',
      'accepted',
      { requestedBy: { ...aUser(), me: true } },
      false,
    ],
    [
      'follow where the requester is not named',
      'follow',
      'customer',
      'accepted',
      { requestedBy: null },
      true,
    ],
    ['keep a promise where none was made', 'keep-promise', 'owner', 'accepted', { promises: [] }, false],
    [
      'keep a promise where all are kept',
      'keep-promise',
      'owner',
      'accepted',
      { promises: [{ id: 'p', text: 'P', keptAt: iso(-1) }] },
      false,
    ],
  ];
  it.each(table)('%s', (_what, kind, role, status, over, may) =>
    expect(allowedActions(ready(status, over), aUser(role), policy, NOW).includes(kind)).toBe(may),
  );

  it('a promise that is not there, or already kept, cannot be kept', () => {
    const promises = [
      { id: 'p', text: 'P', keptAt: iso(-1) },
      { id: 'q', text: 'Q' },
    ];
    const keep = (promiseId: string) =>
      refusalOf(() =>
        assertAllowed(
          ready('accepted', { promises }),
          { kind: 'keep-promise', promiseId },
          aUser('owner'),
          policy,
          NOW,
        ),
      );
    expect(keep('q')).toBeNull();
    for (const id of ['p', 'x'])
      expect(keep(id)).toMatchObject({ code: 'invalid', details: { errors: [{ pointer: '/promiseId' }] } });
  });
});

it('P9 an owner-only request stays apart from the case: named nowhere, and refused', () => {
  const apart = ready('accepted', { visibility: 'owner-only' });
  for (const role of roles)
    expect(withActions(apart, aUser(role), policy, NOW).can.act).not.toContain('move-to-case-feed');
  const refusal = refusalOf(() =>
    assertAllowed(apart, actions['move-to-case-feed'], aUser('owner'), policy, NOW),
  );
  expect(refusal).toMatchObject({ code: 'transition-not-allowed', details: { from: 'accepted' } });
  expect(refusal?.details.allowed).not.toContain('move-to-case-feed');
});

describe('status', () => {
  it('G21 three are open, and take messages', () => {
    expect(statuses.filter((status) => isOpen({ status }))).toEqual(open);
    for (const status of statuses)
      expect(withActions(ready(status), aUser(), policy, NOW).can.post).toBe(open.includes(status));
  });

  it('nothing is late once it is closed', () => {
    for (const status of statuses)
      expect(isOverdue({ status, nextUpdateDueAt: iso(-1) }, NOW)).toBe(open.includes(status));
  });

  it('what is one’s own needs no version', () => {
    expect((Object.keys(rules) as ActionKind[]).filter(isPersonal)).toEqual([
      'follow',
      'nudge',
      'rate',
      'read',
    ]);
  });
});

describe('G35 escalationPriority', () => {
  const level = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);
  it('is what the matrix says', () => {
    expect(escalationPriority(policy, 'high', 'low')).toBe('medium');
    expect(escalationPriority(policy, 'low', 'high')).toBe('medium');
    expect(escalationPriority(policy, 'medium', 'low')).toBe('low');
    expect(escalationPriority(policy, 'medium', 'high')).toBe('high');
  });

  it('reads importance first, then urgency', () =>
    fc.assert(
      fc.property(level, level, (importance, urgency) => {
        expect(escalationPriority(genesys, importance, urgency)).toBe(
          genesys.lifecycle.priority[importance][urgency],
        );
      }),
    ));
});

it('nobody gets an action that assertAllowed refuses', () =>
  fc.assert(
    fc.property(
      fc.constantFrom(...statuses),
      fc.constantFrom(...roles),
      fc.integer({ min: -9, max: 9 }),
      fc.boolean(),
      (status, role, due, kept) => {
        const promises = [{ id: 'p', text: 'P', ...(kept && { keptAt: iso(0) }) }];
        const escalation = ready(status, { nextUpdateDueAt: iso(due), reopenUntil: iso(due), promises });
        for (const kind of allowedActions(escalation, aUser(role), policy, NOW))
          expect(
            refusalOf(() => assertAllowed(escalation, actions[kind], aUser(role), policy, NOW)),
          ).toBeNull();
      },
    ),
  ));
