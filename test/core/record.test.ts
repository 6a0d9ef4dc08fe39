import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BackendError } from '../../src/core/backend.js';
import { allowedActions } from '../../src/core/lifecycle.js';
import type { Action, Entry, Escalation, User } from '../../src/core/model.js';
import type { Policy, PolicyDocument } from '../../src/core/policy.js';
import {
  addMessage,
  fileRequest,
  present,
  summaryOf,
  visibleEntries,
  type Change,
  type EscalationRecord,
} from '../../src/core/record.js';
import { actOn } from '../../src/core/record-actions.js';
import { after, aRequest, aUser, HOUR, iso, NOW, small } from './cases.js';

const matrix = {
  low: { low: 'low', medium: 'low', high: 'medium' },
  medium: { low: 'low', medium: 'medium', high: 'high' },
  high: { low: 'medium', medium: 'high', high: 'high' },
} as const;
const document: Partial<PolicyDocument> = {
  reasons: [
    {
      id: 'other',
      label: { en: 'Other', de: 'Anderes' },
      details: 'optional',
      promises: [
        { id: 'soon', text: { en: 'call you', de: 'Sie anrufen' }, withinHours: 4 },
        { id: 'then', text: 'write to you' },
      ],
    },
    { id: 'person', label: 'Reassign', details: 'optional', visibility: 'owner-only' },
  ],
  lifecycle: {
    responseHours: 8,
    updateHours: { low: 72, medium: 48, high: 24 },
    priority: matrix,
    withdraw: ['customer'],
    reopenDays: 14,
    nudgeMinutes: 60,
  },
  feed: { alsoOnCase: true },
};
const policy = small(document);

const customer = aUser();
const colleague = aUser('customer', { id: 'u-colleague', name: 'Priya Nair' });
const stranger = aUser('customer', { id: 'u-stranger', account: 'globex' });
const owner = aUser('owner', { name: 'Sam Okoro' });

let serial = 0;
const change = (user: User, more: Partial<Change> = {}): Change => ({
  user,
  policy,
  now: NOW,
  newId: () => `n-${String(++serial).padStart(6, '0')}`,
  ...more,
});
const filed = (over = {}, more: Partial<Change> = {}) =>
  fileRequest('e-1', 'c-1', aRequest(over), change(customer, more));
const act = (record: EscalationRecord, action: Action, user: User = owner, more: Partial<Change> = {}) =>
  actOn(record, action, change(user, more));
const accept: Action = { kind: 'accept', importance: 'high', urgency: 'low', text: 'We take it.' };
const accepted = () => act(filed(), accept);
const last = (record: EscalationRecord) => record.entries.at(-1) as Entry;
const code = (run: () => unknown): unknown => {
  try {
    return run();
  } catch (error) {
    if (error instanceof BackendError) return [error.code, error.details];
    throw error;
  }
};

describe('fileRequest', () => {
  it('P12 freezes label and promises as they were shown, and the version of the policy', () => {
    const { escalation } = filed({}, { languages: ['de'] });
    expect(escalation).toMatchObject({
      id: 'e-1',
      caseId: 'c-1',
      status: 'requested',
      version: '1',
      policy: { id: 'small', version: '1' },
      reason: { id: 'other', label: 'Anderes' },
      promises: [
        { id: 'soon', text: 'Sie anrufen', dueAt: iso(4 * HOUR) },
        { id: 'then', text: 'write to you' },
      ],
      requestedBy: { id: customer.id, name: customer.name, role: 'customer' },
      requestedAt: iso(0),
      owner: null,
    });
    expect(escalation.promises[1]).not.toHaveProperty('dueAt');
  });

  it('keeps what was typed, and not what only travels with it', () => {
    const typed = {
      details: 'D',
      impact: 'I',
      contact: { method: 'email', value: 'a@b' },
      fields: { date: '2026-06-01' },
      confirmed: ['sure'],
      onBehalfOf: 'Acme',
      corrects: 'e-0',
    };
    const { escalation } = filed({ ...typed, attachmentIds: ['f-1'], policyVersion: '1' });
    expect(escalation).toMatchObject(typed);
    for (const member of ['policyVersion', 'attachmentIds', 'reasonId'])
      expect(escalation).not.toHaveProperty(member);
  });

  it('a reason that has gone keeps its id as its label', () => {
    expect(filed({ reasonId: 'gone' }).escalation).toMatchObject({
      reason: { id: 'gone', label: 'gone' },
      promises: [],
    });
  });

  it('P9 freezes the visibility', () => {
    expect(filed({ reasonId: 'person' }).escalation.visibility).toBe('owner-only');
    expect(filed().escalation).not.toHaveProperty('visibility');
    expect(summaryOf(filed({ reasonId: 'person' }))).toMatchObject({ visibility: 'owner-only' });
    expect(summaryOf(filed())).not.toHaveProperty('visibility');
  });

  it('promises an answer by the hours of the policy, or none', () => {
    expect(filed().escalation.nextUpdateDueAt).toBe(iso(8 * HOUR));
    expect(filed({}, { policy: small() }).escalation.nextUpdateDueAt).toBeNull();
  });

  it('starts the conversation with the request', () => {
    expect(filed().entries).toMatchObject([
      { kind: 'status', status: 'requested', at: iso(0), author: { id: customer.id } },
    ]);
  });
});

describe('addMessage', () => {
  const draft = { clientId: 'k-1', text: 'Hello' };
  const say = (record: EscalationRecord, user: User, more = {}, with_: Partial<Change> = {}) =>
    addMessage(record, { ...draft, ...more }, change(user, with_));

  it('G39 adds it at the end, under its author', () => {
    expect(last(say(filed(), customer))).toMatchObject({
      kind: 'message',
      clientId: 'k-1',
      text: 'Hello',
      author: { id: customer.id },
      at: iso(0),
    });
  });

  const table: [string, User, object, Policy, boolean][] = [
    ['the owner, by the policy', owner, {}, policy, true],
    ['the owner, who says no', owner, { alsoOnCase: false }, policy, false],
    ['the owner, where the policy says no', owner, {}, small(), false],
    ['the owner, who says yes', owner, { alsoOnCase: true }, small(), true],
    ['the customer, who cannot say so', customer, { alsoOnCase: true }, policy, false],
    ['the engineer', aUser('engineer'), { alsoOnCase: true }, policy, false],
  ];
  it.each(table)('G37 goes on the case too: %s', (_who, user, more, by, also) => {
    expect(last(say(filed(), user, more, { policy: by })).alsoOnCase).toBe(also || undefined);
  });

  it('of the owner is the update that was due: the next is due from here', () => {
    const later = { now: after(5 * HOUR) };
    const due = (record: EscalationRecord, user: User, more: Partial<Change> = {}) =>
      say(record, user, {}, { ...later, ...more }).escalation.nextUpdateDueAt;
    const record = accepted();
    expect(record.escalation.nextUpdateDueAt).toBe(iso(48 * HOUR));
    expect(due(record, owner)).toBe(iso(53 * HOUR));
    expect(due(record, customer)).toBe(iso(48 * HOUR));
    expect(due(filed(), owner)).toBe(iso(8 * HOUR));
    expect(due(record, owner, { policy: small() })).toBe(iso(48 * HOUR));
  });

  it('is refused once it is closed', () => {
    const ends: Action[] = [
      { kind: 'decline', text: 'No.', criteria: [] },
      { kind: 'resolve', summary: 'Done.' },
    ];
    for (const action of ends) {
      const record = action.kind === 'decline' ? filed() : accepted();
      expect(code(() => say(act(record, action), customer))).toEqual(['escalation-closed', {}]);
    }
  });
});

describe('actOn', () => {
  const table: [string, () => EscalationRecord, Action, User, object, object[]][] = [
    [
      'G32 take',
      filed,
      { kind: 'take' },
      owner,
      { status: 'under-review', owner: { id: owner.id, name: 'Sam Okoro', role: 'owner' }, version: '2' },
      [{ kind: 'status', status: 'under-review' }],
    ],
    [
      'G35 accept',
      filed,
      accept,
      owner,
      {
        status: 'accepted',
        importance: 'high',
        urgency: 'low',
        priority: 'medium',
        owner: { id: owner.id },
        nextSteps: [],
        decision: { outcome: 'accepted', text: 'We take it.', at: iso(0) },
        nextUpdateDueAt: iso(48 * HOUR),
        version: '2',
      },
      [{ kind: 'decision', status: 'accepted', text: 'We take it.' }],
    ],
    [
      'G33, G36 accept with next steps',
      filed,
      {
        ...accept,
        nextSteps: [{ text: 'Reproduce.', who: 'Dana' }, { text: 'Fix.' }],
        nextUpdateDueAt: iso(HOUR),
      },
      owner,
      {
        nextSteps: [{ text: 'Reproduce.', who: 'Dana' }, { text: 'Fix.' }],
        nextUpdateDueAt: iso(HOUR),
      },
      [{ kind: 'decision' }, { kind: 'next-steps', text: 'Reproduce.\nFix.' }],
    ],
    [
      'G34 decline',
      filed,
      {
        kind: 'decline',
        text: 'Not yet.',
        criteria: [{ id: 'day', text: '3 h ago' }],
        links: [{ label: 'L', href: 'https://example.com' }],
      },
      owner,
      {
        status: 'declined',
        owner: { id: owner.id },
        nextUpdateDueAt: null,
        closed: { at: iso(0), by: { id: owner.id } },
        decision: {
          outcome: 'declined',
          text: 'Not yet.',
          criteria: [{ id: 'day', text: '3 h ago' }],
          links: [{ label: 'L', href: 'https://example.com' }],
        },
      },
      [{ kind: 'decision', status: 'declined', text: 'Not yet.' }],
    ],
    [
      'G36 next-update',
      accepted,
      { kind: 'next-update', dueAt: iso(2 * HOUR) },
      owner,
      { nextUpdateDueAt: iso(2 * HOUR), version: '3' },
      [],
    ],
    [
      'note',
      accepted,
      { kind: 'note', text: 'Careful.' },
      owner,
      { version: '3' },
      [{ kind: 'internal', text: 'Careful.' }],
    ],
    [
      'resolve',
      accepted,
      { kind: 'resolve', summary: 'Fixed in 9.4.' },
      owner,
      {
        status: 'resolved',
        closed: { at: iso(0), by: { id: owner.id }, summary: 'Fixed in 9.4.' },
        nextUpdateDueAt: null,
        reopenUntil: iso(14 * 24 * HOUR),
      },
      [{ kind: 'status', status: 'resolved', text: 'Fixed in 9.4.' }],
    ],
    [
      'withdraw',
      accepted,
      { kind: 'withdraw', text: 'Solved.' },
      customer,
      {
        status: 'withdrawn',
        closed: { by: { id: customer.id }, summary: 'Solved.' },
        nextUpdateDueAt: null,
        owner: { id: owner.id },
      },
      [{ kind: 'status', status: 'withdrawn', text: 'Solved.' }],
    ],
    [
      'withdraw without a word',
      filed,
      { kind: 'withdraw' },
      customer,
      { status: 'withdrawn' },
      [{ kind: 'status', text: '' }],
    ],
    [
      'reopen',
      () => act(accepted(), { kind: 'resolve', summary: 'Done.' }),
      { kind: 'reopen', text: 'It is back.' },
      customer,
      {
        status: 'under-review',
        owner: { id: owner.id },
        nextUpdateDueAt: iso(8 * HOUR),
        closed: undefined,
        reopenUntil: undefined,
      },
      [{ kind: 'status', status: 'under-review', text: 'It is back.' }],
    ],
    [
      'rate',
      () => act(accepted(), { kind: 'resolve', summary: 'Done.' }),
      { kind: 'rate', value: 4, text: 'Slow.' },
      customer,
      {
        closed: { summary: 'Done.', rating: 4, by: { id: owner.id } },
        version: '3',
      },
      [{ kind: 'internal', text: 'Slow.' }],
    ],
    [
      'follow',
      filed,
      { kind: 'follow', impact: 'Us too.' },
      colleague,
      { version: '1' },
      [{ kind: 'message', text: 'Us too.' }],
    ],
    ['follow without a word', filed, { kind: 'follow' }, colleague, { version: '1' }, []],
  ];
  it.each(table)('%s', (_what, make, action, user, escalation, entries) => {
    const record = make();
    const before = structuredClone(record);
    const changed = act(record, action, user);
    expect(changed.escalation).toMatchObject(escalation);
    expect(changed.entries.slice(record.entries.length)).toMatchObject(entries);
    expect(changed.entries).toHaveLength(record.entries.length + entries.length);
    expect(record).toEqual(before);
  });

  it('the owner who took it stays its owner when another decides', () => {
    const other = aUser('owner', { id: 'u-other' });
    expect(act(act(filed(), { kind: 'take' }), accept, other).escalation.owner).toMatchObject({
      id: owner.id,
    });
  });

  it('G41 an entry that was moved is named, not changed', () => {
    const record = addMessage(filed(), { clientId: 'k', text: 'Log' }, change(customer));
    const { id } = last(record);
    const moved = act(record, { kind: 'move-to-case-feed', entryId: id }, customer);
    expect(last(moved)).toMatchObject({ kind: 'moved', about: id });
    expect(moved.entries.slice(0, -1)).toEqual(record.entries);
  });

  it('a promise is made, kept once, and says so', () => {
    const made = act(accepted(), { kind: 'promise', text: 'A patch', dueAt: iso(HOUR) });
    const { id } = last(made);
    expect(made.escalation.promises.at(-1)).toEqual({ id, text: 'A patch', dueAt: iso(HOUR) });
    const kept = act(made, { kind: 'keep-promise', promiseId: id }, owner, { now: after(HOUR) });
    expect(kept.escalation.promises.map(({ keptAt }) => keptAt)).toEqual([undefined, undefined, iso(HOUR)]);
    expect(last(kept)).toMatchObject({ kind: 'promise', about: id, text: 'A patch' });
    expect(code(() => act(kept, { kind: 'keep-promise', promiseId: id }))).toMatchObject(['invalid', {}]);
    expect(code(() => act(kept, { kind: 'keep-promise', promiseId: 'x' }))).toMatchObject([
      'invalid',
      { errors: [{ pointer: '/promiseId' }] },
    ]);
  });

  it.each([['read'], ['move-to-case-feed']] as const)('%s names an entry that is there', (kind) => {
    expect(code(() => act(filed(), { kind, entryId: 'x' }, customer))).toMatchObject([
      'invalid',
      { errors: [{ pointer: '/entryId' }] },
    ]);
  });

  it('refuses whom it is not for, before when it is not for', () => {
    expect(code(() => act(filed(), { kind: 'take' }, customer))).toEqual(['forbidden', {}]);
    expect(code(() => act(filed(), { kind: 'resolve', summary: 'S' }))).toEqual([
      'transition-not-allowed',
      { from: 'requested', allowed: ['take', 'accept', 'decline', 'move-to-case-feed', 'note', 'read'] },
    ]);
  });
});

describe('nudge', () => {
  const late = accepted();
  const at = (hours: number, record = late) =>
    act(record, { kind: 'nudge' }, customer, { now: after(hours * HOUR) });

  it('waits for the update to be late', () => {
    expect(code(() => at(48))).toMatchObject(['transition-not-allowed', {}]);
    expect(last(at(48.001))).toMatchObject({ kind: 'notice', author: { id: customer.id } });
  });

  it('is one in the minutes of the policy, whoever asks', () => {
    const once = at(50);
    expect(once.escalation.version).toBe(late.escalation.version);
    expect(code(() => at(50.5, once))).toEqual(['rate-limited', { retryAfter: 1800 }]);
    expect(code(() => act(once, { kind: 'nudge' }, colleague, { now: after(51 * HOUR - 1) }))).toEqual([
      'rate-limited',
      { retryAfter: 1 },
    ]);
    expect(at(51, once).entries).toHaveLength(once.entries.length + 1);
  });
});

describe('present', () => {
  const table: [who: string, seen: boolean, user: User][] = [
    ['the requester', true, customer],
    ['a colleague', true, colleague],
    ['another account', false, stranger],
    ['a partner without an account', false, aUser('partner')],
    ['the owner', true, owner],
  ];
  it.each(table)('the name of the requester is for %s: %s', (_who, named, user) => {
    const { requestedBy } = present(filed(), user);
    if (named) expect(requestedBy).toMatchObject({ name: customer.name });
    else expect(requestedBy).toBeNull();
    expect(requestedBy?.me).toBe(user === customer ? true : undefined);
  });

  it('two people without an account are not colleagues', () => {
    const alone = fileRequest('e', 'c', aRequest(), change(aUser('partner', { id: 'u-1' })));
    expect(present(alone, aUser('partner', { id: 'u-2' })).requestedBy).toBeNull();
  });

  it('says "you" of the owner, to the owner', () => {
    expect(present(accepted(), owner).owner).toMatchObject({ me: true });
    expect(present(accepted(), customer).owner).not.toHaveProperty('me');
  });

  it('counts followers, and says who follows', () => {
    const record = act(filed(), { kind: 'follow' }, colleague);
    expect(present(record, colleague)).toMatchObject({ followers: 1, following: true });
    expect(present(record, customer)).toMatchObject({ followers: 1, following: false });
    expect(code(() => act(record, { kind: 'follow' }, colleague))).toMatchObject([
      'transition-not-allowed',
      {},
    ]);
    expect(code(() => act(record, { kind: 'follow' }, customer))).toMatchObject([
      'transition-not-allowed',
      {},
    ]);
  });

  it('carries nothing of how it is stored', () => {
    const record = act(filed(), { kind: 'follow' }, colleague);
    const view: object = present(record, customer);
    for (const member of ['requester', 'reads', 'entries', 'nudgedAt'])
      expect(view).not.toHaveProperty(member);
    expect(JSON.stringify(view)).not.toContain(colleague.id);
  });

  describe('unread', () => {
    const talk = () => {
      let record = accepted();
      for (const text of ['One', 'Two']) record = addMessage(record, { clientId: text, text }, change(owner));
      record = act(record, { kind: 'note', text: 'Careful.' });
      return addMessage(record, { clientId: 'c', text: 'Thanks' }, change(customer));
    };
    const unread = (record: EscalationRecord, user: User) => present(record, user).unread;

    it('counts what others wrote, not the steps and not what is internal', () => {
      expect(unread(filed(), owner)).toBe(0);
      // The decision and two messages for the customer; for the owner what the customer wrote.
      expect(unread(talk(), customer)).toBe(3);
      expect(unread(talk(), owner)).toBe(1);
      expect(unread(talk(), colleague)).toBe(4);
    });

    it('goes down to what came after the last entry read, for the reader alone', () => {
      const record = talk();
      const one = record.entries.find(({ text }) => text === 'One') as Entry;
      const read = act(record, { kind: 'read', entryId: one.id }, customer);
      expect(unread(read, customer)).toBe(1);
      expect(unread(read, colleague)).toBe(4);
      expect(read.escalation).toEqual(record.escalation);
      expect(unread(act(read, { kind: 'read', entryId: last(read).id }, customer), customer)).toBe(0);
    });

    it('does not go up again when an old reading arrives late', () => {
      const record = talk();
      const newest = act(record, { kind: 'read', entryId: last(record).id }, customer);
      const late = act(newest, { kind: 'read', entryId: (record.entries[0] as Entry).id }, customer);
      expect(unread(late, customer)).toBe(0);
    });

    it('names the latest entry that this user may see', () => {
      const record = act(accepted(), { kind: 'note', text: 'Careful.' });
      expect(present(record, owner).latestEntryId).toBe(last(record).id);
      expect(present(record, customer).latestEntryId).toBe(record.entries.at(-2)?.id);
      expect(present(record, aUser('engineer')).latestEntryId).toBe(record.entries.at(-2)?.id);
    });

    it('P9 internal notes count for nobody who may not read them', () => {
      const record = act(accepted(), { kind: 'note', text: 'Careful.' });
      for (const user of [customer, colleague, aUser('engineer'), aUser('owner', { id: 'u-other' })]) {
        const noted = present(record, user).unread - present(accepted(), user).unread;
        expect(noted, user.id).toBe(user.role === 'owner' ? 1 : 0);
      }
    });
  });
});

it('internal notes stay inside; authors know themselves', () => {
  const record = act(accepted(), { kind: 'note', text: 'Careful.' });
  expect(visibleEntries(record, customer).map(({ kind }) => kind)).not.toContain('internal');
  expect(visibleEntries(record, aUser('engineer')).map(({ kind }) => kind)).not.toContain('internal');
  expect(visibleEntries(record, owner).map(({ kind }) => kind)).toContain('internal');
  expect(visibleEntries(record, customer)[0]?.author.me).toBe(true);
  expect(record.entries[0]?.author).not.toHaveProperty('me');
});

describe('whatever happens', () => {
  const user = fc.constantFrom(customer, colleague, stranger, owner, aUser('engineer'));
  const action: fc.Arbitrary<Action> = fc.constantFrom<Action>(
    { kind: 'take' },
    accept,
    { kind: 'decline', text: 'No.', criteria: [] },
    { kind: 'promise', text: 'A call' },
    { kind: 'keep-promise', promiseId: 'soon' },
    { kind: 'next-update', dueAt: iso(HOUR) },
    { kind: 'move-to-case-feed', entryId: 'n-0' },
    { kind: 'note', text: 'N' },
    { kind: 'resolve', summary: 'S' },
    { kind: 'withdraw' },
    { kind: 'reopen', text: 'R' },
    { kind: 'follow', impact: 'I' },
    { kind: 'nudge' },
    { kind: 'rate', value: 3, text: 'T' },
    { kind: 'read', entryId: 'n-0' },
  );
  const step = fc.record({ user, action, hours: fc.integer({ min: 0, max: 60 }) });

  it('entries are only added, the version never falls, and an action goes through exactly when it is allowed', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (script) => {
        let record = fileRequest('e-1', 'c-1', aRequest(), change(customer, { newId: () => 'n-0' }));
        let now = NOW;
        for (const { user: who, action: what, hours } of script) {
          now = after(hours * HOUR, now);
          const before = record;
          const view: Escalation = present(before, who);
          const allowed = allowedActions(view, who, policy, now).includes(what.kind);
          const outcome = code(() => actOn(before, what, change(who, { now })));
          if (Array.isArray(outcome)) {
            expect(['forbidden', 'transition-not-allowed', 'invalid', 'rate-limited']).toContain(outcome[0]);
            expect(allowed).toBe(['invalid', 'rate-limited'].includes(outcome[0] as string));
            continue;
          }
          expect(allowed).toBe(true);
          record = outcome as EscalationRecord;
          expect(record.entries.slice(0, before.entries.length)).toEqual(before.entries);
          expect(Number(record.escalation.version)).toBeGreaterThanOrEqual(Number(before.escalation.version));
          expect(record.escalation.closed !== undefined).toBe(
            !['requested', 'under-review', 'accepted'].includes(record.escalation.status),
          );
          expect(new Set(record.followers).size).toBe(record.followers.length);
        }
      }),
      { numRuns: 300 },
    ));
});
