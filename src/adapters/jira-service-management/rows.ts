import type { Case, CaseStatus, Person, Status, User } from '../../core/model.js';
import { isCustomerSide } from '../../core/roles.js';
import { fieldOf, protocol, type Account, type JiraComment, type JiraRow } from './api.js';
import { filedIn } from './filed.js';
import type { JiraFact, JiraMapping } from './options.js';

/** What a request of Jira says, in the words of the core. */

/** Whose roles: of those who write on a case, or on an escalation. */
export type Place = 'case' | 'escalation';

const EXCERPT = 140;

export const utc = (at: { epochMillis: number }): string => new Date(at.epochMillis).toISOString();

const BY_CATEGORY: Record<JiraRow['currentStatus']['statusCategory'], [Status, CaseStatus]> = {
  UNDEFINED: ['requested', 'open'],
  NEW: ['requested', 'open'],
  INDETERMINATE: ['under-review', 'open'],
  DONE: ['resolved', 'resolved'],
};

/** Requests under one mapping. */
export function jiraRows(mapping: JiraMapping) {
  const { fields, team, roleOf, requestType } = mapping;

  const isCustomer = ({ reporter, participants }: JiraRow, { accountId }: Account): boolean =>
    accountId.startsWith('qm:') ||
    accountId === reporter.accountId ||
    Boolean(participants?.values.some((other) => other.accountId === accountId));

  function personOf(account: Account, row: JiraRow, place: Place, me: User): Person {
    const { accountId: id, displayName: name, emailAddress: email } = account;
    if (id === me.id) return { id, name: me.name, role: me.role };
    const told = { id, name, ...(email && { email }), isCustomer: isCustomer(row, account) };
    return { id, name, role: roleOf(told, place) };
  }

  /** Jira does not tell here who has a request: only that somebody does, once it is not new. */
  const teamOn = (place: Place): Person => ({
    id: 'team',
    name: team,
    role: roleOf({ id: 'team', name: team, isCustomer: false }, place),
  });

  /** The last public word of support. */
  const supportIn = (
    said: readonly JiraComment[],
    row: JiraRow,
    place: Place,
    me: User,
  ): JiraComment | undefined =>
    said.findLast((comment) => comment.public && !isCustomerSide(personOf(comment.author, row, place, me)));

  const isEscalation = ({ requestTypeId }: JiraRow): boolean => requestTypeId === requestType;

  const statusOf = ({ currentStatus: { status, statusCategory } }: JiraRow): Status =>
    mapping.statuses[status.toLowerCase()] ?? BY_CATEGORY[statusCategory][0];

  /** An empty field, or a value that the mapping does not know, is not known: it never means "none". */
  function fact<T extends string>(row: JiraRow, from: JiraFact<T> | undefined): T | null | undefined {
    if (from === undefined) return undefined;
    const { id, values } = typeof from === 'object' ? from : { id: from, values: undefined };
    const value = fieldOf(row, id) ?? undefined;
    if (value === undefined || !values) return value as T | undefined;
    return Object.hasOwn(values, value) ? values[value] : undefined;
  }

  function factsOf(row: JiraRow): Partial<Case> {
    const rca = fact(row, fields.rcaRequestedAt);
    const facts = {
      program: fact(row, fields.program),
      plan: fact(row, fields.plan),
      product: fact(row, fields.product),
      deployment: fact(row, fields.deployment),
      rma: fact(row, fields.rma),
      // Nobody has asked for one where the field is empty.
      rcaRequestedAt: rca && !Number.isNaN(Date.parse(rca)) ? new Date(rca).toISOString() : null,
      caseFeedUrl: row._links?.web,
    };
    return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
  }

  function caseOf(id: string, row: JiraRow, said: readonly JiraComment[], me: User): Case {
    const { status, statusCategory } = row.currentStatus;
    const known = mapping.caseStatuses[status.toLowerCase()];
    const caseStatus = known?.status ?? BY_CATEGORY[statusCategory][1];
    const isActive = caseStatus === 'open' || caseStatus === 'pending';
    const priority = fields.priority && fieldOf(row, fields.priority);
    const update = (comment: JiraComment) => ({
      at: utc(comment.created),
      by: personOf(comment.author, row, 'case', me),
      excerpt: comment.body.slice(0, EXCERPT),
    });
    const last = said.findLast((comment) => comment.public);
    const support = supportIn(said, row, 'case', me);
    return {
      id,
      number: row.issueKey,
      subject: row.summary,
      status: caseStatus,
      statusLabel: status,
      priority: (priority && mapping.priorities[priority.toLowerCase()]) || null,
      assignee: statusCategory === 'NEW' ? null : teamOn('case'),
      waitingOn: known?.waitingOn !== undefined ? known.waitingOn : isActive ? 'support' : null,
      lastUpdate: last
        ? update(last)
        : { at: utc(row.createdDate), by: personOf(row.reporter, row, 'case', me) },
      lastSupportUpdate: support ? update(support) : null,
      ...factsOf(row),
    };
  }

  /** @throws BackendError `protocol`: escalations of which no one tells its case would read as "none" */
  function assertCasesTold(rows: readonly JiraRow[]): void {
    const isTold = rows.some((row) => fieldOf(row, fields.case) !== undefined);
    // What a customer files in the portal may lack it: of what was filed here, each had one.
    if (!isTold && rows.some((row) => filedIn(fieldOf(row, fields.asked)).isOurs))
      throw protocol(`the field ${fields.case} (fields.case) is not to be seen`);
  }

  /** Whether an escalation is of this case; the number by which it was filed counts while the field says the same. */
  function isOf(row: JiraRow, kase: JiraRow): boolean {
    const named = fieldOf(row, fields.case);
    if (!named) return false;
    if (named === kase.issueKey || named === kase.issueId) return true;
    const { of } = filedIn(fieldOf(row, fields.asked));
    return of?.[0] === named && of[1] === kase.issueId;
  }

  return { personOf, teamOn, supportIn, isEscalation, statusOf, caseOf, assertCasesTold, isOf };
}
