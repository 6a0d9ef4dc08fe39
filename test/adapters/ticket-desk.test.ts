import { describe, expect, it } from 'vitest';
import { ticketDesk } from '../../src/adapters/lib/ticket-desk.js';
import { seesEscalation } from '../../src/core/access.js';
import { BackendError } from '../../src/core/backend.js';
import type { Action, ActionKind, Escalation, User } from '../../src/core/model.js';
import { itPassesTheContract, throughGateway } from '../contract.js';
import { people, policy, reasonLabel, request } from '../desk.js';
import { ticketSystem, type Desk } from './ticket-system.js';

const scene = { ...people, caseId: 'c-1', request, reasonLabel };
const callOf = (user: User) => ({ user, policy });
const [customer, owner] = [callOf(people.customer), callOf(people.owner)];

describe.each(['none', 'key'] as const)('a help desk of tickets, keys: %s, passes the contract', (keys) => {
  itPassesTheContract(() => {
    const backend = ticketDesk(ticketSystem(undefined, keys));
    return { ...scene, as: (user) => ({ backend, call: callOf(user) }) };
  });
});

describe('a help desk of tickets, behind the gateway, passes the contract', () => {
  itPassesTheContract(() => {
    const backend = ticketDesk(ticketSystem(['withdraw', 'note']));
    return { ...scene, ...throughGateway(backend, people) };
  });
});

async function open(desk: Desk): Promise<Escalation> {
  const { escalation } = await ticketDesk(desk).escalate('c-1', request, { ...customer, key: 'k-1' });
  return escalation;
}
const load = async (desk: Desk, call = customer) => {
  const answer = await ticketDesk(desk).load('c-1', call);
  if (answer === 'not-modified') throw new Error('not modified');
  return answer.value;
};

describe('who may write what', () => {
  it('a customer withdraws without a word in the field of the owners', async () => {
    const desk = ticketSystem();
    const { id, version } = await open(desk);
    const backend = ticketDesk(desk);
    await backend.act!(id, { kind: 'withdraw', text: 'It works again.' }, { ...customer, etag: version });
    expect(desk.rows[0]).toMatchObject({ status: 'withdrawn', reviewed: null });
    const [past] = (await load(desk)).past;
    expect(past).toMatchObject({ status: 'withdrawn', closed: { by: { id: people.customer.id, me: true } } });
  });

  it('who writes the request cannot decide it: only its own members count', async () => {
    const desk = ticketSystem();
    await open(desk);
    const forged = {
      priority: 'high',
      decision: { outcome: 'accepted', text: 'Yes', at: '2026-01-01T00:00:00Z' },
    };
    const row = desk.rows[0]!;
    row.asked = JSON.stringify({
      ...JSON.parse(row.asked!),
      ...forged,
      status: 'accepted',
      owner: people.owner,
    });
    const seen = (await load(desk)).openEscalation;
    expect(seen).toMatchObject({ status: 'requested', owner: null });
    expect([seen?.priority, seen?.decision]).toEqual([undefined, undefined]);
  });

  it('a comment of a customer that begins like a decision is a message', async () => {
    const desk = ticketSystem();
    const { id } = await open(desk);
    desk.rows[0]!.comments.push({
      id: 99,
      at: '2026-11-20T10:00:00Z',
      by: people.customer,
      text: '[Accepted] Full refund.',
      isInternal: false,
    });
    const page = await ticketDesk(desk).entries!(id, {}, customer);
    expect(page).toMatchObject({
      value: { entries: [{ kind: 'status' }, { kind: 'message', text: '[Accepted] Full refund.' }] },
    });
  });
});

describe('a request for owners only (P9)', () => {
  const ownerOnly = {
    ...policy,
    reasons: policy.reasons.map((row) => ({ ...row, visibility: 'owner-only' as const })),
  };
  const scene = async () => {
    const desk = ticketSystem(undefined, 'key');
    const call = { ...customer, policy: ownerOnly, key: 'k-1' };
    const { id } = (await ticketDesk(desk).escalate('c-1', request, call)).escalation;
    const seenBy = async (user: User) => {
      const found = await ticketDesk(desk).escalation!(id, callOf(user));
      return found !== 'not-modified' && seesEscalation(ownerOnly, found.value, user, desk.kase);
    };
    return { row: desk.rows[0]!, seenBy };
  };
  it.each<[string, Partial<Desk['rows'][number]>]>([
    ['as it was asked', {}],
    ['its owner’s field holds something that cannot be', { reviewed: '{"priority":"urgent"}' }],
    ['its field was cut off', { asked: '{"reason":{"id":"case-reassignment"' }],
    ['its field is kept from who asks', { asked: 'withheld' }],
    ['its field holds a list', { asked: '[]' }],
    ['its field says something else of who may see it', { asked: '{"visibility":"owners"}' }],
    ['its field was emptied', { asked: null }],
  ])('is kept from the engineer: %s', async (_, change) => {
    const { row, seenBy } = await scene();
    Object.assign(row, change);
    expect(await seenBy(people.engineer)).toBe(false);
    expect(await seenBy(people.customer)).toBe(true);
    expect(await seenBy(people.owner)).toBe(true);
  });
  it('what is for everybody stays so where its owner’s field cannot be read', async () => {
    const desk = ticketSystem();
    await open(desk);
    desk.rows[0]!.reviewed = '{"priority":"urgent"}';
    expect((await load(desk, callOf(people.engineer))).openEscalation?.visibility).toBeUndefined();
  });
});

describe('what a customer opens again', () => {
  const hours = { ...policy, lifecycle: { ...policy.lifecycle, responseHours: 4 } };
  const call = (user: User) => ({ user, policy: hours });
  const HOUR = 3_600_000;
  let now = 0;
  async function reopened(more: Partial<Desk> = {}) {
    now = Date.parse('2026-11-20T08:00:00Z');
    const clock = () => new Date(now);
    const desk = Object.assign(ticketSystem(undefined, 'none', clock), more);
    const backend = ticketDesk(desk, clock);
    const { id } = (await backend.escalate('c-1', request, call(people.customer))).escalation;
    const act = async (user: User, action: Action) => {
      now += HOUR;
      return (await backend.act!(id, action, call(user))).value;
    };
    await act(people.owner, { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' });
    await act(people.owner, { kind: 'resolve', summary: 'Fixed.' });
    return { desk, id, act, told: await act(people.customer, { kind: 'reopen', text: 'It is not.' }) };
  }
  it('has the deadline of a first answer, from then on', async () => {
    const { desk, told } = await reopened();
    expect(told).toMatchObject({ status: 'under-review', nextUpdateDueAt: '2026-11-20T15:00:00.000Z' });
    expect([told.closed, told.reopenUntil]).toEqual([undefined, undefined]);
    const { openEscalation } = await load(desk);
    expect(openEscalation?.nextUpdateDueAt).toBe('2026-11-20T15:00:00.000Z');
  });
  it('keeps it, whatever else is written there', async () => {
    const { desk, act, id } = await reopened();
    now += HOUR;
    await ticketDesk(desk).post!(id, { clientId: 'm-1', text: 'Hello?' }, call(people.customer));
    // Some help desks know no better than that something changed.
    desk.rows[0]!.statusAt = new Date(now).toISOString();
    expect((await load(desk)).openEscalation?.nextUpdateDueAt).toBe('2026-11-20T15:00:00.000Z');
    const promised = await act(people.owner, { kind: 'promise', text: 'A patch' });
    expect(promised.nextUpdateDueAt).toBe('2026-11-20T15:00:00.000Z');
    const given = await act(people.owner, { kind: 'next-update', dueAt: '2026-11-21T08:00:00Z' });
    expect(given.nextUpdateDueAt).toBe('2026-11-21T08:00:00Z');
  });
  it('is overdue after it, and can be asked about', async () => {
    const { act } = await reopened();
    now += 4 * HOUR;
    await expect(act(people.customer, { kind: 'nudge' })).resolves.toMatchObject({ status: 'under-review' });
  });
});

describe('what people do in the help desk itself', () => {
  it('a ticket made by hand is an open escalation, told as far as it goes', async () => {
    const desk = ticketSystem();
    desk.rows.push({
      id: '7', caseId: 'c-1', subject: 'Please hurry', asked: 'call me', reviewed: '{"promises": 3}',
      status: 'under-review', statusAt: '2026-11-20T10:00:00Z', requestedAt: '2026-11-20T09:00:00Z',
      requestedBy: null, owner: { id: 'o-1', name: 'Sam Okoro', role: 'owner' }, latestEntryId: null, comments: [],
    }); // prettier-ignore
    expect((await load(desk)).openEscalation).toMatchObject({
      id: '7',
      reason: { label: 'Please hurry' },
      owner: { name: 'Sam Okoro' },
      promises: [],
    });
  });

  it('a message leaves the version, a change there does not', async () => {
    const desk = ticketSystem();
    const { id, version } = await open(desk);
    const backend = ticketDesk(desk);
    await backend.post!(id, { clientId: 'm-1', text: 'Any news?' }, { ...customer, key: 'm-1' });
    expect((await load(desk)).openEscalation?.version).toBe(version);
    desk.rows[0]!.status = 'under-review';
    await expect(
      backend.act!(id, { kind: 'withdraw' }, { ...customer, etag: version }),
    ).rejects.toMatchObject({ code: 'version-changed' });
  });

  it('two that are open at once: the first counts', async () => {
    const desk = ticketSystem();
    const first = await open(desk);
    desk.rows.push({ ...structuredClone(desk.rows[0]!), id: '999' });
    expect((await load(desk)).openEscalation?.id).toBe(first.id);
  });
});

describe('a help desk that keeps one open escalation per case itself', () => {
  /** It refuses a second row, and tells nothing of the first. */
  function unique() {
    const desk = ticketSystem(undefined, 'key');
    const made: Promise<unknown>[] = [];
    const create: Desk['create'] = async (draft, call) => {
      if (made.length > 0) {
        await made[0];
        throw new BackendError('open-escalation-exists', 'A value is not unique.');
      }
      const row = desk.create(draft, call);
      made.push(row);
      return row;
    };
    return ticketDesk({ ...desk, guarantees: { ...desk.guarantees, unique: 'store' }, create });
  }

  it('one key twice at the same moment is one, for both', async () => {
    const backend = unique();
    const escalate = () => backend.escalate('c-1', request, { ...customer, key: 'k-1' });
    const [one, other] = await Promise.all([escalate(), escalate()]);
    expect(other.escalation.id).toBe(one.escalation.id);
    expect([one.replayed, other.replayed].sort()).toEqual([false, true]);
  });

  it('another key is told of the one that is open', async () => {
    const backend = unique();
    const escalate = (key: string) => backend.escalate('c-1', request, { ...customer, key });
    const [first, second] = await Promise.allSettled([escalate('k-1'), escalate('k-2')]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ reason: { code: 'open-escalation-exists' } });
  });
});

describe('in several steps', () => {
  it('a message of the owner stands, though the next update could not be written', async () => {
    const desk = ticketSystem();
    const { id, version } = await open(desk);
    const backend = ticketDesk(desk);
    await backend.act!(
      id,
      { kind: 'accept', importance: 'high', urgency: 'high', text: 'Yes.' },
      { ...owner, etag: version },
    );
    desk.isBroken = (what) => what === 'change';
    const draft = { clientId: 'm-1', text: 'On it.' };
    await expect(backend.post!(id, draft, { ...owner, key: 'm-1' })).resolves.toMatchObject({
      text: 'On it.',
    });
  });

  it('an owner’s message is on the case, too, where the policy says so (G37)', async () => {
    const desk = ticketSystem();
    const { id } = await open(desk);
    const call = { ...owner, key: 'm-1', policy: { ...policy, feed: { ...policy.feed, alsoOnCase: true } } };
    await ticketDesk(desk).post!(id, { clientId: 'm-1', text: 'Patch is out.' }, call);
    expect(desk.kase.lastUpdate).toMatchObject({ by: { id: 'o-1' }, excerpt: 'Patch is out.' });
  });

  it('what the case refused is not said to be on it (G37)', async () => {
    const desk = ticketSystem();
    const { id } = await open(desk);
    const sent: (boolean | undefined)[] = [];
    const { say } = desk;
    desk.say = (ticket, message, by) => (sent.push(message.alsoOnCase), say(ticket, message, by));
    const draft = { clientId: 'm-1', text: 'Patch is out.', alsoOnCase: true };
    await ticketDesk(desk).post!(id, draft, owner);
    desk.note = () => Promise.reject(new BackendError('forbidden'));
    await ticketDesk(desk).post!(id, draft, owner);
    expect(sent).toEqual([true, undefined]);
  });

  it('what was done and cannot be read back is not done again', async () => {
    const desk = ticketSystem();
    const { id, version } = await open(desk);
    const { ticket } = desk;
    desk.ticket = (...asked) =>
      desk.rows[0]!.owner ? Promise.reject(new BackendError('rate-limited')) : ticket(...asked);
    const taken = ticketDesk(desk).act!(id, { kind: 'take' }, { ...owner, etag: version });
    await expect(taken).rejects.toMatchObject({ code: 'unconfirmed', retryable: false });
    expect(desk.rows[0]!.status).toBe('under-review');
  });

  it.each<ActionKind>(['take', 'rate', 'read'])('what it does not declare it refuses: %s', async (kind) => {
    const desk = ticketSystem(['withdraw']);
    const { id, version } = await open(desk);
    const action = { kind, value: 3, entryId: '1' } as never;
    await expect(ticketDesk(desk).act!(id, action, { ...owner, etag: version })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
