import { beforeAll, describe, expect, it } from 'vitest';
import type { Action, User } from '../../src/core/model.js';
import { people } from '../desk.js';
import { as, newCase, request, root, tracker } from './tracker.js';

/** What Request Tracker drops without an error, and what people do in it past the elements. */

const { customer, colleague, owner, engineer } = people;
const accept = {
  kind: 'accept',
  importance: 'high',
  urgency: 'high',
  text: 'We take it on.',
} satisfies Action;

const opened = async () => (await as(customer).escalate(await newCase())).id;
const statusOf = async (id: string) => (await tracker(root, 'GET', `ticket/${id}`)).body.Status;

describe('what is refused in words, with status 200 or 201', () => {
  it('a request whose fields may not be written leaves no escalation behind', async () => {
    const caseId = await newCase();
    // "Review" is there, and the customer may not write it.
    const work = as(customer, { fields: { asked: 'Review' } }).escalate(caseId);
    await expect(work).rejects.toMatchObject({ code: 'protocol' });
    expect((await as(customer).load(caseId)).openEscalation).toBeNull();
  });

  it('nor does one whose case was dropped', async () => {
    const caseId = await newCase();
    const lost = as(customer, { fetch: withoutCase });
    await expect(lost.escalate(caseId)).rejects.toMatchObject({ code: 'protocol' });
    expect((await as(customer).load(caseId)).openEscalation).toBeNull();
  });

  it('a field for the case that is called something else is no "nothing is open"', async () => {
    const caseId = await newCase();
    const wrong = as(customer, { fields: { case: 'Fall' } });
    await expect(wrong.load(caseId)).rejects.toMatchObject({ code: 'protocol' });
    await expect(wrong.escalate(caseId)).rejects.toMatchObject({ code: 'protocol' });
  });

  it('a status that the lifecycle does not have', async () => {
    const id = await opened();
    const wrong = { statuses: { requested: 'requested', 'in review': 'under-review' } as const };
    await expect(as(owner, wrong).act(id, { kind: 'take' })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await statusOf(id)).toBe('requested');
  });

  it('what the gateway allows and Request Tracker does not', async () => {
    const id = await opened();
    const pretender: User = { ...colleague, role: 'owner' };
    for (const action of [{ kind: 'take' }, accept, { kind: 'note', text: 'Psst.' }] satisfies Action[])
      await expect(as(pretender).act(id, action), action.kind).rejects.toMatchObject({ code: 'forbidden' });
    expect(await as(owner).escalation(id)).toMatchObject({ status: 'requested', owner: null });
  });
});

/** A line on which the new ticket's "Case" is lost. */
const withoutCase: typeof globalThis.fetch = (input, init) => {
  const isNew = init?.method === 'POST' && (input as string).endsWith('/ticket');
  const body = isNew ? (init.body as string).replace('"Case":', '"Lost":') : init?.body;
  return globalThis.fetch(input, { ...init, body });
};

describe('an action whose answer was lost', () => {
  it('writes its note once, however often it is repeated', async () => {
    const id = await opened();
    let isLost = true;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await globalThis.fetch(input, init);
      if (!(input as string).endsWith('/comment') || !isLost) return response;
      isLost = false;
      throw new TypeError('connection reset');
    };
    const note: Action = { kind: 'note', text: 'Call Dana.' };
    await expect(as(owner, { fetch }).act(id, note, undefined, 'n-1')).rejects.toMatchObject({
      code: 'network',
    });
    await as(owner, { fetch }).act(id, note, undefined, 'n-1');
    const { entries } = await as(owner).entries(id);
    expect(entries.filter(({ kind }) => kind === 'internal').map(({ text }) => text)).toEqual([note.text]);
  });
});

describe('a case that agents merge into another', () => {
  it('keeps what is open on it, by both numbers and in the queue', async () => {
    const [from, into] = [await newCase({}, 'The same again'), await newCase()];
    const { id } = await as(customer).escalate(from);
    await tracker(root, 'PUT', `ticket/${from}`, { MergeInto: Number(into) });
    for (const number of [from, into]) {
      const { case: kase, openEscalation } = await as(customer).load(number);
      expect([kase.id, openEscalation?.id], number).toEqual([into, id]);
      await expect(as(customer).escalate(number)).rejects.toMatchObject({ code: 'open-escalation-exists' });
    }
    await as(customer).post(id, 'Still there?');
    const rows = await as(owner).queue();
    expect(rows.find((row) => row.id === id)?.case?.id).toBe(into);
  });
});

describe('a change while somebody else', () => {
  /** An owner whose first change of a field meets something that happened right before it. */
  function interrupted(happens: () => Promise<unknown>) {
    let isFirst = true;
    const fetch: typeof globalThis.fetch = async (input, init) => {
      if (init?.method === 'PUT' && isFirst) {
        isFirst = false;
        await happens();
      }
      return globalThis.fetch(input, init);
    };
    return as(owner, { fetch });
  }

  it('writes a message goes through', async () => {
    const id = await opened();
    const { version } = await as(owner).escalation(id);
    const made = await interrupted(() => as(customer).post(id, 'Any news?')).act(id, accept, version);
    expect(made).toMatchObject({
      status: 'accepted',
      owner: { id: owner.id },
      decision: { text: accept.text },
    });
  });

  it('decides is refused, and leaves nothing behind', async () => {
    const id = await opened();
    const { version } = await as(owner).escalation(id);
    const decline: Action = { kind: 'decline', text: 'Not yet.', criteria: [] };
    const work = interrupted(() => as(owner).act(id, decline)).act(id, accept, version);
    await expect(work).rejects.toMatchObject({ code: 'version-changed' });
    expect(await as(owner).escalation(id)).toMatchObject({
      status: 'declined',
      decision: { text: 'Not yet.' },
    });
    expect((await as(owner).entries(id)).entries.map(({ kind }) => kind)).toEqual(['status', 'decision']);
  });
});

describe('texts', () => {
  it.each([
    '0',
    'Line one\nline two\n\n  indented',
    '<b>not bold</b> &amp; not an entity',
    'quote \' " \\ back',
    'family 👩‍👩‍👧, العربية, \u202eright to left',
    'From the beginning',
    '-- \nlooks like a signature',
    "'; DROP TABLE Tickets; --",
  ])('%j arrives as it was written, by both ways', async (text) => {
    const id = await opened();
    const made = await as(customer).post(id, text);
    const [read] = (await as(owner).entries(id, { limit: 1 })).entries;
    expect([made.text, read?.text]).toEqual([text, text]);
  });

  it('a client id is a value, never a part of a query', async () => {
    const id = await opened();
    await as(customer).post(id, 'First', 'one');
    for (const clientId of [`x' OR Type='Correspond`, `one' --`, `\\' OR 1=1`, `one`.toUpperCase() + "'"]) {
      const made = await as(customer).post(id, 'Second', clientId);
      const again = await as(customer).post(id, 'Second', clientId);
      expect([made.text, again.id]).toEqual(['Second', made.id]);
    }
    expect((await as(customer).entries(id)).entries.filter(({ text }) => text === 'Second')).toHaveLength(4);
  });

  it('the same client id with another text is refused; somebody else’s is another', async () => {
    const id = await opened();
    const made = await as(customer).post(id, 'First', 'mine');
    await expect(as(customer).post(id, 'Other', 'mine')).rejects.toMatchObject({
      code: 'idempotency-key-reused',
    });
    expect((await as(owner).post(id, 'First', 'mine')).id).not.toBe(made.id);
  });
});

describe('what people do in Request Tracker itself', () => {
  let id: string;
  const correspond = (user: User, body: object) =>
    tracker(user, 'POST', `ticket/${id}/correspond`, { ContentType: 'text/plain', ...body });
  beforeAll(async () => {
    id = await opened();
    await tracker(owner, 'PUT', `ticket/${id}`, { Owner: owner.id, Status: 'under review' });
    await correspond(owner, {
      Content: '<p>We <b>look</b> at it.</p><p>A &lt; B</p>',
      ContentType: 'text/html',
    });
    await correspond(customer, {
      Content: 'Granted!',
      TxnCustomFields: { 'Entry Kind': 'decision; status=accepted' },
    });
    await correspond(customer, {
      Content: 'Solved!',
      TxnCustomFields: { 'Entry Kind': 'status; status=resolved' },
    });
    await tracker(owner, 'PUT', `ticket/${id}`, { Status: 'accepted' });
  });

  it('is an escalation with its owner and its status', async () => {
    expect(await as(customer).escalation(id)).toMatchObject({
      status: 'accepted',
      owner: { id: owner.id, name: owner.name, role: 'owner' },
      details: request.details,
    });
  });

  it('is a conversation of plain text, in which a customer decides nothing', async () => {
    const { entries } = await as(customer).entries(id);
    expect(entries.map(({ kind, status, text, author }) => [kind, status, text, author.role])).toEqual([
      ['status', 'requested', '', 'customer'],
      ['status', 'under-review', '', 'owner'],
      ['message', undefined, 'We look at it.\nA < B', 'owner'],
      ['message', undefined, 'Granted!', 'customer'],
      ['message', undefined, 'Solved!', 'customer'],
      ['status', 'accepted', '', 'owner'],
    ]);
  });

  it('an escalation that an agent makes by hand is told by its subject', async () => {
    const caseId = await newCase();
    await tracker(owner, 'POST', 'ticket', {
      Queue: 'Escalations',
      Subject: 'They telephoned',
      Content: 'Very angry.',
      ContentType: 'text/plain',
      Requestor: [customer.id],
      CustomFields: { Case: caseId },
    });
    expect((await as(customer).load(caseId)).openEscalation).toMatchObject({
      reason: { label: 'They telephoned' },
      requestedBy: { id: customer.id, me: true },
    });
  });
});

describe('a long conversation', () => {
  it('leads a customer back to its beginning, past any number of comments that they may not see', async () => {
    const id = await opened();
    for (let i = 1; i <= 3; i++) await as(customer).post(id, `Before ${i}`);
    for (let i = 1; i <= 12; i++)
      await tracker(owner, 'POST', `ticket/${id}/comment`, {
        Content: `Note ${i}`,
        ContentType: 'text/plain',
      });
    await as(owner).post(id, 'After');
    const texts: string[] = [];
    for (let before: string | undefined | null; before !== null;) {
      const page = await as(customer).entries(id, { limit: 2, ...(before && { before }) });
      texts.unshift(...page.entries.map(({ text }) => text));
      ({ before } = page);
    }
    expect(texts).toEqual(['', 'Before 1', 'Before 2', 'Before 3', 'After']);
    const all = (await as(owner).entries(id, { limit: 500 })).entries;
    expect(all.filter(({ kind }) => kind === 'internal')).toHaveLength(12);
  });

  it('tells a decision once, wherever a page ends', async () => {
    const id = await opened();
    await as(owner).act(id, { ...accept, nextSteps: [{ text: 'Reproduce it' }] });
    await as(owner).act(id, { kind: 'resolve', summary: 'Fixed.' });
    const told = (rows: { kind: string; status?: string }[]) =>
      rows.map(({ kind, status }) => [kind, status]);
    const whole = (await as(customer).entries(id)).entries;
    expect(told(whole)).toEqual([
      ['status', 'requested'],
      ['decision', 'accepted'],
      ['next-steps', undefined],
      ['status', 'resolved'],
    ]);
    for (const limit of [1, 2, 3]) {
      const back: typeof whole = [];
      for (let before: string | undefined | null; before !== null;) {
        const page = await as(customer).entries(id, { limit, ...(before && { before }) });
        back.unshift(...page.entries);
        ({ before } = page);
      }
      const forth: typeof whole = [];
      for (let after = '0'; ;) {
        const page = await as(customer).entries(id, { limit, after });
        if (page.entries.length === 0) break;
        forth.push(...page.entries);
        after = page.after;
      }
      expect([told(back), told(forth)], `pages of ${limit}`).toEqual([told(whole), told(whole)]);
    }
  });
});

describe('who is not signed in', () => {
  it('is told so', async () => {
    const nobody = { headers: () => ({ Authorization: 'token 1-2-3' }) };
    await expect(as(customer, nobody).load('1')).rejects.toMatchObject({ code: 'signed-out' });
  });

  it('to whom Request Tracker answers with its sign-in page, hears no "nothing is open"', async () => {
    const browser = { headers: () => ({ 'User-Agent': 'Mozilla/5.0', Cookie: 'a=b' }) };
    await expect(as(engineer, browser).load('1')).rejects.toMatchObject({ code: 'protocol' });
  });
});
