import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { User } from '../../../src/core/model.js';
import { people } from '../../desk.js';
import { OPEN_VALUES, STATES, type Dialect } from './dialect.js';
import { BASE, denied, JOURNAL, LENGTHS, notFound, REFERENCES } from './words.js';
import { loginOf, newSysId, staffAndCustomers } from './people.js';

/**
 * A small ServiceNow: the Table API over a state of its own, with what it is known for. Conditions and columns that are
 * not there are ignored; a page is cut before the rows are left out that its reader may not see; what somebody may not set is
 * dropped without a word; times have whole seconds.
 */

export type Row = Record<string, string>;

interface SnUser {
  row: Row;
  account?: string;
  isStaff: boolean;
}

export class ServiceNow {
  readonly origin = `https://${newSysId().slice(0, 12)}.service-now.test`;
  readonly tables: Record<string, Row[]> = {};
  readonly columns: Record<string, string[]>;
  readonly asked: { user: string; method: string; url: URL; body: Row }[] = [];
  /** What a test makes of the next requests: an answer instead of its own. */
  intercept?: (request: Request, url: URL) => Response | undefined;
  /** Ids of rows that nobody may see. */
  readonly hidden = new Set<string>();
  /** Columns that nobody may set, and columns that no query finds. */
  readonly unwritable = new Set<string>();
  /** Columns that this person may not read: they are left out of the answer. */
  readonly unreadable = new Map<User, readonly string[]>();
  readonly unsearchable = new Set<string>();
  /** `glide.invalid_query.returns_no_rows`: what an invalid query finds is nothing, not everything. */
  findsNothingInvalid = false;
  /** Cuts white space at both ends of what is written. */
  trims = false;
  /** Where somebody is in whose time zone a query reads times: hours ahead of UTC. */
  hoursAhead = 0;
  /** A write takes so long, by this server's own clock. */
  secondsPerWrite = 1;
  #now = Date.parse('2026-05-12T08:00:00Z');
  #users: SnUser[];
  #number = 0;

  constructor(readonly dialect: Dialect) {
    this.#users = Object.values(staffAndCustomers).map((user) => ({
      account: user.account,
      isStaff: !user.account,
      row: {
        sys_id: user.id,
        user_name: loginOf(user),
        name: user.name,
        sys_class_name: user.account ? 'customer_contact' : 'sys_user',
      },
    }));
    this.columns = {
      sys_user: [...BASE, 'user_name', 'name', 'sys_class_name'],
      customer_account: [...BASE, 'name'],
      cmdb_model: [...BASE, 'name'],
      sys_journal_field: [...BASE, 'element_id', 'element', 'value', 'name'],
      [dialect.tables.case]: [...BASE, ...dialect.caseColumns, ...JOURNAL],
      [dialect.tables.escalation]: [...BASE, ...dialect.escalationColumns, ...JOURNAL],
    };
    for (const name of Object.keys(this.columns)) this.tables[name] = [];
    this.tables['sys_user'] = this.#users.map(({ row }) => row);
  }

  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** The server's clock, as the database has it. */
  now(): string {
    return new Date(this.#now).toISOString().slice(0, 19).replace('T', ' ');
  }

  rows = (table: string): Row[] => this.tables[table] ?? [];
  get escalations(): Row[] {
    return this.rows(this.dialect.tables.escalation);
  }

  /** As somebody works in ServiceNow itself, or as it was there before. */
  insert(table: string, values: Row, by: string): Row {
    const at = this.now();
    const row: Row = {
      ...Object.fromEntries((this.columns[table] ?? []).map((name) => [name, ''])),
      sys_id: newSysId(),
      sys_created_on: at,
      sys_created_by: by,
      sys_updated_on: at,
      sys_mod_count: '0',
      ...values,
    };
    if ('number' in row && !row['number']) row['number'] = `ESC${String(++this.#number).padStart(7, '0')}`;
    this.rows(table).push(row);
    return row;
  }

  comment(table: string, record: Row, element: string, value: string, by: string): Row {
    const row = this.insert(
      'sys_journal_field',
      { name: table, element_id: record['sys_id']!, element, value: this.trims ? value.trim() : value },
      by,
    );
    return row;
  }

  #mayRead(table: string, row: Row, user: SnUser): boolean {
    const { tables, fields } = this.dialect;
    if (this.hidden.has(row['sys_id']!)) return false;
    if (user.isStaff || table === 'sys_user') return true;
    if (table === tables.case) return row['account'] === user.account;
    const of = (name: string, id: string | undefined) =>
      this.rows(name).some((one) => one['sys_id'] === id && this.#mayRead(name, one, user));
    if (table === tables.escalation) return of(tables.case, row[fields.case]);
    if (table === 'sys_journal_field')
      return row['element'] === 'comments' && of(row['name']!, row['element_id']);
    return false;
  }

  /** The value of a column, through references; undefined: there is no such column. */
  #value(table: string, row: Row, path: string): string | undefined {
    const [column = '', ...rest] = path.split('.');
    if (!this.columns[table]?.includes(column)) return undefined;
    if (rest.length === 0) return JOURNAL.includes(column) ? '' : (row[column] ?? '');
    const to = REFERENCES[column];
    if (!to) return undefined;
    const found = this.rows(to).find(({ sys_id }) => sys_id === row[column]);
    return found ? this.#value(to, found, rest.join('.')) : '';
  }

  #inUtc(given: string): string {
    const time = Date.parse(`${given.replace(' ', 'T')}Z`) - this.hoursAhead * 3_600_000;
    return new Date(time).toISOString().slice(0, 19).replace('T', ' ');
  }

  #matches(table: string, row: Row, condition: string): boolean {
    return condition.split('^OR').some((part) => {
      const [, column = '', operator, given = ''] = /^([\w.]+?)(>=|<=|!=|=|IN)(.*)$/s.exec(part) ?? [];
      const value = column === 'sys_created_on' ? this.#inUtc(given) : given;
      const told = this.#value(table, row, column);
      // An invalid part of a query is ignored.
      if (told === undefined || this.unsearchable.has(column)) return !this.findsNothingInvalid;
      if (operator === 'IN') return value.split(',').includes(told);
      if (operator === '>=') return told >= value;
      if (operator === '<=') return told <= value;
      return operator === '!=' ? told !== value : told === value;
    });
  }

  #find(table: string, query: string): Row[] {
    const parts = query.split(/\^(?!OR(?!DERBY))/);
    const orders = parts.filter((part) => part.startsWith('ORDERBY'));
    const conditions = parts.filter((part) => part && !part.startsWith('ORDERBY'));
    const compare = (a: Row, b: Row) => {
      for (const order of orders) {
        const isDown = order.startsWith('ORDERBYDESC');
        const column = order.replace(/^ORDERBY(DESC)?/, '');
        const [x = '', y = ''] = [a[column], b[column]];
        if (x !== y) return x < y === isDown ? 1 : -1;
      }
      return 0;
    };
    return this.rows(table)
      .filter((row) => conditions.every((condition) => this.#matches(table, row, condition)))
      .sort(compare);
  }

  #shown(table: string, row: Row, query: URLSearchParams, user: SnUser): Record<string, unknown> {
    const [, hidden] = [...this.unreadable].find(([{ id }]) => id === user.row['sys_id']) ?? [];
    const asked = query.get('sysparm_fields')?.split(',') ?? this.columns[table] ?? [];
    const names = asked.filter((name) => !hidden?.includes(name));
    const isPlain = query.get('sysparm_exclude_reference_link') === 'true';
    return Object.fromEntries(
      names.flatMap((name): [string, unknown][] => {
        const value = this.#value(table, row, name);
        if (value === undefined) return [];
        const to = REFERENCES[name];
        if (isPlain || !to || value === '') return [[name, value]];
        return [[name, { link: `${this.origin}/api/now/table/${to}/${value}`, value }]];
      }),
    );
  }

  #list(table: string, query: URLSearchParams, user: SnUser, url: URL): Response {
    const found = this.#find(table, query.get('sysparm_query') ?? '');
    const limit = Number(query.get('sysparm_limit') ?? 10_000);
    const offset = Number(query.get('sysparm_offset') ?? 0);
    const page = found.slice(offset, offset + limit).filter((row) => this.#mayRead(table, row, user));
    const next = new URL(url);
    next.searchParams.set('sysparm_offset', String(offset + limit));
    const headers: Record<string, string> = { 'X-Total-Count': String(found.length) };
    if (found.length > limit)
      headers['Link'] = [
        `<${url.href}>;rel="first"`,
        ...(offset + limit < found.length ? [`<${next.href}>;rel="next"`] : []),
      ].join();
    return HttpResponse.json(
      { result: page.map((row) => this.#shown(table, row, query, user)) },
      { headers },
    );
  }

  /** What is left of what somebody wants to write; the rest is ignored. */
  #settable(table: string, body: Row, user: SnUser, isNew: boolean): Row {
    const { tables, fields } = this.dialect;
    const forCustomers: string[] =
      table === tables.case
        ? ['comments']
        : isNew
          ? [...[fields.case, fields.state, fields.requestedBy, fields.subject, fields.description], fields.request,
              fields.key, 'comments'] // prettier-ignore
          : [fields.state, 'comments'];
    return Object.fromEntries(
      Object.entries(body)
        .filter(
          ([name]) =>
            this.columns[table]?.includes(name) &&
            !this.unwritable.has(name) &&
            (user.isStaff || forCustomers.includes(name)),
        )
        .map(([name, value]) => [name, LENGTHS[name] ? value.slice(0, Number(LENGTHS[name])) : value]),
    );
  }

  #write(table: string, row: Row, values: Row, user: SnUser): void {
    const login = user.row['user_name']!;
    // What changes nothing is no change.
    if (Object.keys(values).length === 0) return;
    for (const name of JOURNAL) if (values[name]) this.comment(table, row, name, values[name], login);
    const plain = Object.fromEntries(Object.entries(values).filter(([name]) => !JOURNAL.includes(name)));
    const mods = Number(row['sys_mod_count']) + 1;
    Object.assign(row, plain, {
      sys_updated_on: this.now(),
      sys_mod_count: String(mods),
    });
  }

  #create(table: string, body: Row, query: URLSearchParams, user: SnUser): Response {
    const values = this.#settable(table, body, user, true);
    const row = this.insert(table, { ...values, comments: '', work_notes: '' }, user.row['user_name']!);
    for (const name of JOURNAL)
      if (values[name]) this.comment(table, row, name, values[name], user.row['user_name']!);
    return HttpResponse.json({ result: this.#shown(table, row, query, user) }, { status: 201 });
  }

  #update(table: string, id: string, body: Row, query: URLSearchParams, user: SnUser): Response {
    const row = this.rows(table).find(({ sys_id }) => sys_id === id);
    if (!row || !this.#mayRead(table, row, user)) return notFound();
    const { fields } = this.dialect;
    const to = table === this.dialect.tables.escalation ? body[fields.state] : undefined;
    const from = row[fields.state]!;
    const isAllowed =
      (to === STATES.withdrawn && OPEN_VALUES.includes(from)) ||
      (to === STATES['under-review'] && from === STATES.resolved);
    if (to !== undefined && !user.isStaff && to !== from && !isAllowed)
      return denied(
        403,
        'Operation Failed',
        `Operation against file '${table}' was aborted by Business Rule 'Customers withdraw'`,
      );
    if (user.row['name'] === people.engineer.name && table === this.dialect.tables.escalation)
      return denied(403, 'Operation Failed', 'ACL Exception Update Failed due to security constraints');
    this.#write(table, row, this.#settable(table, body, user, false), user);
    return HttpResponse.json({ result: this.#shown(table, row, query, user) });
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const login = /^Bearer (.+)$/.exec(request.headers.get('Authorization') ?? '')?.[1];
    const user = this.#users.find(({ row }) => row['user_name'] === login);
    const body = request.method === 'GET' ? {} : ((await request.clone().json()) as Row);
    this.asked.push({ user: login ?? '', method: request.method, url, body });
    const instead = this.intercept?.(request, url);
    if (instead) return instead;
    if (!user) return denied(401, 'User Not Authenticated', 'Required to provide Auth information');
    const [, table = '', id] = /^\/api\/now\/table\/(\w+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (!this.columns[table]) return denied(400, `Invalid table ${table}`, '');
    if (request.method !== 'GET') this.pass(this.secondsPerWrite);
    if (request.method === 'POST') return this.#create(table, body, url.searchParams, user);
    if (request.method === 'PATCH' && id) return this.#update(table, id, body, url.searchParams, user);
    if (id === undefined) return this.#list(table, url.searchParams, user, url);
    const row = this.rows(table).find(({ sys_id }) => sys_id === id);
    if (!row || !this.#mayRead(table, row, user)) return notFound();
    return HttpResponse.json({ result: this.#shown(table, row, url.searchParams, user) });
  }
}

const running = new Map<string, ServiceNow>();
type Watch = (request: Request, response: Response) => Promise<void>;
let watch: Watch | undefined;

/** Answers for every instance that was started; nothing goes anywhere else. */
export const line = setupServer(
  http.all('https://*.service-now.test/*', async ({ request }) => {
    const copy = request.clone();
    const instance = running.get(new URL(request.url).origin);
    if (!instance) return HttpResponse.error();
    const response = await instance.handle(request);
    await watch?.(copy, response.clone());
    return response;
  }),
);
/** @param check sees every exchange */
export const watchedBy = (check: Watch | undefined): void => void (watch = check);

export function start(dialect: Dialect): ServiceNow {
  const instance = new ServiceNow(dialect);
  running.set(instance.origin, instance);
  return instance;
}
