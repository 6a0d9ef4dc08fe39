import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seesEscalation } from '../../src/core/access.js';
import { isReviewer } from '../../src/core/roles.js';
import { channelFor, isFeedOn, judge } from '../../src/core/eligibility.js';
import { reasonsFor } from '../../src/core/request.js';
import { checkRequest } from '../../src/core/check-request.js';
import type { Case, EscalationRequest, VerdictKind } from '../../src/core/model.js';
import { parsePolicy, type Reason } from '../../src/core/policy.js';
import { fileRequest } from '../../src/core/record.js';
import { aCase, aRequest, aUser, dana, documents, facts, NOW, pulse, without } from '../core/cases.js';
import { anyFacts, anyInstant } from './arbitraries.js';

const reason = (id: string) => pulse.reasons.find((row) => row.id === id) as Reason;
const promised = (id: string) => reason(id).promises.map(({ text }) => text);
const faults = (request: Partial<EscalationRequest>, over: Partial<Case> = {}) =>
  checkRequest(pulse, facts(over), [], aRequest(request));
const label = (role: string) => pulse.actors[role]?.label;

type Row = [row: string, what: string, check: () => void];

const rows: Row[] = [
  [
    'P1',
    'the dialog says that it is for a case that has not been handled properly',
    () => {
      expect(pulse.form.intro).toContain('has not been handled properly');
      expect(pulse.criteria.map(({ kind }) => kind)).toEqual(['case-open']);
    },
  ],
  [
    'P2',
    'it is a request until somebody accepts it',
    () => {
      expect(
        [pulse.form.title, pulse.form.submit, pulse.form.sent].every((text) =>
          /request/i.test(text as string),
        ),
      ).toBe(true);
      expect(
        fileRequest('e', 'c', aRequest(), { user: aUser(), policy: pulse, now: NOW, newId: () => '1' })
          .escalation.status,
      ).toBe('requested');
    },
  ],
  [
    'P3',
    'the button on the case says Escalate Now',
    () =>
      expect(judge(pulse, facts(), NOW)).toMatchObject({
        kind: 'available',
        channel: 'customer-portal',
        button: { label: 'Escalate Now' },
      }),
  ],
  [
    'P5',
    'one choice from a drop-down labelled Escalate Reason, in the order of the article',
    () => {
      expect(pulse.form).toMatchObject({ reasonLabel: 'Escalate Reason', reasons: 'select' });
      expect(reasonsFor(pulse, facts({ rma: 'RMA-7' })).map((row) => row.label)).toEqual([
        'Faster Progress',
        'Case Status Update',
        'Support Engineer Now',
        'Case Reassignment',
        'RMA Status Update',
        'Other',
      ]);
      expect(faults({ reasonId: '' })).toEqual([{ pointer: '/reasonId', code: 'missing' }]);
      expect(faults({ reasonId: 'gone' })).toEqual([{ pointer: '/reasonId', code: 'not-offered' }]);
    },
  ],
  [
    'P6',
    'Faster Progress: when, action, promises, an Escalation Manager',
    () => {
      expect(reason('faster-progress').whenToSelect).toContain('if you need faster progress on your case');
      expect(reason('faster-progress').action).toBe(
        'A Pulse Secure Escalation Manager will be assigned to your escalation to ensure that your case is properly prioritized and progress toward resolution is accelerated.',
      );
      expect(promised('faster-progress')).toEqual([
        'assign an Escalation Manager to your escalation',
        'ensure that your case is properly prioritized',
        'accelerate progress toward resolution',
      ]);
      expect(label(reason('faster-progress').responder as string)).toBe('Escalation Manager');
    },
  ],
  [
    'P7',
    'Case Status Update: Escalation Manager and Support Engineer are named',
    () => {
      expect(reason('case-status-update').whenToSelect).toContain('if you require an update on your case');
      expect(reason('case-status-update').action).toMatch(
        /Escalation Manager will work with the Support Engineer .* to provide an update/,
      );
      expect(promised('case-status-update')).toHaveLength(2);
      expect(reason('case-status-update').responder).toBe('owner');
    },
  ],
  [
    'P8',
    'Support Engineer Now asks how to be contacted, and for details',
    () => {
      const row = reason('support-engineer-now');
      expect(row.whenToSelect).toContain('Be specific as possible');
      expect(row.action).toContain('telephone or email');
      expect(row.action).toContain('When possible the current owner of your case will contact you.');
      expect(row.detailsHint).toContain('as specific as possible');
      expect(label(row.responder as string)).toBe('Support Engineer');
      expect(row.promises.some(({ withinHours }) => withinHours !== undefined)).toBe(false);
      expect(faults({ reasonId: row.id, details: ' ' })).toEqual([
        { pointer: '/contact/method', code: 'missing' },
        { pointer: '/details', code: 'missing' },
      ]);
      expect(faults({ reasonId: row.id, contact: { method: 'telephone' } })).toEqual([
        { pointer: '/contact/value', code: 'missing' },
      ]);
      for (const method of ['telephone', 'email'] as const)
        expect(
          faults({
            reasonId: row.id,
            contact: { method, value: 'x', when: 'mornings', timeZone: 'Asia/Tokyo' },
          }),
        ).toEqual([]);
    },
  ],
  [
    'P8',
    'no other reason asks how to be contacted',
    () =>
      expect(pulse.reasons.filter((row) => row.contact).map(({ id }) => id)).toEqual([
        'support-engineer-now',
      ]),
  ],
  [
    'P9',
    'Case Reassignment is not for the eyes of the engineer',
    () => {
      const row = reason('case-reassignment');
      expect(row.whenToSelect).toContain('needs to be reassigned for any reason');
      expect(row.action).toContain('will have your case reassigned per your request');
      const change = { user: aUser(), policy: pulse, now: NOW, newId: () => '1' };
      const { escalation } = fileRequest('e', 'c', aRequest({ reasonId: row.id }), change);
      expect(seesEscalation(pulse, escalation, dana, aCase())).toBe(false);
      expect(seesEscalation(pulse, escalation, aUser('owner'), aCase())).toBe(true);
      expect(pulse.reasons.filter(({ visibility }) => visibility === 'owner-only')).toEqual([row]);
    },
  ],
  [
    'P10',
    'RMA Status Update is there for a case with an RMA only, and goes to Customer Care',
    () => {
      const row = reason('rma-status-update');
      expect(reasonsFor(pulse, facts({ rma: 'RMA-7' }))).toContain(row);
      for (const rma of [null, undefined, '']) expect(reasonsFor(pulse, facts({ rma }))).not.toContain(row);
      expect(label(row.responder as string)).toBe('Customer Care agent');
      expect(row.action).toContain('respond back with an update on your RMA request');
      expect(pulse.form.fields).toMatchObject([{ id: 'rma-number', required: false }]);
      expect(row.fields).toEqual(['rma-number']);
      expect(faults({ reasonId: row.id }, { rma: 'RMA-7' })).toEqual([]);
      expect(
        faults({ reasonId: row.id, fields: { 'rma-number': '7'.repeat(41) } }, { rma: 'RMA-7' }),
      ).toEqual([{ pointer: '/fields/rma-number', code: 'too-long', limit: 40 }]);
    },
  ],
  [
    'P11',
    'Other is last and needs 20 characters',
    () => {
      expect(pulse.reasons.at(-1)?.id).toBe('other');
      expect(reason('other').whenToSelect).toContain('only when the other options do not meet your needs');
      expect(faults({ reasonId: 'other', details: '' })).toEqual([{ pointer: '/details', code: 'missing' }]);
      expect(faults({ reasonId: 'other', details: 'x'.repeat(19) })).toEqual([
        { pointer: '/details', code: 'too-short', limit: 20 },
      ]);
      expect(faults({ reasonId: 'other', details: 'x'.repeat(20) })).toEqual([]);
    },
  ],
  [
    'P12',
    'an option that was taken away is not offered; what was requested with it keeps its words',
    () => {
      const change = { user: aUser(), policy: pulse, now: NOW, newId: () => '1' };
      const { escalation } = fileRequest('e', 'c', aRequest({ reasonId: 'faster-progress' }), change);
      const document = structuredClone(documents['pulse-secure']) as {
        reasons: { id: string; active?: boolean }[];
      };
      (document.reasons[0] as { active?: boolean }).active = false;
      expect(reasonsFor(parsePolicy(document), facts()).map(({ id }) => id)).not.toContain('faster-progress');
      expect(escalation.reason).toEqual({ id: 'faster-progress', label: 'Faster Progress' });
      expect(escalation.promises.map(({ text }) => text)).toEqual(promised('faster-progress'));
      expect(escalation.policy).toEqual({ id: 'pulse-secure', version: '1' });
    },
  ],
  [
    'P13',
    'Platinum customers only, and the others learn it',
    () => {
      for (const plan of ['Gold', 'platinum', null, undefined])
        expect(judge(pulse, facts({ plan }), NOW)).toEqual({
          kind: 'not-offered',
          policyReason: expect.stringContaining('Platinum customers only'),
        });
      expect(judge(pulse, facts({ plan: 'Platinum' }), NOW).kind).toBe('available');
    },
  ],
  [
    'P13',
    'the other reading, a plan by reason, can be written as well',
    () => {
      const document = structuredClone(documents['pulse-secure']) as {
        appliesTo?: unknown;
        reasons: { plans?: string[] }[];
      };
      delete document.appliesTo;
      (document.reasons[0] as { plans?: string[] }).plans = ['Platinum'];
      const policy = parsePolicy(document);
      expect(reasonsFor(policy, facts({ plan: 'Gold' })).map(({ id }) => id)[0]).toBe('case-status-update');
      expect(reasonsFor(policy, facts({ plan: 'Platinum' })).map(({ id }) => id)[0]).toBe('faster-progress');
    },
  ],
  [
    'P14',
    'details are asked for with every option, and required with two',
    () =>
      expect(Object.fromEntries(pulse.reasons.map(({ id, details }) => [id, details]))).toEqual({
        'faster-progress': 'recommended',
        'case-status-update': 'recommended',
        'support-engineer-now': 'required',
        'case-reassignment': 'recommended',
        'rma-status-update': 'recommended',
        other: 'required',
      }),
  ],
  [
    'P14',
    'recommended details may stay empty',
    () => expect(faults({ reasonId: 'faster-progress', details: undefined })).toEqual([]),
  ],
  [
    'P15',
    'the text box is labelled Additional information, with a hint and a limit',
    () => {
      expect(pulse.form.details).toMatchObject({
        label: 'Additional information',
        hint: 'Additional details help us to serve you better.',
      });
      const { maxLength } = pulse.form.details;
      expect(faults({ details: 'x'.repeat(maxLength) })).toEqual([]);
      expect(faults({ details: 'x'.repeat(maxLength + 1) })).toEqual([
        { pointer: '/details', code: 'too-long', limit: maxLength },
      ]);
    },
  ],
  [
    'P16',
    'what happens next is said, and who does it; nobody has taken it yet',
    () => {
      expect(pulse.form.sent).toBe(
        'A Pulse Secure Customer Service Representative or Manager will be assigned to your escalation request and will take action.',
      );
      for (const role of ['representative', 'manager']) expect(isReviewer(pulse, { role })).toBe(true);
      const change = { user: aUser(), policy: pulse, now: NOW, newId: () => '1' };
      expect(fileRequest('e', 'c', aRequest(), change).escalation.owner).toBeNull();
    },
  ],
  [
    'P17',
    'every actor has its label',
    () =>
      expect(
        ['customer', 'owner', 'engineer', 'customer-care', 'representative', 'manager'].map(label),
      ).toEqual([
        'Customer',
        'Escalation Manager',
        'Support Engineer',
        'Customer Care agent',
        'Customer Service Representative',
        'Manager',
      ]),
  ],
  ['P17', 'the case engineer decides nothing', () => expect(isReviewer(pulse, dana)).toBe(false)],
  [
    'P19',
    'the article with its number, title, date and attachment',
    () =>
      expect(pulse.article).toEqual({
        id: 'KB30196',
        title: 'How to escalate a support case',
        url: expect.stringMatching(/^https:/),
        lastModified: '2020-10-30T21:30',
        attachments: [{ label: 'Attachment 1', href: expect.stringMatching(/^https:/) }],
      }),
  ],
  ['P20', 'there is an article to find helpful or not', () => expect(pulse.article?.id).toBeTruthy()],
];

describe('Pulse Secure, KB30196', () => {
  it.each(rows)('%s %s', (_row, _what, check) => check());

  it('offers a feed for every case: the process names none that has to do without', () => {
    expect(isFeedOn(pulse, facts())).toBe(true);
    expect(isFeedOn(pulse, { ...facts(), case: without(aCase(), 'program') })).toBe(true);
  });

  it('answers with an actor of its own', () => {
    const named = [
      ...pulse.reasons.map(({ responder }) => responder),
      ...pulse.lifecycle.ladder.map(({ role }) => role),
      ...pulse.lifecycle.withdraw,
    ];
    expect(named.filter((role) => !pulse.actors[role as string])).toEqual([]);
  });
});

describe('verdicts', () => {
  const table: [string, Partial<Case>, VerdictKind][] = [
    ['open, Platinum', {}, 'available'],
    ['low priority', { priority: 'low' }, 'available'],
    ['critical', { priority: 'critical' }, 'available'],
    ['waiting on the customer', { waitingOn: 'customer' }, 'available'],
    ['unassigned', { assignee: null }, 'available'],
    ['priority unknown', { priority: null }, 'available'],
    ['program unknown', { program: undefined }, 'available'],
    ['pending', { status: 'pending' }, 'available'],
    ['resolved', { status: 'resolved' }, 'blocked'],
    ['closed', { status: 'closed' }, 'blocked'],
    ['Gold', { plan: 'Gold' }, 'not-offered'],
    ['closed and Gold', { status: 'closed', plan: 'Gold' }, 'not-offered'],
  ];
  it.each(table)('%s', (_what, over, kind) => expect(judge(pulse, facts(over), NOW).kind).toBe(kind));

  it('P1 closed: blocked by the one criterion, for how long nobody knows', () => {
    const verdict = judge(pulse, facts({ status: 'closed' }), NOW);
    expect(verdict.criteria).toEqual([
      { id: 'case-open', result: 'not-met', evidence: { code: 'status', values: { status: 'closed' } } },
    ]);
    expect(verdict.availableAt).toBeUndefined();
    expect(pulse.criteria[0]?.remedies.map(({ kind }) => kind)).toEqual(['reopen-case', 'contact']);
  });

  it('open escalation: nothing else counts', () =>
    expect(
      judge(pulse, facts({ plan: 'Gold', status: 'closed' }, { openEscalation: { id: 'e' } }), NOW),
    ).toEqual({
      kind: 'open-escalation',
    }));

  it('is total, and the same each time', () =>
    fc.assert(
      fc.property(anyFacts, anyInstant, (some, now) => {
        const verdict = judge(pulse, some, now);
        expect(judge(pulse, some, now)).toEqual(verdict);
        expect(channelFor(pulse, some)?.use).toBe('form');
        if (some.openEscalation) expect(verdict).toEqual({ kind: 'open-escalation' });
        else if (some.case.plan !== 'Platinum') expect(verdict.kind).toBe('not-offered');
        else expect(['available', 'blocked']).toContain(verdict.kind);
      }),
    ));
});
