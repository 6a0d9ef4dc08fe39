import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import type { Status } from '../../core/model.js';
import { isOpen } from '../../core/status.js';
import type { RtCases } from './case-rows.js';
import { rtEntries } from './entries.js';
import type { Naming } from './naming.js';
import { peopleFor, type People } from './people.js';
import { fieldOf, numberOf, quoted, type RtWire, type TicketRow } from './wire.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Ticket } from '../lib/tickets.js';

/** An escalation is a ticket in a queue of its own, with what only we understand as JSON in two fields. */

/** A ticket, with who is told of everything: names of users, numbers of groups. */
export interface Tracked extends Ticket {
  watchers: string[];
}

/** What was asked, where this user may not see the field: no request of ours, so that nobody takes it for one of all. */
const KEPT_BACK = '';

/** A ticket that was never resolved is so since 1970. */
const isDate = (time: string | undefined): time is string => time !== undefined && time > '1971';

const nameOf = ({ Name, id }: TicketRow['Owner']): string => Name || id;

/** Reads tickets: always by a search, which is three times as fast as asking for one by its address. */
export function rtTickets(wire: RtWire, cases: RtCases, { queue, fields, statuses, roleOf }: Naming) {
  const entries = rtEntries(wire, fields, statuses);
  const people = (call: Call, where: 'escalation' | 'case'): People =>
    peopleFor(signedIn(call), roleOf, where);
  const inQueue = `Queue=${quoted(queue)}`;

  function tracked(row: TicketRow, call: Call): Tracked {
    const who = people(call, 'escalation');
    const status = statuses[row.Status];
    const caseId = fieldOf(row, fields.case);
    const asked = fieldOf(row, fields.asked);
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
      asked: asked === undefined ? KEPT_BACK : asked,
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

  /** @throws BackendError `protocol`: escalations without their cases would read as "none" */
  function assertSeen(row: TicketRow): void {
    if (fieldOf(row, fields.case) === undefined) throw unknownField();
  }

  const unknownField = () =>
    new BackendError(
      'protocol',
      `Tickets of "${queue}" have no field "${fields.case}" (fields.case), or it is not to be seen.`,
    );

  let isKnown = false;
  /** A search by a field that is not there finds nothing: once somebody has seen it, that is what it says. */
  async function assertKnown(call: Call): Promise<void> {
    if (isKnown) return;
    const names = await wire.fieldsIn(queue, call).catch((error: unknown) => {
      // Who does not see the queue has no escalations in it.
      if (isBackendError(error) && error.code === 'not-found') return undefined;
      throw error;
    });
    if (names && !names.includes(fields.case)) throw unknownField();
    isKnown = names !== undefined;
  }

  /** The newest that name one of these cases, the oldest first. */
  async function naming(numbers: readonly string[], call: Call): Promise<TicketRow[]> {
    const names = numbers.map((number) => `CF.{${fields.case}}=${quoted(number)}`).join(' OR ');
    return (await wire.tickets(`${inQueue} AND (${names})`, { order: 'DESC' }, call)).reverse();
  }

  return {
    entries,
    people,
    find,

    async ticket(id: string, call: Call): Promise<Tracked> {
      const number = numberOf(id);
      const [found, latestEntryId] = await Promise.all([find(number, call), entries.latest(number, call)]);
      return { ...found, latestEntryId };
    },

    /** The newest of a case, the oldest first: what is open is among them. */
    async ofCase(caseId: string, call: Call): Promise<Tracked[]> {
      const number = numberOf(caseId);
      // The case itself is asked for too: who may not see it may not know of its escalations.
      const [{ numbers }, own] = await Promise.all([cases.row(number, call), naming([number], call)]);
      const rows = numbers.join() === number ? own : await naming(numbers, call);
      // Who may see nothing of it but its words, such as a member of staff whom somebody let in, is not told of it.
      const shown = rows.filter(({ CustomFields }) => CustomFields.length > 0);
      if (shown.length === 0) await assertKnown(call);
      shown.forEach(assertSeen);
      const found = shown.map((row) => tracked(row, call));
      // Of several that are open the first counts, and nobody follows the conversation of one that is over.
      const open = found.find(isOpen);
      const latestEntryId = open ? await entries.latest(open.id, call) : null;
      return found.map((row) => (row === open ? { ...row, latestEntryId } : row));
    },

    /** Those with one of these statuses, of every case. */
    async withStatus(wanted: readonly Status[], call: Call): Promise<Tracked[]> {
      const known = Object.entries(statuses).filter(([, status]) => wanted.includes(status));
      const sql = known.map(([name]) => `Status=${quoted(name)}`).join(' OR ');
      const rows = await wire.allTickets(`${inQueue} AND (${sql})`, call);
      rows.forEach(assertSeen);
      // One whose case somebody has taken out is left out: it takes no other with it.
      return rows.filter((row) => fieldOf(row, fields.case) !== null).map((row) => tracked(row, call));
    },
  };
}
export type RtTickets = ReturnType<typeof rtTickets>;
