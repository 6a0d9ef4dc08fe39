import { describe, expect, it } from 'vitest';
import type { Escalation } from '../../src/core/model.js';
import {
  assignedToManager,
  caseOf,
  everyone,
  open,
  pulse,
  request,
  type Gateway,
  type Who,
} from './client.js';

/** `GET /escalations?open`: the owner's queue. */

const cases = ['c-1', 'c-2', 'c-3', 'c-4'].map((id, i) =>
  caseOf({ id, number: `0048000${i}`, subject: `Case ${i}` }),
);
const rows = async (desk: Gateway, who: Who = 'owner', query = '') =>
  (await desk.get(who, `/escalations?open${query}`)).body.escalations as Escalation[];
const file = (desk: Gateway, id: string, who: Who = 'customer') =>
  desk.post(who, `/cases/${id}/escalations`, { ...request });
const decide = async (desk: Gateway, id: string, importance: string) => {
  const { body } = await desk.get('owner', `/escalations/${id}`);
  const action = { kind: 'accept', importance, urgency: importance, text: 'Yes.' };
  return desk.act('owner', id, action, `"${body.version}"`);
};

describe('the queue', () => {
  it('is by priority, then what is overdue longest; each row with its case', async () => {
    const desk = open({ cases });
    const made: string[] = [];
    for (const { id } of cases) made.push((await file(desk, id)).body.id as string);
    await decide(desk, made[0]!, 'low');
    await decide(desk, made[1]!, 'medium');
    await decide(desk, made[2]!, 'high');
    // Nobody has looked at the fourth: it may be as important as the third, which is older.
    const found = await rows(desk);
    expect(found.map(({ case: kase }) => kase?.id)).toEqual(['c-3', 'c-4', 'c-2', 'c-1']);
    expect(found[0]?.case).toEqual({
      id: 'c-3',
      number: '00480002',
      subject: 'Case 2',
      priority: 'medium',
      customer: { name: 'Acme Ltd', region: 'Norway' },
    });
    expect(found[1]).toMatchObject({ status: 'requested', can: { act: expect.arrayContaining(['take']) } });
    // Now the fourth is late, and the third has just been heard of; a low one that is late stays below: priority first.
    desk.wait(60 * 80);
    await desk.say('owner', made[2]!, 'It goes on.');
    expect((await rows(desk)).map(({ case: kase }) => kase?.id)).toEqual(['c-4', 'c-3', 'c-2', 'c-1']);
  });

  it('has the criteria judged now', async () => {
    const desk = open({ cases });
    await file(desk, 'c-1');
    expect((await rows(desk))[0]?.criteria?.map(({ id, result }) => [id, result])).toContainEqual([
      'active-case',
      'met',
    ]);
  });

  it('goes page by page, and says so when nothing is new', async () => {
    const desk = open({ cases });
    for (const { id } of cases) await file(desk, id);
    const { body: first } = await desk.get('owner', '/escalations?open&limit=3');
    expect([first.escalations.length, first.after]).toEqual([3, first.escalations[2].id]);
    const { body: second } = await desk.get('owner', `/escalations?open&limit=3&after=${first.after}`);
    expect([second.escalations.length, second.after]).toEqual([1, null]);
    const { etag } = await desk.get('owner', '/escalations?open');
    expect((await desk.get('owner', '/escalations?open', { 'If-None-Match': etag })).status).toBe(304);
    await desk.act('owner', first.escalations[0].id, { kind: 'take' }, '"1"');
    expect((await desk.get('owner', '/escalations?open', { 'If-None-Match': etag })).status).toBe(200);
  });

  it.each<[what: string, query: string, status: number]>([
    ['no "open"', '', 422],
    ['another list', '?open=false', 422],
    ['no number', '?open&limit=x', 422],
    ['too many', '?open&limit=501', 422],
    ['a cursor that has gone', '?open&after=none', 410],
  ])('%s is refused', async (_what, query, status) => {
    const desk = open({ cases });
    expect((await desk.get('owner', `/escalations${query}`)).status).toBe(status);
  });

  it('an ended one leaves it', async () => {
    const desk = open({ cases });
    const { body: made } = await file(desk, 'c-1');
    await desk.act('customer', made.id, { kind: 'withdraw' }, '"1"');
    expect(await rows(desk)).toEqual([]);
  });

  it('one whose case has gone takes nothing else with it; a help desk that is down is not an empty queue', async () => {
    const desk = open({ cases });
    await file(desk, 'c-1');
    await file(desk, 'c-2');
    await desk.desk.change(({ cases: all }) => void delete all['c-1']);
    expect((await rows(desk)).map(({ caseId }) => caseId)).toEqual(['c-2']);
  });
});

/** Who may see which escalation where (P9): every role at every address. */
const roles = Object.keys(everyone) as Who[];

describe('every role at every address', () => {
  type Seen = Partial<Record<Who, number>>;
  const tables: [what: string, reasonId: string, queue: Seen, read: Seen][] = [
    [
      'an escalation that everybody on the case may know of',
      'other',
      { customer: 403, colleague: 403, partner: 403, stranger: 403, owner: 1, owner2: 1, manager: 1, assignee: 1, engineer: 0 },
      { customer: 200, colleague: 200, partner: 200, stranger: 404, owner: 200, owner2: 200, manager: 200, assignee: 200, engineer: 200 },
    ],
    [
      'an owner-only one',
      'case-reassignment',
      { customer: 403, colleague: 403, partner: 403, stranger: 403, owner: 1, owner2: 1, manager: 1, assignee: 0, engineer: 0 },
      { customer: 200, colleague: 200, partner: 200, stranger: 404, owner: 200, owner2: 200, manager: 200, assignee: 404, engineer: 404 },
    ],
  ]; // prettier-ignore

  for (const [what, reasonId, queue, read] of tables)
    describe(what, () => {
      const start = async () => {
        const desk = open({ cases: [assignedToManager()], policy: pulse });
        const details = 'SENTINEL of at least twenty letters';
        const made = (await desk.escalate('customer', { reasonId, confirmed: [], details })).body;
        await desk.act('owner', made.id, { kind: 'note', text: 'SENTINEL among owners' }, '"1"');
        return { desk, id: made.id as string };
      };

      it.each(roles)('the queue, by %s', async (who) => {
        const { desk } = await start();
        const { status, body } = await desk.get(who, '/escalations?open');
        const expected = queue[who] as number;
        if (expected > 1) expect(status).toBe(expected);
        else expect([status, body.escalations.length]).toEqual([200, expected]);
        if (expected !== 1) expect(JSON.stringify(body)).not.toContain('SENTINEL');
      });

      it.each(roles)('the escalation and its entries, by %s', async (who) => {
        const { desk, id } = await start();
        const answers = [
          await desk.get(who, `/escalations/${id}`),
          await desk.get(who, `/escalations/${id}/entries`),
        ];
        expect(answers.map(({ status }) => status)).toEqual([read[who], read[who]]);
        const state = await desk.get(who, '/cases/c-1');
        const text = JSON.stringify([...answers, state].map(({ body }) => body));
        if (read[who] === 404) expect(text).not.toContain('SENTINEL');
        // Notes are among owners: not for customers, not for engineers, not for whoever has the case.
        const hears = ['owner', 'owner2', 'manager'].includes(who);
        expect(text.includes('SENTINEL among owners')).toBe(hears);
      });

      it.each(roles)('what cannot be seen cannot be done anything with, by %s', async (who) => {
        const { desk, id } = await start();
        const { body, status } = await desk.get(who, `/escalations/${id}`);
        const acts = [
          { kind: 'take' },
          { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' },
          { kind: 'decline', text: 'No.', criteria: [] },
          { kind: 'note', text: 'x' },
          { kind: 'withdraw' },
        ];
        for (const action of acts) {
          const { desk: fresh, id: same } = await start();
          const { body: now } = await fresh.get('owner', `/escalations/${same}`);
          const done = await fresh.act(who, same, action, `"${now.version}"`);
          const may = status === 200 && body.can.act.includes(action.kind);
          if (may) expect([action.kind, done.status]).toEqual([action.kind, 200]);
          else expect([404, 403, 409], `${action.kind} by ${who}`).toContain(done.status);
        }
      });
    });
});
