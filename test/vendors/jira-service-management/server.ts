import type { Handle, Json } from '../described.js';

/** A small Jira Service Management: requests, comments, a workflow, and the rules of the customer interface. */

export const ORIGIN = 'https://acme.atlassian.test';
const API = '/rest/servicedeskapi/request';

export interface Somebody {
  id: string;
  name: string;
  isAgent?: boolean;
  organization?: string;
}

export interface Said {
  id: number;
  author: string;
  body: string;
  public: boolean;
  at: number;
}

export interface Held {
  issueId: number;
  key: string;
  summary: string;
  requestType: string;
  reporter: string;
  participants: string[];
  /** Shared with the organization of its reporter. */
  shared: boolean;
  status: string;
  statusAt: number;
  created: number;
  /** By field id; whatever Jira holds there. */
  fields: Map<string, unknown>;
  comments: Said[];
}

export interface Transition {
  name: string;
  to: string;
  /** From these statuses; for the reporter and agents. */
  from: readonly string[];
}

export interface JiraRules {
  people: readonly Somebody[];
  /** Visible fields of each request type, by its id. */
  requestTypes: Record<string, readonly string[]>;
  /** Each status, with its category. */
  statuses: Record<string, 'NEW' | 'INDETERMINATE' | 'DONE' | 'UNDEFINED'>;
  transitions: readonly Transition[];
  /** Status of a new request. */
  initial?: string;
  /** Rows of a page at most, whatever is asked for. */
  pageSize?: number;
}

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
const failed = (status: number, errorMessage: string) =>
  json(status, { errorMessage, i18nErrorMessage: { i18nKey: 'sd.error', parameters: [] } });
const missing = () => failed(404, 'The request you are trying to view does not exist.');

export class JiraServer {
  readonly requests = new Map<string, Held>();
  readonly rules: JiraRules;
  /** `METHOD /path` of every request. */
  readonly asked: string[] = [];
  #now = Date.parse('2026-11-20T08:00:00Z');
  #next = 10_000;

  constructor(rules: JiraRules) {
    this.rules = rules;
  }

  tick(): number {
    return (this.#now += 1_000);
  }

  /** A request as somebody made it in the portal. */
  put(request: Partial<Held> & Pick<Held, 'reporter' | 'summary' | 'requestType'>): Held {
    const issueId = ++this.#next;
    const created = request.created ?? this.tick();
    const held: Held = {
      issueId, key: `HELP-${issueId - 10_000}`, participants: [], shared: true, status: this.rules.initial ?? 'Waiting for support',
      statusAt: created, created, fields: new Map(), comments: [], ...request,
    }; // prettier-ignore
    this.requests.set(held.key, held);
    return held;
  }

  say(held: Held, author: string, body: string, isPublic = true, at = this.tick()): Said {
    const said = { id: ++this.#next, author, body, public: isPublic, at };
    held.comments.push(said);
    return said;
  }

  readonly handle: Handle = async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    this.asked.push(`${request.method} ${pathname}`);
    const id = /^Bearer (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1];
    const me = this.rules.people.find((person) => person.id === id);
    if (!me) return failed(401, 'Client must be authenticated to access this resource.');
    if (!pathname.startsWith(API)) return missing();
    const [key, part] = pathname.slice(API.length + 1).split('/');
    const text = await request.text();
    const body = text ? (JSON.parse(text) as Json) : {};
    if (!key) return request.method === 'GET' ? this.#list(searchParams, me) : this.#create(body, me);
    const held =
      this.requests.get(key) ?? [...this.requests.values()].find(({ issueId }) => String(issueId) === key);
    const seen = held && this.#sees(me, held) ? held : undefined;
    switch (`${request.method} ${part ?? ''}`) {
      case 'GET ':
        return seen ? json(200, this.#row(seen, searchParams)) : missing();
      case 'GET comment':
        // Who may not see the request is told of no comments, and of no error.
        return this.#comments(seen, searchParams, me);
      case 'POST comment':
        return seen ? this.#comment(seen, body, me) : missing();
      case 'GET transition':
        return seen ? this.#paged(searchParams, this.#offered(seen, me).map(this.#transition)) : missing();
      case 'POST transition':
        return seen ? this.#move(seen, body, me) : missing();
      default:
        return missing();
    }
  };

  #person(id: string): Somebody {
    return this.rules.people.find((person) => person.id === id) ?? { id, name: 'Former user' };
  }

  #sees(me: Somebody, { reporter, participants, shared }: Held): boolean {
    const isTogether =
      me.organization !== undefined && this.#person(reporter).organization === me.organization;
    return (
      Boolean(me.isAgent) || reporter === me.id || participants.includes(me.id) || (shared && isTogether)
    );
  }

  #user = (id: string): Json => ({
    accountId: id,
    displayName: this.#person(id).name,
    active: true,
    timeZone: 'Europe/Berlin',
    _links: { self: `${ORIGIN}/rest/api/2/user?accountId=${encodeURIComponent(id)}` },
  });

  #date = (at: number): Json => ({
    epochMillis: at,
    friendly: 'Today',
    iso8601: new Date(at).toISOString().replace(/\.\d+Z$/, '+0000'),
    jira: new Date(at).toISOString().replace('Z', '+0000'),
  });

  #page(rows: Json[], start: number, limit: number): Json {
    const size = Math.min(limit, this.rules.pageSize ?? 50);
    const values = rows.slice(start, start + size);
    return {
      _expands: [],
      size: values.length,
      start,
      limit: size,
      isLastPage: start + size >= rows.length,
      _links: { base: `${ORIGIN}/rest/servicedeskapi`, context: '' },
      values,
    };
  }

  #paged = (query: URLSearchParams, rows: Json[]): Response =>
    json(200, this.#page(rows, Number(query.get('start') ?? 0), Number(query.get('limit') ?? 50)));

  #row(held: Held, query: URLSearchParams): Json {
    const visible = this.rules.requestTypes[held.requestType] ?? [];
    const expand = query.getAll('expand');
    return {
      _expands: ['participant', 'status', 'sla', 'requestType', 'serviceDesk', 'attachment', 'action', 'comment'],
      issueId: String(held.issueId),
      issueKey: held.key,
      summary: held.summary,
      requestTypeId: held.requestType,
      serviceDeskId: '10',
      createdDate: this.#date(held.created),
      reporter: this.#user(held.reporter),
      // Fields that are hidden, or hold nothing, are not told.
      requestFieldValues: [
        { fieldId: 'summary', label: 'Summary', value: held.summary },
        ...visible.filter((id) => held.fields.has(id)).map((id) => ({ fieldId: id, label: id, value: held.fields.get(id) })),
      ],
      currentStatus: {
        status: held.status,
        statusCategory: this.rules.statuses[held.status] ?? 'UNDEFINED',
        statusDate: this.#date(held.statusAt),
      },
      ...(expand.includes('participant') && { participants: this.#page(held.participants.map(this.#user), 0, 50) }),
      _links: { web: `${ORIGIN}/servicedesk/customer/portal/10/${held.key}`, self: `${ORIGIN}${API}/${held.issueId}` },
    }; // prettier-ignore
  }

  /** By latest activity, as the documentation says. */
  #list(query: URLSearchParams, me: Somebody): Response {
    const whose = query.getAll('requestOwnership');
    const isMine = (held: Held) => {
      if (whose.includes('ALL_REQUESTS')) return this.#sees(me, held);
      const isOrganizations = this.#sees({ ...me, isAgent: false }, held) && held.reporter !== me.id;
      return (
        (whose.includes('OWNED_REQUESTS') && held.reporter === me.id) ||
        (whose.includes('PARTICIPATED_REQUESTS') && held.participants.includes(me.id)) ||
        (whose.includes('ALL_ORGANIZATIONS') && isOrganizations)
      );
    };
    const type = query.get('requestTypeId');
    const isClosed = ({ status }: Held) => this.rules.statuses[status] === 'DONE';
    const wanted = query.get('requestStatus');
    const isWanted = (held: Held) =>
      wanted === 'ALL_REQUESTS' || isClosed(held) === (wanted === 'CLOSED_REQUESTS');
    const activity = ({ statusAt, comments }: Held) => Math.max(statusAt, comments.at(-1)?.at ?? 0);
    const rows = [...this.requests.values()]
      .filter((held) => isMine(held) && isWanted(held) && (type === null || held.requestType === type))
      .sort((a, b) => activity(b) - activity(a));
    return this.#paged(query, rows.map((held) => this.#row(held, query))); // prettier-ignore
  }

  #create(body: Json, me: Somebody): Response {
    const { requestTypeId, requestFieldValues = {} } = body as {
      requestTypeId: string;
      requestFieldValues?: Json;
    };
    const visible = this.rules.requestTypes[requestTypeId];
    if (!visible) return failed(400, 'The request type is not valid.');
    const { summary, ...rest } = requestFieldValues;
    if (!summary) return failed(400, 'Please provide a valid value for field "summary".');
    const held = this.put({ reporter: me.id, summary: String(summary), requestType: requestTypeId });
    for (const [id, value] of Object.entries(rest)) if (visible.includes(id)) held.fields.set(id, value);
    return json(201, this.#row(held, new URLSearchParams()));
  }

  #told = (held: Held, { id, author, body, public: isPublic, at }: Said): Json => ({
    _expands: ['attachment', 'renderedBody'],
    id: String(id),
    body,
    public: isPublic,
    author: this.#user(author),
    created: this.#date(at),
    _links: { self: `${ORIGIN}${API}/${held.issueId}/comment/${id}` },
  });

  #comments(held: Held | undefined, query: URLSearchParams, me: Somebody): Response {
    const internal = Boolean(me.isAgent) && query.get('internal') !== 'false';
    const rows = held?.comments.filter((said) => said.public || internal) ?? [];
    return this.#paged(query, held ? rows.map((said) => this.#told(held, said)) : []);
  }

  #comment(held: Held, { body, public: isPublic = true }: Json, me: Somebody): Response {
    if (!body) return failed(400, 'Comment body can not be empty.');
    if (String(body).length > 32_767) return failed(400, 'The entered text is too long.');
    if (!isPublic && !me.isAgent) return failed(403, 'You may not add internal comments.');
    return json(201, this.#told(held, this.say(held, me.id, String(body), Boolean(isPublic))));
  }

  #offered = ({ status, reporter }: Held, me: Somebody): readonly Transition[] =>
    me.isAgent || me.id === reporter
      ? this.rules.transitions.filter(({ from }) => from.includes(status))
      : [];

  #transition = (transition: Transition): Json => ({
    id: String(this.rules.transitions.indexOf(transition) + 1),
    name: transition.name,
  });

  #move(held: Held, { id, additionalComment }: Json, me: Somebody): Response {
    const transition = this.#offered(held, me).find((one) => this.#transition(one)['id'] === id);
    if (!transition) return failed(400, 'The transition is not valid for the request in its current state.');
    held.status = transition.to;
    held.statusAt = this.tick();
    if (additionalComment) this.say(held, me.id, additionalComment['body'] as string);
    return new Response(null, { status: 204 });
  }
}
