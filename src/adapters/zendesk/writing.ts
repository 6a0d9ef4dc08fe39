import { BackendError, type Call } from '../../core/backend.js';
import type { Entry } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { marked } from '../lib/marked.js';
import { readBack, signedIn } from '../lib/ticket-entries.js';
import type { Said, Ticket, TicketChange, TicketSystem } from '../lib/tickets.js';
import type { ZendeskApi } from './api.js';
import { belongs, isSolved, withMember } from './mapping.js';
import type { Mapping } from './options.js';
import { fieldOf, protocol, type Comment, type People, type Row } from './rows.js';

/** Zendesk in the words of `TicketSystem`: what is written. Whatever it may drop without a word is read back. */

/** Their limits, in characters: of a comment and of a field, and of a subject. */
const MOST_TEXT = 65_536;
const MOST_SUBJECT = 150;

/** A comment and the change of its ticket have one time; theirs count seconds. */
const AT_ONCE_MS = 5_000;

function fits(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  throw new BackendError('too-large', `Zendesk takes at most ${MOST_TEXT} characters.`);
}

const commentOf = (said: Said) => ({ body: fits(marked(said)), public: said.kind !== 'internal' });

interface Reading {
  /** What a ticket was made of. */
  rows: WeakMap<Ticket, Row>;
  /** @throws BackendError `not-found`: it is none */
  caseRow(id: string, call: Call): Promise<{ row: Row }>;
  ticketOf(row: Row, people: People, call: Call): Promise<Ticket>;
  /** What is chosen from the newest comments, newest first. */
  newest(
    id: string,
    call: Call,
    choose: (comments: readonly Comment[]) => Comment | undefined,
  ): Promise<Entry | undefined>;
}

export function zendeskWriting(
  api: ZendeskApi,
  mapping: Mapping,
  { rows, caseRow, ticketOf, newest }: Reading,
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

  /** Whom a new ticket is given to is decided a moment after it was made: so it is looked at again. */
  const isSolvable = async (id: string, row: Row | undefined, call: Call): Promise<boolean> =>
    Boolean(row?.can_be_solved_by_me || (await api.row(id, call)).row.can_be_solved_by_me);

  /** @throws BackendError `forbidden`: they may not mark it as solved */
  async function assertSolvable(ticket: Ticket, call: Call): Promise<void> {
    if (!(await isSolvable(ticket.id, rows.get(ticket), call)))
      throw new BackendError(
        'forbidden',
        'Zendesk lets a request be withdrawn by who made it, once it is assigned to an agent.',
      );
  }

  const stranger = () =>
    new BackendError(
      'forbidden',
      'In Zendesk who escalates a case has asked it themselves, or is of its organization by default.',
    );

  /** @throws BackendError `forbidden`: what they ask would not be of this case */
  async function assertTheirs(kase: Row, call: Call): Promise<void> {
    if (String(kase.requester_id) === signedIn(call).id) return;
    const { organization_id: theirs } = kase;
    const mine = theirs ? await api.organization(call) : null;
    // Where Zendesk does not tell, what was made does.
    if (!theirs || (mine !== undefined && mine !== theirs)) throw stranger();
  }

  /** A ticket that was made and must not stay; where its customer may not solve it, it is left to the agents. */
  async function takeBack(row: Row, call: Call): Promise<void> {
    const id = String(row.id);
    if (!(await isSolvable(id, row, call))) return;
    const body = marked({ kind: 'status', text: '', status: 'withdrawn' });
    await api.update(id, { comment: { body }, solved: true }, call);
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
      const { row: kase } = await caseRow(draft.caseId, call);
      await assertTheirs(kase, call);
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
      try {
        assertKept(row, written);
        if (!belongs(row, kase, mapping)) throw stranger();
      } catch (error) {
        await takeBack(row, call).catch(() => undefined);
        throw error;
      }
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
      const since = Date.parse(row.updated_at) - AT_ONCE_MS;
      const choose = (comments: readonly Comment[]) => {
        const mine = comments.filter(
          (found) => String(found.author_id) === user.id && found.public === isPublic,
        );
        // Zendesk may keep it otherwise, such as without the number of a card.
        return (
          mine.find((found) => found.body === body) ??
          mine.find(({ created_at }) => Date.parse(created_at) >= since)
        );
      };
      const made = await readBack(newest(ticket.id, call, choose), call);
      if (!made) throw protocol('the comment is not there as it was written');
      return made;
    },

    async note(caseId, { text }, call) {
      const body = fits(text);
      await caseRow(caseId, call);
      const comment = isCustomerSide(signedIn(call)) ? { body } : { body, public: true };
      await api.update(caseId, { comment }, call);
    },
  };
}
