import type { Person, Status } from '../../core/model.js';
import { isOpen, OPEN } from '../../core/status.js';
import { personColumns, referred } from './case.js';
import { broken, instant, type Row } from './table.js';
import type { Ticket } from '../lib/tickets.js';

/** What a row of the table of escalations says. */

/** Columns of an escalation. */
export interface EscalationFields {
  /** A reference to the case. */
  case: string;
  state: string;
  /** A reference to the user who asked. */
  requestedBy: string;
  /** A reference to the user who has taken it. */
  owner: string;
  subject: string;
  /** The request in words, for whoever works in ServiceNow. */
  description: string;
  /** JSON of the request, which the requester writes once. */
  request: string;
  /** JSON of what its owners made of it, which only staff may write. */
  review: string;
  /** The caller's key and a hash, to find a request again. */
  key: string;
  /** When it was closed; where empty, the last change counts. */
  closedAt: string;
  /** Counts up with every escalation: of two within a second the lower one came first. */
  number: string;
}

export const ESCALATION_FIELDS: EscalationFields = {
  case: 'source_record',
  state: 'state',
  requestedBy: 'requested_by',
  owner: 'assigned_to',
  subject: 'short_description',
  description: 'justification',
  request: 'u_escalation_request',
  review: 'u_escalation_review',
  key: 'correlation_id',
  closedAt: 'closed_at',
  number: 'number',
};

export const STATUSES: readonly Status[] = [...OPEN, 'declined', 'resolved', 'withdrawn'];

/** Without these a row does not say which escalation of which case it is, or whether it is open. */
export const neededOf = (fields: EscalationFields): string[] => [
  'sys_id',
  'sys_created_on',
  'sys_updated_on',
  'sys_mod_count',
  fields.case,
  fields.state,
];

export const columnsOf = (fields: EscalationFields): string[] => {
  const { subject, request, review, key, closedAt, number } = fields;
  const people = [...personColumns(fields.requestedBy), ...personColumns(fields.owner)];
  return [...neededOf(fields), ...people, subject, request, review, key, closedAt, number];
};

/** Sorts in the order in which escalations were made. */
export const orderOf = (row: Row, { number }: EscalationFields): string =>
  [row['sys_created_on'], row[number], row['sys_id']].join(' ');

export function ticketOf(
  row: Row,
  fields: EscalationFields,
  states: Record<Status, string>,
  person: (found: Row, login: string) => Person,
): Ticket {
  const told = (column: string) => row[column] ?? '';
  const status = STATUSES.find((one) => states[one] === told(fields.state));
  if (!status) throw broken(`the state "${told(fields.state)}" of an escalation is not mapped.`);
  const closed = isOpen({ status }) ? '' : told(fields.closedAt);
  return {
    id: told('sys_id'),
    caseId: told(fields.case),
    status,
    statusAt: closed ? instant(closed, fields.closedAt) : instant(told('sys_updated_on'), 'sys_updated_on'),
    requestedAt: instant(told('sys_created_on'), 'sys_created_on'),
    requestedBy: referred(row, fields.requestedBy, person),
    owner: referred(row, fields.owner, person),
    // Where the column does not come, something may stand there that this user may not read.
    asked: row[fields.request] === undefined ? '' : told(fields.request) || null,
    reviewed: told(fields.review) || null,
    subject: told(fields.subject),
    key: told(fields.key) || null,
    // A comment changes its record, too: one request less than to ask for the newest.
    latestEntryId: told('sys_mod_count'),
  };
}
