import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import type { Backend } from '../../src/core/backend.js';
import type { Status } from '../../src/core/model.js';
import { fileRequest } from '../../src/core/record.js';
import {
  assignedToManager,
  caseOf,
  everyone,
  genesys,
  NOW,
  open,
  pulse,
  request,
  type Gateway,
  type Who,
} from './client.js';

const accept = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'We take it on.' };
const decline = { kind: 'decline', text: 'Not yet.', criteria: [{ id: 'assigned', text: 'Nobody has it' }] };
const roles: Who[] = ['customer', 'colleague', 'partner', 'owner', 'engineer'];

/** A gateway with an escalation in this status, the messages `000000003` (customer) and `000000004` (owner) in it. */
async function at(status: Status, options: Parameters<typeof open>[0] = {}) {
  const desk = open(options);
  const { body: made } = await desk.escalate('customer');
  const id: string = made.id;
  await desk.say('customer', id, 'Any news?');
  await desk.say('owner', id, 'We look into it.');
  const steps: Record<Status, [Who, object][]> = {
    requested: [],
    'under-review': [['owner', { kind: 'take' }]],
    accepted: [['owner', accept]],
    declined: [['owner', decline]],
    resolved: [
      ['owner', accept],
      ['owner', { kind: 'resolve', summary: 'Fixed.' }],
    ],
    withdrawn: [['customer', { kind: 'withdraw' }]],
  };
  for (const [who, action] of steps[status]) {
    const { body, status: done } = await desk.act(
      who,
      id,
      action,
      (await desk.get(who, `/escalations/${id}`)).etag,
    );
    expect(done, JSON.stringify(body)).toBe(200);
  }
  const seen = async (who: Who) => desk.get(who, `/escalations/${id}`);
  return {
    desk,
    id,
    seen,
    act: async (who: Who, action: object) => desk.act(who, id, action, (await seen(who)).etag),
  };
}

describe('If-Match', () => {
  const others = [{ kind: 'take' }, accept, decline, { kind: 'note', text: 'x' }, { kind: 'withdraw' }];
  it.each(others)('428 if-match-missing without it: $kind', async (action) => {
    const { desk, id } = await at('requested');
    const { status, body } = await desk.act('owner', id, action);
    expect([status, body.code]).toEqual([428, 'if-match-missing']);
    expect((await desk.get('owner', `/escalations/${id}`)).body.status).toBe('requested');
  });

  it('412 version-changed when it is stale, with the escalation as it is now', async () => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('owner');
    await desk.act('owner2', id, { kind: 'take' }, etag);
    const { status, body } = await desk.act('owner', id, accept, etag);
    expect([status, body.code]).toEqual([412, 'version-changed']);
    expect(body.escalation).toMatchObject({ id, status: 'under-review', owner: { id: 'o-2' } });
  });

  it('compares the version part only: what is another user’s does not matter', async () => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('owner');
    await desk.act('colleague', id, { kind: 'follow' });
    await desk.say('customer', id, 'One more thing.');
    expect((await seen('owner')).etag).not.toBe(etag);
    expect((await desk.act('owner', id, { kind: 'take' }, etag)).status).toBe(200);
  });

  it('tolerates the W/ that a proxy put before it', async () => {
    const { desk, id, seen } = await at('requested');
    expect((await desk.act('owner', id, { kind: 'take' }, `W/${(await seen('owner')).etag}`)).status).toBe(
      200,
    );
  });

  it('two owners take it at once: one has it, the other is told', async () => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('owner');
    const answers = await Promise.all([
      desk.act('owner', id, { kind: 'take' }, etag),
      desk.act('owner2', id, { kind: 'take' }, etag),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const [winner] = answers.filter(({ status }) => status === 200);
    expect((await seen('customer')).body.owner.id).toBe(winner?.body.owner.id);
  });

  it.each([
    ['read', 'requested', 'customer', { kind: 'read', entryId: '000000004' }],
    ['follow', 'requested', 'colleague', { kind: 'follow' }],
    ['nudge', 'requested', 'customer', { kind: 'nudge' }],
    ['rate', 'resolved', 'customer', { kind: 'rate', value: 4 }],
  ] as const)('%s needs none, and leaves the version', async (_kind, status, who, action) => {
    const { desk, id, seen } = await at(status);
    desk.wait(25 * 60); // overdue, so that a nudge is possible
    const before = (await seen('customer')).body.version;
    const answer = await desk.act(who, id, action);
    expect([answer.status, answer.body.version]).toEqual([200, before]);
    const stale = await desk.act(who, id, action, '"0.stale"');
    expect(stale.status).not.toBe(412);
  });

  it('every other action raises the version', async () => {
    const { act } = await at('requested');
    const versions = [];
    for (const action of [
      { kind: 'take' },
      { kind: 'promise', text: 'A call' },
      accept,
      { kind: 'resolve', summary: 'Done' },
    ])
      versions.push(Number((await act('owner', action)).body.version));
    expect(versions).toEqual([2, 3, 4, 5]);
  });
});

describe('every action × role', () => {
  const table: [Status, Record<string, unknown> & { kind: string }, Who[]][] = [
    ['requested', { kind: 'take' }, ['owner']],
    ['requested', accept, ['owner']],
    ['under-review', accept, ['owner']],
    ['requested', decline, ['owner']],
    ['under-review', decline, ['owner']],
    ['under-review', { kind: 'promise', text: 'A call by Friday' }, ['owner']],
    ['accepted', { kind: 'keep-promise', promiseId: 'review' }, ['owner']],
    ['accepted', { kind: 'next-update', dueAt: '2026-05-20T10:00:00Z' }, ['owner']],
    [
      'accepted',
      { kind: 'move-to-case-feed', entryId: '000000003' },
      ['customer', 'colleague', 'partner', 'owner'],
    ],
    ['requested', { kind: 'note', text: 'Between us' }, ['owner']],
    ['withdrawn', { kind: 'note', text: 'Between us' }, ['owner']],
    ['accepted', { kind: 'resolve', summary: 'Fixed.' }, ['owner']],
    ['requested', { kind: 'withdraw' }, ['customer', 'colleague', 'partner']],
    ['accepted', { kind: 'withdraw', text: 'It works.' }, ['customer', 'colleague', 'partner']],
    ['resolved', { kind: 'reopen', text: 'It is back.' }, ['customer', 'colleague', 'partner', 'owner']],
    ['requested', { kind: 'follow', impact: 'Our site too.' }, ['colleague', 'partner']],
    ['resolved', { kind: 'rate', value: 5, text: 'Thanks.' }, ['customer', 'colleague', 'partner']],
    ['requested', { kind: 'read', entryId: '000000004' }, roles],
    ['declined', { kind: 'read', entryId: '000000004' }, roles],
  ];
  for (const [status, action, allowed] of table)
    it.each(roles)(`${action.kind} while ${status}: %s`, async (who) => {
      const { act, seen } = await at(status);
      const before = (await seen(who)).body;
      const answer = await act(who, action);
      // The requester follows anyway; every other refusal is one of the role.
      const own = action.kind === 'follow' && who === 'customer';
      if (allowed.includes(who)) expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      else
        expect([answer.status, answer.body.code]).toEqual(
          own ? [409, 'transition-not-allowed'] : [403, 'forbidden'],
        );
      expect(before.can.act.includes(action.kind), 'what can.act said before').toBe(allowed.includes(who));
    });

  const statuses: Status[] = ['requested', 'under-review', 'accepted', 'declined', 'resolved', 'withdrawn'];
  const one = Object.values(Object.fromEntries(table.map(([, action]) => [action.kind, action])));
  for (const status of statuses)
    it.each(roles)(`while ${status}, can.act says what will work: %s`, async (who) => {
      for (const action of [...one, { kind: 'nudge' }]) {
        const { desk, act, seen } = await at(status);
        desk.wait(25 * 60);
        const { body } = await seen(who);
        const answer = await act(who, action);
        expect(answer.status === 200, `${action.kind}: ${answer.status} ${answer.body.code}`).toBe(
          body.can.act.includes(action.kind),
        );
        if (answer.status === 200) continue;
        if (answer.status === 409) {
          expect(answer.body).toMatchObject({ code: 'transition-not-allowed', from: status });
          expect(answer.body.allowed).toEqual(body.can.act);
        } else expect([answer.status, answer.body.code]).toEqual([403, 'forbidden']);
      }
    });

  it('a promise that is not there, an entry that is not there: 422 with its place', async () => {
    const { act } = await at('accepted');
    for (const [action, pointer] of [
      [{ kind: 'keep-promise', promiseId: 'none' }, '/promiseId'],
      [{ kind: 'read', entryId: 'none' }, '/entryId'],
      [{ kind: 'move-to-case-feed', entryId: 'none' }, '/entryId'],
    ] as const) {
      const { status, body } = await act('owner', action);
      expect([status, body.code, body.errors[0].pointer], pointer).toEqual([422, 'invalid', pointer]);
    }
  });

  it('the same key and action again is done once', async () => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('owner');
    const key = { 'Idempotency-Key': '"once"' };
    const first = await desk.act('owner', id, { kind: 'note', text: 'Once' }, etag, key);
    const again = await desk.act('owner', id, { kind: 'note', text: 'Once' }, etag, key);
    expect([again.status, again.body, again.etag]).toEqual([200, first.body, first.etag]);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    const { body } = await desk.get('owner', `/escalations/${id}/entries`);
    expect(body.entries.filter(({ text }: { text: string }) => text === 'Once')).toHaveLength(1);
  });

  it('G35: accepted with the priority of the matrix and the next update', async () => {
    const { act, seen } = await at('requested');
    await act('owner', {
      ...accept,
      nextSteps: [{ text: 'Reproduce it', who: 'Dana', dueAt: '2026-05-13T10:00:00Z' }],
    });
    const { body } = await seen('customer');
    expect(body).toMatchObject({
      status: 'accepted',
      importance: 'high',
      urgency: 'medium',
      priority: 'high',
    });
    expect(body.nextUpdateDueAt).toBe('2026-05-13T14:05:00.000Z');
    expect(body.nextSteps).toEqual([{ text: 'Reproduce it', who: 'Dana', dueAt: '2026-05-13T10:00:00Z' }]);
  });

  it('G34: declined with the reasons; the button returns', async () => {
    const { act, seen, desk } = await at('requested');
    await act('owner', decline);
    expect((await seen('customer')).body.decision).toMatchObject({
      outcome: 'declined',
      criteria: decline.criteria,
    });
    expect((await desk.get('customer', '/cases/c-1')).body.verdict.kind).toBe('available');
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '//evil.test',
    'https:///evil.test',
    'ftp://x',
    'mailto:a@b.c',
  ])('T2: a decline with the link %s is refused', async (href) => {
    const { act } = await at('requested');
    const { status, body } = await act('owner', { ...decline, links: [{ label: 'See', href }] });
    expect([status, body.errors[0].pointer]).toEqual([422, '/links/0/href']);
  });

  it('criteria judged now are for those who review only', async () => {
    const { seen } = await at('requested');
    expect((await seen('owner')).body.criteria.length).toBeGreaterThan(0);
    for (const who of ['customer', 'engineer'] as const)
      expect((await seen(who)).body).not.toHaveProperty('criteria');
  });
});

describe('entries', () => {
  const texts = async (desk: Gateway, who: Who, id: string) =>
    (await desk.get(who, `/escalations/${id}/entries`)).body.entries.map(
      ({ text }: { text: string }) => text,
    );

  it.each([
    ['owner', true],
    ['owner2', true],
    ['customer', false],
    ['colleague', false],
    ['partner', false],
    ['engineer', false],
  ] as const)('internal notes: %s sees them: %s', async (who, sees) => {
    const { desk, id, act } = await at('requested');
    await act('owner', { kind: 'note', text: 'Between us' });
    expect((await texts(desk, who, id)).includes('Between us')).toBe(sees);
  });

  it('internal notes: not for a reviewer who has the case', async () => {
    const desk = open({ cases: [assignedToManager()], policy: pulse });
    const { body: made } = await desk.escalate('customer', { reasonId: 'faster-progress', confirmed: [] });
    await desk.act('manager', made.id, { kind: 'note', text: 'Between us' }, '"1"');
    expect(await texts(desk, 'manager', made.id)).toContain('Between us');
    expect(await texts(desk, 'assignee', made.id)).not.toContain('Between us');
  });

  it.each<Who>(['customer', 'partner', 'owner'])(
    'an internal note is not moved to the case by %s',
    async (who) => {
      const { desk, id, act } = await at('requested');
      await act('owner', { kind: 'note', text: 'Between us' });
      const { body } = await desk.get('owner', `/escalations/${id}/entries`);
      const note = body.entries.find(({ kind }: { kind: string }) => kind === 'internal');
      const answer = await act(who, { kind: 'move-to-case-feed', entryId: note.id });
      expect([answer.status, answer.body.code]).toEqual([422, 'invalid']);
      expect(JSON.stringify((await desk.desk.read()).cases)).not.toContain('Between us');
    },
  );

  it('G41: a message moved to the case is on the case', async () => {
    const { desk, act } = await at('requested');
    expect((await act('owner', { kind: 'move-to-case-feed', entryId: '000000003' })).status).toBe(200);
    expect((await desk.desk.read()).cases['c-1']?.notes).toMatchObject([
      { kind: 'moved', text: 'Any news?' },
    ]);
  });

  it('oldest first, by pages; each user knows their own', async () => {
    const { desk, id } = await at('requested');
    const newest = await desk.get('customer', `/escalations/${id}/entries?limit=2`);
    expect(newest.body.entries.map(({ text }: { text: string }) => text)).toEqual([
      'Any news?',
      'We look into it.',
    ]);
    expect(newest.body.entries.map(({ author }: { author: { me?: true } }) => author.me)).toEqual([
      true,
      undefined,
    ]);
    const older = await desk.get(
      'customer',
      `/escalations/${id}/entries?limit=2&before=${newest.body.before}`,
    );
    expect(older.body.entries).toMatchObject([{ kind: 'status', status: 'requested' }]);
    expect(older.body.before).toBeNull();
    const newer = await desk.get('customer', `/escalations/${id}/entries?after=${newest.body.after}`);
    expect(newer.body).toMatchObject({ entries: [], after: newest.body.after });
  });

  it('304 for who has the page', async () => {
    const { desk, id } = await at('requested');
    const path = `/escalations/${id}/entries`;
    const { etag } = await desk.get('customer', path);
    expect((await desk.get('customer', path, { 'If-None-Match': etag })).status).toBe(304);
    await desk.say('owner', id, 'Hello');
    expect((await desk.get('customer', path, { 'If-None-Match': etag })).status).toBe(200);
  });

  it.each(['before=never', 'after=never', 'before=999999999'])('400 bad-cursor: %s', async (query) => {
    const { desk, id } = await at('requested');
    const { status, body } = await desk.get('customer', `/escalations/${id}/entries?${query}`);
    expect([status, body.code]).toEqual([400, 'bad-cursor']);
  });

  it.each(['0', '501', '-1', 'abc', '1.5'])('422 invalid for limit=%s', async (limit) => {
    const { desk, id } = await at('requested');
    const { status, body } = await desk.get('customer', `/escalations/${id}/entries?limit=${limit}`);
    expect([status, body.code]).toEqual([422, 'invalid']);
  });

  it('409 escalation-closed after the end', async () => {
    const { desk, id } = await at('withdrawn');
    const { status, body } = await desk.say('customer', id, 'One more thing');
    expect([status, body.code]).toEqual([409, 'escalation-closed']);
  });

  it('the key of a message is its clientId', async () => {
    const { desk, id } = await at('requested');
    const path = `/escalations/${id}/entries`;
    const { status, body } = await desk.post(
      'customer',
      path,
      { clientId: 'a', text: 'Hi' },
      { 'Idempotency-Key': '"b"' },
    );
    expect([status, body.errors[0].pointer]).toEqual([422, '/clientId']);
    const first = await desk.say('customer', id, 'Once', 'k');
    const again = await desk.say('customer', id, 'Once', 'k');
    expect([first.status, again.status, again.body.id]).toEqual([201, 201, first.body.id]);
    expect((await texts(desk, 'owner', id)).filter((text: string) => text === 'Once')).toHaveLength(1);
  });

  it.each(['', '   ', '\n\t'])('422 for a message of blanks', async (text) => {
    const { desk, id } = await at('requested');
    const { status, body } = await desk.say('customer', id, text);
    expect([status, body.errors[0].pointer]).toEqual([422, '/text']);
  });

  it('lengths count characters: 10,000 of them outside of the BMP are taken, one more is not', async () => {
    const { desk, id } = await at('requested');
    expect((await desk.say('customer', id, '👍'.repeat(10_000))).status).toBe(201);
    expect((await desk.say('customer', id, '👍'.repeat(10_001))).status).toBe(422);
  });

  it('G37: the owner’s messages go on the case too where the policy says so, the customer’s do not', async () => {
    const { desk, id } = await at('requested');
    const { body } = await desk.get('customer', `/escalations/${id}/entries`);
    const said = body.entries.filter(({ kind }: { kind: string }) => kind === 'message');
    expect(said.map(({ alsoOnCase }: { alsoOnCase?: true }) => alsoOnCase)).toEqual([undefined, true]);
  });
});

describe('ETag of an escalation', () => {
  it('304 while nothing changes', async () => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('customer');
    expect((await desk.get('customer', `/escalations/${id}`, { 'If-None-Match': etag })).status).toBe(304);
  });

  it.each([
    ['unread, by a message', (desk: Gateway, id: string) => desk.say('owner', id, 'Hello')],
    [
      'one’s own message: there is a newer entry',
      (desk: Gateway, id: string) => desk.say('customer', id, 'Hello'),
    ],
    [
      'unread, by reading',
      (desk: Gateway, id: string) => desk.act('customer', id, { kind: 'read', entryId: '000000004' }),
    ],
    ['the followers', (desk: Gateway, id: string) => desk.act('colleague', id, { kind: 'follow' })],
    ['the status', (desk: Gateway, id: string) => desk.act('owner', id, { kind: 'take' }, '"1"')],
  ])('changes with %s', async (_what, change) => {
    const { desk, id, seen } = await at('requested');
    const { etag } = await seen('customer');
    expect((await change(desk, id)).status).toBeLessThan(300);
    expect((await seen('customer')).etag).not.toBe(etag);
  });

  it('changes for who begins to follow, and says so', async () => {
    const { desk, id, seen } = await at('requested');
    const before = await seen('colleague');
    expect(before.body).toMatchObject({ following: false, followers: 0 });
    const { etag, body } = await desk.act('colleague', id, { kind: 'follow' });
    expect(body).toMatchObject({ following: true, followers: 1, version: before.body.version });
    expect([etag, etag === before.etag]).toEqual([(await seen('colleague')).etag, false]);
  });

  it('changes with a rating, which leaves the version', async () => {
    const { desk, id, seen } = await at('resolved');
    const { etag } = await seen('owner');
    await desk.act('customer', id, { kind: 'rate', value: 2 });
    expect((await seen('owner')).etag).not.toBe(etag);
  });

  it('unread counts what others wrote since, and what was read stays read', async () => {
    const { desk, id, seen } = await at('requested');
    expect((await seen('customer')).body.unread).toBe(1);
    const read = await desk.act('customer', id, { kind: 'read', entryId: '000000004' });
    expect(read.body.unread).toBe(0);
    await desk.say('customer', id, 'Thanks.');
    expect((await seen('customer')).body.unread).toBe(0);
  });
});

describe('reopen', () => {
  const reopen = { kind: 'reopen', text: 'It is back.' };

  it('resolved → under-review, same owner', async () => {
    const { act } = await at('resolved');
    const { body } = await act('customer', reopen);
    expect([body.status, body.owner.id, body.closed]).toEqual(['under-review', 'o-1', undefined]);
  });

  it('not after the window of the policy', async () => {
    const { desk, act } = await at('resolved');
    desk.wait(14 * 24 * 60);
    expect((await act('customer', reopen)).body).toMatchObject({
      code: 'transition-not-allowed',
      from: 'resolved',
    });
  });

  it('409 open-escalation-exists while another is open, as this user may see it', async () => {
    const { desk, act } = await at('resolved');
    const { body: second } = await desk.escalate('colleague');
    const { status, body } = await act('customer', reopen);
    expect([status, body.code, body.escalation.id]).toEqual([409, 'open-escalation-exists', second.id]);
    expect(body.escalation.can.act).toContain('follow');
  });

  it('… also over a help desk that would not notice', async () => {
    const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
    const careless: Backend = {
      ...desk,
      async act(id, action, call) {
        if (action.kind !== 'reopen') return desk.act!(id, action, call);
        await desk.change((state) => void (state.escalations[id]!.escalation.status = 'under-review'));
        const found = await desk.escalation!(id, { user: call.user });
        return found as Exclude<typeof found, 'not-modified'>;
      },
    };
    const { act, desk: gateway } = await at('resolved', { backend: careless });
    await gateway.escalate('colleague');
    expect((await act('customer', reopen)).body.code).toBe('open-escalation-exists');
    const statuses = Object.values((await desk.read()).escalations).map(
      ({ escalation }) => escalation.status,
    );
    expect(statuses).toEqual(['resolved', 'requested']);
  });

  it('P9: says nothing of an owner-only one to who may not know of it', async () => {
    const desk = open({ cases: [assignedToManager()], policy: pulse });
    const { body: first } = await desk.escalate('customer', { reasonId: 'faster-progress', confirmed: [] });
    const etag = async () => (await desk.get('owner', `/escalations/${first.id}`)).etag;
    await desk.act('owner', first.id, accept, await etag());
    await desk.act('owner', first.id, { kind: 'resolve', summary: 'Done.' }, await etag());
    const made = await desk.escalate('customer', {
      reasonId: 'case-reassignment',
      confirmed: [],
      details: 'Secret',
    });
    expect(made.status).toBe(201);
    const { status, body } = await desk.act('assignee', first.id, reopen, await etag());
    expect([status, body.escalation]).toEqual([404, undefined]);
    expect(JSON.stringify(body)).not.toContain('Secret');
  });
});

describe('nudge: ask for the update', () => {
  it('not before it is overdue; then once in 240 minutes, 429 with Retry-After', async () => {
    const { desk, id } = await at('requested');
    const nudge = () => desk.act('customer', id, { kind: 'nudge' });
    expect((await nudge()).body.code).toBe('transition-not-allowed');
    desk.wait(24 * 60 + 1);
    expect((await nudge()).status).toBe(200);
    desk.wait(60);
    const early = await nudge();
    expect([early.status, early.body.code, early.headers.get('Retry-After')]).toEqual([
      429,
      'rate-limited',
      '10800',
    ]);
    desk.wait(180);
    expect((await nudge()).status).toBe(200);
  });
});

it('whose name is shown: the requester’s to their account and to reviewers only', async () => {
  const desk = memory({ cases: [caseOf()], clock: () => new Date(NOW) });
  await desk.change((state) => {
    const record = fileRequest('e-9', 'c-1', request, {
      user: everyone.customer,
      policy: genesys,
      now: new Date(NOW),
      newId: () => '000000001',
    });
    state.escalations['e-9'] = record;
  });
  const gateway = open({ backend: desk });
  const names = [];
  for (const who of ['colleague', 'stranger', 'owner'] as const)
    names.push((await gateway.get(who, '/escalations/e-9')).body.requestedBy?.name ?? null);
  expect(names).toEqual(['Priya Nair', null, 'Priya Nair']);
});
