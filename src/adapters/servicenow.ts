import { BackendError, isBackendError, type Backend, type Call } from '../core/backend.js';
import type { CasePriority, CaseStatus, Role, Status, WaitingOn } from '../core/model.js';
import { isCustomerSide } from '../core/roles.js';
import { isOpen, OPEN } from '../core/status.js';
import { journals, type Journal, type ServiceNowPerson } from './servicenow/journal.js';
import {
  CASE_FIELDS,
  CASE_PRIORITIES,
  CASE_STATES,
  aboutOf,
  caseColumns,
  caseOf,
  WAITING_ON,
  type CaseFields,
} from './servicenow/case.js';
import {
  columnsOf,
  ESCALATION_FIELDS,
  neededOf,
  orderOf,
  STATUSES,
  ticketOf,
  type EscalationFields,
} from './servicenow/escalation.js';
import { broken, instant, isSysId, sysId, tableApi, type Row, type Search } from './servicenow/table.js';
import { ticketDesk } from './lib/ticket-desk.js';
import type { Said, Ticket, TicketChange, TicketDraft, TicketSystem } from './lib/tickets.js';
import type { VendorOptions } from './lib/vendor.js';

export type { CaseFields } from './servicenow/case.js';
export type { EscalationFields } from './servicenow/escalation.js';
export type { ServiceNowPerson } from './servicenow/journal.js';

/** Options of {@link servicenow}. */
export interface ServiceNowOptions extends VendorOptions {
  /** The values of an escalation's state: they are numbers that differ from instance to instance. One for each. */
  states: Record<Status, string>;
  tables?: { case?: string; escalation?: string };
  fields?: Partial<EscalationFields>;
  caseFields?: Partial<CaseFields>;
  /** What the values of a case's columns mean. */
  caseStates?: Record<string, CaseStatus>;
  casePriorities?: Record<string, CasePriority>;
  waitingOnValues?: Record<string, WaitingOn>;
  /** Longest values, in characters: a longer one is refused before anything is sent. */
  limits?: { journal?: number; json?: number; description?: number; key?: number };
  /**
   * What somebody else is. By default contacts and consumers are customers; of the others, those on a case are engineers,
   * those on an escalation owners. Who is on the customer's side decides nothing, whatever their comments begin with.
   */
  roleOf?: (person: ServiceNowPerson) => Role;
  /** Smallest polling interval, in seconds. */
  pollSeconds?: number;
}

const LIMITS = { journal: 4000, json: 32_000, description: 4000, key: 100 };

const CUSTOMERS = ['customer_contact', 'csm_consumer_user'];
const defaultRole = ({ table, on }: ServiceNowPerson): Role => {
  if (table === '' || CUSTOMERS.includes(table)) return 'customer';
  return on === 'case' ? 'engineer' : 'owner';
};

const mistaken = (what: string) => new BackendError('invalid', `servicenow: ${what}`);

/** Refuses a mapping that would ask for something else than is meant. */
function assertMapping(names: object[], states: Record<Status, string>): void {
  for (const [what, name] of names.flatMap(
    (all) => Object.entries(all) as [string, string | null | undefined][],
  ))
    if (name !== null && !/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$/.test(name ?? ''))
      throw mistaken(`"${name}" for ${what} is no name of a table or a column.`);
  STATUSES.forEach((status, i) => {
    const value = states?.[status] ?? '';
    if (!/^[\w-]+$/.test(value)) throw mistaken(`the value of states["${status}"] is missing.`);
    if (STATUSES.slice(0, i).some((other) => states[other] === value))
      throw mistaken(`states["${status}"] has the value of another status.`);
  });
}

/**
 * ServiceNow Customer Service Management: a case, its escalation in a table of escalations, and its journal.
 * @throws BackendError `bad-address`, `invalid`: a mapping that cannot be one
 */
export function servicenow(options: ServiceNowOptions): Backend {
  return ticketDesk(system(options), options.clock);
}

function system(options: ServiceNowOptions): TicketSystem {
  const { states, roleOf = defaultRole, pollSeconds = 30 } = options;
  const names = {
    case: 'sn_customerservice_case',
    escalation: 'sn_customerservice_escalation',
    ...options.tables,
  };
  const fields = { ...ESCALATION_FIELDS, ...options.fields };
  const caseFields = { ...CASE_FIELDS, ...options.caseFields };
  const limits = { ...LIMITS, ...options.limits };
  assertMapping([names, fields, caseFields], states);

  const table = tableApi(options);
  const journal = journals(table, { roleOf, longest: limits.journal });
  const shape = { table: names.escalation, columns: columnsOf(fields), needed: neededOf(fields) };
  const caseShape = { columns: caseColumns(caseFields), needed: ['sys_id', caseFields.state] };
  const values = {
    states: options.caseStates ?? CASE_STATES,
    priorities: options.casePriorities ?? CASE_PRIORITIES,
    waitingOn: options.waitingOnValues ?? WAITING_ON,
  };

  const person = (call: Call) => (found: Row, login: string) => journal.personOf(found, login, 'case', call);
  const read = (row: Row, call: Call): Ticket =>
    ticketOf(row, fields, states, (found, login) => journal.personOf(found, login, 'escalation', call));

  const isPublic = ({ user }: Call): boolean => !user || isCustomerSide(user);
  const journalOf = ({ id }: Pick<Ticket, 'id'>, call: Call): Journal => ({
    id,
    on: 'escalation',
    isPublic: isPublic(call),
  });
  const caseJournal = (id: string): Journal => ({ id, on: 'case', isPublic: true });

  async function all(search: Omit<Search, 'limit'>, call: Call): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const page of table.pages({ ...search, limit: 100 }, call)) rows.push(...page);
    return rows;
  }

  async function tickets(caseId: string, call: Call): Promise<Ticket[]> {
    const rows = await all({ ...shape, where: `${fields.case}=${sysId(caseId)}` }, call);
    // A condition on a column that is not there, or not readable, is ignored: then rows of others come.
    if (rows.some((row) => row[fields.case] !== caseId))
      throw broken(`it does not search by "${fields.case}".`);
    return rows
      .sort((a, b) => (orderOf(a, fields) < orderOf(b, fields) ? -1 : 1))
      .map((row) => read(row, call));
  }

  const ticket = async (id: string, call: Call): Promise<Ticket> =>
    read(await table.get(names.escalation, sysId(id), shape, call), call);

  function assertRoom(text: string | undefined, most: number, what: string): void {
    if ([...(text ?? '')].length > most)
      throw new BackendError('too-large', `ServiceNow: ${what} has at most ${most} characters here.`);
  }

  async function make(draft: TicketDraft, call: Call): Promise<Row> {
    const { caseId, subject, description, asked, key } = draft;
    assertRoom(asked, limits.json, fields.request);
    assertRoom(key, limits.key, fields.key);
    const body = {
      [fields.case]: caseId,
      [fields.state]: states.requested,
      [fields.requestedBy]: call.user?.id ?? '',
      [fields.subject]: [...subject].slice(0, 160).join(''),
      [fields.request]: asked,
      ...(key !== undefined && { [fields.key]: key }),
    };
    const words = [...description].slice(0, limits.description).join('');
    const opening: Said = { kind: 'status', text: '', status: 'requested' };
    const also = { [fields.description]: words, ...journal.columnFor(opening) };
    const withdraw = (id: string) =>
      table.write({ ...shape, id, needed: ['sys_id'] }, { [fields.state]: states.withdrawn }, {}, call);
    return table.write(shape, body, also, call, withdraw);
  }

  /** Several entries are several requests: one column takes one text at a time. */
  async function say(id: string, body: Row, said: readonly Said[], call: Call): Promise<Row | undefined> {
    const entries = said.map((one) => journal.columnFor(one));
    if (entries.length === 0) await table.write({ ...shape, id }, body, {}, call);
    const where = journalOf({ id }, call);
    const known = entries.length > 0 ? await journal.newest(where, call) : [];
    for (const [n, entry] of entries.entries()) {
      await table.write({ ...shape, id }, n === 0 ? body : {}, entry, call);
      known.push(await journal.arrived(where, known, entry, call));
    }
    return known.at(-1);
  }

  return {
    guarantees: {
      dedup: 'none',
      unique: 'none',
      live: false,
      pollSeconds,
      acts: [
        'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
        'withdraw', 'reopen', 'nudge',
      ], // prettier-ignore
    },

    async case(id, call) {
      // Of staff nobody could tell from whom a request is kept: it may be about whoever has the case.
      const needed = [...caseShape.needed, ...(isPublic(call) ? [] : [caseFields.assignee])];
      const [row, { last, bySupport }] = await Promise.all([
        table.get(names.case, sysId(id), { ...caseShape, needed }, call),
        journal.updates(caseJournal(id), call),
      ]);
      const update = (found: typeof last) =>
        found && {
          at: instant(found.row['sys_created_on'] ?? '', 'sys_created_on'),
          by: found.by,
          excerpt: (found.row['value'] ?? '').slice(0, 140),
        };
      return {
        ...caseOf(row, caseFields, values, person(call)),
        lastUpdate: update(last),
        ...(bySupport !== undefined && { lastSupportUpdate: update(bySupport) }),
      };
    },

    tickets,
    ticket,

    async create(draft, call) {
      // A reference can be set to what its setter may not read: the case is asked for as this user.
      await table.get(names.case, sysId(draft.caseId), { columns: ['sys_id'], needed: ['sys_id'] }, call);
      try {
        return read(await make(draft, call), call);
      } catch (error) {
        if (!isBackendError(error) || !['invalid', 'forbidden'].includes(error.code)) throw error;
        // The product itself keeps one active escalation per case, in words of its own.
        const open = (await tickets(draft.caseId, call)).some(isOpen);
        throw open ? new BackendError('open-escalation-exists', error.message) : error;
      }
    },

    async change({ id }, { status, owner, reviewed, said }: TicketChange, call) {
      assertRoom(reviewed, limits.json, fields.review);
      const body = {
        ...(status && { [fields.state]: states[status] }),
        ...(owner && { [fields.owner]: owner.id }),
        ...(reviewed !== undefined && { [fields.review]: reviewed }),
      };
      if (Object.keys(body).length > 0 || said.length > 0) await say(id, body, said, call);
    },

    entries: (found, range, call) => journal.entries(journalOf(found, call), range, call),

    async say({ id }, message, call) {
      const row = await say(id, {}, [message], call);
      const { user } = call;
      if (!row || !user) throw broken('it did not take the message.');
      return journal.entryOf(row, { id: user.id, name: user.name, role: user.role, me: true });
    },

    async note(caseId, { text }, call) {
      const entry = journal.columnFor({ kind: 'message', text });
      const target = { table: names.case, id: sysId(caseId), columns: ['sys_id'], needed: ['sys_id'] };
      const known = await journal.newest(caseJournal(caseId), call);
      await table.write(target, {}, entry, call);
      await journal.arrived(caseJournal(caseId), known, entry, call);
    },

    async open(call) {
      const where = `${fields.state}IN${OPEN.map((status) => states[status]).join()}`;
      const open = (await all({ ...shape, where }, call)).map((row) => read(row, call)).filter(isOpen);
      const ids = [...new Set(open.map(({ caseId }) => caseId))].filter(isSysId);
      const cases = new Map<string, Row>();
      for (let n = 0; n < ids.length; n += 100) {
        const search = { table: names.case, columns: caseShape.columns, needed: ['sys_id'] };
        const where = `sys_idIN${ids.slice(n, n + 100).join()}`;
        for (const row of await all({ ...search, where }, call)) cases.set(row['sys_id'] ?? '', row);
      }
      // Of a case that this user may not see, nothing is told.
      return open.flatMap((found) => {
        const row = cases.get(found.caseId);
        return row ? [{ ...found, case: aboutOf(row, caseFields, values) }] : [];
      });
    },
  };
}
