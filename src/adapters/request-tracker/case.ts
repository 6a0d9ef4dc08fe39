import { BackendError, type Call } from '../../core/backend.js';
import type { Case, CasePriority, Update, WaitingOn } from '../../core/model.js';
import { textOf } from './entries.js';
import type { People } from './people.js';
import type { CaseFields, Naming } from './naming.js';
import { fieldOf, numberOf, quoted, type RtWire, type TicketRow } from './wire.js';

/** A case is a ticket in any queue but that of the escalations. */

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
/** The updates among which the last one of support is looked for, and those whose words are read. */
const UPDATES = 20;
const READ = 5;

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

/** The newest update of a case, and the newest one of support, of what everybody on the case can read. */
async function updatesOf(wire: RtWire, caseId: string, people: People, call: Call) {
  const newest = { order: 'DESC' as const };
  const sql = `ObjectType='RT::Ticket' AND ObjectId=${caseId} AND (Type='Create' OR Type='Correspond')`;
  const [rows, words] = await Promise.all([
    wire.transactions(sql, { ...newest, limit: UPDATES }, call),
    wire.words({ ticket: caseId }, { ...newest, limit: READ }, call),
  ]);
  const update = (row: (typeof rows)[number] | undefined): Update | null => {
    if (!row) return null;
    const excerpt = [...textOf(words, row.id)].slice(0, EXCERPT).join('');
    return { at: row.Created, by: people.person(row.Creator), ...(excerpt && { excerpt }) };
  };
  return {
    lastUpdate: update(rows[0]),
    lastSupportUpdate: update(rows.find(({ Creator }) => !people.isTheirs(Creator))),
  };
}

/** @throws BackendError `not-found` */
export async function caseOf(
  wire: RtWire,
  naming: Naming,
  id: string,
  people: People,
  call: Call,
): Promise<Case> {
  const { fields, caseStatuses, commercial } = naming;
  const caseId = numberOf(id);
  const [[row], updates] = await Promise.all([
    wire.tickets(`id=${caseId} AND Queue!=${quoted(naming.queue)}`, { limit: 1 }, call),
    updatesOf(wire, caseId, people, call),
  ]);
  if (!row) throw new BackendError('not-found', 'There is no such case.');
  return {
    ...briefOf(row, fields),
    status: caseStatuses[row.Status] ?? 'open',
    statusLabel: row.Status,
    assignee: people.owner(row.Owner),
    waitingOn: oneOf(PARTIES, fieldOf(row, fields.waitingOn)),
    ...updates,
    ...factsOf(row, fields, commercial),
  };
}
