import { isBackendError, type Call } from '../../core/backend.js';
import type { Case, CasePriority, Update, WaitingOn } from '../../core/model.js';
import type { RtCases } from './case-rows.js';
import type { People } from './people.js';
import type { CaseFields, Naming } from './naming.js';
import { fieldOf, numberOf, PAGE, type RtWire, type TicketRow, type TransactionRow } from './wire.js';
import { textOf, wordsOf } from './words.js';

/** What a case says of itself: its fields, and its last updates. */

const PRIORITIES: readonly CasePriority[] = ['low', 'medium', 'high', 'critical'];
const PARTIES: readonly WaitingOn[] = [
  'support',
  'customer',
  'development',
  'cloud-operations',
  'third-party',
];
const DEPLOYMENTS = ['cloud', 'premises'] as const;
/** Characters of the last update that a case tells. */
const EXCERPT = 140;
/** Updates that are read at first, and the parts of their words. */
const UPDATES = 20;
const READ = 5;
/** Pages of updates that are looked through for the last one of support. */
const FAR_ENOUGH = 3;

/** What was meant by a value of a list, whatever its capitals and spaces; null: none of these. */
const oneOf = <T extends string>(known: readonly T[], value: string | null | undefined): T | null =>
  known.find((one) => one === value?.trim().toLowerCase().replaceAll(' ', '-')) ?? null;

const notNull = <K extends string, V>(name: K, value: V | null | undefined) =>
  (value === null || value === undefined ? {} : { [name]: value }) as { [P in K]?: V };

/** What a queue says of a case. */
export function briefOf(row: TicketRow, names: CaseFields) {
  const customer = fieldOf(row, names.customer);
  return {
    id: row.id,
    number: row.id,
    ...(row.Subject && { subject: row.Subject }),
    priority: oneOf(PRIORITIES, fieldOf(row, names.priority)),
    ...(customer && { customer: { name: customer, ...notNull('region', fieldOf(row, names.region)) } }),
  };
}

/** What else the fields of a case say. */
function factsOf(row: TicketRow, names: CaseFields, commercial: string): Partial<Case> {
  const told = (name: keyof CaseFields) => fieldOf(row, names[name]);
  const program = told('program');
  const rca = told('rcaRequestedAt');
  return {
    // Empty is not commercial: an unknown program must not be taken for one that may be escalated here (G14).
    ...notNull('program', program === commercial ? undefined : program),
    ...(program === commercial && { program: null }),
    ...notNull('plan', told('plan')),
    ...notNull('product', told('product')),
    ...notNull('deployment', oneOf(DEPLOYMENTS, told('deployment'))),
    ...(rca !== undefined && { rcaRequestedAt: rca }),
    ...notNull('rma', told('rma')),
  };
}

/** The newest update of what everybody on a case can read, and the newest one of support: undefined where it is too far back. */
async function newestOf(wire: RtWire, numbers: readonly string[], people: People, call: Call) {
  const on = numbers.map((number) => `ObjectId=${number}`).join(' OR ');
  const sql = `ObjectType='RT::Ticket' AND (${on}) AND (Type='Create' OR Type='Correspond')`;
  const bySupport = ({ Creator }: TransactionRow) => !people.isTheirs(Creator);
  const rows = await wire.transactions(sql, { order: 'DESC', limit: UPDATES }, call);
  let support = rows.find(bySupport);
  let isWhole = rows.length < UPDATES;
  for (let page = 1; !support && !isWhole && page <= FAR_ENOUGH; page++) {
    const older = await wire.transactions(sql, { order: 'DESC', page }, call);
    support = older.find(bySupport);
    isWhole = older.length < PAGE;
  }
  return { last: rows[0] ?? null, support: support ?? (isWhole ? null : undefined) };
}

async function updatesOf(wire: RtWire, numbers: readonly string[], people: People, call: Call) {
  const [{ last, support }, read] = await Promise.all([
    newestOf(wire, numbers, people, call),
    wire.lastWords(numbers[0] as string, READ, call).catch((error: unknown) => {
      if (isBackendError(error) && error.code === 'protocol') return undefined;
      throw error;
    }),
  ]);
  // What cannot be read may be too large with the others.
  const wanted = [last, support].flatMap((row) => (row ? [row.id] : []));
  const words = read ?? (await wordsOf(wire, [...new Set(wanted)], call));
  const update = (row: TransactionRow | null): Update | null => {
    if (!row) return null;
    const excerpt = [...textOf(words, row.id)].slice(0, EXCERPT).join('');
    return { at: row.Created, by: people.person(row.Creator), ...(excerpt && { excerpt }) };
  };
  return {
    lastUpdate: update(last),
    ...(support !== undefined && { lastSupportUpdate: update(support) }),
  };
}

/** @throws BackendError `not-found` */
export async function caseOf(
  wire: RtWire,
  naming: Naming,
  cases: RtCases,
  id: string,
  people: People,
  call: Call,
): Promise<Case> {
  const { fields, caseStatuses, commercial } = naming;
  const number = numberOf(id);
  const [{ row, numbers }, own] = await Promise.all([
    cases.row(number, call),
    updatesOf(wire, [number], people, call),
  ]);
  const isAlone = numbers.join() === number;
  return {
    ...briefOf(row, fields),
    status: caseStatuses[row.Status] ?? 'open',
    statusLabel: row.Status,
    assignee: people.owner(row.Owner),
    waitingOn: oneOf(PARTIES, fieldOf(row, fields.waitingOn)),
    ...(isAlone ? own : await updatesOf(wire, numbers, people, call)),
    ...factsOf(row, fields, commercial),
  };
}
