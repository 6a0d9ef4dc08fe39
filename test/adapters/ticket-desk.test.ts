import { describe, expect, it } from 'vitest';
import { ticketDesk } from '../../src/adapters/lib/ticket-desk.js';
import type { ActionKind, Escalation, User } from '../../src/core/model.js';
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

  it.each<ActionKind>(['take', 'rate', 'read'])('what it does not declare it refuses: %s', async (kind) => {
    const desk = ticketSystem(['withdraw']);
    const { id, version } = await open(desk);
    const action = { kind, value: 3, entryId: '1' } as never;
    await expect(ticketDesk(desk).act!(id, action, { ...owner, etag: version })).rejects.toMatchObject({
      code: 'forbidden',
    });
  });
});
