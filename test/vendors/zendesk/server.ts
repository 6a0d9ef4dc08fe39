import type { Handle, Json } from '../described.js';

/** A small Zendesk: tickets, comments and their rules, for the people of a test. What it keeps can be read and set. */

export const ORIGIN = 'https://acme.zendesk.test';

/** Custom fields, each with what customers may do with it. */
export interface FieldRule {
  id: number;
  visible: boolean;
  editable: boolean;
}

export interface Somebody {
  id: number;
  name: string;
  role: 'end-user' | 'agent' | 'admin';
  organization?: number;
  /** Customers: sees what their organization asks. */
  shares?: boolean;
}

export interface Said {
  id: number;
  author: number;
  body: string;
  public: boolean;
  at: string;
}

export interface Held {
  id: number;
  subject: string | null;
  status: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
  priority: string | null;
  type: string | null;
  created: string;
  updated: string;
  requester: number;
  /** Another than that of its requester. */
  organization?: number;
  /** Customers who see it beside its requester. */
  ccs?: readonly number[];
  assignee: number | null;
  form: number | null;
  fields: Map<number, string>;
  comments: Said[];
}

export interface ZendeskRules {
  people: readonly Somebody[];
  organizations: readonly { id: number; name: string }[];
  fields: readonly FieldRule[];
  /** The fields that a form has; others are dropped without a word. */
  forms: Record<number, readonly number[]>;
  /** A trigger: tickets of this form are given to this agent, a moment after they were made. */
  assign?: { form: number; to: number };
  /** Seconds since 1970 of its clock at the start; every write takes a second. */
  now?: number;
  /** Its index is as old as this many writes. */
  lag?: number;
  /** Heeds no order that is asked for. */
  isUnsorted?: boolean;
  /** Customers are told the assignee. */
  showsAssignee?: boolean;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
  });
const missing = () => json(404, { error: 'RecordNotFound', description: 'Not found' });
const refused = () =>
  json(403, { error: { title: 'Forbidden', message: 'You do not have access to this page.' } });
const invalid = (field: string, description: string) =>
  json(422, {
    error: 'RecordInvalid',
    description: 'Record validation errors',
    details: { [field]: [{ description }] },
  });

export class ZendeskServer {
  readonly tickets = new Map<number, Held>();
  readonly rules: ZendeskRules;
  /** `METHOD /path` of every request. */
  readonly asked: string[] = [];
  #now: number;
  #nextId = 35_436;
  /** What the index knows, oldest state first. */
  readonly #snapshots: Map<number, Held>[] = [];

  constructor(rules: ZendeskRules) {
    this.rules = rules;
    this.#now = rules.now ?? Date.parse('2026-11-20T08:00:00Z') / 1000;
  }

  tick(seconds = 1): string {
    this.#now += seconds;
    return new Date(this.#now * 1000).toISOString().replace('.000', '');
  }

  get id(): number {
    return (this.#nextId += 7);
  }

  /** A ticket as somebody made it in Zendesk's own interface. */
  put(held: Partial<Held> & Pick<Held, 'requester' | 'subject'>, description = held.subject ?? ''): Held {
    const at = held.created ?? this.tick();
    const ticket: Held = {
      id: this.id, status: 'new', priority: 'normal', type: null, created: at, updated: at, assignee: null, form: null,
      fields: new Map(), comments: [], ...held,
    }; // prettier-ignore
    if (ticket.comments.length === 0)
      ticket.comments.push({ id: this.id, author: ticket.requester, body: description, public: true, at });
    this.tickets.set(ticket.id, ticket);
    return ticket;
  }

  say(ticket: Held, author: number, body: string, isPublic = true, at = this.tick()): Said {
    const said = { id: this.id, author, body, public: isPublic, at };
    ticket.comments.push(said);
    ticket.updated = at;
    return said;
  }

  readonly handle: Handle = async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    const id = Number(/^Bearer (\d+)$/.exec(request.headers.get('Authorization') ?? '')?.[1]);
    const me = this.rules.people.find((person) => person.id === id);
    if (!me) return json(401, { error: "Couldn't authenticate you" });
    const [, api, version, ...path] = pathname.split('/');
    if (api !== 'api' || version !== 'v2') return missing();
    const text = await request.text();
    const body = text ? (JSON.parse(text) as Json) : {};
    const answer = this.#answer(request.method, path, searchParams, body, me);
    if (request.method !== 'GET' && answer.status < 300) this.#snapshots.push(structuredClone(this.tickets));
    return answer;
  };

  #answer(method: string, path: string[], query: URLSearchParams, body: Json, me: Somebody): Response {
    const [first, second, third] = path;
    const isAgent = me.role !== 'end-user';
    const where = `${method} ${path.map((part) => (/^\d+$/.test(part) ? '#' : part)).join('/')}`;
    if (!isAgent && (first === 'tickets' || first === 'search' || third === 'tickets')) return refused();
    const ticket = this.tickets.get(Number(second));
    const seen = ticket && this.#sees(me, ticket) ? ticket : undefined;
    switch (where) {
      case 'GET requests':
        return this.#list(
          query,
          'requests',
          [...this.tickets.values()].filter(({ requester }) => requester === me.id),
          me,
        );
      case 'GET organizations/#/requests':
        if (!isAgent && !(me.shares && me.organization === Number(second))) return refused();
        return this.#list(query, 'requests', this.#ofOrganization(Number(second)), me);
      case 'GET organizations/#/tickets':
        return this.#list(query, 'tickets', this.#ofOrganization(Number(second)), me);
      case 'GET users/me':
        return json(200, {
          user: { id: me.id, name: me.name, role: me.role, organization_id: me.organization ?? null },
        });
      case 'GET users/#/tickets/requested':
        return this.#list(
          query,
          'tickets',
          [...this.tickets.values()].filter(({ requester }) => requester === Number(second)),
          me,
        );
      case 'POST requests':
        return this.#create(body['request'] as Json, me);
      case 'GET tickets/show_many':
        return this.#shown(query, me);
      case 'GET search':
        return this.#search(query, me);
      case 'GET requests/#':
      case 'GET tickets/#':
        return seen ? json(200, this.#told(seen, me, first as string, query)) : missing();
      case 'PUT requests/#':
        return seen ? this.#updateRequest(seen, body['request'] as Json, me) : missing();
      case 'PUT tickets/#':
        return seen ? this.#updateTicket(seen, body['ticket'] as Json, me) : missing();
      case 'GET requests/#/comments':
      case 'GET tickets/#/comments':
        return seen ? this.#comments(seen, query, me) : missing();
      default:
        return missing();
    }
  }

  #organizationOf(person: number): number | undefined {
    return this.rules.people.find(({ id }) => id === person)?.organization;
  }

  #ticketsOrganization({ organization, requester }: Held): number | undefined {
    return organization ?? this.#organizationOf(requester);
  }

  #ofOrganization(organization: number): Held[] {
    return [...this.tickets.values()].filter((held) => this.#ticketsOrganization(held) === organization);
  }

  #sees(me: Somebody, held: Held): boolean {
    if (me.role !== 'end-user' || held.requester === me.id || held.ccs?.includes(me.id)) return true;
    return Boolean(
      me.shares && me.organization !== undefined && me.organization === this.#ticketsOrganization(held),
    );
  }

  #users(ids: Iterable<number>, withAgent: boolean): Json[] {
    return [...new Set(ids)].flatMap((id) => {
      const person = this.rules.people.find((row) => row.id === id);
      if (!person) return [];
      const { name, role } = person;
      return [{ id, name, ...(withAgent ? { agent: role !== 'end-user', photo: null } : { role }) }];
    });
  }

  #row(ticket: Held, me: Somebody, kind: string): Json {
    const isRequest = kind === 'requests';
    const { assignee, requester, status } = ticket;
    const rules = this.rules.fields.filter(({ visible }) => !isRequest || visible);
    return {
      id: ticket.id,
      url: `${ORIGIN}/api/v2/${kind}/${ticket.id}.json`,
      subject: ticket.subject,
      status,
      priority: ticket.priority,
      type: ticket.type,
      created_at: ticket.created,
      updated_at: ticket.updated,
      requester_id: requester,
      ...((!isRequest || this.rules.showsAssignee !== false) && { assignee_id: assignee }),
      organization_id: this.#ticketsOrganization(ticket) ?? null,
      ...(ticket.form !== null && { ticket_form_id: ticket.form }),
      custom_fields: rules.map(({ id }) => ({ id, value: ticket.fields.get(id) ?? null })),
      is_public: true,
      due_at: null,
      via: { channel: 'web' },
      ...(isRequest && {
        can_be_solved_by_me:
          requester === me.id &&
          assignee !== null &&
          ticket.type !== 'problem' &&
          status !== 'solved' &&
          status !== 'closed',
      }),
    };
  }

  #told(ticket: Held, me: Somebody, kind: string, query: URLSearchParams): Json {
    const include = (query.get('include') ?? '').split(',');
    const ids = [ticket.requester, ...(ticket.assignee === null ? [] : [ticket.assignee])];
    const organization = this.rules.organizations.filter(
      ({ id }) => id === this.#ticketsOrganization(ticket),
    );
    return {
      [kind.slice(0, -1)]: this.#row(ticket, me, kind),
      ...(kind === 'tickets' && include.includes('users') && { users: this.#users(ids, false) }),
      ...(kind === 'tickets' && include.includes('organizations') && { organizations: organization }),
    };
  }

  /** Numbered pages, at most a hundred rows of each, ten thousand in all. */
  #paged(query: URLSearchParams, rows: Held[]) {
    const size = Math.min(Number(query.get('per_page') ?? 100), 100);
    const page = Number(query.get('page') ?? 1);
    const part = rows.slice((page - 1) * size, page * size);
    const isLast = page * size >= rows.length;
    return {
      part,
      rest: {
        count: rows.length,
        previous_page: null,
        next_page: isLast ? null : `${ORIGIN}/next?page=${page + 1}`,
      },
    };
  }

  #list(query: URLSearchParams, kind: string, found: Held[], me: Somebody): Response {
    const sign = query.get('sort_order') === 'desc' && !this.rules.isUnsorted ? -1 : 1;
    const by = query.get('sort_by') === 'updated_at' ? 'updated' : 'created';
    const rows = found.sort((a, b) => sign * (Date.parse(a[by]) - Date.parse(b[by])));
    const { part, rest } = this.#paged(query, rows);
    const ids = part.flatMap(({ requester, assignee }) =>
      assignee === null ? [requester] : [requester, assignee],
    );
    return json(200, {
      [kind]: part.map((row) => this.#row(row, me, kind)),
      ...(kind === 'tickets' && query.get('include') === 'users' && { users: this.#users(ids, false) }),
      ...rest,
    });
  }

  #shown(query: URLSearchParams, me: Somebody): Response {
    const found = (query.get('ids') ?? '').split(',').flatMap((id) => this.tickets.get(Number(id)) ?? []);
    const organizations = found.map((held) => this.#ticketsOrganization(held));
    return json(200, {
      tickets: found.map((row) => this.#row(row, me, 'tickets')),
      organizations: this.rules.organizations.filter(({ id }) => organizations.includes(id)),
      count: found.length,
    });
  }

  /** Understands `type:ticket`, `status<solved`, and a field that is not empty or the form named "Escalation". */
  #search(query: URLSearchParams, me: Somebody): Response {
    const words = (query.get('query') ?? '').split(' ');
    const field = Number(words.map((word) => /^custom_field_(\d+):\*$/.exec(word)?.[1]).find(Boolean));
    const isForm = words.includes('form:Escalation');
    if (!words.includes('type:ticket') || !words.includes('status<solved') || (!field && !isForm))
      return json(422, { error: 'invalid', description: 'Invalid search: unknown words' });
    const lag = this.rules.lag ?? 0;
    const known = lag === 0 ? this.tickets : (this.#snapshots.at(-1 - lag) ?? new Map<number, Held>());
    const found = [...known.values()].filter(
      ({ status, fields, form }) =>
        !['solved', 'closed'].includes(status) &&
        (isForm ? form === this.rules.assign?.form : fields.has(field)),
    );
    const { part, rest } = this.#paged(query, found);
    return json(200, {
      results: part.map((row) => ({ ...this.#row(row, me, 'tickets'), result_type: 'ticket' })),
      users: this.#users(
        part.flatMap(({ requester, assignee }) => [requester, assignee ?? requester]),
        false,
      ),
      facets: null,
      ...rest,
    });
  }

  #comments(ticket: Held, query: URLSearchParams, me: Somebody): Response {
    const size = Math.min(Number(query.get('page[size]') ?? 100), 100);
    const sign = query.get('sort') === '-created_at' ? -1 : 1;
    const rows = ticket.comments
      .filter((said) => said.public || me.role !== 'end-user')
      .sort((a, b) => sign * (Date.parse(a.at) - Date.parse(b.at) || a.id - b.id));
    const cursor = query.get('page[after]');
    const from = cursor === null ? 0 : rows.findIndex(({ id }) => `c${id}` === cursor) + 1;
    if (cursor !== null && from === 0) return json(400, { error: 'InvalidPaginationParameter' });
    const part = rows.slice(from, from + size);
    const has_more = from + size < rows.length;
    return json(200, {
      comments: part.map((said) => ({
        id: said.id, type: 'Comment', author_id: said.author, body: said.body, html_body: '', plain_body: said.body,
        public: said.public, attachments: [], audit_id: said.id + 1, created_at: said.at, via: { channel: 'web' },
      })), // prettier-ignore
      ...(query.get('include') === 'users' && {
        users: this.#users(
          part.map(({ author }) => author),
          me.role === 'end-user',
        ),
      }),
      meta: { has_more, after_cursor: part.length > 0 ? `c${part.at(-1)?.id}` : null, before_cursor: null },
      links: { next: null, prev: null },
    });
  }

  /** Keeps those fields that the form has and this person may write; of the others nothing is said. */
  #write(ticket: Held, given: Json[] | undefined, me: Somebody): void {
    const form = ticket.form === null ? undefined : this.rules.forms[ticket.form];
    for (const { id, value } of given ?? []) {
      const rule = this.rules.fields.find((field) => field.id === id);
      if (!rule || (me.role === 'end-user' && !rule.editable) || (form && !form.includes(rule.id))) continue;
      if (value === null || value === '') ticket.fields.delete(rule.id);
      else ticket.fields.set(rule.id, String(value));
    }
  }

  #create(request: Json, me: Somebody): Response {
    if (!request['subject']) return invalid('subject', 'Subject: cannot be blank');
    if (!request['comment']?.['body']) return invalid('comment', 'Description: cannot be blank');
    const form = (request['ticket_form_id'] as number | undefined) ?? null;
    if (form !== null && !(form in this.rules.forms))
      return invalid('ticket_form_id', 'Ticket form: is not valid');
    const ticket = this.put(
      { subject: request['subject'] as string, requester: me.id, form, priority: null },
      request['comment']['body'] as string,
    );
    this.#write(ticket, request['custom_fields'] as Json[], me);
    const told = json(201, this.#told(ticket, me, 'requests', new URLSearchParams()));
    const { assign } = this.rules;
    if (assign && assign.form === form) Object.assign(ticket, { assignee: assign.to, status: 'open' });
    return told;
  }

  /** A customer's update: a comment, and solved where that is theirs to say. Nothing else is heeded. */
  #updateRequest(ticket: Held, request: Json, me: Somebody): Response {
    if (ticket.status === 'closed') return invalid('status', 'Status: closed prevents ticket update');
    const { can_be_solved_by_me: may } = this.#row(ticket, me, 'requests');
    const body = request['comment']?.['body'] as string | undefined;
    if (body !== undefined && body.length > 65_536) return invalid('comment', 'Comment: is too long');
    if (body) this.say(ticket, me.id, body);
    if (request['solved'] && may) ticket.status = 'solved';
    else if (body && ticket.status === 'solved') ticket.status = 'open';
    ticket.updated = this.tick(0);
    return json(200, this.#told(ticket, me, 'requests', new URLSearchParams()));
  }

  #updateTicket(ticket: Held, update: Json, me: Somebody): Response {
    if (ticket.status === 'closed') return invalid('status', 'Status: closed prevents ticket update');
    if (update['safe_update'] && update['updated_stamp'] !== ticket.updated)
      return json(409, {
        error: 'UpdateConflict',
        description:
          'Safe Update prevented the update due to outdated ticket data. Please fetch the latest ticket data and try again.',
      });
    const assignee = update['assignee_id'] as number | undefined;
    if (assignee !== undefined) {
      const agent = this.rules.people.find(({ id, role }) => id === assignee && role !== 'end-user');
      if (!agent) return invalid('assignee', 'Assignee: is not an agent');
      ticket.assignee = assignee;
    }
    if (update['status']) ticket.status = update['status'] as Held['status'];
    this.#write(ticket, update['custom_fields'] as Json[], me);
    const at = this.tick();
    const comment = update['comment'] as { body: string; public?: boolean } | undefined;
    const said = comment && this.say(ticket, me.id, comment.body, comment.public ?? true, at);
    ticket.updated = at;
    return json(200, {
      ...this.#told(ticket, me, 'tickets', new URLSearchParams()),
      audit: {
        id: this.id, ticket_id: ticket.id, author_id: me.id, created_at: at,
        events: said ? [{ id: said.id, type: 'Comment', body: said.body }] : [],
      },
    }); // prettier-ignore
  }
}
