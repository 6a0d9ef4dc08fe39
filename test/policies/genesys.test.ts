import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeState } from '../../src/core/access.js';
import { isReviewer } from '../../src/core/roles.js';
import { channelFor, isFeedOn, judge, judgeCriteria } from '../../src/core/eligibility.js';
import { blocking, questions, reasonsFor } from '../../src/core/request.js';
import { checkRequest } from '../../src/core/check-request.js';
import { escalationPriority } from '../../src/core/lifecycle.js';
import { mailDraft } from '../../src/core/mail-draft.js';
import type { Case, CriterionResult, EscalationRequest, Verdict, VerdictKind } from '../../src/core/model.js';
import { parsePolicy, type Channel, type Criterion, type Reason } from '../../src/core/policy.js';
import { addMessage, fileRequest, type Change, type EscalationRecord } from '../../src/core/record.js';
import { actOn } from '../../src/core/record-actions.js';
import {
  aCase,
  after,
  aRequest,
  aUser,
  dana,
  DAY,
  documents,
  facts,
  genesys,
  HOUR,
  iso,
  NOW,
  update,
  without,
} from '../core/cases.js';
import { anyFacts, anyInstant } from './arbitraries.js';

const criterion = (id: string) => genesys.criteria.find((row) => row.id === id) as Criterion;
const reason = (id: string) => genesys.reasons.find((row) => row.id === id) as Reason;
const channel = <U extends Channel['use']>(use: U) =>
  genesys.channels.find((row) => row.use === use) as Extract<Channel, { use: U }>;
const verdict = (over: Partial<Case> = {}, now = NOW): Verdict => judge(genesys, facts(over), now);
const result = (id: string, over: Partial<Case> = {}, now = NOW) =>
  judgeCriteria(genesys, facts(over), now).find((row) => row.id === id) as CriterionResult;
const remedies = (id: string) => criterion(id).remedies;
const label = (role: string) => genesys.actors[role]?.label;
const faults = (request: Partial<EscalationRequest>, over: Partial<Case> = {}) =>
  checkRequest(
    genesys,
    facts(over),
    judgeCriteria(genesys, facts(over), NOW),
    aRequest({ confirmed: ['no-change-of-urgency'], ...request }),
  );

let serial = 0;
const change = (role = 'customer'): Change => ({
  user: aUser(role),
  policy: genesys,
  now: NOW,
  newId: () => `n-${String(++serial).padStart(6, '0')}`,
});
const filed = (): EscalationRecord => fileRequest('e-1', 'c-1', aRequest(), change());

/** High, with support's last update so long ago. */
const high = (ago: number): Partial<Case> => ({
  priority: 'high',
  lastUpdate: update(iso(-ago)),
  lastSupportUpdate: update(iso(-ago)),
});
const engage = { program: 'fedramp-engage' } as const;
const cloudCx = { program: 'fedramp-cloud-cx' } as const;

type Row = [row: string, what: string, check: () => void];
const rows: Row[] = [
  [
    'G1',
    'says that Development, Cloud Operations or a 3rd party may need more time',
    () => {
      expect(genesys.expectations.map(({ waitingOn }) => waitingOn)).toEqual([
        ['development'],
        ['cloud-operations'],
        ['third-party'],
      ]);
      for (const { text, waitingOn } of genesys.expectations) {
        expect(text).toContain('It may need more time to resolve pending their analysis and findings.');
        expect(text).toContain(label(waitingOn[0] as string));
      }
    },
  ],
  [
    'G2',
    'criteria are judged, and to meet them is not an approval',
    () => {
      expect(verdict().criteria?.map(({ id }) => id)).toEqual([
        'active-case',
        'not-low-priority',
        'recent-update',
        'not-waiting-on-you',
        'rca-business-days',
        'production-runs',
        'no-change-of-urgency',
        'not-for-rca',
      ]);
      expect(genesys.form.intro).toContain('not yet an approval');
      expect(genesys.criteria.filter(({ guidance }) => !guidance)).toEqual([]);
    },
  ],
  [
    'G3',
    'a closed case is blocked; reopen it, or contact Product Support',
    () => {
      for (const status of ['closed', 'resolved'] as const) expect(verdict({ status }).kind).toBe('blocked');
      expect(result('active-case', { status: 'closed' })).toMatchObject({
        result: 'not-met',
        evidence: { code: 'status', values: { status: 'closed' } },
      });
      expect(remedies('active-case').map(({ kind }) => kind)).toEqual(['reopen-case', 'contact']);
    },
  ],
  [
    'G4',
    'the last update is shown before a request, and does not stand in the way',
    () => {
      expect(criterion('recent-update')).toMatchObject({
        effect: 'advises',
        guidance: expect.stringContaining('that you may have missed'),
      });
      expect(result('recent-update')).toMatchObject({
        result: 'ask',
        evidence: { code: 'last-update', values: { at: iso(-3 * HOUR), by: 'Dana Reyes' } },
      });
      expect(questions(genesys, verdict().criteria ?? []).map(({ id }) => id)).toEqual([
        'no-change-of-urgency',
      ]);
    },
  ],
  [
    'G5',
    'waiting on the customer blocks, can be contradicted, and is answered on the case',
    () => {
      const over = {
        waitingOn: 'customer',
        waitingSince: iso(-DAY),
        waitingFor: 'Please send the logs.',
      } as const;
      expect(verdict(over)).toMatchObject({ kind: 'blocked' });
      expect(verdict(over).availableAt).toBeUndefined();
      expect(result('not-waiting-on-you', over)).toEqual({
        id: 'not-waiting-on-you',
        result: 'not-met',
        contestable: true,
        evidence: {
          code: 'waiting-on-customer',
          values: { since: iso(-DAY), asked: 'Please send the logs.' },
        },
      });
      const criteria = verdict(over).criteria ?? [];
      expect(blocking(genesys, criteria).map(({ id }) => id)).toEqual(['not-waiting-on-you']);
      expect(blocking(genesys, criteria, ['not-waiting-on-you'])).toEqual([]);
      expect(remedies('not-waiting-on-you').map(({ kind }) => kind)).toEqual(['reply-on-case']);
    },
  ],
  [
    'G6',
    'a change in urgency or impact goes to Product Support: the answer must be no',
    () => {
      expect(criterion('no-change-of-urgency')).toMatchObject({
        kind: 'confirm',
        effect: 'asks',
        expects: 'no',
      });
      expect(criterion('no-change-of-urgency').guidance).toContain(
        'priority update to High due to greater urgency or wider impact, contact Product Support',
      );
      expect(remedies('no-change-of-urgency')).toMatchObject([
        { kind: 'contact', contact: 'product-support' },
      ]);
      expect(faults({ confirmed: [] })).toEqual([
        { pointer: '/confirmed/no-change-of-urgency', code: 'not-confirmed' },
      ]);
      expect(faults({})).toEqual([]);
    },
  ],
  [
    'G7',
    'a Root Cause Analysis has 5 business days in the cloud, 7 on premises',
    () => {
      expect(criterion('rca-business-days')).toMatchObject({
        effect: 'blocks',
        since: 'rcaRequestedAt',
        days: { cloud: 5, premises: 7 },
      });
      expect(genesys.calendar).toMatchObject({ days: [1, 2, 3, 4, 5] });
    },
  ],
  [
    'G8',
    'handbooks by product and audience',
    () => {
      const handbooks = genesys.help.filter((link) => /Handbook$/.test(link.label as string));
      expect(handbooks.map(({ label: name, products, audiences }) => [name, products, audiences])).toEqual([
        ['PureConnect Direct Customer Handbook', ['PureConnect'], ['direct']],
        ['PureConnect Partner Handbook', ['PureConnect'], ['partner']],
        ['Cloud CX Handbook', ['Cloud CX'], undefined],
      ]);
    },
  ],
  [
    'G9',
    'high priority: 24 hours that really pass since the last update by support',
    () => {
      expect(criterion('high-24-hours')).toMatchObject({
        effect: 'blocks',
        hours: 24,
        clock: 'elapsed',
        by: 'support',
        when: { priority: ['high'] },
      });
      expect(verdict(high(3 * HOUR))).toMatchObject({ kind: 'blocked', availableAt: iso(21 * HOUR) });
      expect(result('high-24-hours')).toBeUndefined();
    },
  ],
  [
    'G9',
    'the reply of the customer does not restart them',
    () =>
      expect(verdict({ ...high(30 * HOUR), lastUpdate: update(iso(-HOUR), aUser()) }).kind).toBe('available'),
  ],
  [
    'G10',
    'high priority: the impact is stated, in words',
    () => {
      expect(criterion('significant-impact')).toMatchObject({
        kind: 'confirm',
        effect: 'asks',
        expects: 'yes',
        impact: true,
        when: { priority: ['high'] },
      });
      const both = ['no-change-of-urgency', 'significant-impact'];
      expect(faults({ confirmed: both }, high(30 * HOUR))).toEqual([{ pointer: '/impact', code: 'missing' }]);
      expect(faults({ impact: 'No invoices since Monday.' }, high(30 * HOUR))).toEqual([
        { pointer: '/confirmed/significant-impact', code: 'not-confirmed' },
      ]);
      expect(faults({ confirmed: both, impact: 'No invoices since Monday.' }, high(30 * HOUR))).toEqual([]);
      expect(faults({})).toEqual([]);
    },
  ],
  [
    'G11',
    'low priority is not eligible; medium is, without any clock',
    () => {
      expect(verdict({ priority: 'low' })).toMatchObject({ kind: 'blocked' });
      expect(verdict({ priority: 'low' }).availableAt).toBeUndefined();
      expect(
        verdict({ priority: 'medium', lastUpdate: update(iso(-1)), lastSupportUpdate: update(iso(-1)) }).kind,
      ).toBe('available');
      expect(criterion('not-low-priority').guidance).toContain(
        'Low-priority cases are not eligible for escalation.',
      );
    },
  ],
  [
    'G12',
    'medium is requested in the work notes, with the words ready',
    () =>
      expect(remedies('not-low-priority')[0]).toEqual({
        kind: 'request-priority',
        label: 'Request medium priority',
        priority: 'medium',
        text: 'I request a change of this case to medium-priority.',
      }),
  ],
  [
    'G13',
    'high is requested by contact',
    () =>
      expect(remedies('not-low-priority')[1]).toMatchObject({ kind: 'contact', contact: 'product-support' }),
  ],
  [
    'G14',
    'FedRAMP Cloud CX: e-mail instead of the form, and nothing kept',
    () => {
      expect(verdict(cloudCx)).toEqual({
        kind: 'elsewhere',
        channel: 'fedramp-cloud-cx-email',
        button: { label: 'Escalate Case', icon: 'escalate' },
        note: 'Escalate by e-mail',
      });
      expect(channel('email').text).toBe('All communication for FedRAMP escalations is done via email.');
      expect(isFeedOn(genesys, facts(cloudCx))).toBe(false);
    },
  ],
  [
    'G14',
    'whatever else is true of the case',
    () => {
      for (const over of [
        { priority: 'critical' },
        { priority: 'low' },
        { status: 'closed' },
        { assignee: null },
      ] as const)
        expect(verdict({ ...cloudCx, ...over })).toMatchObject({
          kind: 'elsewhere',
          channel: 'fedramp-cloud-cx-email',
        });
    },
  ],
  [
    'G14',
    'program unknown: e-mail, until it is known that another way is allowed',
    () => {
      for (const priority of ['low', 'medium', 'high', 'critical', null] as const) {
        const unknown = { ...facts(), case: without(aCase({ priority }), 'program') };
        expect(judge(genesys, unknown, NOW)).toMatchObject({
          kind: 'elsewhere',
          channel: 'fedramp-cloud-cx-email',
        });
        expect(isFeedOn(genesys, unknown)).toBe(false);
      }
    },
  ],
  [
    'G15',
    'subject: customer name, case number, brief problem statement',
    () => {
      const values = {
        'customer-name': 'Acme Ltd',
        'case-number': '00481516',
        'brief-problem': 'Export stops',
      };
      expect(mailDraft(channel('email').email as never, values).subject).toBe(
        'Acme Ltd - 00481516 - Export stops',
      );
    },
  ],
  [
    'G16',
    'six fields in the body, in the order of the process',
    () => {
      const { body } = mailDraft(channel('email').email as never, {
        'case-number': '1',
        'customer-name': '2',
        'customer-region': '3',
        description: '4',
        impact: '5',
        product: '6',
      });
      expect(body.split('\r\n')).toEqual([
        'My Support Case Number - 1',
        'Customer Name - 2',
        'Customer Region/Country - 3',
        'Detailed problem description - 4',
        'Business impact/Urgency rationale - 5',
        'Product - 6',
      ]);
    },
  ],
  [
    'G17',
    'the recipient is data',
    () => expect(channel('email').email.to).toBe('purecloudmanagementattention@genesys.com'),
  ],
  [
    'G18',
    'the channel is switched by editing one row',
    () => {
      const document = structuredClone(documents.genesys) as {
        channels: { id: string; use: string; email?: unknown }[];
      };
      document.channels[0] = {
        id: 'fedramp-cloud-cx',
        use: 'form',
        when: { program: ['fedramp-cloud-cx'] },
      } as never;
      expect(judge(parsePolicy(document), facts(cloudCx), NOW)).toMatchObject({
        kind: 'available',
        channel: 'fedramp-cloud-cx',
      });
    },
  ],
  [
    'G19',
    'FedRAMP Engage: the form, once somebody is assigned',
    () => {
      expect(verdict({ ...engage, assignee: null })).toMatchObject({
        kind: 'blocked',
        channel: 'fedramp-my-support',
      });
      expect(result('assigned', { ...engage, assignee: null })).toMatchObject({
        result: 'not-met',
        evidence: { code: 'assignee', values: { name: null } },
      });
      expect(verdict(engage)).toMatchObject({ kind: 'available', channel: 'fedramp-my-support' });
      expect(criterion('assigned').guidance).toContain('as soon as somebody owns this case');
      expect(remedies('assigned')).toHaveLength(1);
    },
  ],
  [
    'G19',
    'a commercial case need not be assigned',
    () => {
      expect(result('assigned', { assignee: null })).toBeUndefined();
      expect(verdict({ assignee: null }).kind).toBe('available');
    },
  ],
  [
    'G20',
    'the button on the case says Escalate Case',
    () => expect(verdict(engage).button?.label).toBe('Escalate Case'),
  ],
  [
    'G21',
    'one open escalation per case: no button, whatever else is true',
    () => {
      for (const over of [{}, cloudCx, { priority: 'critical' }, { status: 'closed' }] as const)
        expect(judge(genesys, facts(over, { openEscalation: { id: 'e' } }), NOW)).toEqual({
          kind: 'open-escalation',
        });
    },
  ],
  [
    'G22',
    'commercial and critical: no form; who brings in whom',
    () => {
      expect(verdict({ priority: 'critical' })).toMatchObject({
        kind: 'elsewhere',
        channel: 'critical-contact',
      });
      expect(channel('contact').text).toContain(
        'The support expert assigned to your case will engage a Product Support Manager.',
      );
    },
  ],
  [
    'G23',
    'a warning against e-mail, chat and web, and a line about production down in every dialog',
    () => {
      expect(channel('contact').warning).toBe(
        'Do not request assistance for urgent issues via email, chat, or web as it leads to a delayed response in resolving your issue.',
      );
      expect(genesys.form.urgent).toMatchObject({
        contact: 'product-support',
        text: expect.stringContaining('Production down?'),
      });
    },
  ],
  [
    'G24',
    'Product Support: numbers that cannot ring anywhere, hours, another way',
    () => {
      expect(channel('contact').contact).toBe('product-support');
      const { phones = [], alternative, name } = genesys.contacts['product-support'] ?? {};
      expect(name).toBe('Product Support');
      for (const { number, label: words, hours } of phones) {
        expect(number).toMatch(/^\+1 555 01\d\d$/);
        expect(words).toContain('replace it');
        expect(hours).toBeTruthy();
      }
      expect(phones.length).toBeGreaterThan(1);
      expect(alternative).toContain('cannot use the phone');
    },
  ],
  [
    'G25',
    'commercial and not critical: the form',
    () =>
      expect(verdict()).toMatchObject({
        kind: 'available',
        channel: 'my-support',
        button: { label: 'Escalate Case' },
      }),
  ],
  [
    'G28',
    'reasons in a drop-down, each marked as taken from the page of 2022',
    () => {
      expect(genesys.form.reasons).toBe('select');
      expect(reasonsFor(genesys, facts()).map((row) => row.label)).toEqual([
        'Project Blocker',
        'Lack of Updates/Progress',
        'Security/Stability',
        'Reoccurring',
        'Urgency/Impact has changed',
        'Other',
      ]);
      for (const { source } of genesys.reasons) expect(source).toContain('2022');
    },
  ],
  [
    'G28',
    'Project Blocker asks for the go-live date, Other for text',
    () => {
      expect(genesys.form.fields).toMatchObject([{ id: 'go-live-date', kind: 'date', required: true }]);
      expect(faults({ reasonId: 'project-blocker' })).toEqual([
        { pointer: '/fields/go-live-date', code: 'missing' },
      ]);
      expect(faults({ reasonId: 'project-blocker', fields: { 'go-live-date': '2026-06-01' } })).toEqual([]);
      expect(faults({ reasonId: 'other', details: undefined })).toEqual([
        { pointer: '/details', code: 'missing' },
      ]);
      expect(faults({ reasonId: 'reoccurring', details: undefined })).toEqual([]);
    },
  ],
  [
    'G28',
    'Urgency/Impact has changed leads to Product Support, never to a request (trap 1)',
    () => {
      expect(reason('urgency-impact-changed').instead).toMatchObject({
        text: expect.stringContaining('Do not request an escalation based on change in urgency or impact.'),
        remedies: [{ kind: 'contact', contact: 'product-support' }],
      });
      expect(faults({ reasonId: 'urgency-impact-changed' })).toEqual([
        { pointer: '/reasonId', code: 'elsewhere' },
      ]);
    },
  ],
  [
    'G29',
    'the text is labelled Comments, and is short',
    () => {
      expect(genesys.form.details).toEqual({
        label: 'Comments',
        hint: 'Give a short description for your reason.',
        maxLength: 500,
      });
      expect(faults({ details: 'x'.repeat(501) })).toEqual([
        { pointer: '/details', code: 'too-long', limit: 500 },
      ]);
    },
  ],
  [
    'G30',
    'the prompt is called Escalation Request, its button Submit',
    () => expect(genesys.form).toMatchObject({ title: 'Escalation Request', submit: 'Submit' }),
  ],
  [
    'G31',
    'customer or partner requests; a partner for somebody',
    () => {
      expect([label('customer'), label('partner')]).toEqual(['Customer', 'Partner']);
      expect(genesys.form.onBehalfOf).toContain('On behalf of');
      expect(genesys.lifecycle.withdraw).toEqual(['customer', 'partner']);
      expect(judge(genesys, facts({}, { user: aUser('partner') }), NOW).kind).toBe('available');
    },
  ],
  [
    'G32',
    'the Escalation Owner reviews; nobody else does',
    () => {
      expect(Object.keys(genesys.actors).filter((role) => isReviewer(genesys, { role }))).toEqual(['owner']);
      expect(actOn(filed(), { kind: 'take' }, change('owner')).escalation).toMatchObject({
        status: 'under-review',
        owner: { role: 'owner' },
      });
      expect(genesys.form.sent).toContain('determines if it meets the escalation criteria');
    },
  ],
  [
    'G33',
    'next steps are promised with every reason that makes a request',
    () => {
      for (const row of genesys.reasons.filter(({ instead }) => !instead)) {
        expect(row.action).toBe('The Escalation Owner reviews your request and replies with next steps.');
        expect(row.promises.map(({ text }) => text)).toEqual([
          'review your request against the escalation criteria',
          'reply with next steps',
        ]);
        expect(row.responder).toBe('owner');
      }
    },
  ],
  [
    'G34',
    'a refusal gives its reasons and a link to the process',
    () => {
      const link = genesys.help.find(({ label: name }) => name === 'Case escalation process');
      const criteria = [{ id: 'high-24-hours', text: 'Updated 3 hours ago.' }];
      const links = [{ label: link?.label as string, href: link?.href as string }];
      const record = actOn(filed(), { kind: 'decline', text: 'Not yet.', criteria, links }, change('owner'));
      expect(record.escalation.decision).toMatchObject({ outcome: 'declined', criteria, links });
    },
  ],
  [
    'G35',
    'priority by importance and urgency, rising with both',
    () => {
      const levels = ['low', 'medium', 'high'] as const;
      const rank = (importance: number, urgency: number) =>
        levels.indexOf(escalationPriority(genesys, levels[importance] ?? 'low', levels[urgency] ?? 'low'));
      for (const i of [0, 1, 2])
        for (const u of [0, 1]) {
          expect(rank(i, u + 1)).toBeGreaterThanOrEqual(rank(i, u));
          expect(rank(u + 1, i)).toBeGreaterThanOrEqual(rank(u, i));
        }
      expect([rank(0, 0), rank(1, 1), rank(2, 2)]).toEqual([0, 1, 2]);
    },
  ],
  [
    'G36',
    'after an acceptance the next update is due, sooner for what is more urgent',
    () => {
      const { low = 0, medium = 0, high: most = 0 } = genesys.lifecycle.updateHours ?? {};
      expect(low > medium && medium > most && most > 0).toBe(true);
      const accept = { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' } as const;
      expect(actOn(filed(), accept, change('owner')).escalation.nextUpdateDueAt).toBe(iso(most * HOUR));
    },
  ],
  [
    'G37',
    'what the owner writes goes on the case too; what the customer writes does not',
    () => {
      const draft = { clientId: 'x', text: 'Hello' };
      expect(addMessage(filed(), draft, change('owner')).entries.at(-1)).toMatchObject({ alsoOnCase: true });
      expect(addMessage(filed(), draft, change()).entries.at(-1)).not.toHaveProperty('alsoOnCase');
    },
  ],
  [
    'G38',
    'the feed is off for both FedRAMP programs, and says so',
    () => {
      expect(isFeedOn(genesys, facts())).toBe(true);
      expect(isFeedOn(genesys, facts(engage))).toBe(false);
      expect(isFeedOn(genesys, facts(cloudCx))).toBe(false);
      expect(genesys.feed.offText).toBeTruthy();
    },
  ],
  [
    'G38',
    'the state of a Cloud CX case carries no past, no subject and no feed',
    () => {
      const plain = {
        case: aCase(cloudCx),
        openEscalation: null,
        past: [],
        guarantees: { dedup: 'none', unique: 'none', live: false },
        serverTime: iso(0),
      } as const;
      const state = completeState({ ...plain, past: [] }, genesys, aUser(), NOW);
      expect(state.can).toMatchObject({ feed: false, note: false, attach: null });
      expect(state.case).not.toHaveProperty('subject');
    },
  ],
  ['G39', 'the tab is called Escalation Feed', () => expect(genesys.feed.title).toBe('Escalation Feed')],
  [
    'G40',
    'which feed is for what',
    () =>
      expect(genesys.feed.hint).toContain(
        'The Case Feed captures the technical aspects of the case while the Escalation Feed captures the communication flow of the escalation.',
      ),
  ],
  [
    'G41',
    'and a reminder to use the right one',
    () => expect(genesys.feed.hint).toContain('Be sure to use the appropriate feed for your updates.'),
  ],
  [
    'G42',
    'More training',
    () =>
      expect(genesys.help.at(-1)).toEqual({ label: 'More training', href: expect.stringMatching(/^https:/) }),
  ],
  [
    'G43',
    'every channel, in the order in which they are tried',
    () =>
      expect(genesys.channels.map(({ id, use }) => [id, use])).toEqual([
        ['fedramp-cloud-cx-email', 'email'],
        ['critical-contact', 'contact'],
        ['fedramp-my-support', 'form'],
        ['my-support', 'form'],
      ]),
  ],
  [
    'G44',
    'every actor has its label',
    () =>
      expect(
        [
          'customer',
          'partner',
          'support',
          'engineer',
          'manager',
          'owner',
          'development',
          'cloud-operations',
          'third-party',
        ].map(label),
      ).toEqual([
        'Customer',
        'Partner',
        'Product Support',
        'Support expert',
        'Product Support Manager',
        'Escalation Owner',
        'Development',
        'Cloud Operations',
        '3rd party',
      ]),
  ],
];

describe('Genesys case escalation', () => {
  it.each(rows)('%s %s', (_row, _what, check) => check());

  it('answers with an actor of its own', () => {
    const named = [
      ...genesys.reasons.map(({ responder }) => responder),
      ...genesys.lifecycle.ladder.map(({ role }) => role),
      ...genesys.lifecycle.withdraw,
    ];
    expect(named.filter((role) => !genesys.actors[role as string])).toEqual([]);
  });
});

describe('verdicts', () => {
  const table: [string, Partial<Case>, VerdictKind, string?][] = [
    ['low', { priority: 'low' }, 'blocked'],
    ['low, a year old', { ...high(365 * DAY), priority: 'low' }, 'blocked'],
    ['medium, just updated', { ...high(0), priority: 'medium' }, 'available'],
    ['high, just updated', high(0), 'blocked', iso(DAY)],
    ['high, 1 ms before 24 h', high(DAY - 1), 'blocked', iso(1)],
    ['high, 24 h to the millisecond', high(DAY), 'available'],
    ['high, 26 h', high(26 * HOUR), 'available'],
    ['high, never updated', { priority: 'high', lastUpdate: null, lastSupportUpdate: null }, 'available'],
    [
      'high within 24 h and waiting on the customer: time alone does not help',
      { ...high(HOUR), waitingOn: 'customer' },
      'blocked',
    ],
    ['critical, commercial', { priority: 'critical' }, 'elsewhere'],
    ['critical, commercial and closed', { priority: 'critical', status: 'closed' }, 'elsewhere'],
    ['critical, Engage', { ...engage, priority: 'critical' }, 'available'],
    ['critical, Engage, unassigned', { ...engage, priority: 'critical', assignee: null }, 'blocked'],
    ['Engage, low', { ...engage, priority: 'low' }, 'blocked'],
    ['Engage, high within 24 h', { ...engage, ...high(HOUR) }, 'blocked', iso(23 * HOUR)],
    ['Cloud CX', cloudCx, 'elsewhere'],
    ['a program that the policy does not know', { program: 'sovereign' }, 'available'],
    ['waiting on the customer', { waitingOn: 'customer' }, 'blocked'],
    ['waiting on Development', { waitingOn: 'development' }, 'available'],
    ['closed', { status: 'closed' }, 'blocked'],
    ['resolved', { status: 'resolved' }, 'blocked'],
    ['pending', { status: 'pending' }, 'available'],
    ['another plan', { plan: 'Gold' }, 'available'],
  ];
  it.each(table)('%s', (_what, over, kind, availableAt) => {
    expect(verdict(over)).toMatchObject({ kind });
    expect(verdict(over).availableAt).toBe(availableAt);
  });

  describe('G7 Root Cause Analysis, asked for on Wed 20 May 2026 09:00 in New York; Mon 25 May is a holiday', () => {
    const asked = '2026-05-20T13:00:00.000Z';
    const cloud = '2026-05-28T13:00:00.000Z';
    const premises = '2026-06-01T13:00:00.000Z';
    const table: [string, string, 'cloud' | 'premises', number | null, string | undefined][] = [
      ['day 1', '2026-05-20T13:00:00.000Z', 'cloud', 1, cloud],
      ['Fri, day 3', '2026-05-22T15:00:00.000Z', 'cloud', 3, cloud],
      ['Sun, still day 3', '2026-05-24T15:00:00.000Z', 'cloud', 3, cloud],
      ['the holiday, still day 3', '2026-05-25T15:00:00.000Z', 'cloud', 3, cloud],
      ['Tue, day 4', '2026-05-26T15:00:00.000Z', 'cloud', 4, cloud],
      ['day 6, 1 ms early', '2026-05-28T12:59:59.999Z', 'cloud', 6, cloud],
      ['day 6', cloud, 'cloud', null, undefined],
      ['on premises, day 6', cloud, 'premises', 6, premises],
      ['on premises, day 8 after a second weekend', premises, 'premises', null, undefined],
    ];
    it.each(table)('%s (%s, %s)', (_what, now, deployment, day, availableAt) => {
      const over = { rcaRequestedAt: asked, deployment };
      expect(verdict(over, new Date(now))).toMatchObject({ kind: availableAt ? 'blocked' : 'available' });
      expect(verdict(over, new Date(now)).availableAt).toBe(availableAt);
      if (day !== null)
        expect(result('rca-business-days', over, new Date(now)).evidence).toEqual({
          code: 'rca-day',
          values: { at: asked, day, days: deployment === 'cloud' ? 5 : 7 },
        });
    });

    it('waits for the later of two clocks', () => {
      const now = new Date('2026-05-22T15:00:00.000Z');
      const late = update('2026-05-22T14:00:00.000Z');
      const over = {
        rcaRequestedAt: asked,
        priority: 'high',
        lastUpdate: late,
        lastSupportUpdate: late,
      } as const;
      expect(verdict(over, now).availableAt).toBe(cloud);
    });

    it('is nothing to wait for where none was asked for, or very long ago', () => {
      expect(result('rca-business-days', { rcaRequestedAt: null })).toMatchObject({
        result: 'met',
        evidence: { code: 'no-rca' },
      });
      expect(result('rca-business-days', { rcaRequestedAt: '1970-01-01T00:00:00Z' }).result).toBe('met');
    });
  });

  describe('a fact that is missing becomes a question', () => {
    const blockingOnes: [string, Case, string][] = [
      ['G7 whether an analysis was asked for', without(aCase(), 'rcaRequestedAt'), 'rca-business-days'],
      ['G7 the deployment', without(aCase({ rcaRequestedAt: iso(-DAY) }), 'deployment'), 'rca-business-days'],
      ['G11 the priority', aCase({ priority: null }), 'not-low-priority'],
      ['G3 the status', without(aCase(), 'status'), 'active-case'],
      ['G19 the assignee', without(aCase(engage), 'assignee'), 'assigned'],
      [
        'G9 when the last update was',
        aCase({ priority: 'high', lastSupportUpdate: update('long ago') }),
        'high-24-hours',
      ],
    ];
    it.each(blockingOnes)('%s', (_what, kase, id) => {
      const judged = { ...facts(), case: kase };
      const { kind, criteria = [] } = judge(genesys, judged, NOW);
      expect(kind).toBe('available');
      expect(questions(genesys, criteria).map((row) => row.id)).toContain(id);
      const request = (confirmed: string[]) =>
        checkRequest(genesys, judged, criteria, aRequest({ confirmed, impact: 'No invoices.' })).map(
          ({ pointer }) => pointer,
        );
      const all = questions(genesys, criteria).map((row) => row.id);
      expect(request(all)).toEqual([]);
      expect(request(all.filter((other) => other !== id))).toEqual([`/confirmed/${id}`]);
    });
  });

  it('G6, G10 the words of a policy follow the languages of the reader', () => {
    const document = structuredClone(documents.genesys) as { labels: unknown };
    document.labels = { button: { en: 'Escalate Case', de: 'Fall eskalieren' } };
    expect(judge(parsePolicy(document), facts(), NOW, ['de-AT']).button?.label).toBe('Fall eskalieren');
    expect(judge(parsePolicy(document), facts(), NOW, ['fr']).button?.label).toBe('Escalate Case');
  });
});

describe('whatever the case', () => {
  it('there is one verdict, the same each time', () =>
    fc.assert(
      fc.property(anyFacts, anyInstant, (some, now) => {
        const first = judge(genesys, some, now);
        expect(['available', 'blocked', 'elsewhere', 'open-escalation']).toContain(first.kind);
        expect(judge(genesys, structuredClone(some), new Date(now))).toEqual(first);
      }),
      { numRuns: 300 },
    ));

  it('G21 an open escalation wins', () =>
    fc.assert(
      fc.property(anyFacts, anyInstant, (some, now) => {
        expect(judge(genesys, { ...some, openEscalation: { id: 'e' } }, now)).toEqual({
          kind: 'open-escalation',
        });
      }),
    ));

  it('G7, G9 before availableAt it is never available, from availableAt on it is', () => {
    let waits = 0;
    fc.assert(
      fc.property(anyFacts, anyInstant, fc.integer({ min: 1, max: 3 * DAY }), (some, now, step) => {
        const { kind, availableAt } = judge(genesys, some, now);
        if (availableAt === undefined) return;
        waits++;
        expect(kind).toBe('blocked');
        const at = new Date(availableAt);
        expect(at.getTime()).toBeGreaterThan(now.getTime());
        const before = Math.max(now.getTime(), at.getTime() - step);
        expect(judge(genesys, some, new Date(before))).toMatchObject({ kind: 'blocked', availableAt });
        expect(judge(genesys, some, after(-1, at)).kind).toBe('blocked');
        expect(judge(genesys, some, at).kind).toBe('available');
        expect(judge(genesys, some, after(step, at)).kind).toBe('available');
      }),
      { numRuns: 2000, seed: 9 },
    );
    expect(waits).toBeGreaterThan(20);
  });

  it('G14 a case whose program is unknown or Cloud CX never gets the form', () =>
    fc.assert(
      fc.property(anyFacts, anyInstant, fc.boolean(), (some, now, unknown) => {
        const kase = unknown ? without(some.case, 'program') : { ...some.case, ...cloudCx };
        const { kind } = judge(genesys, { ...some, case: kase, openEscalation: null }, now);
        expect(kind).toBe('elsewhere');
        expect(channelFor(genesys, { ...some, case: kase })?.use).toBe('email');
        expect(isFeedOn(genesys, { ...some, case: kase })).toBe(false);
      }),
    ));

  it('G23 a critical commercial case never gets the form', () =>
    fc.assert(
      fc.property(anyFacts, anyInstant, (some, now) => {
        const kase = { ...some.case, priority: 'critical', program: null } as const;
        expect(judge(genesys, { ...some, case: kase, openEscalation: null }, now)).toMatchObject({
          kind: 'elsewhere',
          channel: 'critical-contact',
        });
      }),
    ));

  it('the engineer of the case is named by role, and decides nothing', () =>
    expect(isReviewer(genesys, dana)).toBe(false));
});
