import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  isAside,
  isInternal,
  logGivenUp,
  toldOf,
  turns,
  type GiveUp,
  type Notify,
  type Told,
} from './notify-all.js';

/**
 * Tells another server of every new request, decision and message: a chat, a pager, a queue. Signed as Standard
 * Webhooks 1.0.0 has it, https://www.standardwebhooks.com/.
 */

/** What is sent: ids and codes, never what somebody wrote. Whoever hears of it opens the desk, which judges anew. */
export interface WebhookPayload {
  /** The same in every repeat, so that a receiver can drop what it has. */
  id: string;
  /** `requested`, `changed`, `message` …: a receiver passes over kinds that it does not know. */
  kind: string;
  /** When it happened, or, for a change, when the gateway told of it. */
  at: string;
  escalationId: string;
  caseId: string;
  status: string;
  reasonId: string;
  entryId?: string;
  byUserId: string;
  /** Of a reminder: who should hear of it. */
  roles?: string[];
  /** Of a change: what was done, and the status before. */
  action?: string;
  previous?: string;
  /**
   * Do not pass it on to the engineer of the case, or to whoever has it. `internal`, a note among owners, is not for the
   * customer's side, either.
   */
  visibility?: 'owner-only' | 'internal';
  /** Where to read on. */
  link?: string;
}

export interface WebhookOptions {
  url: string;
  /** `whsec_` and the base64 of 24 to 64 random bytes, one per receiver; two while it is being changed. */
  secret: string | readonly string[];
  link?: (escalationId: string, caseId: string) => string;
  fetch?: typeof fetch;
  /** How often one event is tried at most; 8 by default: about a minute. */
  attempts?: number;
  /** Waits so many milliseconds. */
  wait?: (ms: number) => Promise<unknown>;
  clock?: () => Date;
  /** Told after the last attempt; a line in the log by default. */
  onGiveUp?: GiveUp;
}

const TIMEOUT = 15_000;
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 300_000;
/** A receiver that asks for more patience than this has to fetch for itself. */
const LONGEST_ASKED = 3_600_000;
const TOLERANCE = 300_000;

function keyOf(secret: string): Buffer {
  const key = Buffer.from(/^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1] ?? '', 'base64');
  if (key.length < 24 || key.length > 64)
    throw new Error('The secret has to be "whsec_" and the base64 of 24 to 64 random bytes.');
  return key;
}

const signed = (key: Buffer, id: string, seconds: string, body: string | Uint8Array): string =>
  `v1,${createHmac('sha256', key).update(`${id}.${seconds}.`).update(body).digest('base64')}`;

/**
 * What happened once has one id, also when the gateway is asked again after a restart. Hashed, because ids of a help
 * desk may hold a full stop, which parts what is signed.
 */
function idOf({ kind, escalation, entry }: Told): string {
  const lasting: Record<string, string | undefined> = {
    requested: 'once',
    changed: escalation.version,
    message: entry?.id,
  };
  const token = lasting[kind] ?? randomUUID();
  const parts = JSON.stringify([kind, escalation.id, token]);
  return `msg_${createHash('sha256').update(parts).digest('base64url').slice(0, 27)}`;
}

function payloadOf(told: Told, now: Date, link: WebhookOptions['link']): WebhookPayload {
  const { kind, escalation, entry, user, roles, action, previous } = told;
  const asked = kind === 'requested' ? escalation.requestedAt : undefined;
  // Copied by name: what a later model adds, stays in.
  return {
    id: idOf(told),
    kind,
    at: entry?.at ?? asked ?? now.toISOString(),
    escalationId: escalation.id,
    caseId: escalation.caseId,
    status: escalation.status,
    reasonId: escalation.reason.id,
    ...(entry && { entryId: entry.id }),
    byUserId: user.id,
    ...(roles && { roles }),
    ...(action && { action }),
    ...(previous && { previous }),
    ...(isAside(told) && { visibility: isInternal(told) ? 'internal' : 'owner-only' }),
    ...(link && { link: link(escalation.id, escalation.caseId) }),
  };
}

/** `again`: how long to wait before the next attempt at least; null: none would help. */
type Failure = { error: Error; again: number | null };

/** `Retry-After` in milliseconds: seconds, or an instant (RFC 9110, 10.2.3). */
function asked(header: string | null, now: Date): number {
  const ms = /^\d+$/.test(header ?? '') ? Number(header) * 1000 : Date.parse(header ?? '') - now.getTime();
  return Math.max(0, ms || 0);
}

function failureOf({ status, headers }: Response, now: Date): Failure {
  const error = new Error(`The receiver answered ${status}.`);
  const after = asked(headers.get('Retry-After'), now);
  const passing = status >= 500 || [408, 425, 429].includes(status);
  return { error, again: passing && after <= LONGEST_ASKED ? after : null };
}

/** Any wait up to a limit that doubles: receivers that come back are not met by everybody at once. */
const backOff = (attempt: number): number =>
  Math.random() * Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));

/** @returns a function for the gateway's `notify`, which resolves when the event is delivered or given up */
export function webhook(options: WebhookOptions): Notify {
  const { fetch: send = fetch, attempts = 8, clock = () => new Date(), link } = options;
  const { wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = options;
  const { onGiveUp = logGivenUp('webhook') } = options;
  const url = new URL(options.url);
  const keys = [options.secret].flat().map(keyOf);
  if (!keys.length) throw new Error('Without a secret nobody could tell who sent it.');
  const inTurn = turns();

  async function attempt(id: string, body: string): Promise<Failure | null> {
    const seconds = String(Math.floor(clock().getTime() / 1000));
    try {
      const answer = await send(url, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'webhook-id': id,
          // Of this attempt: a receiver refuses what is old, and a repeat is not.
          'webhook-timestamp': seconds,
          'webhook-signature': keys.map((key) => signed(key, id, seconds, body)).join(' '),
        },
        body,
        // What is signed for one address is not carried to another.
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      answer.body?.cancel().catch(() => undefined);
      return answer.ok ? null : failureOf(answer, clock());
    } catch (error) {
      return { error: error instanceof Error ? error : new Error(String(error)), again: 0 };
    }
  }

  async function deliver(id: string, body: string): Promise<Error | null> {
    for (let tried = 1; ; tried++) {
      const failure = await attempt(id, body);
      if (!failure) return null;
      if (failure.again === null || tried >= attempts) return failure.error;
      await wait(Math.max(failure.again, backOff(tried)));
    }
  }

  return async (event) => {
    const told = toldOf(event);
    if (!told) return;
    // Written down now: it says what was so when it happened, also after a long wait.
    const payload = payloadOf(told, clock(), link);
    const body = JSON.stringify(payload);
    await inTurn(payload.escalationId, async () => {
      const error = await deliver(payload.id, body);
      if (error) await onGiveUp(event, error);
    });
  };
}

/**
 * For the receiving side: whether a webhook comes from whoever has the secret, and is new.
 * @param headers as Node or `Request` have them
 * @param body as it came: JSON that was read and written again may differ
 * @param now refuses what was sent more than 5 minutes before or after
 */
export function verify(
  headers: Headers | Record<string, string | string[] | undefined>,
  body: string | Uint8Array,
  secret: string,
  now: Date,
): boolean {
  const read = (name: string) =>
    String((headers instanceof Headers ? headers.get(name) : headers[name]) ?? '');
  const [id, seconds] = [read('webhook-id'), read('webhook-timestamp')];
  if (!id || !/^\d{1,11}$/.test(seconds)) return false;
  if (Math.abs(now.getTime() - Number(seconds) * 1000) > TOLERANCE) return false;
  const expected = Buffer.from(signed(keyOf(secret), id, seconds, body));
  // A list, while the sender changes its secret. The time that a comparison takes says nothing of the right one.
  return read('webhook-signature')
    .split(' ')
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
