import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import type { Entry, Escalation, Status, User } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { unmarked } from '../lib/marked.js';
import { onceACall } from '../lib/operations.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Ticket, TicketSystem } from '../lib/tickets.js';
import type { Client } from '../lib/vendor.js';
import { Walk, zendeskApi } from './api.js';
import { belongs, caseOf, fieldIn, isCase, isSolved, namedIn, peopleOf, statusOf } from './mapping.js';
import type { Mapping } from './options.js';
import { fieldOf, protocol, type Comment, type People, type Row } from './rows.js';
import { zendeskWriting } from './writing.js';

/** Zendesk in the words of `TicketSystem`: what is read. */

/** What is told of a field that this person may not see: there may be something in it. */
const WITHHELD = 'withheld';

/** Pages of comments that are looked through for the last word of support. */
const FAR_ENOUGH = 3;
/** An update that is younger may be followed by another with the same stamp: theirs count seconds. */
const UNSETTLED_MS = 2_000;
/** Endings that are remembered. */
const MOST_ENDINGS = 1_000;

const notFound = () => new BackendError('not-found', 'There is no such request.');
/** What is made of each row. An odd one takes nothing else with it; where there is nothing else, that is told. */
async function ofEach<T>(rows: readonly Row[], make: (row: Row) => Promise<T[]>): Promise<T[]> {
  let odd: BackendError | undefined;
  const made = await Promise.all(
    rows.map((row) =>
      make(row).catch((error: unknown) => {
        if (!isBackendError(error) || error.code !== 'protocol') throw error;
        odd = error;
        return null;
      }),
    ),
  );
  const fine = made.filter((some) => some !== null);
  if (odd && fine.length === 0) throw odd;
  return fine.flat();
}

const utc = (time: string) => new Date(time).toISOString();

/** @param guarantees what the adapter declares */
export function zendeskSystem(
  http: Client,
  mapping: Mapping,
  guarantees: TicketSystem['guarantees'],
): TicketSystem {
  const api = zendeskApi(http, () => peopleOf(mapping));
  const field = fieldIn(mapping);
  const once = onceACall();
  const caseRow = (id: string, call: Call) =>
    once(call, `case ${id}`, async () => {
      const found = await api.row(id, call);
      if (!isCase(found.row, mapping)) throw notFound();
      return found;
    });
  const walk = (id: string, call: Call) =>
    new Walk(peopleOf(mapping), (from) => api.comments(id, from, call));
  const walkOf = (id: string, call: Call) => once(call, `comments ${id}`, async () => walk(id, call));

  /** What a ticket was made of, for who changes it. */
  const rows = new WeakMap<Ticket, Row>();
  /** How those ended whose comments tell it, by id and stamp. */
  const endings = new Map<string, Status>();

  function entryOf(
    comment: Comment,
    { people, isWhole, rows: all }: Walk,
    asked: string | null,
    user: User,
  ): Entry {
    const author = people.person(comment.author_id, 'escalation', user);
    const base = { id: String(comment.id), at: utc(comment.created_at), author };
    // The first comment is the request itself, which the escalation tells in its own fields.
    if (isWhole && comment === all.at(-1))
      return { ...base, kind: 'status', status: 'requested', text: asked ? '' : comment.body };
    if (!comment.public) return { ...base, kind: 'internal', text: comment.body };
    return { ...base, ...unmarked(comment.body, !people.isAgent(comment.author_id)) };
  }

  /** Zendesk says that it is over; whoever ended it said how, and the last word counts. */
  async function endOf(row: Row, call: Call): Promise<Status> {
    const name = `${row.id} ${row.updated_at}`;
    const known = endings.get(name);
    if (known) return known;
    const said = await walkOf(String(row.id), call);
    const told = () =>
      said.rows
        .filter((comment) => comment.public)
        .map(({ body, author_id }) => unmarked(body, !said.people.isAgent(author_id)).status)
        .find((status) => status === 'withdrawn' || status === 'resolved');
    await said.until(() => told() !== undefined);
    const end = told() ?? 'resolved';
    if (endings.size >= MOST_ENDINGS) endings.clear();
    endings.set(name, end);
    return end;
  }

  async function ticketOf(row: Row, people: People, call: Call): Promise<Ticket> {
    const user = signedIn(call);
    const caseId = field(row, 'case');
    if (!caseId) throw notFound();
    const told = field(row, 'asked');
    const asked = told === undefined ? WITHHELD : told;
    const reviewed = field(row, 'reviewed') ?? null;
    const found = statusOf(row, mapping);
    const isSettled = mapping.clock().getTime() - Date.parse(row.updated_at) > UNSETTLED_MS;
    const { assignee_id: owner, requester_id: requester } = row;
    // Whoever is only there so that it can be solved has not taken it.
    const isTaken = Boolean(fieldOf(row, String(mapping.fields.stage)));
    const known = { isAgent: true, name: namedIn(reviewed, 'owner', owner) };
    const by = people.person(requester, 'escalation', user, { name: namedIn(asked, 'by', requester) });
    const ticket: Ticket = {
      id: String(row.id),
      caseId,
      status: found === 'solved' ? await endOf(row, call) : found,
      statusAt: utc(row.updated_at),
      requestedAt: utc(row.created_at),
      // Somebody without a name is nobody that this person is told of.
      requestedBy: by.name === '' ? null : by,
      owner: isTaken && typeof owner === 'number' ? people.person(owner, 'escalation', user, known) : null,
      asked,
      reviewed,
      subject: row.subject || String(row.id),
      latestEntryId: `${row.updated_at}${isSettled ? '' : ' +'}`,
      key: field(row, 'key') ?? null,
    };
    rows.set(ticket, row);
    return ticket;
  }

  const isOurs = ({ ticket_form_id: form }: Row): boolean =>
    mapping.form === undefined || form === undefined || String(form) === mapping.form;

  /** @throws BackendError `protocol`: a list of escalations without their cases would read as "none" */
  function assertTold(row: Row): void {
    if (String(row.ticket_form_id) === mapping.form && field(row, 'case') === undefined)
      throw protocol(`the custom field ${mapping.fields.case} (fields.case) is not to be seen`);
  }

  async function inQueue(row: Row, people: People, cases: Awaited<ReturnType<typeof api.shown>>, call: Call) {
    const kase = cases.rows.find(({ id }) => String(id) === field(row, 'case'));
    if (!kase || !belongs(row, kase, mapping)) return [];
    const ticket = await ticketOf(row, people, call);
    const { id, number, subject, priority } = caseOf(
      kase,
      walk('', call),
      undefined,
      mapping,
      signedIn(call),
    );
    const customer = cases.organizations.find((row) => row.id === kase.organization_id);
    const told: Escalation['case'] = {
      id,
      number,
      subject,
      priority,
      ...(customer && { customer: { name: customer.name } }),
    };
    return ticket.status === 'declined' || ticket.status === 'withdrawn' ? [] : [{ ...ticket, case: told }];
  }

  return {
    guarantees,

    async case(id, call) {
      const [{ row, people, organizations }, said] = await Promise.all([caseRow(id, call), walkOf(id, call)]);
      await said.until(
        () => said.rows.some((comment) => comment.public && said.people.isAgent(comment.author_id)),
        FAR_ENOUGH,
      );
      said.people.join(people);
      const customer = organizations.find((organization) => organization.id === row.organization_id);
      return caseOf(row, said, customer?.name, mapping, signedIn(call));
    },

    async tickets(caseId, call) {
      const { row: kase, people: known } = await caseRow(caseId, call);
      const { rows: found, people } = await api.since(kase, call);
      found.forEach(assertTold);
      people.join(known);
      const ours = found.filter((row) => isOurs(row) && belongs(row, kase, mapping));
      return Promise.all(ours.sort((a, b) => a.id - b.id).map((row) => ticketOf(row, people, call)));
    },

    async ticket(id, call) {
      const { row, people } = await api.row(id, call);
      assertTold(row);
      const caseId = field(row, 'case');
      if (!isOurs(row) || !caseId) throw notFound();
      // Customers see their own; to agents a stranger's must not speak for a case.
      if (!isCustomerSide(signedIn(call)) && !belongs(row, (await caseRow(caseId, call)).row, mapping))
        throw notFound();
      return ticketOf(row, people, call);
    },

    async entries(ticket, { before, after, limit }, call) {
      for (const cursor of [before, after])
        if (cursor !== undefined && !/^\d{1,16}$/.test(cursor))
          throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
      const user = signedIn(call);
      const said = await walkOf(ticket.id, call);
      const older = () => said.rows.filter(({ id }) => before === undefined || id < Number(before));
      const newer = () => said.rows.filter(({ id }) => id > Number(after));
      const isEnough = () =>
        after === undefined ? older().length >= limit : newer().length < said.rows.length;
      await said.until(isEnough);
      const found =
        after === undefined ? older().slice(0, limit).reverse() : newer().reverse().slice(0, limit);
      return found.map((comment) => entryOf(comment, said, ticket.asked, user));
    },

    ...zendeskWriting(api, mapping, {
      rows,
      caseRow,
      ticketOf,
      // A customer's answer does not name the comment that it made: the newest are looked at.
      async newest(id, call, choose) {
        const said = await walk(id, call).until(() => true, 1);
        const made = choose(said.rows);
        return made && entryOf(made, said, null, signedIn(call));
      },
    }),

    async open(call) {
      const { rows: found, people } = await api.found(mapping.queue, call);
      const ours = found.filter((row) => isOurs(row) && !isSolved(row) && field(row, 'case'));
      const cases = await api.shown([...new Set(ours.map((row) => field(row, 'case') as string))], call);
      return ofEach(ours, (row) => inQueue(row, people, cases, call));
    },
  };
}
