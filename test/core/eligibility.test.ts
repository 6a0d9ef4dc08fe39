import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  channelFor,
  isByEmail,
  isFeedOn,
  judge,
  judgeCriteria,
  refusal,
} from '../../src/core/eligibility.js';
import { blocking, questions, reasonsFor } from '../../src/core/request.js';
import { checkRequest } from '../../src/core/check-request.js';
import { matches, type Facts } from '../../src/core/facts.js';
import type { Case, CriterionResult, EscalationRequest } from '../../src/core/model.js';
import type { Condition, PolicyDocument } from '../../src/core/policy.js';
import { aCase, aRequest, aUser, dana, DAY, facts, HOUR, iso, NOW, small, update, without } from './cases.js';

const mail = { to: 'a@example.com', subject: ['x'], separator: ' ', body: [{ id: 'x', label: 'X' }] };
const contacts = { desk: { name: 'Desk', phones: [{ number: '1' }] } };
const form = { id: 'form', use: 'form', when: {} } as const;
const email: PolicyDocument['channels'][number] = {
  id: 'email',
  use: 'email',
  when: { program: ['secret'] },
  email: mail,
  title: 'By e-mail',
};

describe('matches', () => {
  const table: [string, Condition | undefined, Partial<Case>, boolean][] = [
    ['no condition', undefined, {}, true],
    ['an empty condition', {}, {}, true],
    ['one of the values', { priority: ['low', 'medium'] }, {}, true],
    ['none of the values', { priority: ['low'] }, {}, false],
    ['null for none', { program: [null] }, {}, true],
    ['null for a value', { program: [null] }, { program: 'secret' }, false],
    ['null for what is absent', { program: [null] }, { program: undefined }, true],
    ['a value for none', { program: ['secret'] }, {}, false],
    ['a value or none', { program: ['secret', null] }, {}, true],
    ['no priority', { priority: [null] }, { priority: null }, true],
    ['status', { status: ['closed'] }, {}, false],
    ['plan', { plan: ['Platinum'] }, {}, true],
    ['product', { product: ['PureConnect'] }, {}, false],
    ['deployment', { deployment: ['premises', null] }, { deployment: null }, true],
    ['audience', { audience: ['partner'] }, {}, false],
    ['assigned', { assigned: true }, {}, true],
    ['assigned, but is not', { assigned: true }, { assignee: null }, false],
    ['not assigned', { assigned: false }, { assignee: null }, true],
    ['rma', { rma: true }, { rma: 'R-7' }, true],
    ['rma, but has none', { rma: true }, { rma: null }, false],
    ['no rma', { rma: false }, { rma: undefined }, true],
    ['all of them', { priority: ['medium'], plan: ['Platinum'], assigned: true }, {}, true],
    ['all but one', { priority: ['medium'], plan: ['Gold'], assigned: true }, {}, false],
  ];
  it.each(table)('%s', (_what, condition, over, expected) =>
    expect(matches(condition, facts(over))).toBe(expected),
  );
});

describe('refusal (P13)', () => {
  const table: [string, PolicyDocument['appliesTo'], Partial<Case>, ReturnType<typeof refusal>][] = [
    ['for everybody', undefined, {}, null],
    ['the plan', { plans: ['Gold', 'Platinum'] }, {}, null],
    ['another plan', { plans: ['Gold'] }, {}, { requiredPlans: ['Gold'] }],
    ['no plan', { plans: ['Gold'] }, { plan: null }, { requiredPlans: ['Gold'] }],
    ['plan unknown', { plans: ['Gold'] }, { plan: undefined }, { requiredPlans: ['Gold'] }],
    ['commercial', { programs: [null] }, {}, null],
    ['another program', { programs: [null] }, { program: 'secret' }, {}],
    ['the product', { products: ['Cloud CX'] }, {}, null],
    ['no product', { products: ['Cloud CX'] }, { product: null }, {}],
    ['another plan and product', { plans: ['Gold'], products: ['X'] }, {}, { requiredPlans: ['Gold'] }],
  ];
  it.each(table)('%s', (_what, appliesTo, over, expected) =>
    expect(refusal(small({ ...(appliesTo && { appliesTo }) }), facts(over))).toEqual(expected),
  );
});

describe('channelFor (G43)', () => {
  const policy = small({
    contacts,
    channels: [
      { id: 'call', use: 'contact', when: { priority: ['critical'] }, contact: 'desk' },
      email,
      { id: 'never', use: 'none', when: { status: ['closed'] }, text: 'Not when closed.' },
      {
        id: 'gone',
        use: 'link',
        when: { product: ['Old'] },
        link: { label: 'Old desk', href: 'https://example.com' },
      },
      { ...form, when: { plan: ['Platinum'] } },
    ],
  });
  const table: [string, Partial<Case>, string | undefined][] = [
    ['the first that matches', { priority: 'critical', program: 'secret' }, 'call'],
    ['a later one', { program: 'secret' }, 'email'],
    ['the last', {}, 'form'],
    ['none', { plan: 'Gold' }, undefined],
    ['G14 program unknown', { program: undefined }, 'email'],
    ['G14 program unknown, whatever comes before', { program: undefined, priority: 'critical' }, 'email'],
    ['G14 program null is commercial', { program: null }, 'form'],
  ];
  it.each(table)('%s', (_what, over, id) => expect(channelFor(policy, facts(over))?.id).toBe(id));

  it('G14 an e-mail row that names no program is not for the unknown', () => {
    const other = small({ channels: [{ ...email, when: { priority: ['low'] } }, form] });
    expect(channelFor(other, facts({ program: undefined }))?.id).toBe('form');
  });

  it('G14 unknown is not commercial, in whatever order the rows stand', () => {
    const commercial = { ...form, id: 'commercial', when: { program: [null] } };
    for (const channels of [
      [commercial, email],
      [email, commercial],
      [commercial, email, form],
    ])
      expect(channelFor(small({ channels }), facts({ program: undefined }))?.id).toBe('email');
  });

  it('judges none as not offered, and what is no form as elsewhere', () => {
    expect(judge(policy, facts({ status: 'closed' }), NOW)).toEqual({
      kind: 'not-offered',
      channel: 'never',
      policyReason: 'Not when closed.',
    });
    expect(judge(policy, facts({ plan: 'Gold' }), NOW)).toEqual({ kind: 'not-offered' });
    for (const over of [{ priority: 'critical' }, { program: 'secret' }, { product: 'Old' }] as const)
      expect(judge(policy, facts(over), NOW).kind).toBe('elsewhere');
  });
});

describe('isFeedOn, isByEmail (G14, G38)', () => {
  const off = { offFor: ['secret', 'engage'] };
  const table: [
    string,
    PolicyDocument['channels'],
    string[],
    Partial<Case>,
    { feed: boolean; mail: boolean },
  ][] = [
    ['commercial', [email, form], off.offFor, {}, { feed: true, mail: false }],
    ['an e-mail program', [email, form], off.offFor, { program: 'secret' }, { feed: false, mail: true }],
    [
      'a program with form and without feed',
      [email, form],
      off.offFor,
      { program: 'engage' },
      { feed: false, mail: false },
    ],
    ['program unknown', [email, form], off.offFor, { program: undefined }, { feed: false, mail: true }],
    ['program unknown, no e-mail', [form], off.offFor, { program: undefined }, { feed: false, mail: false }],
    [
      'program unknown, the policy names none',
      [form],
      [],
      { program: undefined },
      { feed: true, mail: false },
    ],
    [
      'an e-mail program that "offFor" forgot',
      [email, form],
      [],
      { program: 'secret' },
      { feed: false, mail: true },
    ],
    [
      'program unknown, "offFor" forgotten',
      [email, form],
      [],
      { program: undefined },
      { feed: false, mail: true },
    ],
  ];
  it.each(table)('%s', (_what, channels, offFor, over, expected) => {
    const policy = small({ channels, feed: { offFor } });
    expect({ feed: isFeedOn(policy, facts(over)), mail: isByEmail(policy, facts(over)) }).toEqual(expected);
  });
});

const criteria: PolicyDocument['criteria'] = [
  { id: 'open', kind: 'case-open', effect: 'blocks', title: 'Open' },
  { id: 'waiting', kind: 'not-waiting-on-customer', effect: 'blocks', title: 'Waiting' },
  {
    id: 'day',
    kind: 'elapsed-since-update',
    effect: 'blocks',
    title: 'Day',
    hours: 24,
    by: 'anyone',
    when: { priority: ['high'] },
  },
  {
    id: 'week',
    kind: 'elapsed-since-update',
    effect: 'blocks',
    title: 'Week',
    hours: 168,
    by: 'anyone',
    when: { product: ['Slow'] },
  },
  { id: 'hint', kind: 'priority-not', effect: 'advises', title: 'Hint', priorities: ['low'] },
  { id: 'read', kind: 'recent-update-read', effect: 'advises', title: 'Read' },
  { id: 'sure', kind: 'confirm', effect: 'asks', title: 'Sure', question: 'Sure?' },
];
const policy = small({ criteria });
const results = (over: Partial<Case> = {}) => judgeCriteria(policy, facts(over), NOW);
const ids = (rows: readonly CriterionResult[]) => rows.map(({ id }) => id);

describe('criteria', () => {
  it('exist for the cases that they name, in the order of the policy', () => {
    expect(ids(results())).toEqual(['open', 'waiting', 'hint', 'read', 'sure']);
    expect(ids(results({ priority: 'high', product: 'Slow' }))).toEqual([
      'open',
      'waiting',
      'day',
      'week',
      'hint',
      'read',
      'sure',
    ]);
  });

  it('a blocking one whose fact is missing is asked; an advising one stays unknown', () => {
    const judged = judgeCriteria(
      policy,
      { ...facts(), case: without(aCase({ priority: null }), 'status') },
      NOW,
    );
    expect(judged.find(({ id }) => id === 'open')).toMatchObject({
      result: 'ask',
      evidence: { code: 'status-unknown' },
    });
    expect(judged.find(({ id }) => id === 'hint')).toMatchObject({ result: 'unknown' });
    expect(ids(questions(policy, judged))).toEqual(['open', 'sure']);
  });

  const table: [string, Partial<Case>, string[]][] = [
    ['nothing', {}, []],
    ['closed', { status: 'closed' }, ['open']],
    ['only advised against', { priority: 'low' }, []],
    ['two', { status: 'closed', waitingOn: 'customer' }, ['open', 'waiting']],
    ['a clock', { priority: 'high' }, ['day']],
  ];
  it.each(table)('what blocks: %s', (_what, over, expected) =>
    expect(ids(blocking(policy, results(over)))).toEqual(expected),
  );

  it('G5 only what can be contradicted is overridden by confirming it', () => {
    const both = results({ status: 'closed', waitingOn: 'customer' });
    expect(ids(blocking(policy, both, ['open', 'waiting']))).toEqual(['open']);
  });

  it('a result for a criterion that the policy no longer has does not block', () => {
    expect(blocking(policy, [{ id: 'gone', result: 'not-met' }])).toEqual([]);
  });
});

describe('judge', () => {
  const clocks = { priority: 'high', product: 'Slow', lastUpdate: update(iso(-HOUR)) } as const;
  const table: [string, Partial<Case>, object][] = [
    ['available', {}, { kind: 'available', channel: 'form' }],
    ['blocked by what does not pass', { status: 'closed' }, { kind: 'blocked', availableAt: undefined }],
    ['blocked by a clock', { priority: 'high' }, { kind: 'blocked', availableAt: iso(21 * HOUR) }],
    ['blocked by two clocks: the later', clocks, { kind: 'blocked', availableAt: iso(7 * DAY - HOUR) }],
    [
      'blocked by a clock and more',
      { ...clocks, status: 'closed' },
      { kind: 'blocked', availableAt: undefined },
    ],
    [
      'blocked by a clock and what can be contradicted',
      { ...clocks, waitingOn: 'customer' },
      { kind: 'blocked', availableAt: undefined },
    ],
  ];
  it.each(table)('%s', (_what, over, expected) =>
    expect(judge(policy, facts(over), NOW)).toMatchObject(expected),
  );

  it('judges in order: open escalation, not offered, elsewhere, blocked, available', () => {
    const strict = small({
      criteria,
      channels: [email, form],
      appliesTo: { plans: ['Platinum'], otherwise: { en: 'No.', de: 'Nein.' } },
    });
    const kind = (over: Partial<Case>, openEscalation: { id: string } | null = null) =>
      judge(strict, facts(over, { openEscalation }), NOW).kind;
    const all = { plan: 'Gold', program: 'secret', status: 'closed' } as const;
    expect(kind(all, { id: 'e' })).toBe('open-escalation');
    expect(kind(all)).toBe('not-offered');
    expect(kind({ ...all, plan: 'Platinum' })).toBe('elsewhere');
    expect(kind({ ...all, plan: 'Platinum', program: null })).toBe('blocked');
    expect(kind({})).toBe('available');
    expect(judge(strict, facts(all), NOW, ['de']).policyReason).toBe('Nein.');
  });

  it('G14 says nothing of the criteria of a case that goes by e-mail', () => {
    const strict = small({ criteria, channels: [email, form] });
    expect(judge(strict, facts({ program: 'secret' }), NOW)).not.toHaveProperty('criteria');
  });
});

describe('reasonsFor', () => {
  const policy = small({
    reasons: [
      { id: 'all', label: 'All', details: 'optional' },
      { id: 'old', label: 'Old', details: 'optional', active: false },
      { id: 'rich', label: 'Rich', details: 'optional', plans: ['Platinum'] },
      { id: 'rma', label: 'RMA', details: 'optional', when: { rma: true } },
      { id: 'partner', label: 'Partner', details: 'optional', when: { audience: ['partner'] } },
    ],
  });
  const table: [string, Facts, string[]][] = [
    ['P13 Platinum', facts(), ['all', 'rich']],
    ['P13 Gold', facts({ plan: 'Gold' }), ['all']],
    ['P13 plan unknown', facts({ plan: undefined }), ['all']],
    ['P10 with an RMA', facts({ rma: 'R-7' }), ['all', 'rich', 'rma']],
    ['G31 a partner', facts({}, { user: aUser('partner') }), ['all', 'rich', 'partner']],
  ];
  it.each(table)('%s', (_what, some, expected) =>
    expect(reasonsFor(policy, some).map(({ id }) => id)).toEqual(expected),
  );
});

describe('checkRequest', () => {
  const policy = small({
    criteria: [
      {
        id: 'sure',
        kind: 'confirm',
        effect: 'asks',
        title: 'Sure',
        question: 'Sure?',
        when: { product: ['Asks'] },
      },
      {
        id: 'bad',
        kind: 'confirm',
        effect: 'asks',
        title: 'Bad',
        question: 'Bad?',
        impact: true,
        when: { priority: ['high'] },
      },
      { id: 'hint', kind: 'confirm', effect: 'advises', title: 'Hint', question: 'Hint?' },
    ],
    contacts,
    form: {
      title: 'T',
      submit: 'S',
      reasonLabel: 'R',
      reasons: 'select',
      details: { label: 'D', maxLength: 40 },
      impact: { label: 'I', maxLength: 10 },
      contactMethods: ['email'],
      fields: [
        { id: 'date', label: 'Date', required: true, kind: 'date', maxLength: 10 },
        { id: 'number', label: 'Number', maxLength: 5 },
        { id: 'other', label: 'Not of this reason', required: true },
      ],
    },
    reasons: [
      { id: 'free', label: 'F', details: 'optional' },
      { id: 'asked', label: 'A', details: 'recommended', minDetails: 20 },
      { id: 'long', label: 'L', details: 'required', minDetails: 5 },
      { id: 'call', label: 'C', details: 'optional', contact: true },
      { id: 'more', label: 'M', details: 'optional', fields: ['number', 'date'] },
      { id: 'door', label: 'D', details: 'required', instead: { text: 'Elsewhere', remedies: [] } },
      { id: 'gone', label: 'G', details: 'optional', active: false },
    ],
  });
  const faults = (request: Partial<EscalationRequest>, over: Partial<Case> = {}) =>
    checkRequest(
      policy,
      facts(over),
      judgeCriteria(policy, facts(over), NOW),
      aRequest({ details: undefined, ...request }),
    );
  const high = { priority: 'high' } as const;
  const one = (pointer: string, code: string, limit?: number) => [
    { pointer, code, ...(limit !== undefined && { limit }) },
  ];

  const table: [string, Partial<EscalationRequest>, Partial<Case>, object[]][] = [
    ['P5 no reason', { reasonId: '' }, {}, one('/reasonId', 'missing')],
    ['P5 a reason that is none', { reasonId: 'x' }, {}, one('/reasonId', 'not-offered')],
    ['P12 a reason taken away', { reasonId: 'gone' }, {}, one('/reasonId', 'not-offered')],
    ['G28 a reason that leads elsewhere', { reasonId: 'door' }, {}, one('/reasonId', 'elsewhere')],
    ['P14 nothing asked', { reasonId: 'free' }, {}, []],
    ['P14 recommended and left out', { reasonId: 'asked' }, {}, []],
    ['P14 recommended and short', { reasonId: 'asked', details: 'x' }, {}, []],
    [
      'P14 too long even where optional',
      { reasonId: 'free', details: 'x'.repeat(41) },
      {},
      one('/details', 'too-long', 40),
    ],
    ['P11 required and left out', { reasonId: 'long' }, {}, one('/details', 'missing')],
    ['P11 required and blank', { reasonId: 'long', details: ' \n\t ' }, {}, one('/details', 'missing')],
    [
      'P11 required and short, blanks do not count',
      { reasonId: 'long', details: ' 1234 ' },
      {},
      one('/details', 'too-short', 5),
    ],
    ['P11 required and just enough', { reasonId: 'long', details: ' 12345 ' }, {}, []],
    ['P15 as long as it may be', { reasonId: 'long', details: 'x'.repeat(40) }, {}, []],
    ['P8 no contact', { reasonId: 'call' }, {}, one('/contact/method', 'missing')],
    [
      'P8 a method that is not offered',
      { reasonId: 'call', contact: { method: 'telephone', value: '1' } },
      {},
      one('/contact/method', 'missing'),
    ],
    [
      'P8 no address',
      { reasonId: 'call', contact: { method: 'email' } },
      {},
      one('/contact/value', 'missing'),
    ],
    [
      'P8 a long address',
      { reasonId: 'call', contact: { method: 'email', value: 'x'.repeat(201) } },
      {},
      one('/contact/value', 'too-long', 200),
    ],
    ['P8 complete', { reasonId: 'call', contact: { method: 'email', value: 'a@b' } }, {}, []],
    ['G28 a field left out', { reasonId: 'more' }, {}, one('/fields/date', 'missing')],
    [
      'P10 an optional field too long',
      { reasonId: 'more', fields: { date: '2026-06-01', number: '123456' } },
      {},
      one('/fields/number', 'too-long', 5),
    ],
    ['G28 the fields filled in', { reasonId: 'more', fields: { date: '2026-06-01' } }, {}, []],
    ['G6 not confirmed', { reasonId: 'free' }, { product: 'Asks' }, one('/confirmed/sure', 'not-confirmed')],
    ['G6 confirmed', { reasonId: 'free', confirmed: ['sure'] }, { product: 'Asks' }, []],
    [
      'G10 neither confirmed nor described',
      { reasonId: 'free' },
      high,
      // The field is there only once the question is answered with yes.
      one('/confirmed/bad', 'not-confirmed'),
    ],
    [
      'G10 confirmed, not described',
      { reasonId: 'free', confirmed: ['bad'], impact: ' ' },
      high,
      one('/impact', 'missing'),
    ],
    [
      'G10 described at length',
      { reasonId: 'free', confirmed: ['bad'], impact: 'x'.repeat(11) },
      high,
      one('/impact', 'too-long', 10),
    ],
    ['G10 both', { reasonId: 'free', confirmed: ['bad'], impact: 'x' }, high, []],
    [
      'every fault, in the order of the form',
      { reasonId: 'long', details: '' },
      { ...high, product: 'Asks' },
      [
        ...one('/details', 'missing'),
        ...one('/confirmed/sure', 'not-confirmed'),
        ...one('/confirmed/bad', 'not-confirmed'),
      ],
    ],
  ];
  it.each(table)('%s', (_what, request, over, expected) => expect(faults(request, over)).toEqual(expected));

  it('confirming what was not asked changes nothing', () =>
    fc.assert(
      fc.property(fc.array(fc.string()), (confirmed) => {
        expect(faults({ reasonId: 'free', confirmed })).toEqual([]);
      }),
    ));

  it('answers any text, and a longer one never mends what is too long', () =>
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.constantFrom('free', 'asked', 'long'),
        (details, reasonId) => {
          const found = faults({ reasonId, details });
          const size = details.trim().length;
          expect(found.some(({ code }) => code === 'too-long')).toBe(size > 40);
          expect(found.some(({ code }) => code === 'too-short')).toBe(
            reasonId === 'long' && size > 0 && size < 5,
          );
          expect(found.length).toBeLessThan(2);
        },
      ),
    ));
});

it('takes a person for a person: the assignee may be anybody', () => {
  expect(judge(small(), facts({ assignee: { ...dana, role: 'unheard-of' } }), NOW).kind).toBe('available');
});
