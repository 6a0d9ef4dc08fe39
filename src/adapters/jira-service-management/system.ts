import { BackendError, type Call } from '../../core/backend.js';
import type { Case, CaseStatus, Entry, Person, Status, User } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { isOpen } from '../../core/status.js';
import { fieldOf, jiraApi, protocol, type Account, type JiraComment, type JiraRow } from './api.js';
import type { JiraFact, JiraMapping } from './options.js';
import { marked, unmarked } from '../lib/marked.js';
import { onceACall } from '../lib/operations.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Said, Ticket, TicketSystem } from '../lib/tickets.js';
import type { Client } from '../lib/vendor.js';

/** Jira Service Management in the words of `TicketSystem`. */

/** Their limit of a comment and of a paragraph, in characters. */
const MOST_TEXT = 32_767;
const MOST_SUMMARY = 255;
const EXCERPT = 140;

const utc = (at: { epochMillis: number }) => new Date(at.epochMillis).toISOString();

function fits(text: string): string {
  if (text.length <= MOST_TEXT) return text;
  throw new BackendError('too-large', `Jira takes at most ${MOST_TEXT} characters.`);
}

/** Letters, digits, `-` and `_` only: what a paragraph makes of brackets and stars depends on its renderer. */
function encoded(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @returns what was encoded; the text itself where it was not, such as of a request that was made by hand */
function decoded(text: string): string {
  try {
    const binary = atob(text.trim().replace(/-/g, '+').replace(/_/g, '/'));
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}

const BY_CATEGORY: Record<JiraRow['currentStatus']['statusCategory'], [Status, CaseStatus]> = {
  UNDEFINED: ['requested', 'open'],
  NEW: ['requested', 'open'],
  INDETERMINATE: ['under-review', 'open'],
  DONE: ['resolved', 'resolved'],
};

/** @param guarantees what the adapter declares */
export function jiraSystem(
  http: Client,
  mapping: JiraMapping,
  guarantees: TicketSystem['guarantees'],
): TicketSystem {
  const { fields, team, roleOf } = mapping;
  const api = jiraApi(http, mapping);
  const once = onceACall();
  const rowOf = (id: string, call: Call) => once(call, `row ${id}`, () => api.row(id, call));
  const saidOn = (id: string, call: Call) => once(call, `comments ${id}`, () => api.comments(id, call));
  /** What a ticket was made of: its conversation is read once, however often it is looked through. */
  const held = new WeakMap<Ticket, { row: JiraRow; said?: JiraComment[] }>();
  type Place = 'case' | 'escalation';

  const isCustomer = ({ reporter, participants }: JiraRow, { accountId }: Account): boolean =>
    accountId.startsWith('qm:') ||
    accountId === reporter.accountId ||
    Boolean(participants?.values.some((other) => other.accountId === accountId));

  function personOf(account: Account, row: JiraRow, place: Place, me: User): Person {
    const { accountId: id, displayName: name, emailAddress: email } = account;
    if (id === me.id) return { id, name: me.name, role: me.role };
    const told = { id, name, ...(email && { email }), isCustomer: isCustomer(row, account) };
    return { id, name, role: roleOf(told, place) };
  }

  /** Jira does not tell here who has a request: only that somebody does, once it is not new. */
  const teamOn = (place: Place): Person => ({
    id: 'team',
    name: team,
    role: roleOf({ id: 'team', name: team, isCustomer: false }, place),
  });

  const statusOf = ({ currentStatus: { status, statusCategory } }: JiraRow): Status =>
    mapping.statuses[status.toLowerCase()] ?? BY_CATEGORY[statusCategory][0];

  function fact<T extends string>(row: JiraRow, from: JiraFact<T> | undefined): T | null | undefined {
    if (from === undefined) return undefined;
    const { id, values } = typeof from === 'object' ? from : { id: from, values: undefined };
    const value = fieldOf(row, id);
    return typeof value === 'string' && values ? (values[value] ?? null) : (value as T | null | undefined);
  }

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
    const asked = fieldOf(row, fields.asked);
    // What is over has nothing new to tell.
    const said = isOpen({ status }) ? await api.comments(row.issueKey, call) : undefined;
    const ticket: Ticket = {
      id: row.issueKey,
      caseId,
      status,
      statusAt: utc(row.currentStatus.statusDate),
      requestedAt: utc(row.createdDate),
      requestedBy: personOf(row.reporter, row, 'escalation', user),
      owner: status === 'requested' || status === 'withdrawn' ? null : teamOn('escalation'),
      asked: asked ? decoded(asked) : null,
      reviewed: null,
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

  /** @throws BackendError `protocol`: a list of escalations without their cases would read as "none" */
  function caseIn(row: JiraRow): string | null {
    const told = fieldOf(row, fields.case);
    if (told === undefined && fieldOf(row, fields.asked) !== undefined)
      throw protocol(`the field ${fields.case} (fields.case) is not to be seen`);
    return told ?? null;
  }

  function factsOf(row: JiraRow): Partial<Case> {
    const rca = fact(row, fields.rcaRequestedAt);
    const at = rca && !Number.isNaN(Date.parse(rca)) ? new Date(rca).toISOString() : rca && null;
    const facts = {
      program: fact(row, fields.program),
      plan: fact(row, fields.plan),
      product: fact(row, fields.product),
      deployment: fact(row, fields.deployment),
      rma: fact(row, fields.rma),
      // An empty field is not told.
      rcaRequestedAt: at ?? null,
      caseFeedUrl: row._links?.web,
    };
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
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
      const [row, said] = await Promise.all([rowOf(id, call), saidOn(id, call)]);
      const { status, statusCategory } = row.currentStatus;
      const known = mapping.caseStatuses[status.toLowerCase()];
      const caseStatus = known?.status ?? BY_CATEGORY[statusCategory][1];
      const isActive = caseStatus === 'open' || caseStatus === 'pending';
      const priority = fields.priority && fieldOf(row, fields.priority);
      const update = (comment: JiraComment) => ({
        at: utc(comment.created),
        by: personOf(comment.author, row, 'case', user),
        excerpt: comment.body.slice(0, EXCERPT),
      });
      const open = said.filter((comment) => comment.public);
      const last = open.at(-1);
      const support = open.findLast(({ author }) => !isCustomer(row, author));
      return {
        id,
        number: row.issueKey,
        subject: row.summary,
        status: caseStatus,
        statusLabel: status,
        priority: (priority && mapping.priorities[priority.toLowerCase()]) || null,
        assignee: statusCategory === 'NEW' ? null : teamOn('case'),
        waitingOn: known?.waitingOn !== undefined ? known.waitingOn : isActive ? 'support' : null,
        lastUpdate: last
          ? update(last)
          : { at: utc(row.createdDate), by: personOf(row.reporter, row, 'case', user) },
        lastSupportUpdate: support ? update(support) : null,
        ...factsOf(row),
      };
    },

    async tickets(caseId, call) {
      const [kase, rows] = await Promise.all([rowOf(caseId, call), api.escalations(call)]);
      const ours = rows.filter((row) => {
        const named = row.requestTypeId === mapping.requestType ? caseIn(row) : null;
        return (
          named !== null && [kase.issueKey, kase.issueId].includes(named) && row.issueId !== kase.issueId
        );
      });
      ours.sort((a, b) => Number(a.issueId) - Number(b.issueId));
      return Promise.all(ours.map((row) => ticketOf(row, caseId, call)));
    },

    async ticket(id, call) {
      const row = await api.row(id, call);
      const caseId = row.requestTypeId === mapping.requestType ? caseIn(row) : null;
      if (caseId === null) throw new BackendError('not-found', 'There is no such escalation.');
      return ticketOf(row, caseId, call);
    },

    async create(draft, call) {
      if (!isCustomerSide(signedIn(call)))
        throw new BackendError('forbidden', 'In Jira customers ask for an escalation, as themselves.');
      const asked = fits(encoded(draft.asked));
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
      await api.comment(caseId, fits(text), true, call);
    },
  };
}
