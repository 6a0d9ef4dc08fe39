import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeCriterion } from '../../src/core/criteria.js';
import type { Calendar } from '../../src/core/business-time.js';
import type { Case } from '../../src/core/model.js';
import type { Criterion, PolicyDocument } from '../../src/core/policy.js';
import { aCase, aUser, DAY, facts, HOUR, iso, john, NOW, small, update, without } from './cases.js';

type Written = PolicyDocument['criteria'][number];
const base = { id: 'x', effect: 'blocks', title: 'X' } as const;

/** Nine to five in Berlin, where it is 16:05 on Tuesday now. */
const calendar: Calendar = {
  timeZone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  holidays: ['2026-05-14'],
};

const parsed = (row: Written): Criterion => small({ criteria: [row], calendar }).criteria[0] as Criterion;
const judged = (row: Written, kase: Case, now = NOW) =>
  judgeCriterion(parsed(row), { ...facts(), case: kase }, now, calendar);
const met = (code: string, values = {}) => ({ result: 'met', evidence: { code, values } });
const notMet = (code: string, values = {}) => ({ result: 'not-met', evidence: { code, values } });
const unknown = (code: string) => ({ result: 'unknown', evidence: { code, values: {} } });

const open: Written = { ...base, kind: 'case-open' };
const assigned: Written = { ...base, kind: 'assigned' };
const notLow: Written = { ...base, kind: 'priority-not', priorities: ['low', 'critical'] };
const day: Written = { ...base, kind: 'elapsed-since-update', hours: 24, by: 'support' };
const dayAnyone: Written = { ...day, by: 'anyone' };
const business: Written = { ...day, hours: 8, clock: 'business' };
const rca: Written = {
  ...base,
  kind: 'business-days-since',
  since: 'rcaRequestedAt',
  days: { cloud: 2, premises: 3 },
};
const waiting: Written = { ...base, kind: 'not-waiting-on-customer' };
const read: Written = { ...base, kind: 'recent-update-read' };
const confirm: Written = { ...base, kind: 'confirm', question: 'X?' };

/** Support wrote `ago` before now. */
const written = (ago: number): Partial<Case> => ({
  lastUpdate: update(iso(-ago)),
  lastSupportUpdate: update(iso(-ago)),
});
const values = (ago: number, more = {}) => ({
  at: iso(-ago),
  by: 'Dana Reyes',
  hours: 24,
  counts: 'support',
  ...more,
});

const table: [string, Written, Case, ReturnType<typeof judgeCriterion> | object][] = [
  ['G3 open', open, aCase(), met('status', { status: 'open' })],
  ['G3 pending', open, aCase({ status: 'pending' }), met('status', { status: 'pending' })],
  ['G3 resolved', open, aCase({ status: 'resolved' }), notMet('status', { status: 'resolved' })],
  ['G3 closed', open, aCase({ status: 'closed' }), notMet('status', { status: 'closed' })],
  ['G3 status unknown', open, without(aCase(), 'status'), unknown('status-unknown')],

  ['G19 assigned', assigned, aCase(), met('assignee', { name: 'Dana Reyes' })],
  ['G19 unassigned', assigned, aCase({ assignee: null }), notMet('assignee', { name: null })],
  ['G19 assignee unknown', assigned, without(aCase(), 'assignee'), unknown('assignee-unknown')],

  ['G11 medium', notLow, aCase(), met('priority', { priority: 'medium' })],
  ['G11 low', notLow, aCase({ priority: 'low' }), notMet('priority', { priority: 'low' })],
  [
    'G11 critical, also listed',
    notLow,
    aCase({ priority: 'critical' }),
    notMet('priority', { priority: 'critical' }),
  ],
  ['G11 no priority', notLow, aCase({ priority: null }), unknown('priority-unknown')],
  ['G11 priority unknown', notLow, without(aCase(), 'priority'), unknown('priority-unknown')],

  [
    'G9 3 h ago',
    day,
    aCase(written(3 * HOUR)),
    { ...notMet('last-update', values(3 * HOUR)), availableAt: iso(21 * HOUR) },
  ],
  [
    'G9 1 ms before 24 h',
    day,
    aCase(written(DAY - 1)),
    { ...notMet('last-update', values(DAY - 1)), availableAt: iso(1) },
  ],
  ['G9 24 h to the millisecond', day, aCase(written(DAY)), met('last-update', values(DAY))],
  [
    'G9 in the future, by a clock that is ahead',
    day,
    aCase(written(-HOUR)),
    { ...notMet('last-update', values(-HOUR)), availableAt: iso(25 * HOUR) },
  ],
  [
    'G9 by nobody known',
    day,
    aCase({ lastSupportUpdate: update(iso(-DAY), null) }),
    met('last-update', values(DAY, { by: null })),
  ],
  [
    'G9 the customer replied since, which does not count',
    day,
    aCase({ ...written(DAY), lastUpdate: update(iso(-HOUR), john) }),
    met('last-update', values(DAY)),
  ],
  [
    'G9 the customer replied since, where anybody counts',
    dayAnyone,
    aCase({ ...written(DAY), lastUpdate: update(iso(-HOUR), john) }),
    {
      ...notMet('last-update', values(HOUR, { by: 'John Diaz', counts: 'anyone' })),
      availableAt: iso(23 * HOUR),
    },
  ],
  [
    'G9 who wrote last is all that is known',
    day,
    without(aCase({ lastUpdate: update(iso(-HOUR), john) }), 'lastSupportUpdate'),
    {
      ...notMet('last-update', values(HOUR, { by: 'John Diaz' })),
      availableAt: iso(23 * HOUR),
    },
  ],
  ['G9 support never wrote', day, aCase({ lastSupportUpdate: null }), met('never-updated')],
  ['G9 nobody ever wrote', dayAnyone, aCase({ lastUpdate: null }), met('never-updated')],
  ['G9 last update unknown', dayAnyone, without(aCase(), 'lastUpdate'), unknown('last-update-unknown')],
  [
    'G9 a date that is none',
    day,
    aCase({ lastSupportUpdate: update('yesterday') }),
    unknown('last-update-unknown'),
  ],
  [
    'G9 business hours: 8 from Tue 16:05 end on Wed 16:05',
    business,
    aCase(written(0)),
    {
      ...notMet('last-update', values(0, { hours: 8 })),
      availableAt: '2026-05-13T14:05:00.000Z',
    },
  ],

  ['G7 none asked for', rca, aCase(), met('no-rca')],
  ['G7 whether, unknown', rca, without(aCase(), 'rcaRequestedAt'), unknown('rca-unknown')],
  [
    'G7 deployment unknown',
    rca,
    without(aCase({ rcaRequestedAt: iso(-DAY) }), 'deployment'),
    unknown('rca-unknown'),
  ],
  ['G7 deployment null', rca, aCase({ rcaRequestedAt: iso(-DAY), deployment: null }), unknown('rca-unknown')],
  ['G7 a date that is none', rca, aCase({ rcaRequestedAt: 'soon' }), unknown('rca-unknown')],
  [
    'G7 cloud, day 2 of 2',
    rca,
    aCase({ rcaRequestedAt: iso(-DAY) }),
    {
      ...notMet('rca-day', { at: iso(-DAY), day: 2, days: 2 }),
      availableAt: '2026-05-13T14:05:00.000Z',
    },
  ],
  [
    'G7 premises: one more, and not on the holiday',
    rca,
    aCase({ rcaRequestedAt: iso(-DAY), deployment: 'premises' }),
    {
      ...notMet('rca-day', { at: iso(-DAY), day: 2, days: 3 }),
      availableAt: '2026-05-15T14:05:00.000Z',
    },
  ],
  [
    'G7 cloud, over',
    rca,
    aCase({ rcaRequestedAt: '2026-05-08T14:05:00.000Z' }),
    met('rca-day', { at: '2026-05-08T14:05:00.000Z', day: null, days: 2 }),
  ],

  ['G5 on support', waiting, aCase(), met('not-waiting', { since: null, asked: null })],
  [
    'G5 on nobody',
    waiting,
    aCase({ waitingOn: null, waitingSince: iso(-DAY) }),
    met('not-waiting', { since: null, asked: null }),
  ],
  [
    'G5 on the customer',
    waiting,
    aCase({ waitingOn: 'customer', waitingSince: iso(-DAY), waitingFor: 'Logs' }),
    {
      ...notMet('waiting-on-customer', { since: iso(-DAY), asked: 'Logs' }),
      contestable: true,
    },
  ],
  [
    'G5 on the customer, since nobody knows when',
    waiting,
    without(aCase({ waitingOn: 'customer' }), 'waitingSince', 'waitingFor'),
    {
      ...notMet('waiting-on-customer', { since: null, asked: null }),
      contestable: true,
    },
  ],

  [
    'G4 an update',
    read,
    aCase(written(HOUR)),
    { result: 'ask', evidence: { code: 'last-update', values: { at: iso(-HOUR), by: 'Dana Reyes' } } },
  ],
  ['G4 no update', read, aCase({ lastUpdate: null }), met('never-updated')],
  ['G6, G10 a question is a question', confirm, aCase(), { result: 'ask' }],
];

describe('judgeCriterion', () => {
  it.each(table)('%s', (_what, row, kase, outcome) => expect(judged(row, kase)).toEqual(outcome));

  it('judges every kind in this table', () => {
    expect(new Set(table.map(([, { kind }]) => kind)).size).toBe(8);
  });

  it('G9 changes from not met to met at availableAt, once', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -30 * DAY, max: 30 * DAY }),
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom('elapsed' as const, 'business' as const),
        fc.integer({ min: 0, max: 10 * DAY }),
        (ago, hours, clock, later) => {
          const row: Written = { ...day, hours, clock };
          const kase = aCase(written(ago));
          const { result, availableAt } = judged(row, kase);
          expect(availableAt === undefined).toBe(result === 'met');
          const at = Date.parse(availableAt ?? NOW.toISOString());
          if (availableAt) expect(judged(row, kase, new Date(at - 1)).availableAt).toBe(availableAt);
          expect(judged(row, kase, new Date(at + later)).result).toBe('met');
        },
      ),
    ));

  it('G7 is met for good from availableAt on, and the day never falls', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -20 * DAY, max: 0 }),
        fc.constantFrom('cloud' as const, 'premises' as const),
        (asked, deployment) => {
          const kase = aCase({ rcaRequestedAt: iso(asked), deployment });
          let last = 0;
          let over = false;
          for (let n = 0; n < 30; n++) {
            const { result, evidence } = judged(rca, kase, new Date(NOW.getTime() + n * 9 * HOUR));
            if (result === 'not-met') {
              const number = Number(evidence?.values['day']);
              expect(number).toBeGreaterThanOrEqual(last);
              last = number;
            }
            expect(over && result !== 'met').toBe(false);
            over = result === 'met';
          }
          expect(over).toBe(true);
        },
      ),
    ));

  it('asks neither the user nor an ambient clock', () => {
    const partner = { ...facts(), user: aUser('partner') };
    for (const [, row, kase, outcome] of table)
      expect(judgeCriterion(parsed(row), { ...partner, case: kase }, NOW, calendar)).toEqual(outcome);
  });
});
