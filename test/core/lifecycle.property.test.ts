import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen } from '../../src/core/status.js';
import type { Action, Status } from '../../src/core/model.js';
import { everyone, open, request, type Gateway, type Who } from '../gateway/client.js';

/**
 * However two people and an owner act, in whatever order and from whatever version they last saw: the real gateway over
 * the real memory lets no illegal state through.
 */

/** From which status to which an escalation may go in one step; the rest of its life is ours (requirements.md). */
const STEPS: Record<Status, readonly Status[]> = {
  requested: ['under-review', 'accepted', 'declined', 'withdrawn'],
  'under-review': ['accepted', 'declined', 'withdrawn'],
  accepted: ['resolved', 'withdrawn'],
  declined: [],
  resolved: ['under-review'],
  withdrawn: [],
};

const level = fc.constantFrom('low' as const, 'medium' as const, 'high' as const);
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.constant<Action>({ kind: 'take' }),
  fc.record({ kind: fc.constant('accept' as const), importance: level, urgency: level, text: fc.constant('Yes.') }),
  fc.constant<Action>({ kind: 'decline', text: 'No.', criteria: [{ id: 'recent-update', text: 'Read it.' }] }),
  fc.constant<Action>({ kind: 'promise', text: 'A call.' }),
  fc.constantFrom<Action>({ kind: 'keep-promise', promiseId: 'review' }, { kind: 'keep-promise', promiseId: 'none' }),
  fc.constant<Action>({ kind: 'next-update', dueAt: '2026-05-13T12:00:00Z' }),
  fc.constant<Action>({ kind: 'note', text: 'Careful.' }),
  fc.constant<Action>({ kind: 'resolve', summary: 'Done.' }),
  fc.constant<Action>({ kind: 'withdraw' }),
  fc.constant<Action>({ kind: 'reopen', text: 'It is back.' }),
  fc.constant<Action>({ kind: 'follow', impact: 'Us, too.' }),
  fc.constant<Action>({ kind: 'nudge' }),
  fc.record({ kind: fc.constant('rate' as const), value: fc.constantFrom(1 as const, 5 as const) }),
); // prettier-ignore
interface Move {
  do: 'escalate' | 'say' | 'look' | 'wait' | 'act';
  by: Who;
  action: Action;
  /** On the newest escalation, or on the first one, which may have ended long ago. */
  which: 'last' | 'first';
  /** From the version that they have seen last, which may be an old one. */
  stale: boolean;
}
const move: fc.Arbitrary<Move> = fc.record({
  do: fc.oneof(
    { weight: 2, arbitrary: fc.constant('escalate' as const) },
    { weight: 2, arbitrary: fc.constantFrom('say' as const, 'look' as const, 'wait' as const) },
    { weight: 9, arbitrary: fc.constant('act' as const) },
  ),
  by: fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom<Who>('customer', 'owner') },
    { weight: 1, arbitrary: fc.constantFrom<Who>('colleague', 'owner2', 'engineer', 'partner') },
  ),
  action,
  which: fc.constantFrom('last' as const, 'last' as const, 'last' as const, 'first' as const),
  stale: fc.constantFrom(false, false, false, true),
});

/** What each of them has seen last. */
type Versions = Map<string, string>;

async function play(desk: Gateway, versions: Versions, one: Move): Promise<number> {
  const { escalations } = await desk.desk.read();
  const ids = Object.keys(escalations);
  const id = (one.which === 'first' ? ids[0] : ids.at(-1)) ?? 'none';
  if (one.do === 'wait') {
    desk.wait(60 * 30);
    return 200;
  }
  if (one.do === 'escalate') return (await desk.escalate(one.by, request)).status;
  if (one.do === 'say') return (await desk.say(one.by, id, 'Hello.')).status;
  if (one.do === 'look') {
    const { body, status } = await desk.get(one.by, `/escalations/${id}`);
    if (status === 200) versions.set(`${one.by} ${id}`, body.version);
    return status;
  }
  const seen = versions.get(`${one.by} ${id}`) ?? '1';
  const version = one.stale ? seen : (escalations[id]?.escalation.version ?? seen);
  return (await desk.act(one.by, id, one.action, `"${version}"`)).status;
}

async function assertSound(desk: Gateway, before: Map<string, Status>): Promise<void> {
  const { escalations } = await desk.desk.read();
  const all = Object.values(escalations);
  expect(all.filter(({ escalation }) => isOpen(escalation)).length, 'open at once').toBeLessThanOrEqual(1);
  const people = Object.values(everyone).map(({ id }) => id);
  for (const { escalation, entries } of all) {
    const was = before.get(escalation.id);
    if (was && was !== escalation.status) expect(STEPS[was], `from ${was}`).toContain(escalation.status);
    if (!was) expect(escalation.status).toBe('requested');
    before.set(escalation.id, escalation.status);
    // An answer has somebody who gave it.
    for (const entry of entries) expect(people, `${entry.kind} without an author`).toContain(entry.author.id);
    if (escalation.status !== 'requested' && escalation.status !== 'withdrawn')
      expect(escalation.owner, `${escalation.status} without an owner`).not.toBeNull();
    if (['accepted', 'declined', 'resolved'].includes(escalation.status)) {
      expect(escalation.decision, `${escalation.status} without a decision`).toBeDefined();
      expect(
        entries.some(({ kind }) => kind === 'decision'),
        'said',
      ).toBe(true);
    }
    if (escalation.status === 'accepted' || escalation.status === 'resolved')
      expect([escalation.importance, escalation.urgency, escalation.priority]).not.toContain(undefined);
    const closed = ['declined', 'resolved', 'withdrawn'].includes(escalation.status);
    expect(Boolean(escalation.closed), 'closed by somebody').toBe(closed);
    if (closed) expect(escalation.nextUpdateDueAt, 'nothing is due any more').toBeNull();
  }
}

describe('whatever people do, in whatever order', () => {
  it('no illegal state, no two open escalations, no answer without an author', async () => {
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 10, maxLength: 40 }), async (moves) => {
        const desk = open();
        const versions: Versions = new Map();
        const before = new Map<string, Status>();
        for (const one of moves) {
          const status = await play(desk, versions, one);
          expect(status, JSON.stringify(one)).toBeLessThan(500);
          await assertSound(desk, before);
          for (const now of before.values()) seen.add(now);
        }
      }),
      { numRuns: 200 },
    );
    // It would find nothing if it went nowhere.
    expect([...seen].sort()).toEqual([
      'accepted',
      'declined',
      'requested',
      'resolved',
      'under-review',
      'withdrawn',
    ]);
  }, 60_000);

  it('two at the same moment: one wins, and the other hears of it', async () => {
    const race = fc.tuple(
      fc.constantFrom<Action>(
        { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' },
        { kind: 'decline', text: 'No.', criteria: [] },
      ),
      fc.constantFrom<Action>({ kind: 'decline', text: 'No.', criteria: [] }, { kind: 'take' }),
    );
    await fc.assert(
      fc.asyncProperty(race, async ([one, other]) => {
        const desk = open();
        const { body: made } = await desk.escalate('customer');
        const answers = await Promise.all([
          desk.act('owner', made.id, one, '"1"'),
          desk.act('owner2', made.id, other, '"1"'),
        ]);
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
        await assertSound(desk, new Map([[made.id, 'requested']]));
      }),
      { numRuns: 20 },
    );
  });

  it('twenty at the same moment escalate a case: one escalation, nineteen are told of it', async () => {
    const desk = open();
    const many = Array.from({ length: 20 }, (_, i) => desk.escalate(i % 2 ? 'customer' : 'colleague'));
    const answers = await Promise.all(many);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const [won] = answers.filter(({ status }) => status === 201);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.escalation.id]).toEqual([409, won?.body.id]);
  });

  it('reopening loses against an escalation that is open by then', async () => {
    const desk = open();
    const { body: made } = await desk.escalate('customer');
    const accept = { kind: 'accept', importance: 'low', urgency: 'low', text: 'Yes.' };
    await desk.act('owner', made.id, accept, '"1"');
    const { body: done } = await desk.act('owner', made.id, { kind: 'resolve', summary: 'Done.' }, '"2"');
    await desk.escalate('colleague');
    const reopened = await desk.act(
      'customer',
      made.id,
      { kind: 'reopen', text: 'Back.' },
      `"${done.version}"`,
    );
    expect([reopened.status, reopened.body.code]).toEqual([409, 'open-escalation-exists']);
  });
});
