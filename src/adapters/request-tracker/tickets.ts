import { BackendError, type Call } from '../../core/backend.js';
import type { Status } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import { rtEntries } from './entries.js';
import type { Naming } from './naming.js';
import { peopleFor, type People } from './people.js';
import { fieldOf, numberOf, PAGE, quoted, type RtWire, type TicketRow } from './wire.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Ticket } from '../lib/tickets.js';

/** An escalation is a ticket in a queue of its own, with what only we understand as JSON in two fields. */

/** A ticket, with who is told of everything: names of users, numbers of groups. */
export interface Tracked extends Ticket {
  watchers: string[];
}

/** A ticket that was never resolved is so since 1970. */
const isDate = (time: string | undefined): time is string => time !== undefined && time > '1971';

const nameOf = ({ Name, id }: TicketRow['Owner']): string => Name || id;

/** Reads tickets: always by a search, which is three times as fast as asking for one by its address. */
export function rtTickets(wire: RtWire, { queue, fields, statuses, roleOf }: Naming) {
  const entries = rtEntries(wire, fields, statuses);
  const people = (call: Call, where: 'escalation' | 'case'): People =>
    peopleFor(signedIn(call), roleOf, where);
  const inQueue = `Queue=${quoted(queue)}`;

  function tracked(row: TicketRow, call: Call): Tracked {
    const who = people(call, 'escalation');
    const status = statuses[row.Status];
    const caseId = fieldOf(row, fields.case);
    if (!caseId) throw new BackendError('not-found', 'There is no such escalation.');
    if (!status) throw new BackendError('protocol', `No escalation has the status "${row.Status}".`);
    // Whoever made it, unless staff made it for somebody.
    const isTheirOwn = row.Requestor.length === 0 || row.Requestor.some(({ id }) => id === row.Creator.id);
    return {
      id: row.id,
      caseId,
      status,
      statusAt: isDate(row.Resolved) ? row.Resolved : row.LastUpdated,
      requestedAt: row.Created,
      requestedBy: who.person((isTheirOwn ? undefined : row.Requestor[0]) ?? row.Creator),
      owner: who.owner(row.Owner),
      asked: fieldOf(row, fields.asked) ?? null,
      reviewed: fieldOf(row, fields.reviewed) ?? null,
      subject: row.Subject,
      latestEntryId: null,
      followers: row.Cc.filter(({ type }) => type !== 'group').map(nameOf),
      key: fieldOf(row, fields.key) ?? null,
      watchers: row.Cc.map((one) => (one.type === 'group' ? one.id : nameOf(one))),
    };
  }

  /** Without its newest entry. */
  async function find(id: string, call: Call): Promise<Tracked> {
    const [row] = await wire.tickets(`id=${numberOf(id)} AND ${inQueue}`, { limit: 1 }, call);
    if (!row) throw new BackendError('not-found', 'There is no such escalation.');
    return tracked(row, call);
  }

  /** Every ticket that a query finds: what this user may not see is left out before pages are made. */
  async function all(sql: string, call: Call): Promise<TicketRow[]> {
    const found: TicketRow[] = [];
    for (let page = 1, isMore = true; isMore; page++) {
      const rows = await wire.tickets(sql, { page }, call);
      found.push(...rows);
      isMore = rows.length === PAGE;
    }
    return found;
  }

  return {
    entries,
    people,
    find,
    all,

    async ticket(id: string, call: Call): Promise<Tracked> {
      const number = numberOf(id);
      const [found, latestEntryId] = await Promise.all([find(number, call), entries.latest(number, call)]);
      return { ...found, latestEntryId };
    },

    /** The newest of a case, the oldest first: what is open is among them. */
    async ofCase(caseId: string, call: Call): Promise<Tracked[]> {
      const number = numberOf(caseId);
      const sql = `id=${number} OR (${inQueue} AND CF.{${fields.case}}=${quoted(number)})`;
      const rows = (await wire.tickets(sql, { order: 'DESC' }, call)).reverse();
      // The case itself is asked for too: who may not see it may not know of its escalations.
      if (!rows.some(({ id }) => id === number))
        throw new BackendError('not-found', 'There is no such case.');
      const found = rows.filter(({ id }) => id !== number).map((row) => tracked(row, call));
      // Of several that are open the first counts, and nobody follows the conversation of one that is over.
      const open = found.find(isOpen);
      const latestEntryId = open ? await entries.latest(open.id, call) : null;
      return found.map((row) => (row === open ? { ...row, latestEntryId } : row));
    },

    /** Those with one of these statuses, of every case. */
    async withStatus(wanted: readonly Status[], call: Call): Promise<Tracked[]> {
      const known = Object.entries(statuses).filter(([, status]) => wanted.includes(status));
      const sql = known.map(([name]) => `Status=${quoted(name)}`).join(' OR ');
      return (await all(`${inQueue} AND (${sql})`, call)).map((row) => tracked(row, call));
    },
  };
}
export type RtTickets = ReturnType<typeof rtTickets>;
