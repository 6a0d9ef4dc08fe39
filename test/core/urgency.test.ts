import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ladderRoles } from '../../src/core/ladder.js';
import type { Escalation } from '../../src/core/model.js';
import { compareUrgency } from '../../src/core/urgency.js';
import { HOUR, iso, NOW, small } from './cases.js';

type Row = Pick<Escalation, 'id' | 'status' | 'priority' | 'nextUpdateDueAt' | 'requestedAt'>;
const row = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  status: 'accepted',
  requestedAt: iso(-HOUR),
  nextUpdateDueAt: null,
  ...more,
});

describe('the order of the queue', () => {
  const table: [what: string, Row[]][] = [
    [
      'by priority',
      [row('a', { priority: 'high' }), row('b', { priority: 'medium' }), row('c', { priority: 'low' })],
    ],
    [
      'what nobody has judged yet may be as important as the most important',
      [row('a', { status: 'requested' }), row('b', { priority: 'medium' })],
    ],
    [
      'an important one before one that is only late',
      [row('a', { priority: 'high' }), row('b', { priority: 'medium', nextUpdateDueAt: iso(-HOUR) })],
    ],
    [
      'what is late before what is not',
      [
        row('a', { priority: 'high', nextUpdateDueAt: iso(-1) }),
        row('b', { priority: 'high', nextUpdateDueAt: iso(HOUR) }),
      ],
    ],
    [
      'what is late longest first',
      [
        row('a', { priority: 'low', nextUpdateDueAt: iso(-2 * HOUR) }),
        row('b', { priority: 'low', nextUpdateDueAt: iso(-HOUR) }),
      ],
    ],
    [
      'what is due next before what is due later, or never',
      [
        row('a', { priority: 'low', nextUpdateDueAt: iso(HOUR) }),
        row('b', { priority: 'low', nextUpdateDueAt: iso(2 * HOUR) }),
        row('c', { priority: 'low' }),
      ],
    ],
    [
      'else the oldest',
      [row('a', { requestedAt: iso(-3 * HOUR) }), row('b'), row('c', { requestedAt: iso(0) })],
    ],
  ];
  it.each(table)('%s', (_what, rows) => {
    const names = rows.map(({ id }) => id);
    expect(
      [...rows]
        .reverse()
        .sort(compareUrgency(NOW))
        .map(({ id }) => id),
    ).toEqual(names);
  });

  it('is one order: whatever comes in, whatever the order that it came in', () => {
    const some = fc.record({
      id: fc.uuid(),
      status: fc.constantFrom('requested' as const, 'under-review' as const, 'accepted' as const),
      priority: fc.option(fc.constantFrom('low' as const, 'medium' as const, 'high' as const), { nil: undefined }),
      nextUpdateDueAt: fc.option(fc.integer({ min: -5, max: 5 }).map((hours) => iso(hours * HOUR)), { nil: null }),
      requestedAt: fc.integer({ min: -9, max: 0 }).map((hours) => iso(hours * HOUR)),
    }); // prettier-ignore
    const compare = compareUrgency(NOW);
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        expect(compare(a, b) + compare(b, a)).toBe(0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

describe('who hears of a late update (silence)', () => {
  const policy = small({
    actors: { owner: { label: 'O', reviews: true }, manager: { label: 'M' }, director: { label: 'D' } },
    lifecycle: {
      priority: {
        low: { low: 'low', medium: 'low', high: 'medium' },
        medium: { low: 'low', medium: 'medium', high: 'high' },
        high: { low: 'medium', medium: 'high', high: 'high' },
      },
      withdraw: ['customer'],
      ladder: [
        { afterHours: 0, role: 'owner' },
        { afterHours: 4, role: 'manager' },
        { afterHours: 24, role: 'director' },
      ],
    },
  });
  it.each<[what: string, due: string | null | undefined, roles: string[]]>([
    ['nothing was promised', null, []],
    ['nothing was ever said', undefined, []],
    ['it is not late yet', iso(1), []],
    ['just now', iso(0), ['owner']],
    ['a moment before the next level', iso(-4 * HOUR + 1), ['owner']],
    ['the next level', iso(-4 * HOUR), ['owner', 'manager']],
    ['all of them', iso(-30 * HOUR), ['owner', 'manager', 'director']],
  ])('%s', (_what, nextUpdateDueAt, roles) =>
    expect(ladderRoles(policy, { nextUpdateDueAt }, NOW)).toEqual(roles),
  );
});
