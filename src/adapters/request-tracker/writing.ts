import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import type { Entry, Status } from '../../core/model.js';
import { kindOf } from './entries.js';
import type { People } from './people.js';
import type { Naming } from './naming.js';
import type { RtTickets, Tracked } from './tickets.js';
import { quoted, type RtWire } from './wire.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Said, Ticket, TicketChange, TicketDraft } from '../lib/tickets.js';

/** A change is tried this often, where only a message came in between. */
const TRIES = 3;

const isSame = (a: Ticket, b: Ticket): boolean =>
  a.status === b.status && a.owner?.id === b.owner?.id && a.reviewed === b.reviewed;
/** Request Tracker records a status by itself: only the words to it have to be written. */
const hasWords = ({ kind, text }: Said): boolean => kind !== 'status' || text !== '';

/**
 * Refusals come in words, with status 200 or 201: what was asked for must be there. `If-Match` is looked at before a change,
 * not during it: of two at the same moment the one whose words do not stand there has lost.
 */
function assertDone(before: Ticket, asked: Omit<TicketChange, 'said'>, now: Ticket, words: string): void {
  const facts: [string | null | undefined, string | null | undefined, string | null | undefined][] = [
    [before.status, asked.status, now.status],
    [before.owner?.id, asked.owner?.id, now.owner?.id],
    [before.reviewed, asked.reviewed, now.reviewed],
  ];
  const undone = facts.filter(([, wish, is]) => wish !== undefined && wish !== is);
  if (undone.some(([was, , is]) => was !== is))
    throw new BackendError('version-changed', 'The escalation changed in the meantime.');
  const follows = asked.follower === undefined || now.followers?.includes(asked.follower);
  if (undone.length > 0 || !follows)
    throw new BackendError('forbidden', `Request Tracker did not do it: ${words}`.slice(0, 500));
}

/** The client id of an action's entries, in their order: so that one which has arrived is known again. */
const idOf = ({ key }: Call, i: number): string | undefined => (i === 0 ? key : key && `${key} ${i}`);

/** Writes tickets, and reads back what was written. */
export function rtWriting(wire: RtWire, { queue, fields, statuses }: Naming, tickets: RtTickets) {
  const nameOf = (status: Status): string =>
    Object.keys(statuses).find((name) => statuses[name] === status) ?? status;

  /** Changes fields of the ticket as it was read: else `version-changed`. Of a status its lifecycle takes care. */
  async function put(before: Tracked, body: object, call: Call): Promise<string> {
    if (Object.keys(body).join() === 'Status') return wire.update(before.id, body, undefined, call);
    for (let tries = TRIES; ; tries--) {
      const etag = await wire.tag(before.id, call);
      if (!isSame(await tickets.find(before.id, call), before))
        throw new BackendError('version-changed', 'The escalation changed in the meantime.');
      try {
        return await wire.update(before.id, body, etag, call);
      } catch (error) {
        if (!isBackendError(error) || error.code !== 'version-changed' || tries === 1) throw error;
      }
    }
  }

  function write(id: string, said: Said, status: Status | undefined, call: Call) {
    const isInternal = said.kind === 'internal';
    const kind = kindOf(said);
    const body = {
      // To Perl a "0" alone is no content.
      Content: said.text === '0' ? '0\n' : said.text,
      ContentType: 'text/plain',
      TxnCustomFields: {
        ...(!isInternal && kind !== 'message' && { [fields.entryKind]: kind }),
        ...(said.clientId !== undefined && { [fields.clientId]: said.clientId }),
      },
      ...(status && { Status: nameOf(status) }),
    };
    return wire.write(id, isInternal ? 'comment' : 'correspond', body, call);
  }

  /** What this user has written with this client id before. */
  async function saidBefore(id: string, clientId: string, who: People, call: Call) {
    const sql = `(Type='Correspond' OR Type='Comment') AND CF.{${fields.clientId}}=${quoted(clientId)}`;
    const found = await tickets.entries.one(sql, id, who, call);
    return found?.author.id === signedIn(call).id ? found : undefined;
  }

  /** An entry of an action, unless it was written before and only the answer was lost. */
  async function writeOnce(id: string, said: Said, status: Status | undefined, call: Call): Promise<string> {
    const who = tickets.people(call, 'escalation');
    if (said.clientId === undefined || !(await saidBefore(id, said.clientId, who, call)))
      return (await write(id, said, status, call)).words;
    return status ? wire.update(id, { Status: nameOf(status) }, undefined, call) : '';
  }

  /** Messages on their way, by who writes what: the same one at the same moment waits, and finds the first. */
  const underway = new Map<string, Promise<Entry>>();

  async function say(id: string, said: Said, who: People, call: Call): Promise<Entry> {
    const known = said.clientId === undefined ? undefined : await saidBefore(id, said.clientId, who, call);
    if (known && known.text !== said.text.trimEnd())
      throw new BackendError('idempotency-key-reused', 'This key came with another text before.');
    if (known) return known;
    const { transaction } = await write(id, said, undefined, call);
    const made = await tickets.entries.one(`id=${transaction}`, id, who, call);
    if (!made?.text) throw new BackendError('protocol', 'Request Tracker did not keep the text.');
    return made;
  }

  return {
    async create(
      { caseId, subject, description, reason, asked, key }: TicketDraft,
      call: Call,
    ): Promise<Tracked> {
      const id = await wire.create(
        {
          Queue: queue,
          Subject: subject,
          Content: description,
          ContentType: 'text/plain',
          Requestor: signedIn(call).id,
          CustomFields: {
            [fields.case]: caseId,
            [fields.reason]: reason.label,
            [fields.asked]: asked,
            ...(key !== undefined && { [fields.key]: key }),
          },
        },
        call,
      );
      const made = await tickets.ticket(id, call).catch((error: unknown) => {
        // Without its case it is no escalation.
        if (isBackendError(error) && error.code === 'not-found') return undefined;
        throw error;
      });
      if (made?.asked === asked && made.caseId === caseId && (key === undefined || made.key === key))
        return made;
      // What may not be written is dropped without a word: an escalation without its request must not stay.
      await wire.update(id, { Status: nameOf('withdrawn') }, undefined, call);
      throw new BackendError(
        'protocol',
        'Request Tracker did not keep the request: its fields may not be written.',
      );
    },

    async change(before: Ticket, asked: TicketChange, call: Call): Promise<void> {
      const { status, owner, reviewed, follower } = asked;
      const written = asked.said.filter(hasWords);
      // The words first, then the status: words on a closed ticket would open it again.
      const bringing = written.find((said) => status !== undefined && said.status === status);
      const body = {
        ...(owner && { Owner: owner.id }),
        ...(reviewed !== undefined && { CustomFields: { [fields.reviewed]: reviewed } }),
        ...(status && !bringing && { Status: nameOf(status) }),
        ...(follower !== undefined && { Cc: [...(before as Tracked).watchers, follower] }),
      };
      if (Object.keys(body).length > 0) {
        const words = await put(before as Tracked, body, call);
        const rest = { owner, reviewed, follower, ...(!bringing && { status }) };
        assertDone(before, rest, await tickets.find(before.id, call), words);
      }
      for (const [i, said] of written.entries()) {
        const brings = said === bringing ? status : undefined;
        const words = await writeOnce(before.id, { ...said, clientId: idOf(call, i) }, brings, call);
        if (brings) assertDone(before, { status }, await tickets.find(before.id, call), words);
      }
    },

    /** A message; with a client id once. Rejects `idempotency-key-reused` where it had another text. */
    say(id: string, said: Said, who: People, call: Call): Promise<Entry> {
      if (said.clientId === undefined) return say(id, said, who, call);
      const scope = JSON.stringify([signedIn(call).id, id, said.clientId]);
      const before = underway.get(scope) ?? Promise.resolve();
      const work = before.then(
        () => say(id, said, who, call),
        () => say(id, said, who, call),
      );
      underway.set(scope, work);
      const forget = () => void (underway.get(scope) === work && underway.delete(scope));
      work.then(forget, forget);
      return work;
    },
  };
}
