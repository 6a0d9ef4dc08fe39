import { beforeAll, describe, expect, it } from 'vitest';
import { people } from '../desk.js';
import { as, newCase, root, tracker, type TicketBody } from './tracker.js';

/** What Request Tracker itself lets people do: whoever goes past the gateway with their own sign-in gets no further. */

const { customer, colleague, stranger, owner, engineer } = people;

const fieldIn = ({ CustomFields }: TicketBody, name: string): string | undefined =>
  CustomFields.find((field) => field.name === name)?.values[0];

/** An escalation as an administrator sees it, without what changes by itself. */
async function stateOf(id: string) {
  const { body } = await tracker(root, 'GET', `ticket/${id}`);
  const { Status, Owner, Subject, Queue, Requestor } = body;
  const fields = ['Case', 'Reason', 'Request', 'Review', 'Idempotency Key'].map((name) =>
    fieldIn(body, name),
  );
  return {
    Status,
    Owner: Owner.id,
    Subject,
    Queue: Queue.id,
    Requestor: Requestor.map(({ id: who }) => who),
    fields,
  };
}

describe('a customer, on an escalation of their own', () => {
  let id: string;
  beforeAll(async () => {
    const made = await as(customer).escalate(await newCase());
    id = made.id;
    await as(owner).act(id, { kind: 'note', text: 'Between owners.' });
  });

  it.each<[string, object]>([
    ['take it', { Owner: customer.id }],
    ['begin its review', { Status: 'under review' }],
    ['accept it', { Status: 'accepted' }],
    ['decline it', { Status: 'declined' }],
    ['resolve it', { Status: 'resolved' }],
    ['delete it', { Status: 'deleted' }],
    ['write what owners write', { CustomFields: { Review: '{"priority":"high"}' } }],
    ['change what was asked', { CustomFields: { Request: '{}' } }],
    ['move it to another case', { CustomFields: { Case: '1' } }],
    ['change its key', { CustomFields: { 'Idempotency Key': 'x' } }],
    ['rename it', { Subject: 'Something else' }],
    ['move it to another queue', { Queue: 'Support' }],
  ])('cannot %s', async (_what, body) => {
    const before = await stateOf(id);
    await tracker(customer, 'PUT', `ticket/${id}`, body);
    expect(await stateOf(id)).toEqual(before);
  });

  it.each<[string, object]>([
    ['bring a status', { Status: 'accepted' }],
    ['bring what owners write', { CustomFields: { Review: '{"priority":"high"}' } }],
    ['bring another owner', { Owner: customer.id }],
  ])('cannot %s with a message', async (_what, more) => {
    const before = await stateOf(id);
    const message = { Content: 'Hello', ContentType: 'text/plain', ...more };
    expect((await tracker(customer, 'POST', `ticket/${id}/correspond`, message)).status).toBe(201);
    expect(await stateOf(id)).toEqual(before);
  });

  it('can neither write a comment nor read one', async () => {
    const comment = { Content: 'Hello', ContentType: 'text/plain' };
    expect((await tracker(customer, 'POST', `ticket/${id}/comment`, comment)).status).toBe(400);
    for (const path of ['attachments?fields=Content', 'history?fields=Type'])
      expect(JSON.stringify(await tracker(customer, 'GET', `ticket/${id}/${path}`))).not.toMatch(
        /Between owners|"Comment"/,
      );
  });

  it('cannot let anybody else in: only themselves may they add or take away', async () => {
    const roles = { Requestor: [customer.id, stranger.id], Cc: [stranger.id], AdminCc: [stranger.id] };
    await tracker(customer, 'PUT', `ticket/${id}`, roles);
    const { body } = await tracker(root, 'GET', `ticket/${id}`);
    expect(body.Requestor.map(({ id: who }) => who)).toEqual([customer.id]);
    expect(body.Cc.map(({ type }) => type)).toEqual(['group']);
    expect(body.AdminCc).toEqual([]);
    expect((await tracker(stranger, 'GET', `ticket/${id}`)).status).toBe(403);
  });

  it('can withdraw it, and reopen what was resolved', async () => {
    const made = await as(customer).escalate(await newCase());
    await tracker(owner, 'PUT', `ticket/${made.id}`, { Status: 'accepted' });
    await tracker(owner, 'PUT', `ticket/${made.id}`, { Status: 'resolved' });
    await tracker(customer, 'PUT', `ticket/${made.id}`, { Status: 'under review' });
    expect((await stateOf(made.id)).Status).toBe('under review');
    await tracker(customer, 'PUT', `ticket/${made.id}`, { Status: 'withdrawn' });
    expect((await stateOf(made.id)).Status).toBe('withdrawn');
  });

  it('cannot change the case either', async () => {
    const caseId = await newCase();
    await tracker(customer, 'PUT', `ticket/${caseId}`, {
      Status: 'resolved',
      CustomFields: { Severity: 'critical' },
    });
    const { body } = await tracker(root, 'GET', `ticket/${caseId}`);
    expect([body.Status, fieldIn(body, 'Severity')]).toEqual(['new', 'medium']);
  });
});

describe('who sees an escalation', () => {
  let caseId: string;
  let id: string;
  beforeAll(async () => {
    caseId = await newCase();
    ({ id } = await as(colleague).escalate(caseId));
    await as(owner).post(id, 'We are on it.');
  });

  it('whoever asked, the customer of the case, their company, and the owners', async () => {
    for (const who of [customer, colleague, people.partner, owner])
      expect((await tracker(who, 'GET', `ticket/${id}`)).status, who.name).toBe(200);
  });

  it('no stranger, and no engineer: not the ticket, nor by a search, nor what is written', async () => {
    const paths = [
      `tickets?query=id=${id}`,
      `transactions?query=${encodeURIComponent(`ObjectType='RT::Ticket' AND ObjectId=${id}`)}`,
      `ticket/${id}/attachments`,
    ];
    for (const who of [stranger, engineer]) {
      expect((await tracker(who, 'GET', `ticket/${id}`)).status, who.name).toBe(403);
      for (const path of paths) expect((await tracker(who, 'GET', path)).body.items, path).toEqual([]);
    }
  });
});

describe('staff who watch a case', () => {
  it('are not let into its escalation, and lose sight of neither the case nor the customers who watch it', async () => {
    const caseId = await newCase();
    await tracker(root, 'PUT', `ticket/${caseId}`, { Cc: ['group:Acme', 'group:Staff', engineer.id] });
    const { id } = await as(customer).escalate(caseId);
    expect((await tracker(engineer, 'GET', `ticket/${id}`)).status).toBe(403);
    expect((await tracker(colleague, 'GET', `ticket/${id}`)).status).toBe(200);
    expect((await as(engineer).load(caseId)).case.id).toBe(caseId);
  });

  it('or are let in by hand, and see no field of it, still see the case', async () => {
    const caseId = await newCase();
    const { id } = await as(customer).escalate(caseId);
    await tracker(root, 'PUT', `ticket/${id}`, { Cc: ['group:Acme', engineer.id] });
    expect((await as(engineer).load(caseId)).openEscalation).toBeNull();
  });
});

describe('a stranger', () => {
  it('who makes an escalation of somebody else’s case has made none', async () => {
    const caseId = await newCase();
    const { body } = await tracker(stranger, 'POST', 'ticket', {
      Queue: 'Escalations',
      Subject: 'Let me in',
      Content: 'Let me in',
      ContentType: 'text/plain',
      Requestor: [customer.id],
      CustomFields: { Case: caseId, Request: '{}' },
    });
    expect(await stateOf(body.id)).toMatchObject({
      Status: 'withdrawn',
      fields: [undefined, undefined, '{}', undefined, undefined],
    });
    for (const who of [customer, owner]) {
      const state = await as(who).load(caseId);
      expect([state.openEscalation, state.past], who.name).toEqual([null, []]);
    }
    expect((await tracker(stranger, 'GET', `ticket/${caseId}`)).status).toBe(403);
  });

  it('cannot write on a case, or on its escalation', async () => {
    const caseId = await newCase();
    const { id } = await as(customer).escalate(caseId);
    const message = { Content: 'Let me in', ContentType: 'text/plain' };
    for (const ticket of [caseId, id])
      expect((await tracker(stranger, 'POST', `ticket/${ticket}/correspond`, message)).status).toBe(400);
  });
});
