import { createHash, randomUUID } from 'node:crypto';
import type { Status } from 'escalation-elements';
import type { Transporter } from 'nodemailer';
import { isAside, logGivenUp, toldOf, turns, type GiveUp, type Notify, type Told } from './notify-all.js';

/**
 * Tells people of every new request, decision and message by e-mail. A mail is read on locked telephones and forwarded:
 * it says that something happened and where to read it, never what somebody wrote.
 */

type Addresses = string | readonly string[] | null;

export interface MailOptions {
  transport: Pick<Transporter, 'sendMail'>;
  /** The sender, `support@example.com` or `Support <support@example.com>`. */
  from: string;
  /**
   * Who hears of an event: plain addresses, each of which gets a mail of its own. Where `isAside(event)`, in an
   * owner-only escalation and of internal notes, the engineer of the case must not be among them, nor whoever has it
   * (P9); customers must not hear of internal notes. {@link toOwners} and {@link toRequester} keep to that.
   */
  to: (event: Told) => Addresses | Promise<Addresses>;
  link: (escalationId: string, caseId: string) => string;
  /**
   * Told of every mail that the transport refused, once each; a line in the log by default. Repeating is the work of a
   * mail server: give the transport one that queues.
   */
  onGiveUp?: GiveUp;
}

/** On one line, without what could begin another header or turn the line around. */
const line = (text: string): string =>
  text
    .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 100)
    .toWellFormed();

const words = (status: Status): string => line(status).replaceAll('-', ' ');

const SAID: Record<string, [subject: string, sentence: string]> = {
  requested: ['Escalation requested', 'An escalation was requested.'],
  message: ['Escalation message', 'There is a new message about this escalation.'],
  nudged: ['Escalation waits for an update', 'The customer asked for the update that was promised.'],
  followed: ['Escalation followed', 'Somebody else is affected and follows this escalation.'],
  rated: ['Escalation rated', 'The customer rated how this escalation was handled.'],
};

/** Kinds that a later gateway adds are told in general words. */
function saidOf({ kind, escalation }: Told): [string, string] {
  const now = escalation.status === 'requested' ? 'changed' : words(escalation.status);
  if (kind === 'changed') return [`Escalation ${now}`, 'This escalation changed.'];
  return SAID[kind] ?? ['Escalation news', 'There is something new about this escalation.'];
}

function contentOf(told: Told, link: string): { subject: string; text: string } {
  const { id, caseId, reason, status } = told.escalation;
  const [subject, sentence] = saidOf(told);
  const number = line(told.case.number ?? caseId) || line(id);
  const facts = [`Case: ${number}`, `Reason: ${line(reason.label)}`, `Status: ${words(status)}`];
  return {
    subject: `${subject}: case ${number}`,
    text: `${sentence}\n\n${facts.join('\n')}\n\nRead and answer it here:\n${link}\n\nAn answer to this mail is not read.\n`,
  };
}

/** Only a plain address: a display name or a comma could make it two. */
function addressOf(text: string): string {
  if (!/^[^\s\p{Cc}<>()[\]\\,;:"@]+@[^\s\p{Cc}<>()[\]\\,;:"@]+$/u.test(text))
    throw new Error('Not a plain e-mail address.');
  return text;
}

/** The first mail's own id; the later ones name it, and mail programs show them together, even where it is missing. */
function threadOf({ kind, escalation }: Told, host: string) {
  const name = createHash('sha256').update(escalation.id).digest('hex').slice(0, 32);
  const first = `<escalation.${name}@${host}>`;
  return kind === 'requested'
    ? { messageId: first }
    : { messageId: `<${randomUUID()}@${host}>`, inReplyTo: first, references: [first] };
}

/** @returns a function for the gateway's `notify`, which resolves when every mail is handed over or given up */
export function mail({ transport, from, to, link, onGiveUp = logGivenUp('mail') }: MailOptions): Notify {
  const host = /@([^\s@<>]+)>?$/.exec(from.trim())?.[1];
  if (!host) throw new Error('The sender has to be an e-mail address.');
  const inTurn = turns();

  const send = (told: Told, address: string) =>
    transport.sendMail({
      from,
      to: { name: '', address: addressOf(address) },
      ...contentOf(told, link(told.escalation.id, told.escalation.caseId)),
      ...threadOf(told, host),
      headers: {
        // No holiday notice answers a machine (RFC 3834); the second one is for Exchange, but bounces are welcome.
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'DR, RN, NRN, OOF, AutoReply',
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    });

  return async (event) => {
    const told = toldOf(event);
    if (!told) return;
    const failed = async (error: unknown) =>
      void (await onGiveUp(event, error instanceof Error ? error : new Error(String(error))));
    await inTurn(told.escalation.id, async () => {
      let addresses: Addresses;
      try {
        addresses = await to(told);
      } catch (error) {
        return failed(error);
      }
      // One mail each: no reader learns the others' addresses, and a wrong one stops nobody else's.
      for (const address of new Set([addresses ?? []].flat()))
        await (async () => send(told, address))().catch(failed);
    });
  };
}

/** Somebody who reviews escalations. */
export interface Owner {
  id: string;
  role: string;
  address: string;
}

/**
 * A worked `to`: the owner of the escalation, or all of them while it has none, and of a reminder the roles that are
 * due; nobody hears of what they did themselves.
 * @param owners who may review, and no engineers
 */
export function toOwners(owners: readonly Owner[]): (event: Told) => string[] {
  return (event) => {
    const { escalation, user, roles = [] } = event;
    const aside = isAside(event);
    const able = owners.filter(
      ({ id, role }) => id !== user.id && !(aside && (id === event.case.assignee?.id || role === 'engineer')),
    );
    const called = able.filter(({ role }) => roles.includes(role));
    const theirs = able.filter(({ id }) => id === escalation.owner?.id);
    if (escalation.owner?.id === user.id) return called.map(({ address }) => address);
    return [...(theirs.length ? theirs : able), ...called].map(({ address }) => address);
  };
}

/**
 * A worked `to` for the customer's side: whoever made the request hears of messages to them, of a new status, and of
 * what was promised. Not of every change: one may be a note among owners (P9).
 */
export function toRequester(
  addressOf: (userId: string) => Addresses | Promise<Addresses>,
): MailOptions['to'] {
  return (event) => {
    const { kind, action, previous, entry, user, escalation } = event;
    const { status, requestedBy } = escalation;
    const isNew = status !== previous || action === 'promise' || action === 'next-update';
    const forThem = kind === 'changed' ? isNew : kind === 'message' && entry?.kind === 'message';
    return forThem && requestedBy && requestedBy.id !== user.id ? addressOf(requestedBy.id) : null;
  };
}
