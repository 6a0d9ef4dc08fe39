import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/core/lint-finding.js';
import { lintPolicy } from '../../src/core/lint-policy.js';
import { parsePolicy, type PolicyDocument } from '../../src/core/policy.js';
import { documents, NOW, small, smallest } from './cases.js';

type Node = { [member: string]: Node } & Node[];
type Base = keyof typeof documents | PolicyDocument;

/** A pointer whose steps may name the item of a list by its id: `/criteria/#assigned/effect`. */
function stepsIn(document: unknown, pointer: string): string[] {
  let node = document as Node;
  return pointer
    .split('/')
    .slice(1)
    .map((step) => {
      const named = step.startsWith('#')
        ? String([...node].findIndex((item) => String(item['id']) === step.slice(1)))
        : step;
      node = (node?.[named] ?? {}) as Node;
      return named;
    });
}
const resolved = (document: unknown, pointer: string) => `/${stepsIn(document, pointer).join('/')}`;

/** The document with other values at some pointers; `undefined` takes a member away. */
function changed(base: Base, changes: Record<string, unknown>): unknown {
  const document = structuredClone(typeof base === 'string' ? documents[base] : base) as Node;
  for (const [pointer, value] of Object.entries(changes)) {
    const path = stepsIn(document, pointer);
    const last = path.pop()!;
    const parent = path.reduce((node, step) => node[step] as Node, document);
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value as Node;
  }
  return document;
}

const found = (document: unknown, now?: Date): Finding[] => lintPolicy(parsePolicy(document), now);
const form = (id: string, when: object) => ({ id, use: 'form', when });
const mail = {
  id: 'mail',
  use: 'email',
  when: { program: ['secret'] },
  email: {
    to: 'desk@example.com',
    subject: ['case-number'],
    separator: ' ',
    body: [{ id: 'a', label: 'A' }],
  },
};
const contact = { name: 'Desk', phones: [{ number: '+1 555 0100' }], alternative: 'Use a relay service.' };
const confirm = { id: 'sure', kind: 'confirm', effect: 'asks', title: 'Sure', question: 'Sure?' };
const clock = {
  id: 'clock',
  kind: 'elapsed-since-update',
  effect: 'blocks',
  title: 'Support has had its time',
  hours: 8,
  by: 'support',
};

type Row = [what: string, rule: string, base: Base, changes: Record<string, unknown>, pointer: string];

const errors: Row[] = [
  [
    'a reason for what a criterion forbids (trap 1)',
    'forbidden-reason',
    'genesys',
    { '/reasons/#urgency-impact-changed/instead': undefined },
    '/reasons/#urgency-impact-changed',
  ],
  [
    'the same, said in when to select it',
    'forbidden-reason',
    'genesys',
    { '/reasons/#other/whenToSelect': 'The urgency is higher, or the impact.' },
    '/reasons/#other',
  ],
  [
    'a row after one for every case',
    'unreachable-channel',
    'genesys',
    { '/channels/#fedramp-my-support/when': {} },
    '/channels/#my-support',
  ],
  [
    'a row that several others take together',
    'unreachable-channel',
    smallest(),
    {
      '/channels': [
        form('a', { priority: ['low', 'medium'] }),
        form('b', { priority: ['high', 'critical'], assigned: true }),
        form('c', { priority: ['high', 'critical'], assigned: false }),
        form('d', { priority: [null] }),
        form('e', { program: ['any'] }),
      ],
    },
    '/channels/#e',
  ],
  [
    'an e-mail row that only an unknown program reaches (G14)',
    'unreachable-email',
    smallest(),
    { '/channels': [form('all', {}), mail], '/feed': { offFor: ['secret'] } },
    '/channels/#mail',
  ],
  [
    'a contact for those only who can use the phone (G23)',
    'contact-without-alternative',
    'genesys',
    { '/contacts/product-support/alternative': undefined },
    '/contacts/product-support/alternative',
  ],
  [
    'an alternative that the warning forbids (G23)',
    'alternative-against-warning',
    'genesys',
    { '/contacts/product-support/alternative': 'If you cannot use the phone, send an e-mail.' },
    '/contacts/product-support/alternative',
  ],
  [
    'the same, in a sentence that says no to something else',
    'alternative-against-warning',
    'genesys',
    { '/contacts/product-support/alternative': 'We have no text phone: open a chat.' },
    '/contacts/product-support/alternative',
  ],
  [
    'a feed that is on for an e-mail program (trap 5)',
    'feed-on-for-email',
    'genesys',
    { '/feed/offFor': ['fedramp-engage'] },
    '/feed/offFor',
  ],
  [
    'a closed case and no way on',
    'no-way-out',
    'standard',
    { '/criteria/#case-open/remedies': undefined },
    '/criteria/#case-open',
  ],
  [
    'a wrong answer and no way on',
    'no-way-out',
    'genesys',
    { '/criteria/#no-change-of-urgency/remedies': [] },
    '/criteria/#no-change-of-urgency',
  ],
  [
    'a wrong answer before the form and no way on (G22)',
    'no-way-out',
    smallest({ criteria: [{ ...confirm, effect: 'advises' } as never] }),
    { '/criteria/#sure/before': true },
    '/criteria/#sure',
  ],
  [
    'nobody assigned, and not a word about it',
    'no-way-out',
    'genesys',
    { '/criteria/#assigned/remedies': [], '/criteria/#assigned/guidance': undefined },
    '/criteria/#assigned',
  ],
  [
    'a reply that restarts the clock (G9)',
    'remedy-restarts-clock',
    smallest(),
    {
      '/criteria': [{ ...clock, by: 'anyone', remedies: [{ kind: 'reply-on-case', label: 'Reply' }] }],
    },
    '/criteria/#clock/remedies/0',
  ],
  [
    'a priority to ask for that is stopped as well (G12)',
    'remedy-does-not-help',
    'genesys',
    { '/criteria/#not-low-priority/priorities': ['low', 'medium'] },
    '/criteria/#not-low-priority/remedies/0/priority',
  ],
  [
    'an impact that no field takes (G10)',
    'impact-without-field',
    'genesys',
    { '/form/impact': undefined },
    '/criteria/#significant-impact/impact',
  ],
  [
    'an impact of what is not so (G10)',
    'impact-of-a-no',
    'genesys',
    { '/criteria/#significant-impact/expects': 'no' },
    '/criteria/#significant-impact/impact',
  ],
  [
    'a holiday that never comes',
    'no-such-day',
    'genesys',
    { '/calendar/holidays/0': '2024-02-30' },
    '/calendar/holidays/0',
  ],
  [
    'a reason for plans that the process is not for (P13)',
    'unreachable-reason',
    'pulse-secure',
    { '/reasons/#faster-progress/plans': ['Gold'] },
    '/reasons/#faster-progress/plans',
  ],
  [
    'a reason for cases that get no form',
    'unreachable-reason',
    'genesys',
    { '/reasons/#reoccurring/when': { program: ['fedramp-cloud-cx'] } },
    '/reasons/#reoccurring',
  ],
  [
    'a reason that asks for a contact by no method (P8)',
    'no-contact-method',
    'pulse-secure',
    { '/form/contactMethods': [] },
    '/reasons/#support-engineer-now/contact',
  ],
  [
    'details that must be longer than they may be',
    'details-impossible',
    'pulse-secure',
    { '/form/details/maxLength': 10 },
    '/reasons/#other/minDetails',
  ],
  [
    'a date field too short for a date',
    'date-too-long',
    'genesys',
    { '/form/fields/#go-live-date/maxLength': 8 },
    '/form/fields/#go-live-date/maxLength',
  ],
  ['nobody who decides (G32)', 'nobody-reviews', smallest(), { '/actors/owner/reviews': false }, '/actors'],
  [
    'nobody who asks (G31)',
    'nobody-asks',
    smallest(),
    { '/actors/customer': undefined, '/lifecycle/withdraw': ['owner'] },
    '/actors',
  ],
  [
    'a customer who decides (G32)',
    'requester-reviews',
    smallest(),
    { '/actors/customer/reviews': true },
    '/actors/customer/reviews',
  ],
  [
    'an unknown role that may withdraw',
    'unknown-role',
    'standard',
    { '/lifecycle/withdraw/1': 'parner' },
    '/lifecycle/withdraw/1',
  ],
  [
    'an unknown role on the ladder',
    'unknown-role',
    'genesys',
    { '/lifecycle/ladder/0/role': 'boss' },
    '/lifecycle/ladder/0/role',
  ],
  [
    'an unknown role that responds, which only Object.prototype has',
    'unknown-role',
    'standard',
    { '/reasons/#other/responder': 'constructor' },
    '/reasons/#other/responder',
  ],
  [
    'a text in one language among texts in two',
    'missing-translation',
    'standard',
    { '/title': { en: 'Escalating a case', de: 'Einen Fall eskalieren' } },
    '/form/submit',
  ],
];

const warnings: Row[] = [
  [
    'cases that no row is for',
    'uncovered-case',
    'genesys',
    { '/channels/#my-support/when': { priority: ['low', 'medium', 'high'] } },
    '/channels',
  ],
  [
    'a row for whom the process is not (P13)',
    'channel-outside-applies-to',
    'pulse-secure',
    { '/channels': [form('gold', { plan: ['Gold'] }), form('all', {})] },
    '/channels/#gold',
  ],
  [
    'plans that are refused without a word (trap 8)',
    'refused-without-words',
    'pulse-secure',
    { '/appliesTo/otherwise': undefined },
    '/appliesTo/otherwise',
  ],
  [
    'a row that refuses without a word (trap 8)',
    'refused-without-words',
    smallest(),
    { '/channels': [{ id: 'low', use: 'none', when: { priority: ['low'] } }, form('all', {})] },
    '/channels/#low/text',
  ],
  [
    'a contact that nothing names',
    'unused-contact',
    smallest(),
    { '/contacts': { desk: contact } },
    '/contacts/desk',
  ],
  [
    'a program written in another way',
    'unknown-program',
    'genesys',
    { '/feed/offFor/1': 'fedramp-engange' },
    '/feed/offFor/1',
  ],
  [
    'a question that advises',
    'never-asked',
    'genesys',
    { '/criteria/#significant-impact/effect': 'advises' },
    '/criteria/#significant-impact/effect',
  ],
  [
    'a fact that asks',
    'never-asked',
    'standard',
    { '/criteria/#case-open/effect': 'asks' },
    '/criteria/#case-open/effect',
  ],
  [
    'words that say another number',
    'number-differs',
    'genesys',
    { '/criteria/#high-24-hours/hours': 48 },
    '/criteria/#high-24-hours',
  ],
  [
    'business days that read like days (trap 4)',
    'clock-unclear',
    'genesys',
    { '/criteria/#rca-business-days/guidance': 'Product Support has had 5 days.' },
    '/criteria/#rca-business-days/guidance',
  ],
  [
    'business hours that read like hours (trap 4)',
    'clock-unclear',
    'genesys',
    { '/criteria/#high-24-hours/clock': 'business' },
    '/criteria/#high-24-hours/guidance',
  ],
  [
    'hours that read like business hours (trap 4)',
    'clock-unclear',
    smallest({ criteria: [{ ...clock, guidance: 'Wait for some hours.' } as never] }),
    { '/criteria/#clock/guidance': 'Wait for some business hours.' },
    '/criteria/#clock/clock',
  ],
  [
    'a criterion of cases that get no form',
    'unreachable-criterion',
    'genesys',
    { '/criteria/#high-24-hours/when': { priority: ['critical'], program: [null] } },
    '/criteria/#high-24-hours/when',
  ],
  [
    'a call that is promised and no number asked (trap 9)',
    'contact-not-asked',
    'pulse-secure',
    { '/reasons/#support-engineer-now/contact': false },
    '/reasons/#support-engineer-now/contact',
  ],
  [
    'a length that is never asked for (P11)',
    'details-not-required',
    'pulse-secure',
    { '/reasons/#other/details': 'optional' },
    '/reasons/#other/minDetails',
  ],
  [
    'cases with a form and nothing to choose',
    'nothing-to-choose',
    smallest(),
    { '/reasons/#other/when': { rma: true } },
    '/reasons',
  ],
  [
    'cases that can only choose what leads elsewhere',
    'nothing-to-choose',
    smallest(),
    { '/reasons/#other/instead': { text: 'Call us.', remedies: [] } },
    '/reasons',
  ],
  [
    'a plan that two halves of a reason never have together',
    'nothing-to-choose',
    smallest({ appliesTo: { plans: ['Platinum', 'Gold'], otherwise: 'Not for you.' } }),
    {
      '/reasons': [
        { id: 'a', label: 'A', details: 'optional', plans: ['Platinum'], when: { plan: ['Gold'] } },
        { id: 'b', label: 'B', details: 'optional', plans: ['Gold'] },
      ],
    },
    '/reasons',
  ],
  [
    'a field that no reason asks for',
    'unused-field',
    'pulse-secure',
    { '/reasons/#rma-status-update/fields': [] },
    '/form/fields/#rma-number',
  ],
  [
    'a ladder out of order',
    'ladder-order',
    'genesys',
    { '/lifecycle/ladder/1': { afterHours: 2, role: 'owner' } },
    '/lifecycle/ladder/1/afterHours',
  ],
  [
    'the urgent that waits longer',
    'update-hours-order',
    'genesys',
    { '/lifecycle/updateHours/high': 60 },
    '/lifecycle/updateHours/high',
  ],
  [
    'the important that counts less (G35)',
    'priority-order',
    'genesys',
    { '/lifecycle/priority/low/low': 'medium' },
    '/lifecycle/priority/medium/low',
  ],
  [
    'the urgent that counts less (G35)',
    'priority-order',
    'genesys',
    { '/lifecycle/priority/low/low': 'medium' },
    '/lifecycle/priority/low/medium',
  ],
];

describe.each([
  ['error', errors],
  ['warning', warnings],
] as const)('%s', (severity, rows) => {
  it.each(rows)('%s: %s', (_what, rule, base, changes, pointer) => {
    const document = changed(base, changes);
    const findings = found(document).filter((finding) => finding.rule === rule);
    expect(findings).toContainEqual({
      pointer: resolved(document, pointer),
      rule,
      severity,
      reason: expect.stringMatching(/^[A-Z"].{20,}\.$/s),
    });
    expect(found(changed(base, {})).filter((finding) => finding.rule === rule)).toEqual([]);
  });
});

describe('what is right is not found', () => {
  it.each(Object.keys(documents))('%s has no errors and no warnings', (name) => {
    expect(found(documents[name as keyof typeof documents], NOW)).toEqual([]);
  });

  it('the smallest policy', () => expect(lintPolicy(small())).toEqual([]));

  const fine: [what: string, base: Base, changes: Record<string, unknown>][] = [
    [
      'a reason with few words of a question',
      'genesys',
      { '/reasons/#other/whenToSelect': 'The change does not help.' },
    ],
    [
      'a reason that shares two words of a long question',
      smallest(),
      {
        '/criteria': [
          {
            ...confirm,
            question: 'Is production down because the network of your provider has failed?',
            expects: 'no',
            remedies: [{ kind: 'reopen-case', label: 'Reopen' }],
          },
        ],
        '/reasons/#other/label': 'The network of the production floor is slow',
      },
    ],
    [
      'an e-mail row outside the process, which keeps what must not leave the page',
      smallest({ appliesTo: { programs: [null], otherwise: 'Not for you.' } }),
      { '/channels': [mail, form('all', {})], '/feed': { offFor: ['secret'] } },
    ],
    [
      'a forbidden reason that is no longer offered',
      'genesys',
      {
        '/reasons/#urgency-impact-changed/instead': undefined,
        '/reasons/#urgency-impact-changed/active': false,
      },
    ],
    [
      'an alternative that says no to e-mail itself',
      'genesys',
      {
        '/contacts/product-support/alternative':
          'If you cannot use the phone, use a relay service, not e-mail.',
      },
    ],
    [
      'business hours that say so',
      smallest(),
      { '/criteria': [{ ...clock, title: '8 hours since the last update' }] },
    ],
    [
      'a reply where only support restarts the clock',
      smallest(),
      { '/criteria': [{ ...clock, remedies: [{ kind: 'reply-on-case', label: 'Reply' }] }] },
    ],
    ['a text for all of a language', smallest(), { '/title': { en: 'Small', 'en-GB': 'Small' } }],
    [
      'rules about English words, in a German policy',
      'genesys',
      { '/language': 'de', '/criteria/#rca-business-days/guidance': 'Der Support hat 5 Werktage Zeit.' },
    ],
    [
      'targets that are all alike',
      'genesys',
      { '/lifecycle/updateHours': { low: 24, medium: 24, high: 24 } },
    ],
    [
      'a question that shares a case with no reason',
      smallest(),
      {
        '/channels': [form('all', {})],
        '/criteria': [
          {
            ...confirm,
            question: 'Has the export stopped?',
            expects: 'no',
            when: { rma: true },
            remedies: [{ kind: 'reopen-case', label: 'Reopen' }],
          },
        ],
        '/reasons/1': { id: 'export', label: 'Export stopped', details: 'optional', when: { rma: false } },
      },
    ],
  ];
  it.each(fine)('%s', (_what, base, changes) => expect(found(changed(base, changes))).toEqual([]));
});

describe('holidays', () => {
  const rules = (now?: Date) => found(documents.genesys, now).map(({ rule }) => rule);

  it('are over when the last of them has passed where the calendar is', () => {
    // Christmas 2028 in New York ends at 05:00 UTC.
    expect(rules(new Date('2028-12-26T04:59:00Z'))).toEqual([]);
    expect(rules(new Date('2028-12-26T05:00:00Z'))).toEqual(['holidays-over']);
  });

  it('are not looked at without a clock', () => expect(rules()).toEqual([]));
});

it('says which cases no row is for', () => {
  const [finding] = lintPolicy(
    small({
      channels: [{ id: 'form', use: 'form', when: { priority: ['low', 'medium', 'high', 'critical'] } }],
    }),
  );
  expect(finding?.reason).toContain('one with no priority, for example');
});

describe.each(Object.entries(documents))('%s, with parts of it elsewhere', (_name, document) => {
  const pointers = (value: unknown, at = ''): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, member]) => [
          `${at}/${name}`,
          ...pointers(member, `${at}/${name}`),
        ])
      : [];
  const all = pointers(document);
  const valueAt = (pointer: string) =>
    stepsIn(document, pointer).reduce<unknown>((node, step) => (node as Node)[step], document);
  const value = fc.oneof(
    fc.constantFrom(...all).map((pointer) => structuredClone(valueAt(pointer))),
    fc.constantFrom<unknown>('', 'x', 'constructor', '__proto__', 0, 1, 1e6, true, false, null, [], {}),
    fc.constantFrom<unknown>({ de: 'Wort', en: 'word' }, { 'en-GB': 'word' }, ['low', 'high'], [null]),
  );

  it('parses and is looked through, or is refused; nothing is thrown', () => {
    let parsed = 0;
    fc.assert(
      fc.property(fc.constantFrom(...all), value, (pointer, other) => {
        const policy = (() => {
          try {
            return parsePolicy(changed(document as PolicyDocument, { [pointer]: other }));
          } catch {
            return null;
          }
        })();
        if (!policy) return;
        parsed++;
        for (const finding of lintPolicy(policy, NOW)) expect(finding.pointer).toMatch(/^\//);
      }),
      { numRuns: 400 },
    );
    expect(parsed).toBeGreaterThan(20);
  });
});
