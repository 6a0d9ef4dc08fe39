import * as z from 'zod/mini';
import { BackendError } from '../../core/backend.js';
import type { CasePriority, Person, Role, User, WaitingOn } from '../../core/model.js';

/** What Zendesk's answers must hold before anything is read from them, and what a row says by the configured fields. */

const id = z.int();
const time = z.iso.datetime({ offset: true });
/** Of a custom field: null when it is empty. That it is told at all decides what a ticket is. */
const value = z.nullable(z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown())]));

/** A request (as its customer sees it) or a ticket (as an agent does). */
const row = z.object({
  id,
  /** A ticket may have none; and one that has none must not take the whole list with it. */
  subject: z.pipe(
    z.nullable(z.string()),
    z.transform((text) => text ?? ''),
  ),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']),
  created_at: time,
  updated_at: time,
  requester_id: id,
  assignee_id: z.nullish(id),
  organization_id: z.nullish(id),
  ticket_form_id: z.nullish(id),
  priority: z.nullish(z.string()),
  can_be_solved_by_me: z.optional(z.boolean()),
  custom_fields: z.array(z.object({ id, value })),
});
export type Row = z.infer<typeof row>;

/** Beside comments `agent` tells who is one, beside tickets `role`. */
const user = z.object({
  id,
  name: z.string(),
  agent: z.optional(z.boolean()),
  role: z.optional(z.string()),
});
const users = z.array(user);
const named = z.array(z.object({ id, name: z.string() }));
const nextPage = z.nullable(z.string());

const comment = z.object({
  id,
  author_id: id,
  body: z.string(),
  public: z.boolean(),
  created_at: time,
});
export type Comment = z.infer<typeof comment>;

export const one = {
  requests: z.object({ request: row, users: z.optional(users) }),
  tickets: z.object({ ticket: row, users: z.optional(users), organizations: z.optional(named) }),
};
/** Who is signed in, with their default organization. */
export const myself = z.object({ user: z.object({ organization_id: z.nullish(id) }) });
export const many = {
  requests: z.object({ requests: z.array(row), next_page: nextPage }),
  tickets: z.object({ tickets: z.array(row), next_page: nextPage, users: z.optional(users) }),
  found: z.object({ results: z.array(row), next_page: nextPage, users: z.optional(users) }),
  shown: z.object({ tickets: z.array(row), organizations: z.optional(named) }),
  comments: z.object({
    comments: z.array(comment),
    users,
    meta: z.object({ has_more: z.boolean(), after_cursor: z.nullish(z.string()) }),
  }),
};

export const protocol = (what: string): BackendError =>
  new BackendError('protocol', `Zendesk's answer: ${what}`);

/** @throws BackendError `protocol`: what decides is not there, such as the list itself, a status or an id */
export function read<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw protocol(`${issue?.path.join('/') || 'it'} is not what the documentation says`);
}

/** A field of a row; undefined: the row has none, so this person may not see it, or its form has none. */
export function fieldOf({ custom_fields }: Row, field: string): string | null | undefined {
  const found = custom_fields.find((row) => String(row.id) === field);
  if (!found) return undefined;
  const { value } = found;
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw protocol(`the custom field ${field} holds no text`);
}

/** Somebody, as far as Zendesk tells. */
export interface Known {
  id: string;
  name: string;
  isAgent: boolean;
}

/** The people of an answer, by id. */
export class People {
  readonly #known = new Map<number, Known>();
  readonly #roleOf: (known: Known, place: 'case' | 'escalation') => Role;
  readonly #team: string;

  constructor(roleOf: (known: Known, place: 'case' | 'escalation') => Role, team: string) {
    this.#roleOf = roleOf;
    this.#team = team;
  }

  add(found: z.infer<typeof users> = []): this {
    for (const { id, name, agent, role } of found)
      this.#known.set(id, {
        id: String(id),
        name,
        isAgent: agent ?? (role !== undefined && role !== 'end-user'),
      });
    return this;
  }

  join(others: People): void {
    for (const [id, known] of others.#known) this.#known.set(id, known);
  }

  /** Whoever is not told of is no agent: what they write decides nothing. */
  isAgent(id: number): boolean {
    return this.#known.get(id)?.isAgent ?? false;
  }

  /**
   * @param told what is known where Zendesk tells nothing: `isAgent` by the place where the id stood, `name` by our own field
   */
  person(id: number, place: 'case' | 'escalation', me: User, told: Partial<Known> = {}): Person {
    if (me.id === String(id)) return { id: me.id, name: me.name, role: me.role };
    const { isAgent = false } = told;
    const known = this.#known.get(id) ?? {
      id: String(id),
      name: told.name ?? (isAgent ? this.#team : ''),
      isAgent,
    };
    return { id: known.id, name: known.name, role: this.#roleOf(known, place) };
  }
}

export const PRIORITIES: Record<string, CasePriority> = {
  low: 'low',
  normal: 'medium',
  high: 'high',
  urgent: 'critical',
};

export const WAITING: Record<Row['status'], WaitingOn | null> = {
  new: 'support',
  open: 'support',
  pending: 'customer',
  hold: 'third-party',
  solved: null,
  closed: null,
};
