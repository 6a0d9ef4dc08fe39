import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Told } from '../../demo/server/notify-all.js';
import { mail, toOwners, toRequester, type MailOptions, type Owner } from '../../demo/server/notify-mail.js';
import type { Case, Escalation } from '../../src/core/model.js';
import type { Policy } from '../../src/core/policy.js';
import type { GatewayEvent } from '../../src/gateway/gateway.js';
import { caseOf, everyone, NOW, open, pulse, type Who } from '../gateway/client.js';

const ACCEPT = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'SENTINEL accepted' };
const DECLINE = {
  kind: 'decline',
  text: 'SENTINEL no',
  criteria: [{ id: 'assigned', text: 'SENTINEL who' }],
};
/** `m-1` is a manager, who can be the assignee of a case. */
const OWNERS: Owner[] = ['o-1', 'o-2', 'm-1'].map((id) => ({
  id,
  role: id === 'm-1' ? 'manager' : 'owner',
  address: `${id}@desk.test`,
}));

const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  closing.splice(0).forEach((close) => close());
});

interface Received {
  to: string[];
  /** By name in lower case; a name that comes twice shows as a list. */
  headers: Record<string, string>;
  text: string;
}

function read(raw: string, to: string[]): Received {
  const end = raw.indexOf('\r\n\r\n');
  const headers: Record<string, string> = {};
  for (const row of raw.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const [name = '', ...value] = row.split(': ');
    const known = headers[name.toLowerCase()];
    headers[name.toLowerCase()] = [...(known ? [known] : []), value.join(': ')].join(' | ');
  } // prettier-ignore
  // Long lines are broken softly on their way (quoted-printable).
  return {
    to,
    headers,
    text: raw
      .slice(end + 4)
      .replace(/=\r\n/g, '')
      .trim(),
  };
}

/** A mail server on loopback. @param refuses an address that it does not know */
async function mailServer(refuses?: string) {
  const mails: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) =>
      done(address === refuses ? Object.assign(new Error('Unknown.'), { responseCode: 550 }) : null),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        mails.push(read(Buffer.concat(chunks).toString(), to));
        done();
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  closing.push(() => void server.close());
  const { port } = server.server.address() as AddressInfo;
  return { mails, transport: createTransport({ host: '127.0.0.1', port, secure: false }) };
}

interface Setting extends Partial<MailOptions> {
  policy?: Policy;
  kase?: Partial<Case>;
  refuses?: string;
}
async function wired({ policy, kase, refuses, ...more }: Setting = {}) {
  const { mails, transport } = await mailServer(refuses);
  const givenUp: string[] = [];
  const subject = 'SENTINEL subject';
  const row = caseOf({ plan: 'Platinum', subject, customer: { name: 'SENTINEL Ltd' }, ...kase });
  const owners = toOwners(OWNERS);
  const requester = toRequester((id) => `${id}@customer.test`);
  const tell = mail({
    transport,
    from: 'Support <support@desk.test>',
    to: async (event) => [owners(event), (await requester(event)) ?? []].flat(2),
    link: (id) => `https://desk.test/escalations/${encodeURIComponent(id)}`,
    onGiveUp: (event, error) => void givenUp.push(`${event.kind}: ${error.message}`),
    ...more,
  });
  const telling: Promise<void>[] = [];
  const desk = open({
    notify: (event) => void telling.push(tell(event)),
    cases: [row],
    ...(policy && { policy }),
  });
  const request = async (reasonId = policy ? 'other' : 'lack-of-updates') => {
    const said = { reasonId, details: 'SENTINEL of twenty letters', impact: 'SENTINEL impact' };
    const path = `/cases/${encodeURIComponent(row.id)}/escalations`;
    const confirmed = ['no-change-of-urgency'];
    const policyVersion = (await desk.get('customer', path.replace('/escalations', ''))).body.policy.version;
    const { body, status } = await desk.post('customer', path, { ...said, confirmed, policyVersion });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  const act = async (who: Who, id: string, action: object) =>
    desk.act(who, id, action, (await desk.get(who, `/escalations/${id}`)).etag);
  const arrived = () => mails.map(({ to, headers }) => `${to.join()}: ${headers.subject}`);
  return { desk, mails, tell, givenUp, request, act, arrived, told: () => Promise.all(telling) };
}

describe('who hears what', () => {
  it('owners of the request, then its owner; the customer of what the others do; nobody of their own', async () => {
    const wire = await wired();
    const id = await wire.request();
    await wire.desk.say('customer', id, 'SENTINEL question');
    await wire.act('owner', id, { kind: 'take' });
    await wire.desk.say('owner', id, 'SENTINEL reply');
    await wire.act('owner', id, { kind: 'note', text: 'SENTINEL among us' });
    await wire.act('owner', id, ACCEPT);
    await wire.desk.say('customer', id, 'SENTINEL thanks');
    await wire.told();
    expect(wire.arrived()).toEqual([
      'o-1@desk.test: Escalation requested: case 00481516',
      'o-2@desk.test: Escalation requested: case 00481516',
      'm-1@desk.test: Escalation requested: case 00481516',
      'o-1@desk.test: Escalation message: case 00481516',
      'o-2@desk.test: Escalation message: case 00481516',
      'm-1@desk.test: Escalation message: case 00481516',
      'u-1@customer.test: Escalation under review: case 00481516',
      'u-1@customer.test: Escalation message: case 00481516',
      'u-1@customer.test: Escalation accepted: case 00481516',
      'o-1@desk.test: Escalation message: case 00481516',
    ]);
    expect(JSON.stringify(wire.mails)).not.toContain('SENTINEL');
  });

  it('a refusal reaches the customer, without its reasons; a colleague\'s words, too', async () => {
    const wire = await wired();
    const id = await wire.request();
    await wire.desk.say('colleague', id, 'SENTINEL me too');
    await wire.act('owner', id, DECLINE);
    await wire.told();
    expect(wire.arrived().filter((row) => row.includes('customer.test'))).toEqual([
      'u-1@customer.test: Escalation message: case 00481516',
      'u-1@customer.test: Escalation declined: case 00481516',
    ]);
    expect(JSON.stringify(wire.mails)).not.toContain('SENTINEL');
  }); // prettier-ignore

  it('a reminder reaches the owner and the next rung of the ladder; a rating the owner', async () => {
    const wire = await wired({ policy: pulse });
    const id = await wire.request();
    await wire.act('owner', id, ACCEPT);
    await wire.told();
    wire.mails.length = 0;
    wire.desk.wait(7 * 24 * 60);
    expect((await wire.act('customer', id, { kind: 'nudge' })).status).toBe(200);
    await wire.act('owner', id, { kind: 'resolve', summary: 'SENTINEL done' });
    await wire.act('customer', id, { kind: 'rate', value: 4, text: 'SENTINEL fine' });
    await wire.told();
    expect(wire.arrived()).toEqual([
      'o-1@desk.test: Escalation waits for an update: case 00481516',
      'm-1@desk.test: Escalation waits for an update: case 00481516',
      'u-1@customer.test: Escalation resolved: case 00481516',
      'o-1@desk.test: Escalation rated: case 00481516',
    ]);
    expect(JSON.stringify(wire.mails)).not.toContain('SENTINEL');
  });

  it('P9: an owner-only request is kept from whoever has the case', async () => {
    const kase = { assignee: { id: 'm-1', name: 'Max Lind', role: 'manager' } };
    const wire = await wired({ policy: pulse, kase });
    await wire.request('case-reassignment');
    await wire.told();
    expect(wire.mails.map(({ to }) => to.join())).toEqual(['o-1@desk.test', 'o-2@desk.test']);
  });

  it('who cannot be told who hears of it, is told so', async () => {
    const to = () => Promise.reject(new Error('The address book is away.'));
    const wire = await wired({ policy: pulse, to });
    await wire.request('case-reassignment');
    await wire.told();
    expect([wire.mails, wire.givenUp]).toEqual([[], ['requested: The address book is away.']]);
  });
});

const CASE = caseOf({ assignee: { id: 'm-1', name: 'Max Lind', role: 'manager' } });
/** An event as the gateway tells it. */
async function told(kind: string, more: Partial<Told> = {}, changes: Partial<Escalation> = {}): Promise<Told> {
  const { body } = await open().escalate('customer');
  const escalation = { ...(body as unknown as Escalation), ...changes };
  return { kind, escalation, case: CASE, user: everyone.customer, ...more };
} // prettier-ignore
const owner = { id: 'o-1', name: 'Sam Okoro', role: 'owner' };
const note = { id: 'n-1', kind: 'internal' as const, at: NOW, author: owner, text: '' };

describe('toOwners, toRequester', () => {
  const owners = toOwners([...OWNERS, { id: 'e-1', role: 'engineer', address: 'e-1@desk.test' }]);
  const names = (addresses: string[]) => addresses.map((address) => address.split('@')[0]);

  it.each<[string, string, Partial<Told>, Partial<Escalation>, string[]]>([
    ['a request', 'requested', {}, {}, ['o-1', 'o-2', 'm-1', 'e-1']],
    ['one that is taken', 'message', {}, { owner }, ['o-1']],
    ['taken by somebody who left', 'message', {}, { owner: { ...owner, id: 'o-9' } }, ['o-1', 'o-2', 'm-1', 'e-1']],
    ['their own', 'changed', { user: everyone.owner }, { owner }, []],
    ['by another owner', 'changed', { user: everyone.owner2 }, { owner }, ['o-1']],
    ['a reminder', 'nudged', { roles: ['manager'] }, { owner }, ['o-1', 'm-1']],
    ['a kind to come', 'forwarded', {}, { owner }, ['o-1']],
    ['owner-only', 'requested', {}, { visibility: 'owner-only' }, ['o-1', 'o-2']],
    ['an owner-only reminder', 'nudged', { roles: ['manager'] }, { owner, visibility: 'owner-only' }, ['o-1']],
    ['an internal note', 'message', { entry: note }, {}, ['o-1', 'o-2']],
    ['the action of a note', 'changed', { action: 'note' }, {}, ['o-1', 'o-2']],
  ])('owners, of %s', async (_name, kind, more, changes, expected) => {
    expect(names(owners(await told(kind, more, changes)))).toEqual(expected);
  }); // prettier-ignore

  it.each<[string, string, Partial<Told>, Partial<Escalation>, string | null]>([
    ['a new status', 'changed', { user: everyone.owner, action: 'take', previous: 'requested' }, { status: 'under-review' }, 'u-1'],
    ['a promise', 'changed', { user: everyone.owner, action: 'promise', previous: 'accepted' }, { status: 'accepted' }, 'u-1'],
    ['a note', 'changed', { user: everyone.owner, action: 'note', previous: 'accepted' }, { status: 'accepted' }, null],
    ['a message', 'message', { user: everyone.owner, entry: { ...note, kind: 'message' } }, {}, 'u-1'],
    ['their own', 'message', { entry: { ...note, kind: 'message' } }, {}, null],
    ['an internal note', 'message', { user: everyone.owner, entry: note }, {}, null],
    ['a request whose requester is not named', 'changed', { user: everyone.stranger, previous: 'accepted' }, { requestedBy: null }, null],
    ['a reminder', 'nudged', { user: everyone.colleague }, {}, null],
    ['a kind to come', 'forwarded', { user: everyone.owner }, {}, null],
  ])('requester, of %s', async (_name, kind, more, changes, expected) => {
    expect(await toRequester((id) => id)(await told(kind, more, changes))).toBe(expected);
  }); // prettier-ignore
});

describe('a mail', () => {
  it('says what, which case, why and where to read on; answers by machines are not wanted', async () => {
    const wire = await wired({ to: () => 'o-1@desk.test' });
    const id = await wire.request();
    await wire.told();
    const [{ headers, text } = { headers: {}, text: '' }] = wire.mails;
    expect(headers).toMatchObject({
      from: 'Support <support@desk.test>',
      to: 'o-1@desk.test',
      subject: 'Escalation requested: case 00481516',
      'auto-submitted': 'auto-generated',
      'x-auto-response-suppress': 'DR, RN, NRN, OOF, AutoReply',
    });
    expect(text).toContain('Case: 00481516\r\nReason: Lack of Updates/Progress\r\nStatus: requested');
    expect(text).toContain(`https://desk.test/escalations/${id}`);
  });

  it('all of one escalation are one conversation', async () => {
    const wire = await wired({ to: () => 'o-1@desk.test' });
    const id = await wire.request();
    await wire.desk.say('customer', id, 'Any news?');
    await wire.act('owner', id, { kind: 'take' });
    await wire.told();
    const [first, ...later] = wire.mails.map(({ headers }) => headers);
    expect(first!['message-id']).toMatch(/^<escalation\.[0-9a-f]{32}@desk\.test>$/);
    expect(first).not.toHaveProperty('references');
    for (const { references, 'in-reply-to': answers } of later)
      expect([references, answers]).toEqual(Array<unknown>(2).fill(first!['message-id']));
    expect(new Set(wire.mails.map(({ headers }) => headers['message-id'])).size).toBe(3);
  });

  it('has the number of the case where the event has it', async () => {
    const wire = await wired({ to: () => 'o-1@desk.test' });
    const event = await told('requested', {}, { case: { id: 'c-1', number: '00481516', priority: null } });
    await wire.tell(event as GatewayEvent);
    expect(wire.mails[0]!.headers.subject).toBe('Escalation requested: case 00481516');
  });

  it('of a kind to come says that there is news; a fault is no mail', async () => {
    const wire = await wired({ to: () => 'o-1@desk.test' });
    await wire.tell((await told('forwarded')) as unknown as GatewayEvent);
    await wire.tell({ kind: 'fault', traceId: 't-1', error: new Error('SENTINEL') });
    expect(wire.arrived()).toEqual(['o-1@desk.test: Escalation news: case 00481516']);
  });
});

describe('what could break out of a header', () => {
  const evil = '1\r\nBcc: eve@evil.test\r\n\r\nHello\u2028\u202E';

  it('a case whose id ends the line', async () => {
    const wire = await wired({ kase: { id: evil, number: undefined }, to: () => 'o-1@desk.test' });
    await wire.request();
    await wire.told();
    const [{ to, headers, text } = { to: [], headers: {}, text: '' }] = wire.mails;
    expect([to, headers.subject]).toEqual([
      ['o-1@desk.test'],
      'Escalation requested: case 1 Bcc: eve@evil.test Hello',
    ]);
    expect(headers).not.toHaveProperty('bcc');
    expect(text).not.toMatch(/^Bcc/m);
  });

  it('numbers, labels and ids', async () => {
    const wire = await wired({ to: () => 'o-1@desk.test' });
    const changes = { id: evil, reason: { id: 'x', label: evil } };
    await wire.tell((await told('requested', { case: caseOf({ number: evil }) }, changes)) as GatewayEvent);
    const [{ to, headers, text } = { to: [], headers: {}, text: '' }] = wire.mails;
    expect(to).toEqual(['o-1@desk.test']);
    expect(headers).not.toHaveProperty('bcc');
    expect(text).not.toMatch(/^(Bcc|Hello)/m);
  }); // prettier-ignore

  it.each([
    'o-1@desk.test\r\nBcc: eve@evil.test',
    'o-1@desk.test, eve@evil.test',
    'Sam <o-1@desk.test>',
    'o-1@desk.test>\r\nRCPT TO:<eve@evil.test',
    'o-1',
    '',
  ])('an address that is more than one: %j; the others get theirs', async (address) => {
    const wire = await wired({ to: () => [address, 'o-2@desk.test'] });
    await wire.request();
    await wire.told();
    expect(wire.mails.map(({ to }) => to)).toEqual([['o-2@desk.test']]);
    expect(wire.givenUp).toEqual(['requested: Not a plain e-mail address.']);
  });
});

describe('a mail that cannot be sent', () => {
  it('is said so, and the others get theirs', async () => {
    const wire = await wired({ refuses: 'o-1@desk.test' });
    await wire.request();
    await wire.told();
    expect(wire.mails.map(({ to }) => to.join())).toEqual(['o-2@desk.test', 'm-1@desk.test']);
    expect(wire.givenUp).toEqual([expect.stringMatching(/^requested: .*550/)]);
  });

  it('a sender without an address is refused at the start', () => {
    const options = { transport: createTransport({}), to: () => null, link: () => '' };
    expect(() => mail({ ...options, from: 'Support' })).toThrow('has to be an e-mail address');
  });
});
