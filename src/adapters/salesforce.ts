import { BackendError, isBackendError, type Backend, type Call } from '../core/backend.js';
import type { Entry } from '../core/model.js';
import { isCustomerSide } from '../core/roles.js';
import { OPEN } from '../core/status.js';
import {
  broken,
  held,
  neededText,
  quoted,
  readPage,
  recordId,
  salesforceApi,
  textOf,
  type Row,
  type Step,
} from './salesforce/api.js';
import { mappingOf, type SalesforceOptions } from './salesforce/options.js';
import {
  caseOf,
  caseQuery,
  clientIdOf,
  entryFields,
  entryOf,
  personMaker,
  related,
  ticketFields,
  ticketOf,
} from './salesforce/rows.js';
import { sameWords } from './lib/same-words.js';
import { ticketDesk } from './lib/ticket-desk.js';
import type { Range, Said, Ticket, TicketChange, TicketDraft, TicketSystem } from './lib/tickets.js';

export type { SalesforceOptions } from './salesforce/options.js';
export type { CaseFields, EntryFields, EscalationFields, SalesforcePerson } from './salesforce/rows.js';

/**
 * Salesforce: a case of Service Cloud, with its escalations and their entries as custom objects.
 * @throws BackendError `bad-address`, `invalid`: a mapping that cannot be one
 */
export function salesforce(options: SalesforceOptions): Backend {
  return ticketDesk(system(options), options.clock);
}

function system(options: SalesforceOptions): TicketSystem {
  const { version, roleOf, pollSeconds, objects, fields, entry, caseFields, caseValues, statuses, limits } =
    mappingOf(options);
  const api = salesforceApi(options, version);
  const person = personMaker(roleOf);
  const isPublic = ({ user }: Call): boolean => !user || isCustomerSide(user);

  const selectTickets = (call: Call, more: readonly string[] = []): string =>
    `SELECT ${[...ticketFields(fields, entry.kind, isPublic(call)), ...more].join()} FROM ${objects.escalation}`;
  const readTicket = (row: Row, call: Call): Ticket => ticketOf(row, fields, statuses, person, call);
  const selectEntries = (call: Call): string =>
    `SELECT ${entryFields(entry, isPublic(call)).join()} FROM ${objects.entry}`;
  const readEntry = (row: Row, call: Call): Entry => entryOf(row, entry, statuses, person, call);

  async function one(soql: string, call: Call): Promise<Row> {
    const [row] = await api.query(soql, call);
    if (row) return row;
    throw new BackendError('not-found', 'There is no such record.');
  }

  async function tickets(caseId: string, call: Call): Promise<Ticket[]> {
    const where = `${fields.case} = ${quoted(recordId(caseId))} ORDER BY CreatedDate, Name`;
    const rows = await api.query(`${selectTickets(call)} WHERE ${where}`, call);
    return rows.map((row) => readTicket(row, call));
  }

  const ticket = async (id: string, call: Call): Promise<Ticket> =>
    readTicket(await one(`${selectTickets(call)} WHERE Id = ${quoted(recordId(id))}`, call), call);

  function assertRoom(value: string | undefined, most: number, what: string): void {
    if ((value ?? '').length > most)
      throw new BackendError('too-large', `Salesforce: ${what} has at most ${most} characters here.`);
  }

  const ownId = ({ user }: Call): string => user?.id ?? '';

  function entryStep(said: Said, escalation: string | { refersTo: string }, n: number, call: Call): Step {
    const { kind, text, status, about, clientId } = said;
    assertRoom(text, limits.text, 'an entry');
    const body = {
      ...(typeof escalation === 'string' && { [entry.escalation]: escalation }),
      [entry.kind]: kind,
      ...(text !== '' && { [kind === 'internal' ? entry.internalText : entry.text]: text }),
      ...(status && { [entry.status]: statuses[status] }),
      ...(about !== undefined && { [entry.about]: about }),
      ...(clientId !== undefined && { [entry.clientId]: clientIdOf(ownId(call), clientId) }),
    };
    const refers =
      typeof escalation === 'string' ? undefined : { [entry.escalation]: `@{${escalation.refersTo}.id}` };
    return { method: 'POST', url: `/sobjects/${objects.entry}`, referenceId: `entry${n}`, body, refers };
  }

  /** Reads what a step before made, in the same transaction. */
  const reading = (select: string, referenceId: string): Step => ({
    method: 'GET',
    // The reference stays as it is: Salesforce replaces it by an id before it reads the address.
    url: `/query?q=${encodeURIComponent(`${select} WHERE Id = '@{${referenceId}.id}'`).replace(/%40%7B(\w+)\.id%7D/, '@{$1.id}')}`,
    referenceId: 'read',
  });
  function lastRow(answers: unknown[]): Row {
    const [row] = readPage(answers.at(-1)).records;
    if (row) return row;
    throw broken('what was written cannot be read.');
  }

  /** Made before by a request whose answer was lost, or by somebody else in the same moment. */
  async function madeBefore(draft: TicketDraft, call: Call): Promise<Ticket | undefined> {
    const found = await tickets(draft.caseId, call);
    return found.find(({ key, requestedBy }) => key && key === draft.key && requestedBy?.id === ownId(call));
  }

  /** An insert, not an upsert: that would write over what owners have done since. */
  async function create(draft: TicketDraft, call: Call): Promise<Ticket> {
    const { caseId, key, asked, subject, description } = draft;
    assertRoom(asked, limits.json, fields.request);
    assertRoom(key, limits.key, fields.key);
    const body = {
      [fields.case]: recordId(caseId),
      [fields.status]: statuses.requested,
      [fields.openKey]: caseId,
      [fields.subject]: subject.slice(0, 255),
      [fields.description]: description.slice(0, limits.text),
      [fields.request]: asked,
      ...(key !== undefined && { [fields.key]: key }),
    };
    const opening: Said = { kind: 'status', text: '', status: 'requested' };
    const steps: Step[] = [
      { method: 'POST', url: `/sobjects/${objects.escalation}`, referenceId: 'made', body },
      entryStep(opening, { refersTo: 'made' }, 0, call),
      reading(selectTickets(call), 'made'),
    ];
    try {
      return readTicket(lastRow(await api.together(steps, call)), call);
    } catch (error) {
      const isTaken = isBackendError(error) && error.code === 'open-escalation-exists';
      const before = isTaken ? await madeBefore(draft, call) : undefined;
      if (before) return before;
      throw error;
    }
  }

  async function change(found: Ticket, { status, owner, reviewed, said }: TicketChange, call: Call) {
    assertRoom(reviewed, limits.json, fields.review);
    const body = {
      ...(status && {
        [fields.status]: statuses[status],
        [fields.openKey]: OPEN.includes(status) ? found.caseId : null,
      }),
      ...(owner && { [fields.owner]: owner.id }),
      ...(reviewed !== undefined && { [fields.review]: reviewed }),
    };
    const steps: Step[] = said.map((one, n) => entryStep(one, found.id, n, call));
    if (Object.keys(body).length > 0)
      steps.unshift({
        method: 'PATCH',
        url: `/sobjects/${objects.escalation}/${recordId(found.id)}`,
        referenceId: 'changed',
        body,
        // Whole seconds: what somebody else changed since it was read is refused with 412.
        httpHeaders: { 'If-Unmodified-Since': new Date(found.statusAt).toUTCString() },
      });
    if (steps.length > 0) await api.together(steps, call);
  }

  const numbered = (cursor: string): string => {
    if (/^[A-Za-z]{0,10}-?\d{6,}$/.test(cursor)) return cursor;
    throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
  };

  async function entries({ id }: Ticket, { before, after, limit }: Range, call: Call): Promise<Entry[]> {
    const isForward = after !== undefined;
    const cursor = after === '0' ? undefined : (after ?? before);
    const where = [
      `${entry.escalation} = ${quoted(recordId(id))}`,
      ...(isPublic(call) ? [`${entry.kind} != 'internal'`] : []),
      ...(cursor === undefined ? [] : [`Name ${isForward ? '>' : '<'} ${quoted(numbered(cursor))}`]),
    ].join(' AND ');
    const order = `ORDER BY Name ${isForward ? 'ASC' : 'DESC'} LIMIT ${limit}`;
    const rows = await api.query(`${selectEntries(call)} WHERE ${where} ${order}`, call);
    if (rows.some((row) => textOf(row, entry.escalation) !== id))
      throw broken('an entry is of something else.');
    const read = rows.map((row) => readEntry(row, call));
    return isForward ? read : read.reverse();
  }

  async function say({ id }: Ticket, message: Said, call: Call): Promise<Entry> {
    const steps = [entryStep(message, recordId(id), 0, call), reading(selectEntries(call), 'entry0')];
    try {
      return readEntry(lastRow(await api.together(steps, call)), call);
    } catch (error) {
      if (!isBackendError(error) || error.code !== 'open-escalation-exists') throw error;
      const key = clientIdOf(ownId(call), message.clientId ?? '');
      const row = await one(`${selectEntries(call)} WHERE ${entry.clientId} = ${quoted(held(key))}`, call);
      const said = readEntry(row, call);
      if (sameWords(said.text, message.text) && neededText(row, entry.escalation) === id) return said;
      throw new BackendError('idempotency-key-reused', 'This key came with another message before.');
    }
  }

  return {
    guarantees: {
      dedup: 'key',
      unique: 'store',
      live: false,
      pollSeconds,
      acts: [
        'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
        'withdraw', 'reopen', 'nudge',
      ], // prettier-ignore
    },

    async case(id, call) {
      const row = await one(caseQuery(caseFields, `Id = ${quoted(recordId(id))}`), call);
      return caseOf(row, caseFields, caseValues, person, call);
    },

    tickets,
    ticket,
    create,
    change,
    entries,
    say,

    async note(caseId, { text }, call) {
      if (new TextEncoder().encode(text).length > limits.caseComment)
        throw new BackendError('too-large', `A comment on a case has at most ${limits.caseComment} bytes.`);
      // What a customer writes is public without saying so; they may not set it.
      const body = {
        ParentId: recordId(caseId),
        CommentBody: text,
        ...(!isPublic(call) && { IsPublished: true }),
      };
      await api.together([{ method: 'POST', url: '/sobjects/CaseComment', referenceId: 'note', body }], call);
    },

    async open(call) {
      const kase = related(fields.case);
      const about = ['CaseNumber', 'Subject', 'Priority', 'Account.Name'].map((name) => `${kase}.${name}`);
      const where = `${fields.status} IN (${OPEN.map((status) => quoted(statuses[status])).join()})`;
      const rows = await api.query(`${selectTickets(call, about)} WHERE ${where} ORDER BY CreatedDate`, call);
      return rows.map((row) => {
        const found = readTicket(row, call);
        const [number, subject, priority, customer] = about.map((path) => textOf(row, path));
        return {
          ...found,
          case: {
            id: found.caseId,
            number,
            subject,
            priority: caseValues.priorities[priority ?? ''] ?? null,
            customer: customer ? { name: customer } : null,
          },
        };
      });
    },
  };
}
