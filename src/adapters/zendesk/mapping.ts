import type { Case, Person, Status, User } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import type { Walk } from './api.js';
import type { Mapping, ZendeskFact } from './options.js';
import { fieldOf, People, protocol, WAITING, type Row } from './rows.js';

/** What a row of Zendesk means, by the configuration. */

export const peopleOf = ({ roleOf, team }: Mapping): People => new People(roleOf, team);

/** Their words for what is over; a customer cannot write a stage, so that alone does not tell how it ended. */
export const isSolved = ({ status }: Row): boolean => status === 'solved' || status === 'closed';

/**
 * The status of an escalation; `solved`: it is over, and its comments tell how.
 * @throws BackendError `protocol`: a stage that is none of ours
 */
export function statusOf(row: Row, { fields, stages }: Mapping): Status | 'solved' {
  const tag = fieldOf(row, String(fields.stage));
  const stage = (Object.keys(stages) as Status[]).find((status) => stages[status] === tag);
  if (tag && !stage) throw protocol(`the custom field ${fields.stage} (fields.stage) holds "${tag}"`);
  if (stage === 'declined' || stage === 'withdrawn') return stage;
  if (isSolved(row)) return 'solved';
  // Whoever answers on a solved ticket opens it again.
  return stage === 'resolved' ? 'under-review' : (stage ?? 'requested');
}

/** A fact; undefined: not configured, or not to be seen by this person. */
function fact<T extends string>(row: Row, from: ZendeskFact<T> | undefined): T | null | undefined {
  if (from === undefined) return undefined;
  const { id, values } = typeof from === 'object' ? from : { id: from, values: undefined };
  const value = fieldOf(row, String(id));
  if (typeof value !== 'string' || !values) return value as T | null | undefined;
  return values[value] ?? null;
}

/** Their dates are days or times; both are told as times. */
const timeOf = (value: string | null | undefined): string | null | undefined =>
  value && !Number.isNaN(Date.parse(value)) ? new Date(value).toISOString() : value && null;

/** An agent on a row: a hidden assignee is told as the team, for what is not new has been given to somebody. */
function assigneeOf(row: Row, people: People, me: User, mapping: Mapping): Person | null {
  const { assignee_id: id, status } = row;
  if (typeof id === 'number') return people.person(id, 'case', me, { isAgent: true });
  if (id === null || status === 'new' || !isCustomerSide(me)) return null;
  const team = { id: 'team', name: mapping.team, isAgent: true };
  return { id: team.id, name: team.name, role: mapping.roleOf(team, 'case') };
}

const CASE_STATUS = {
  new: 'open', open: 'open', hold: 'open', pending: 'pending', solved: 'resolved', closed: 'closed',
} as const; // prettier-ignore
const EXCERPT = 140;

/** A ticket as a case; `walk` goes back to the last comment of support, or far enough. */
export function caseOf(
  row: Row,
  walk: Walk,
  customer: string | undefined,
  mapping: Mapping,
  user: User,
): Case {
  const { people } = walk;
  const { fields } = mapping;
  const update = (comment: Walk['rows'][number] | undefined) =>
    comment
      ? {
          at: new Date(comment.created_at).toISOString(),
          by: people.person(comment.author_id, 'case', user),
          excerpt: comment.body.slice(0, EXCERPT),
        }
      : null;
  const open = walk.rows.filter((comment) => comment.public);
  const support = open.find(({ author_id }) => people.isAgent(author_id));
  const facts = {
    program: fact(row, fields.program),
    plan: fact(row, fields.plan),
    product: fact(row, fields.product),
    deployment: fact(row, fields.deployment),
    rma: fact(row, fields.rma),
    rcaRequestedAt: fields.rcaRequestedAt === undefined ? null : timeOf(fact(row, fields.rcaRequestedAt)),
    ...((support ?? walk.isWhole) && { lastSupportUpdate: update(support) }),
    ...(customer !== undefined && { customer: { name: customer } }),
  };
  const page = isCustomerSide(user) ? 'hc/requests' : 'agent/tickets';
  return {
    id: String(row.id),
    number: String(row.id),
    ...(row.subject && { subject: row.subject }),
    status: CASE_STATUS[row.status],
    priority: (row.priority && mapping.priorities[row.priority]) || null,
    assignee: assigneeOf(row, people, user, mapping),
    waitingOn: fact(row, fields.waitingOn) ?? WAITING[row.status],
    lastUpdate: update(open[0]),
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
    caseFeedUrl: `${mapping.baseUrl}/${page}/${row.id}`,
  };
}

type Kept = 'case' | 'asked' | 'reviewed' | 'key';

/** A field of a row by its name in the options. */
export const fieldIn =
  ({ fields }: Mapping) =>
  (row: Row, name: Kept): string | null | undefined => {
    const id = fields[name];
    return id === undefined ? undefined : fieldOf(row, String(id));
  };

/** Whether a ticket is a case: an escalation never is, or whoever opens it so would get past what is for its owners only. */
export const isCase = (row: Row, mapping: Mapping): boolean =>
  String(row.ticket_form_id) !== mapping.form && !fieldIn(mapping)(row, 'case');

/** Whether a ticket may speak for a case: anybody can write any number into the field of their own. */
export const belongs = (row: Row, kase: Row, mapping: Mapping): boolean =>
  isCase(kase, mapping) &&
  fieldIn(mapping)(row, 'case') === String(kase.id) &&
  (row.requester_id === kase.requester_id ||
    (typeof row.organization_id === 'number' && row.organization_id === kase.organization_id));

const parsed = (json: string | null): Record<string, unknown> => {
  try {
    const value: unknown = JSON.parse(json ?? '');
    return typeof value === 'object' && value && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : {};
  } catch {
    return {};
  }
};

/** The name of somebody whom our own field names; that they are there Zendesk itself tells, by their id. */
export function namedIn(
  json: string | null,
  member: string,
  id: number | null | undefined,
): string | undefined {
  const told = parsed(json)[member] as Partial<Person> | null | undefined;
  return told?.id === String(id) && typeof told.name === 'string' ? told.name : undefined;
}

/** The JSON of a field with somebody's name in it: who is not an agent is told ids only. */
export const withMember = (
  json: string | null,
  member: string,
  { id, name }: Pick<Person, 'id' | 'name'>,
): string => JSON.stringify({ ...parsed(json), [member]: { id, name } });
