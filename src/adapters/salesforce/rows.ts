import type { Call } from '../../core/backend.js';
import type {
  Case,
  CasePriority,
  CaseStatus,
  Entry,
  EntryKind,
  Person,
  Role,
  Status,
  Update,
  WaitingOn,
} from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { broken, dayOrInstant, instant, neededText, readPage, textOf, valueOf, type Row } from './api.js';
import type { Ticket } from '../lib/tickets.js';

/** What the records of Salesforce say: cases with their comments, escalations, entries. */

/** Somebody as Salesforce knows them. */
export interface SalesforcePerson {
  id: string;
  name: string;
  /** `UserType`: `Standard` is staff, `PowerPartner` a partner; empty: not readable. */
  userType: string;
  on: 'case' | 'escalation';
}

/** Fields of the object of escalations. */
export interface EscalationFields {
  /** A reference to the case. */
  case: string;
  status: string;
  /** Text, external id, unique, case-sensitive. */
  key: string;
  /** Text, unique: id of the case while it is open, else empty. */
  openKey: string;
  subject: string;
  description: string;
  /** Long text: the request, JSON. */
  request: string;
  /** Long text that only staff may write: what owners made of it, JSON. */
  review: string;
  /** A reference to the user who has taken it. */
  owner: string;
  /** The child relationship to its entries. */
  entries: string;
}

/** Fields of the object of entries; its name is a number with leading zeros. */
export interface EntryFields {
  escalation: string;
  kind: string;
  text: string;
  /** Long text that customers may not read. */
  internalText: string;
  status: string;
  about: string;
  /** Text, external id, unique, case-sensitive. */
  clientId: string;
}

/** Fields of a case that an org adds; null: there is none, so the fact is not known. */
export interface CaseFields {
  waitingOn: string;
  product: string | null;
  rcaRequestedAt: string | null;
  waitingSince: string | null;
  waitingFor: string | null;
  deployment: string | null;
  program: string | null;
  plan: string | null;
  rma: string | null;
  region: string | null;
}

/** What the values of a case mean. */
export interface CaseValues {
  statuses: Record<string, CaseStatus>;
  priorities: Record<string, CasePriority>;
  waitingOn: Record<string, WaitingOn>;
}

/** The record that a reference leads to. */
export const related = (field: string): string => field.replace(/__c$/, '__r').replace(/Id$/, '');

const personFields = (field: string): string[] => [
  field,
  `${related(field)}.Name`,
  `${related(field)}.UserType`,
];

export type MakePerson = (person: SalesforcePerson, call: Call) => Person;

export const personMaker =
  (roleOf: (person: SalesforcePerson) => Role): MakePerson =>
  (person, { user }) =>
    user?.id === person.id
      ? { id: user.id, name: person.name || user.name, role: user.role }
      : { id: person.id, name: person.name || person.id, role: roleOf(person) };

function personIn(
  row: Row,
  field: string,
  on: SalesforcePerson['on'],
  make: MakePerson,
  call: Call,
): Person | null {
  const id = textOf(row, field);
  const [name, userType] = ['Name', 'UserType'].map((part) => textOf(row, `${related(field)}.${part}`)) as [
    string,
    string,
  ];
  return id ? make({ id, name, userType, on }, call) : null;
}

const CASE = [
  'Id',
  'CaseNumber',
  'Subject',
  'Status',
  'Priority',
  'IsClosed',
  'Account.Name',
  'OwnerId',
  'Owner.Name',
];
const COMMENTS = ['CommentBody', 'CreatedDate', ...personFields('CreatedById')];

/** Comments that are looked through for the last one by support. */
const MOST_COMMENTS = 50;

/** @param where a condition */
export const caseQuery = (fields: CaseFields, where: string): string => {
  const own = Object.values<string | null>({ ...fields }).filter(
    (field) => field !== null && !CASE.includes(field),
  );
  const comments = `SELECT ${COMMENTS.join()} FROM CaseComments WHERE IsPublished = true ORDER BY CreatedDate DESC, Id DESC LIMIT ${MOST_COMMENTS}`;
  return `SELECT ${[...CASE, ...new Set(own)].join()},(${comments}) FROM Case WHERE ${where}`;
};

/** Records of a child relationship; null: none. */
function children(row: Row, name: string): Row[] {
  const value = valueOf(row, name);
  return value === null ? [] : readPage(value).records;
}

export function caseOf(row: Row, fields: CaseFields, values: CaseValues, make: MakePerson, call: Call): Case {
  const told = (path: string | null) => (path === null ? '' : textOf(row, path));
  const fact = <K extends string>(name: K, path: string | null, read = (value: string) => value) =>
    (path === null ? {} : { [name]: told(path) === '' ? null : read(told(path)) }) as {
      [N in K]?: string | null;
    };
  const time = (path: string | null) => (value: string) => dayOrInstant(value, String(path));
  const isClosed = valueOf(row, 'IsClosed');
  if (typeof isClosed !== 'boolean') throw broken('"IsClosed" is neither true nor false.');
  const status = told('Status');
  const named = values.statuses[status];
  const comments = children(row, 'CaseComments').map((comment) => {
    const by = personIn(comment, 'CreatedById', 'case', make, call);
    const at = instant(valueOf(comment, 'CreatedDate'), 'CreatedDate');
    return { at, by, excerpt: textOf(comment, 'CommentBody').slice(0, 140) } satisfies Update;
  });
  // Where there are more, support has written before all of these.
  const earlier = comments.length === MOST_COMMENTS && { at: comments.at(-1)?.at ?? '', by: null };
  const owner = told('OwnerId');
  const deployment = told(fields.deployment);
  const customer = told('Account.Name');
  return {
    id: neededText(row, 'Id'),
    number: told('CaseNumber'),
    subject: told('Subject'),
    // Whether it is closed is not a matter of names.
    status: isClosed ? (named === 'resolved' ? named : 'closed') : (named ?? 'open'),
    statusLabel: status,
    priority: values.priorities[told('Priority')] ?? null,
    // 005 is a user, 00G a queue.
    assignee: owner.startsWith('005')
      ? make({ id: owner, name: told('Owner.Name'), userType: 'Standard', on: 'case' }, call)
      : null,
    waitingOn: values.waitingOn[told(fields.waitingOn)] ?? null,
    lastUpdate: comments[0] ?? null,
    lastSupportUpdate: (comments.find(({ by }) => by && !isCustomerSide(by)) ?? earlier) || null,
    customer: customer
      ? { name: customer, ...(told(fields.region) && { region: told(fields.region) }) }
      : null,
    ...fact('product', fields.product),
    ...fact('rcaRequestedAt', fields.rcaRequestedAt, time(fields.rcaRequestedAt)),
    ...fact('waitingSince', fields.waitingSince, time(fields.waitingSince)),
    ...fact('waitingFor', fields.waitingFor),
    ...fact('program', fields.program),
    ...fact('plan', fields.plan),
    ...fact('rma', fields.rma),
    ...(fields.deployment !== null && {
      deployment: deployment === 'cloud' || deployment === 'premises' ? deployment : null,
    }),
  };
}

/** @param entries a condition on entries, for the newest that this user may see */
export const ticketFields = (fields: EscalationFields, entryKind: string, isPublic: boolean): string[] => {
  const { subject, request, review, key, status } = fields;
  const people = [...personFields('CreatedById'), ...personFields(fields.owner)];
  const visible = isPublic ? ` WHERE ${entryKind} != 'internal'` : '';
  return [
    'Id', fields.case, status, 'CreatedDate', 'LastModifiedDate', ...people, subject, request, review, key,
    `(SELECT Name FROM ${fields.entries}${visible} ORDER BY Name DESC LIMIT 1)`,
  ]; // prettier-ignore
};

export function ticketOf(
  row: Row,
  fields: EscalationFields,
  statuses: Record<Status, string>,
  make: MakePerson,
  call: Call,
): Ticket {
  const value = neededText(row, fields.status);
  const [status] = Object.entries(statuses).find(([, name]) => name === value) ?? [];
  if (!status) throw broken(`the status "${value}" of an escalation is not mapped.`);
  const latest = children(row, fields.entries)[0];
  return {
    id: neededText(row, 'Id'),
    caseId: neededText(row, fields.case),
    status: status as Status,
    statusAt: instant(valueOf(row, 'LastModifiedDate'), 'LastModifiedDate'),
    requestedAt: instant(valueOf(row, 'CreatedDate'), 'CreatedDate'),
    requestedBy: personIn(row, 'CreatedById', 'escalation', make, call),
    owner: personIn(row, fields.owner, 'escalation', make, call),
    asked: textOf(row, fields.request) || null,
    reviewed: textOf(row, fields.review) || null,
    subject: textOf(row, fields.subject),
    key: textOf(row, fields.key) || null,
    latestEntryId: latest ? neededText(latest, 'Name') : null,
  };
}

/** Customers have no right to read the text of internal notes: asking for it would fail. */
export const entryFields = (fields: EntryFields, isPublic: boolean): string[] => {
  const { escalation, kind, text, status, about, clientId, internalText } = fields;
  const own = [escalation, kind, text, status, about, clientId, ...(isPublic ? [] : [internalText])];
  return ['Id', 'Name', 'CreatedDate', ...personFields('CreatedById'), ...own];
};

/** What somebody on the customer's side can have said; the rest is just their text. */
const isTheirs = (kind: string, status: string): boolean =>
  ['message', 'moved', 'notice'].includes(kind) ||
  (kind === 'status' && ['requested', 'under-review', 'withdrawn'].includes(status));
const KINDS = ['message', 'status', 'decision', 'next-steps', 'promise', 'moved', 'notice', 'internal'];

/** Who a client id belongs to stands before it: so nobody takes somebody else's. */
export const clientIdOf = (userId: string, clientId: string): string => `${userId} ${clientId}`;

export function entryOf(
  row: Row,
  fields: EntryFields,
  statuses: Record<Status, string>,
  make: MakePerson,
  call: Call,
): Entry {
  const author = personIn(row, 'CreatedById', 'escalation', make, call);
  if (!author) throw broken('an entry has no author.');
  // Who writes an entry in Salesforce itself may leave its kind empty.
  const [kind, about] = [textOf(row, fields.kind) || 'message', textOf(row, fields.about)];
  const name = textOf(row, fields.status);
  const [status = ''] = Object.entries(statuses).find(([, value]) => value === name) ?? [];
  const known = KINDS.includes(kind) && (!isCustomerSide(author) || isTheirs(kind, status));
  const clientId = textOf(row, fields.clientId).replace(`${author.id} `, '');
  const words = kind === 'internal' ? textOf(row, fields.internalText) : textOf(row, fields.text);
  return {
    id: neededText(row, 'Name'),
    ...(clientId && { clientId }),
    kind: known ? (kind as EntryKind) : 'message',
    at: instant(valueOf(row, 'CreatedDate'), 'CreatedDate'),
    author,
    text: words,
    ...(known && about && { about }),
    ...(known && status && { status: status as Status }),
  };
}
