import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { all, type Notify } from '../../demo/server/notify-all.js';
import { verify, webhook, type WebhookOptions } from '../../demo/server/notify-webhook.js';
import type { Escalation } from '../../src/core/model.js';
import type { Policy } from '../../src/core/policy.js';
import type { GatewayEvent } from '../../src/gateway/gateway.js';
import { caseOf, everyone, NOW, open, pulse, type Who } from '../gateway/client.js';

const secretOf = (letter: string) => `whsec_${Buffer.from(letter.repeat(32)).toString('base64')}`;
const SECRET = secretOf('a');
const ACCEPT = { kind: 'accept', importance: 'high', urgency: 'medium', text: 'SENTINEL accepted' };
const DECLINE = {
  kind: 'decline',
  text: 'SENTINEL no',
  criteria: [{ id: 'assigned', text: 'SENTINEL who' }],
};

type Answer = number | 'drop' | { status: number; headers: Record<string, string> } | Promise<number>;
const closing: (() => void)[] = [];
afterEach(() => {
  vi.restoreAllMocks();
  closing.splice(0).forEach((close) => close());
});

/** A receiver on loopback, which answers as told and then 204. */
async function receiver(...answers: Answer[]) {
  const heard: { headers: IncomingHttpHeaders; body: string }[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    heard.push({ headers: request.headers, body });
    const next = await (answers.shift() ?? 204);
    if (next === 'drop') return void request.socket.destroy();
    const { status, headers } = typeof next === 'number' ? { status: next, headers: {} } : next;
    response.writeHead(status, headers).end();
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => void (server.close(), server.closeAllConnections()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  return { url, heard, payloads: () => heard.map(({ body }) => JSON.parse(body)) };
}

/** A gateway that tells a receiver; the waits that were asked for, and who was told that it was given up. */
async function wired({
  answers = [],
  policy,
  ...more
}: Partial<WebhookOptions> & { answers?: Answer[]; policy?: Policy } = {}) {
  const hook = await receiver(...answers);
  const waits: number[] = [];
  const givenUp: string[] = [];
  const tell = webhook({
    url: hook.url,
    secret: SECRET,
    wait: async (ms) => void waits.push(ms),
    clock: () => new Date(NOW),
    onGiveUp: (event, error) => void givenUp.push(`${event.kind}: ${error.message}`),
    ...more,
  });
  const telling: Promise<void>[] = [];
  const notify: Notify = async (event) => void telling.push(tell(event));
  const subject = 'SENTINEL subject';
  const kase = caseOf({ plan: 'Platinum', subject, customer: { name: 'SENTINEL Ltd' } });
  const desk = open({ notify, cases: [kase], ...(policy && { policy }) });
  const request = async (reasonId = policy ? 'other' : 'lack-of-updates') => {
    const said = { details: 'SENTINEL of twenty letters', impact: 'SENTINEL impact' };
    const { body, status } = await desk.escalate('customer', { reasonId, ...said });
    expect(status, JSON.stringify(body)).toBe(201);
    return body.id as string;
  };
  const act = async (who: Who, id: string, action: object) =>
    desk.act(who, id, action, (await desk.get(who, `/escalations/${id}`)).etag);
  return { ...hook, desk, tell, waits, givenUp, request, act, told: () => Promise.all(telling) };
}

/** An escalation as the gateway tells of it. */
async function filed(): Promise<Escalation> {
  const { body } = await open().escalate('customer');
  return body as unknown as Escalation;
}

describe('what arrives', () => {
  it('ids and codes of every request, message and decision, in order, signed, without a word of it', async () => {
    const wire = await wired({ link: (id, caseId) => `https://desk.test/${caseId}#${id}` });
    const id = await wire.request();
    await wire.desk.say('customer', id, 'SENTINEL question');
    await wire.act('owner', id, { kind: 'take' });
    await wire.desk.say('owner', id, 'SENTINEL reply');
    await wire.act('owner', id, { kind: 'note', text: 'SENTINEL among us' });
    await wire.act('owner', id, ACCEPT);
    await wire.told();
    const both = { escalationId: id, caseId: 'c-1', reasonId: 'lack-of-updates' };
    const rest = {
      id: expect.stringMatching(/^msg_[\w-]{27}$/),
      at: NOW,
      link: `https://desk.test/c-1#${id}`,
    };
    const row = (kind: string, status: string, byUserId: string, more: object = {}) => ({
      ...both, ...rest, kind, status, byUserId, ...(kind === 'message' && { entryId: expect.any(String) }), ...more,
    }); // prettier-ignore
    const among = { action: 'note', previous: 'under-review', visibility: 'internal' };
    expect(wire.payloads()).toEqual([
      row('requested', 'requested', 'u-1'),
      row('message', 'requested', 'u-1'),
      row('changed', 'under-review', 'o-1', { action: 'take', previous: 'requested' }),
      row('message', 'under-review', 'o-1'),
      row('changed', 'under-review', 'o-1', among),
      row('changed', 'accepted', 'o-1', { action: 'accept', previous: 'under-review' }),
    ]);
    expect(new Set(wire.payloads().map((payload) => payload.id)).size).toBe(6);
    for (const { headers, body } of wire.heard) {
      expect(body).not.toContain('SENTINEL');
      expect(headers['webhook-id']).toBe(JSON.parse(body).id);
      expect(headers['content-type']).toBe('application/json');
      expect(verify(headers, body, SECRET, new Date(NOW))).toBe(true);
    }
  });

  it('a refusal, and nothing of its reasons', async () => {
    const wire = await wired();
    await wire.act('owner', await wire.request(), DECLINE);
    await wire.told();
    expect(wire.payloads().map(({ kind, status }) => [kind, status])).toEqual([
      ['requested', 'requested'],
      ['changed', 'declined'],
    ]);
    expect(wire.heard.map(({ body }) => body).join()).not.toContain('SENTINEL');
  });

  it('P9: marks what the engineer of the case must not hear of', async () => {
    const wire = await wired({ policy: pulse });
    await wire.request('case-reassignment');
    await wire.told();
    expect(wire.payloads()).toMatchObject([{ reasonId: 'case-reassignment', visibility: 'owner-only' }]);
    const entry = { id: 'n-1', kind: 'internal' as const, at: NOW, author: everyone.owner, text: 'SENTINEL' };
    await wire.tell({
      kind: 'message',
      escalation: await filed(),
      case: caseOf(),
      entry,
      user: everyone.owner,
    });
    expect(wire.payloads()[1]).toMatchObject({ entryId: 'n-1', visibility: 'internal' });
  });

  it('kinds that are not known yet are passed on, faults are not', async () => {
    const wire = await wired();
    const escalation = await filed();
    const user = everyone.customer;
    await wire.tell({ kind: 'fault', traceId: 't-1', error: new Error('SENTINEL') });
    await wire.tell({ kind: 'nudged', escalation, case: caseOf(), user, roles: ['manager'] });
    await wire.tell({ kind: 'forwarded', escalation, case: caseOf(), user } as unknown as GatewayEvent);
    await wire.tell({ kind: 'rebooted' } as unknown as GatewayEvent);
    expect(wire.payloads()).toMatchObject([{ kind: 'nudged', roles: ['manager'] }, { kind: 'forwarded' }]);
  });

  it('in order per escalation, and nobody waits for a slow receiver', async () => {
    let answer = (_status: number) => undefined as void;
    const slow = new Promise<number>((resolve) => (answer = resolve));
    const wire = await wired({ answers: [slow] });
    const id = await wire.request();
    // Answered, although the receiver has not.
    expect((await wire.act('owner', id, { kind: 'take' })).status).toBe(200);
    await vi.waitFor(() => expect(wire.heard).toHaveLength(1));
    const another: Escalation = { ...(await filed()), id: 'another' };
    await wire.tell({ kind: 'requested', escalation: another, case: caseOf(), user: everyone.customer });
    expect(wire.payloads().map((payload) => payload.escalationId)).toEqual([id, 'another']);
    answer(204);
    await wire.told();
    const arrived = wire.payloads().map(({ escalationId, kind }) => [escalationId, kind]);
    expect(arrived).toEqual([[id, 'requested'], ['another', 'requested'], [id, 'changed']]); // prettier-ignore
  });
});

describe('repeats', () => {
  const later = new Date(Date.parse(NOW) + 90_000).toUTCString();
  it.each<[string, Answer, number]>([
    ['500', 500, 500],
    ['503', 503, 500],
    ['408', 408, 500],
    ['425', 425, 500],
    ['429 without Retry-After', 429, 500],
    ['429 with seconds', { status: 429, headers: { 'Retry-After': '7' } }, 7_000],
    ['503 with an instant', { status: 503, headers: { 'Retry-After': later } }, 90_000],
    ['an instant gone by', { status: 503, headers: { 'Retry-After': new Date(0).toUTCString() } }, 500],
    ['nonsense in Retry-After', { status: 429, headers: { 'Retry-After': 'soon' } }, 500],
    ['a dropped connection', 'drop', 500],
  ])('after %s, with the same id and body', async (_name, answer, wait) => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const wire = await wired({ answers: [answer] });
    await wire.request();
    await wire.told();
    expect(wire.waits).toEqual([wait]);
    expect(wire.heard).toHaveLength(2);
    expect(wire.heard[1]!.body).toBe(wire.heard[0]!.body);
    expect(wire.heard[1]!.headers['webhook-id']).toBe(wire.heard[0]!.headers['webhook-id']);
    expect(wire.givenUp).toEqual([]);
  });

  it('after no answer in time; every attempt is signed anew', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    timeout.mockReturnValueOnce(AbortSignal.abort(new DOMException('Too late.', 'TimeoutError')));
    const times = [NOW, NOW, '2026-05-12T15:05:00.000Z'].map((time) => new Date(time));
    const wire = await wired({ clock: () => times.shift() ?? new Date(NOW) });
    await wire.request();
    await wire.told();
    expect(timeout).toHaveBeenCalledWith(15_000);
    expect(wire.waits).toHaveLength(1);
    const [{ headers, body } = { headers: {}, body: '' }] = wire.heard;
    expect(verify(headers, body, SECRET, new Date('2026-05-12T15:05:00.000Z'))).toBe(true);
  });

  it('waits twice as long each time at most, gives up and says so; the next event is sent', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(1);
    const wire = await wired({ attempts: 12, answers: Array<Answer>(12).fill(503) });
    const id = await wire.request();
    await wire.act('owner', id, { kind: 'take' });
    await wire.told();
    const doubling = Array.from({ length: 9 }, (_, i) => 1_000 * 2 ** i);
    expect(wire.waits).toEqual([...doubling, 300_000, 300_000]);
    expect(wire.givenUp).toEqual(['requested: The receiver answered 503.']);
    expect(wire.payloads().map(({ status }) => status)).toEqual([
      ...Array<string>(12).fill('requested'),
      'under-review',
    ]);
  });

  it.each<[string, Answer]>([
    ['400', 400],
    ['401', 401],
    ['404', 404],
    ['410', 410],
    ['307', { status: 307, headers: { Location: '/elsewhere' } }],
    ['429', { status: 429, headers: { 'Retry-After': '86400' } }],
  ])('none after %s (a day of patience, for 429)', async (status, answer) => {
    const wire = await wired({ answers: [answer] });
    await wire.request();
    await wire.told();
    expect(wire.heard).toHaveLength(1);
    expect([wire.waits, wire.givenUp]).toEqual([[], [`requested: The receiver answered ${status}.`]]);
  });

  it('says so in the log where nobody else is told: ids only', async () => {
    const log = vi.spyOn(console, 'error').mockReturnValue(undefined);
    const wire = await wired({ answers: [400], onGiveUp: undefined });
    const id = await wire.request();
    await wire.told();
    const gone = ['webhook: gave up on', 'requested', id, 'The receiver answered 400.'];
    expect(log.mock.calls).toEqual([gone]);
  });

  it('an event that is told again has the same id: the request of a restarted gateway', async () => {
    const wire = await wired();
    const [escalation, user] = [await filed(), everyone.customer];
    const event: GatewayEvent = { kind: 'requested', escalation, case: caseOf(), user };
    await wire.tell(event);
    await wire.tell(event);
    expect(new Set(wire.payloads().map(({ id }) => id)).size).toBe(1);
  });
});

describe('verify', () => {
  const body = '{"id":"msg_1"}';
  const seconds = String(Date.parse(NOW) / 1000);
  /** Signed here once more, so that both sides cannot be wrong together. */
  const sign = (secret: string, at = seconds) =>
    `v1,${createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(`msg_1.${at}.${body}`)
      .digest('base64')}`;
  const headers = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': seconds,
    'webhook-signature': sign(SECRET),
  };
  const at = (ms: number) => new Date(Date.parse(NOW) + ms);
  const check = ({ given = {}, text = body, secret = SECRET, now = at(0) }: Given) =>
    [
      verify({ ...headers, ...given }, text, secret, now),
      verify(new Headers({ ...headers, ...given }), Buffer.from(text), secret, now),
    ] as const;
  type Given = { given?: Record<string, string>; text?: string; secret?: string; now?: Date };

  it.each<[string, Given]>([
    ['as it was sent', {}],
    ['5 minutes old', { now: at(300_000) }],
    ['5 minutes ahead', { now: at(-300_000) }],
    ['one signature of several', { given: { 'webhook-signature': `v1a,x ${sign(secretOf('b'))} ${sign(SECRET)}` } }],
  ])('true: %s', (_name, given) => expect(check(given)).toEqual([true, true])); // prettier-ignore

  it.each<[string, Given]>([
    ['another body', { text: `${body} ` }],
    ['another secret', { secret: secretOf('b') }],
    ['another id', { given: { 'webhook-id': 'msg_2' } }],
    ['another time', { given: { 'webhook-timestamp': String(Number(seconds) + 1) } }],
    ['too old', { now: at(300_001) }],
    ['too far ahead', { now: at(-300_001) }],
    ['no id', { given: { 'webhook-id': '' } }],
    ['no time', { given: { 'webhook-timestamp': '' } }],
    ['a time that is no number', { given: { 'webhook-timestamp': `${seconds}.0` } }],
    ['no signature', { given: { 'webhook-signature': '' } }],
    ['a part of it', { given: { 'webhook-signature': sign(SECRET).slice(0, 20) } }],
    ['another version', { given: { 'webhook-signature': sign(SECRET).replace('v1', 'v2') } }],
  ])('false: %s', (_name, given) => expect(check(given)).toEqual([false, false]));

  it('while the secret is being changed, the old and the new one both verify', async () => {
    const wire = await wired({ secret: [secretOf('b'), SECRET] });
    await wire.request();
    await wire.told();
    const [{ headers: sent, body: text } = { headers: {}, body: '' }] = wire.heard;
    const verified = ['a', 'b', 'c'].map((letter) => verify(sent, text, secretOf(letter), new Date(NOW)));
    expect(verified).toEqual([true, true, false]);
  });

  it.each([[''], ['whsec_'], ['whsec_c2hvcnQ='], [Buffer.alloc(32).toString('base64')], []])(
    'a secret that protects nothing is refused at the start: %j',
    (...secret: string[]) => expect(() => webhook({ url: 'https://hook.test', secret })).toThrow(/secret/i),
  );
});

describe('several ways at once', () => {
  it('one that fails, at once or later, keeps nothing from the others', async () => {
    const heard: string[] = [];
    const fails: Notify = async () => Promise.reject(new Error('no'));
    const throws: Notify = () => {
      throw new Error('no');
    };
    await all(
      fails,
      throws,
      async ({ kind }) => void heard.push(kind),
    )({ kind: 'fault', traceId: 't', error: 1 });
    expect(heard).toEqual(['fault']);
  });
});
