import { BackendError, type Call } from '../../core/backend.js';
import type { Entry, Status, User } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { isOpen } from '../../core/status.js';
import { fieldOf, jiraApi, protocol, type JiraComment, type JiraRow } from './api.js';
import { filedIn, toFile, withoutDue } from './filed.js';
import type { JiraMapping } from './options.js';
import { jiraRows, utc } from './rows.js';
import { marked, unmarked } from '../lib/marked.js';
import { onceACall } from '../lib/operations.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Said, Ticket, TicketSystem } from '../lib/tickets.js';
import type { Client } from '../lib/vendor.js';

/** Jira Service Management in the words of `TicketSystem`. */

/** Their limit of a comment and of a paragraph, in characters. */
const MOST_TEXT = 32_767;
const MOST_SUMMARY = 255;

function fits(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  throw new BackendError('too-large', `Jira takes at most ${MOST_TEXT} characters.`);
}

/** @param guarantees what the adapter declares */
export function jiraSystem(
  http: Client,
  mapping: JiraMapping,
  guarantees: TicketSystem['guarantees'],
): TicketSystem {
  const { fields } = mapping;
  const api = jiraApi(http, mapping);
  const { personOf, teamOn, supportIn, isEscalation, statusOf, caseOf, assertCasesTold, isOf } =
    jiraRows(mapping);
  const once = onceACall();
  /** An escalation is no case: what is for its owners only would be read, and written, by whoever works on cases. */
  const caseRow = (id: string, call: Call): Promise<JiraRow> =>
    once(call, `case ${id}`, async () => {
      const row = await api.row(id, call);
      if (isEscalation(row)) throw new BackendError('not-found', 'There is no such case.');
      return row;
    });
  /** What a ticket was made of: its conversation is read once, however often it is looked through. */
  const held = new WeakMap<Ticket, { row: JiraRow; said?: JiraComment[] }>();

  function entryOf(comment: JiraComment, row: JiraRow, user: User): Entry {
    const base = {
      id: comment.id,
      at: utc(comment.created),
      author: personOf(comment.author, row, 'escalation', user),
    };
    if (!comment.public) return { ...base, kind: 'internal', text: comment.body };
    // Decisions are made in Jira, by its statuses: no comment makes one, whoever wrote it.
    return { ...base, ...unmarked(comment.body, true) };
  }

  async function ticketOf(row: JiraRow, caseId: string, call: Call): Promise<Ticket> {
    const user = signedIn(call);
    const status = statusOf(row);
    // What is over has nothing new to tell.
    const said = isOpen({ status }) ? await api.comments(row.issueKey, call) : undefined;
    const { asked, key } = filedIn(fieldOf(row, fields.asked));
    // When the next update is due Jira keeps nowhere: only the first answer has an instant, until it is given.
    const isAwaited = said && status !== 'accepted' && !supportIn(said, row, 'escalation', user);
    const ticket: Ticket = {
      id: row.issueKey,
      caseId,
      status,
      statusAt: utc(row.currentStatus.statusDate),
      requestedAt: utc(row.createdDate),
      requestedBy: personOf(row.reporter, row, 'escalation', user),
      owner: status === 'requested' || status === 'withdrawn' ? null : teamOn('escalation'),
      asked: isAwaited ? asked : withoutDue(asked),
      reviewed: null,
      key,
      subject: row.summary ?? row.issueKey,
      latestEntryId: said?.at(-1)?.id ?? null,
    };
    held.set(ticket, { row, said });
    return ticket;
  }

  async function saidIn(ticket: Ticket, call: Call): Promise<{ row: JiraRow; said: JiraComment[] }> {
    const known = held.get(ticket);
    const row = known?.row ?? (await api.row(ticket.id, call));
    const said = known?.said ?? (await api.comments(ticket.id, call));
    held.set(ticket, { row, said });
    return { row, said };
  }

  async function change(
    ticket: Ticket,
    status: Status,
    said: readonly Said[],
    call: Call,
  ): Promise<readonly Said[]> {
    const { withdraw, reopen } = mapping.transitions;
    const name = status === 'withdrawn' ? withdraw : reopen;
    if (name === null) throw new BackendError('forbidden', 'This is done in Jira itself.');
    const [first, ...rest] = said;
    await api.move(ticket.id, name, first && fits(marked(first)), call);
    const row = await api.row(ticket.id, call);
    if (statusOf(row) !== status)
      throw protocol(
        `"${name}" leads to "${row.currentStatus.status}", which is ${statusOf(row)}, not ${status}`,
      );
    return rest;
  }

  return {
    guarantees,

    async case(id, call) {
      const user = signedIn(call);
      const [row, said] = await Promise.all([caseRow(id, call), api.comments(id, call)]);
      return caseOf(id, row, said, user);
    },

    async tickets(caseId, call) {
      const [kase, rows] = await Promise.all([caseRow(caseId, call), api.escalations(call)]);
      const all = rows.filter(isEscalation);
      assertCasesTold(all);
      const ours = all.filter((row) => isOf(row, kase)).sort((a, b) => Number(a.issueId) - Number(b.issueId));
      return Promise.all(ours.map((row) => ticketOf(row, caseId, call)));
    },

    async ticket(id, call) {
      const row = await api.row(id, call);
      if (isEscalation(row)) assertCasesTold([row]);
      const caseId = isEscalation(row) ? fieldOf(row, fields.case) : null;
      if (!caseId) throw new BackendError('not-found', 'There is no such escalation.');
      return ticketOf(row, caseId, call);
    },

    async create(draft, call) {
      if (!isCustomerSide(signedIn(call)))
        throw new BackendError('forbidden', 'In Jira customers ask for an escalation, as themselves.');
      const { issueId } = await caseRow(draft.caseId, call);
      const filed = { key: draft.key ?? null, of: [draft.caseId, issueId] as [string, string] };
      const asked = fits(toFile(draft.asked, filed));
      const row = await api.create(
        {
          summary: draft.subject.slice(0, MOST_SUMMARY),
          description: fits(draft.description),
          [fields.case]: draft.caseId,
          [fields.asked]: asked,
        },
        call,
      );
      for (const [name, value] of [['case', draft.caseId], ['asked', asked]] as const)
        if (fieldOf(row, fields[name]) !== value)
          throw protocol(`the field ${fields[name]} (fields.${name}) was not kept`);
      return ticketOf(row, draft.caseId, call);
    }, // prettier-ignore

    async change(ticket, { status, said }, call) {
      const rest = status ? await change(ticket, status, said, call) : said;
      for (const entry of rest)
        await api.comment(ticket.id, fits(marked(entry)), entry.kind !== 'internal', call);
    },

    async entries(ticket, { before, after, limit }, call) {
      for (const cursor of [before, after])
        if (cursor !== undefined && !/^\d{1,16}$/.test(cursor))
          throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
      const user = signedIn(call);
      const { row, said } = await saidIn(ticket, call);
      const found =
        after === undefined
          ? said.filter(({ id }) => before === undefined || Number(id) < Number(before)).slice(-limit)
          : said.filter(({ id }) => Number(id) > Number(after)).slice(0, limit);
      return found.map((comment) => entryOf(comment, row, user));
    },

    async say(ticket, message, call) {
      const made = await api.comment(ticket.id, fits(marked(message)), message.kind !== 'internal', call);
      const row = held.get(ticket)?.row ?? (await api.row(ticket.id, call));
      return entryOf(made, row, signedIn(call));
    },

    async note(caseId, { text }, call) {
      await caseRow(caseId, call);
      await api.comment(caseId, fits(text), true, call);
    },
  };
}
