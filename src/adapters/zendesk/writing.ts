import { BackendError, type Call } from '../../core/backend.js';
import type { Entry } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { marked } from '../lib/marked.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Said, Ticket, TicketChange, TicketSystem } from '../lib/tickets.js';
import type { ZendeskApi } from './api.js';
import { isSolved, withMember } from './mapping.js';
import type { Mapping } from './options.js';
import { fieldOf, protocol, type Comment, type People, type Row } from './rows.js';

/** Zendesk in the words of `TicketSystem`: what is written. Whatever it may drop without a word is read back. */

/** Their limits, in characters: of a comment and of a field, and of a subject. */
const MOST_TEXT = 65_536;
const MOST_SUBJECT = 150;

function fits(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  throw new BackendError('too-large', `Zendesk takes at most ${MOST_TEXT} characters.`);
}

const commentOf = (said: Said) => ({ body: fits(marked(said)), public: said.kind !== 'internal' });

interface Reading {
  /** What a ticket was made of. */
  rows: WeakMap<Ticket, Row>;
  ticketOf(row: Row, people: People, call: Call): Promise<Ticket>;
  newest(id: string, call: Call, isIt: (comment: Comment) => boolean): Promise<Entry | undefined>;
}

export function zendeskWriting(
  api: ZendeskApi,
  mapping: Mapping,
  { rows, ticketOf, newest }: Reading,
): Pick<TicketSystem, 'create' | 'change' | 'say'> & Required<Pick<TicketSystem, 'note'>> {
  const { fields, form, stages } = mapping;
  const customField = (id: string | number, value: string) => ({ id: Number(id), value: fits(value) });

  /** @throws BackendError `protocol`: what a form does not have is dropped without a word */
  function assertKept(row: Row, written: readonly { id: number; value: string }[]): void {
    const lost = written.find(({ id, value }) => fieldOf(row, String(id)) !== value);
    if (!lost) return;
    const [name] = Object.entries(fields).find(([, id]) => String(id) === String(lost.id)) ?? [];
    throw protocol(`the custom field ${lost.id} (fields.${name}) was not kept`);
  }

  function assertStatus(row: Row, status: TicketChange['status'], isOver: boolean): void {
    if (status && isSolved(row) !== isOver)
      throw protocol(`status is "${row.status}" when it should be ${status}`);
  }

  /** @throws BackendError `forbidden`: they may not mark it as solved */
  async function assertSolvable(ticket: Ticket, call: Call): Promise<void> {
    if (rows.get(ticket)?.can_be_solved_by_me) return;
    // Whom a new ticket is given to is decided a moment after it was made.
    const { row } = await api.row(ticket.id, call);
    if (!row.can_be_solved_by_me)
      throw new BackendError(
        'forbidden',
        'Zendesk lets a request be withdrawn by who made it, once it is assigned to an agent.',
      );
  }

  /** Customers may answer and mark as solved; their answer on what is solved opens it again. */
  async function changeAsCustomer(ticket: Ticket, { status, said }: TicketChange, call: Call): Promise<void> {
    const isOver = status === 'withdrawn';
    if (isOver) await assertSolvable(ticket, call);
    // A status that nobody put into words is told all the same: there is no other field for it.
    const isTold = !status || said.some((entry) => entry.status === status);
    const words: readonly Said[] = isTold ? said : [{ kind: 'status', text: '', status }, ...said];
    for (const [i, entry] of words.entries()) {
      const { body } = commentOf(entry);
      const { row } = await api.update(
        ticket.id,
        { comment: { body }, ...(isOver && i === 0 && { solved: true as const }) },
        call,
      );
      assertStatus(row, status, isOver);
    }
  }

  async function changeAsAgent(ticket: Ticket, change: TicketChange, call: Call): Promise<void> {
    const { status, owner, reviewed, said } = change;
    const isOver = status === 'declined' || status === 'resolved' || status === 'withdrawn';
    const held = rows.get(ticket);
    const named = owner ?? ticket.owner ?? signedIn(call);
    const written = [
      ...(status ? [customField(fields.stage, stages[status])] : []),
      ...(owner || reviewed !== undefined
        ? [customField(fields.reviewed, withMember(reviewed ?? ticket.reviewed, 'owner', named))]
        : []),
    ];
    const [first, ...rest] = said;
    const { row } = await api.update(
      ticket.id,
      {
        ...(status && { status: isOver ? ('solved' as const) : ('open' as const) }),
        ...(owner && { assignee_id: Number(owner.id) }),
        ...(written.length > 0 && { custom_fields: written }),
        ...(first && { comment: commentOf(first) }),
        ...(held && { safe_update: true as const, updated_stamp: held.updated_at }),
      },
      call,
    );
    assertKept(row, written);
    if (owner && row.assignee_id !== Number(owner.id)) throw protocol('assignee_id was not kept');
    assertStatus(row, status, isOver);
    rows.set(ticket, row);
    // One update takes one comment.
    for (const entry of rest) {
      const next = await api.update(ticket.id, { comment: commentOf(entry) }, call);
      rows.set(ticket, next.row);
    }
  }

  return {
    async create(draft, call) {
      const user = signedIn(call);
      if (!isCustomerSide(user))
        throw new BackendError('forbidden', 'In Zendesk customers ask for an escalation, as themselves.');
      const written = [
        customField(fields.case, draft.caseId),
        customField(fields.asked, withMember(draft.asked, 'by', user)),
        ...(draft.key !== undefined && fields.key !== undefined ? [customField(fields.key, draft.key)] : []),
      ];
      const request = {
        subject: draft.subject.slice(0, MOST_SUBJECT),
        comment: { body: fits(draft.description) },
        custom_fields: written,
        ...(form !== undefined && { ticket_form_id: Number(form) }),
      };
      const { row, people } = await api.create(request, call);
      assertKept(row, written);
      return ticketOf(row, people, call);
    },

    change: (ticket, change, call) =>
      (isCustomerSide(signedIn(call)) ? changeAsCustomer : changeAsAgent)(ticket, change, call),

    async say(ticket, message, call) {
      const user = signedIn(call);
      const { body, public: isPublic } = commentOf(message);
      const comment = isCustomerSide(user) ? { body } : { body, public: isPublic };
      const { row } = await api.update(ticket.id, { comment }, call);
      rows.set(ticket, row);
      const made = await newest(
        ticket.id,
        call,
        (found) => String(found.author_id) === user.id && found.body === body && found.public === isPublic,
      );
      if (!made) throw protocol('the comment is not there as it was written');
      return made;
    },

    async note(caseId, { text }, call) {
      const body = fits(text);
      const comment = isCustomerSide(signedIn(call)) ? { body } : { body, public: true };
      await api.update(caseId, { comment }, call);
    },
  };
}
