import { BackendError, type Call } from '../../core/backend.js';
import { onceACall } from '../lib/operations.js';
import { numberOf, PAGE, quoted, type RtWire, type TicketRow } from './wire.js';

/** A case, and every number that it has: its own first, then those of the cases that were merged into it. */
export interface CaseRow {
  row: TicketRow;
  numbers: string[];
}

/** Request Tracker leaves out what was merged, unless a search asks for the ticket that it has become. */
const EVEN_MERGED = 'EffectiveId > 0';

/** Finds cases: tickets in any queue but that of the escalations. */
export function rtCases(wire: RtWire, queue: string) {
  const once = onceACall();
  const elsewhere = `Queue!=${quoted(queue)}`;

  /** @param isMerged another case has become this one: Request Tracker keeps only the end of a chain */
  async function find(number: string, call: Call, isMerged = false): Promise<CaseRow> {
    const rows = await wire.allTickets(`(id=${number} OR EffectiveId=${number}) AND ${elsewhere}`, call);
    const row = rows.find(({ id }) => id === number);
    if (!row) throw new BackendError('not-found', 'There is no such case.');
    if (row.EffectiveId !== number && !isMerged) return find(numberOf(row.EffectiveId), call, true);
    return { row, numbers: [number, ...rows.map(({ id }) => id).filter((id) => id !== number)] };
  }

  async function byNumber(numbers: readonly string[], call: Call): Promise<TicketRow[]> {
    const found: TicketRow[] = [];
    for (let from = 0; from < numbers.length; from += PAGE) {
      const some = numbers.slice(from, from + PAGE).map((number) => `id=${number}`);
      const sql = `(${some.join(' OR ')}) AND ${EVEN_MERGED} AND ${elsewhere}`;
      found.push(...(await wire.tickets(sql, {}, call)));
    }
    return found;
  }

  return {
    /** The case with a number, asked for once in a call. Rejects `not-found`. */
    row: (id: string, call: Call): Promise<CaseRow> => {
      const number = numberOf(id);
      return once(call, number, () => find(number, call));
    },
    /** @returns tells which row each number stands for, of those that this user may see */
    async named(numbers: readonly string[], call: Call): Promise<(number: string) => TicketRow | undefined> {
      const asked = await byNumber(numbers, call);
      const into = new Set(asked.map(({ EffectiveId }) => numberOf(EffectiveId)));
      const missing = [...into].filter((number) => !asked.some(({ id }) => id === number));
      const rows = new Map([...asked, ...(await byNumber(missing, call))].map((row) => [row.id, row]));
      return (number) => rows.get(rows.get(number)?.EffectiveId ?? '');
    },
  };
}
export type RtCases = ReturnType<typeof rtCases>;
