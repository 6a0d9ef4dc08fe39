import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { channelFor, refusal } from '../../src/core/eligibility.js';
import type { Facts } from '../../src/core/facts.js';
import { lintPolicy } from '../../src/core/lint-policy.js';
import type { Case } from '../../src/core/model.js';
import type { Policy } from '../../src/core/policy.js';
import { reasonsFor } from '../../src/core/request.js';
import { anyFacts } from '../policies/arbitraries.js';
import { aCase, aUser, dana, small } from './cases.js';

const form = (id: string, when: object) => ({ id, use: 'form', when });
const email = {
  to: 'desk@example.com',
  subject: ['case-number'],
  separator: ' ',
  body: [{ id: 'a', label: 'A' }],
};

it('gives up on a table that is too big to count out', () => {
  const third = (letter: string, i: number) =>
    Array.from({ length: 60 }, (_, k) => k)
      .filter((k) => (Math.imul((k + 1) * (i + 3), 0x9e3779b1) >>> 7) % 3 === 0)
      .map((k) => `${letter}${k}`);
  const row = (i: number) =>
    form(`row-${i}`, { program: third('a', i), plan: third('b', i + 1), product: third('c', i + 2) });
  const rules = (length: number) => {
    const channels = [...Array.from({ length }, (_, i) => row(i)), form('all', {}), form('late', {})];
    return lintPolicy(small({ channels: channels as never })).map(({ rule }) => rule);
  };
  expect(rules(5)).toContain('unreachable-channel');
  expect(rules(100)).toEqual([]);
});

describe('the table is counted out exactly', () => {
  const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1 });
  const anyCondition = fc.record(
    {
      priority: some('low', 'medium', 'high', 'critical', null),
      program: some('secret', 'open', null),
      plan: some('Platinum', 'Gold', null),
      assigned: fc.boolean(),
      audience: some('direct', 'partner'),
    },
    { requiredKeys: [] },
  );
  const anyChannels = fc
    .array(fc.tuple(fc.constantFrom('form', 'form', 'none', 'email'), anyCondition), {
      minLength: 1,
      maxLength: 6,
    })
    .map((rows) => rows.map(([use, when], i) => ({ email, id: `row-${i}`, use, when, text: 'No.' })));
  const anyReasons = fc
    .array(
      fc.record(
        {
          plans: some('Platinum', 'Gold', 'Silver'),
          when: anyCondition,
          active: fc.boolean(),
          instead: fc.constant({ text: 'Call.', remedies: [] }),
        },
        { requiredKeys: [] },
      ),
      { minLength: 1, maxLength: 4 },
    )
    .map((rows) => rows.map((row, i) => ({ ...row, id: `reason-${i}`, label: 'R', details: 'optional' })));
  const anyLimits = fc.record(
    { plans: some('Platinum', 'Gold'), programs: some('secret', 'open', null) },
    { requiredKeys: [] },
  );
  const anyPolicy = fc
    .record({ channels: anyChannels, reasons: anyReasons, appliesTo: anyLimits })
    .map((parts) => small(parts as never));

  /** Every case that such policies can tell apart, one of each kind. */
  const everyCase: Facts[] = (['low', 'medium', 'high', 'critical', null] as const).flatMap((priority) =>
    ['secret', 'open', 'third', null, undefined].flatMap((program) =>
      ['Platinum', 'Gold', 'Silver', 'Bronze', null].flatMap((plan) =>
        [dana, null].flatMap((assignee) =>
          (['direct', 'partner'] as const).map((audience) => {
            const kase: Case = aCase({ priority, plan, assignee, program: null });
            if (program === undefined) delete kase.program;
            else kase.program = program;
            return { case: kase, user: aUser('customer', { audience }) };
          }),
        ),
      ),
    ),
  );
  const rowsFound = (policy: Policy, rule: string) =>
    lintPolicy(policy)
      .filter((finding) => finding.rule === rule)
      .map(({ pointer }) => Number(pointer.split('/')[2]));
  const indexes = (length: number, keep: (i: number) => boolean) =>
    Array.from({ length }, (_, i) => i).filter(keep);

  it('a row is unreachable when, and only when, no case reaches it', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const reached = (i: number, cases: Facts[]) =>
          cases.some((facts) => channelFor(policy, facts) === policy.channels[i]);
        const known = everyCase.filter((facts) => facts.case.program !== undefined);
        const { length } = policy.channels;
        expect(rowsFound(policy, 'unreachable-channel')).toEqual(
          indexes(length, (i) => !reached(i, everyCase)),
        );
        expect(rowsFound(policy, 'unreachable-email')).toEqual(
          indexes(length, (i) => reached(i, everyCase) && !reached(i, known)),
        );
      }),
      { numRuns: 150 },
    );
  });

  it('a case is uncovered when, and only when, the process is for it and no row is', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const missed = everyCase.some((facts) => !refusal(policy, facts) && !channelFor(policy, facts));
        expect(lintPolicy(policy).some(({ rule }) => rule === 'uncovered-case')).toBe(missed);
      }),
      { numRuns: 150 },
    );
  });

  it('there is nothing to choose when, and only when, a case with a form has no reason', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const withForm = everyCase.filter(
          (facts) => !refusal(policy, facts) && channelFor(policy, facts)?.use === 'form',
        );
        const without = withForm.some((facts) => reasonsFor(policy, facts).every(({ instead }) => instead));
        expect(lintPolicy(policy).some(({ rule }) => rule === 'nothing-to-choose')).toBe(without);
        const never = indexes(
          policy.reasons.length,
          (i) =>
            withForm.length > 0 &&
            policy.reasons[i]!.active &&
            !withForm.some((facts) => reasonsFor(policy, facts).includes(policy.reasons[i]!)),
        );
        expect(rowsFound(policy, 'unreachable-reason')).toEqual(never);
      }),
      { numRuns: 150 },
    );
  });

  it('an unreachable row is never the way of any case', () => {
    fc.assert(
      fc.property(anyPolicy, fc.array(anyFacts, { maxLength: 50 }), (policy, cases) => {
        const dead = rowsFound(policy, 'unreachable-channel').map((i) => policy.channels[i]);
        for (const facts of cases) expect(dead).not.toContain(channelFor(policy, facts) ?? 'none');
      }),
    );
  });
});
