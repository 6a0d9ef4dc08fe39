import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import { isCustomerSide } from '../../core/roles.js';
import { segment } from '../lib/address.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Client, Explain } from '../lib/vendor.js';
import { many, myself, one, protocol, read, type Comment, type People, type Row } from './rows.js';

/**
 * Zendesk's two interfaces as one: `/api/v2/requests` for who is on the customer's side, `/api/v2/tickets` for agents.
 * What somebody may not see is `not-found`.
 */

const PER_PAGE = 100;
/** Zendesk itself tells no more than this of a list that is numbered. */
const MOST_PAGES = 100;

/** Their errors: `{error, description, details}`, `error` being a name or `{title, message}`. */
export const explain: Explain = (status, body) => {
  const { error, description, details } = (body ?? {}) as Record<string, unknown>;
  const { title, message } = (typeof error === 'object' && error ? error : {}) as Record<string, unknown>;
  const words = [description, message, title, error].find((text) => typeof text === 'string');
  const all = JSON.stringify(details ?? words ?? '');
  return {
    message: words,
    ...(status === 409 && { code: error === 'UpdateConflict' ? 'version-changed' : 'unavailable' }),
    ...(status === 422 && /closed prevents/i.test(all) && { code: 'escalation-closed' }),
    ...(status === 422 && /too long|is too large/i.test(all) && { code: 'too-large' }),
  };
};

/** An id in an address; ours are theirs, which are numbers: nothing else can be there. */
function numbered(id: string): string {
  if (/^[1-9]\d{0,15}$/.test(id)) return segment(id);
  throw new BackendError('not-found', 'There is no such request.');
}

/** For reads of one thing: that it is somebody else's is not told apart from that it is not there. */
const hidden = (error: unknown): never => {
  if (isBackendError(error) && error.code === 'forbidden') throw new BackendError('not-found', error.message);
  throw error;
};

/**
 * Says page by page, newest first, whether all that follows is older than a case. An order that is not kept must not hide
 * anything: then all is read. The case itself stands where it was made.
 */
function reaching(kase: Row): (rows: Row[]) => boolean {
  let last = Infinity;
  let sorted = true;
  let isPast = false;
  return (rows) => {
    for (const { id, created_at } of rows) {
      const at = Date.parse(created_at);
      sorted &&= at <= last;
      isPast ||= id === kase.id;
      last = at;
    }
    return sorted && isPast && last < Date.parse(kase.created_at);
  };
}

/** What is written to a ticket in one request. */
export interface Update {
  comment?: { body: string; public?: boolean };
  /** Of requests: all that its customer may change. */
  solved?: true;
  /** Of tickets. */
  status?: 'open' | 'solved';
  assignee_id?: number;
  custom_fields?: { id: number; value: string }[];
  safe_update?: true;
  updated_stamp?: string;
}

/** @param people makes an empty directory: what an answer tells of people is put there */
export function zendeskApi(http: Client, people: () => People) {
  const place = (call: Call) => (isCustomerSide(signedIn(call)) ? 'requests' : 'tickets');

  function rowIn(body: unknown, call: Call) {
    if (place(call) === 'requests') {
      const { request, users } = read(one.requests, body);
      return { row: request, people: people().add(users), organizations: [] };
    }
    const { ticket, users, organizations = [] } = read(one.tickets, body);
    return { row: ticket, people: people().add(users), organizations };
  }

  /** Page after page, until `enough` says so of a page. */
  async function listed(
    path: string,
    rowsIn: (body: unknown) => { rows: Row[]; next_page: string | null },
    call: Call,
    enough: (rows: Row[]) => boolean = () => false,
  ): Promise<Row[]> {
    const all = new Map<number, Row>();
    for (let page = 1; page <= MOST_PAGES; page++) {
      const body = await http.get(`${path}&per_page=${PER_PAGE}&page=${page}`, call);
      const { rows, next_page } = rowsIn(body);
      if (next_page !== null && rows.every(({ id }) => all.has(id))) throw protocol('it repeats its pages');
      for (const found of rows) all.set(found.id, found);
      if (next_page === null || enough(rows)) return [...all.values()];
    }
    throw protocol(`more than ${MOST_PAGES * PER_PAGE} rows`);
  }

  return {
    /** A request or a ticket, with those whom the answer names. */
    async row(id: string, call: Call) {
      const where = place(call);
      const include = where === 'tickets' ? 'users,organizations' : 'users';
      const body = await http.get(`/api/v2/${where}/${numbered(id)}?include=${include}`, call).catch(hidden);
      const found = rowIn(body, call);
      if (String(found.row.id) !== id) throw protocol('it is about another ticket');
      return found;
    },

    /** The default organization of who asks: what they ask is of it. Undefined: it is not told. */
    async organization(call: Call): Promise<number | null | undefined> {
      return read(myself, await http.get('/api/v2/users/me', call)).user.organization_id;
    },

    /**
     * What the requester of a case and its organization have asked since: every escalation of it is among them, for it
     * cannot be older. Not a search, whose index lags behind.
     */
    async since(kase: Row, call: Call): Promise<{ rows: Row[]; people: People }> {
      const known = people();
      const rowsIn = (body: unknown) => {
        if (place(call) === 'requests') {
          const { requests, next_page } = read(many.requests, body);
          return { rows: requests, next_page };
        }
        const { tickets, next_page, users } = read(many.tickets, body);
        known.add(users);
        return { rows: tickets, next_page };
      };
      const include = place(call) === 'tickets' ? '&include=users' : '';
      const order = `sort_by=created_at&sort_order=desc${include}`;
      const list = (path: string) => listed(`/api/v2/${path}?${order}`, rowsIn, call, reaching(kase));
      const together = async (lists: Promise<Row[]>[]) => {
        const rows = (await Promise.all(lists)).flat();
        return { rows: [...new Map(rows.map((row) => [row.id, row])).values()], people: known };
      };
      const { organization_id: organization, requester_id: requester } = kase;
      if (place(call) === 'tickets')
        return together([
          list(`users/${requester}/tickets/requested`),
          ...(organization ? [list(`organizations/${organization}/tickets`)] : []),
        ]);
      const isMine = signedIn(call).id === String(requester);
      const own = isMine || !organization ? list('requests') : undefined;
      if (!organization) return together(own ? [own] : []);
      const theirs = list(`organizations/${organization}/requests`).catch((error: unknown) => {
        // They see their own only: what their organization asks is not for them.
        if (!isBackendError(error) || !['forbidden', 'not-found'].includes(error.code)) throw error;
        return own ?? list('requests');
      });
      return together(own ? [own, theirs] : [theirs]);
    },

    /** Agents only: what their search finds, as old as its index. */
    async found(query: string, call: Call) {
      const known = people();
      const path = `/api/v2/search?query=${encodeURIComponent(query)}&include=${encodeURIComponent('tickets(users)')}`;
      const rowsIn = (body: unknown) => {
        const { results, next_page, users } = read(many.found, body);
        known.add(users);
        return { rows: results, next_page };
      };
      // A search answers a thousand rows at most, and refuses the page after.
      let pages = 0;
      return { rows: await listed(path, rowsIn, call, () => ++pages === 10), people: known };
    },

    /** Agents only: these tickets, without those that are not for them. */
    async shown(ids: readonly string[], call: Call) {
      const chunks = Array.from({ length: Math.ceil(ids.length / PER_PAGE) }, (_, i) =>
        ids.slice(i * PER_PAGE, (i + 1) * PER_PAGE).filter((id) => /^[1-9]\d{0,15}$/.test(id)),
      ).filter((some) => some.length > 0);
      const pages = await Promise.all(
        chunks.map(async (some) =>
          read(
            many.shown,
            await http.get(`/api/v2/tickets/show_many?ids=${some.join()}&include=organizations`, call),
          ),
        ),
      );
      return {
        rows: pages.flatMap(({ tickets }) => tickets),
        organizations: pages.flatMap(({ organizations = [] }) => organizations),
      };
    },

    /** Newest first. */
    async comments(id: string, cursor: string | undefined, call: Call) {
      const from = cursor === undefined ? '' : `&page[after]=${encodeURIComponent(cursor)}`;
      const query = `sort=-created_at&page[size]=${PER_PAGE}${from}&include=users`;
      const body = await http
        .get(`/api/v2/${place(call)}/${numbered(id)}/comments?${query}`, call)
        .catch(hidden);
      const { comments, users, meta } = read(many.comments, body);
      if (meta.has_more && !meta.after_cursor) throw protocol('there is no way to the next page');
      return { comments, people: people().add(users), next: meta.has_more ? meta.after_cursor : null };
    },

    async create(request: object, call: Call) {
      const { body } = await http.send('POST', '/api/v2/requests', { request }, call);
      return rowIn(body, call);
    },

    async update(id: string, update: Update, call: Call) {
      const where = place(call);
      const name = where === 'requests' ? 'request' : 'ticket';
      const { body } = await http.send('PUT', `/api/v2/${where}/${numbered(id)}`, { [name]: update }, call);
      return rowIn(body, call);
    },
  };
}
/** {@link zendeskApi} */
export type ZendeskApi = ReturnType<typeof zendeskApi>;

/** The comments of one ticket, read backwards as far as somebody wants to look. */
export class Walk {
  /** Newest first. */
  readonly rows: Comment[] = [];
  /** Nothing is older. */
  isWhole = false;
  readonly people: People;
  readonly #page: (cursor?: string) => ReturnType<ZendeskApi['comments']>;
  #next: string | undefined;

  constructor(people: People, page: (cursor?: string) => ReturnType<ZendeskApi['comments']>) {
    this.people = people;
    this.#page = page;
  }

  /** Reads on until `enough`, or the beginning, or so many pages. */
  async until(enough: () => boolean, pages = MOST_PAGES): Promise<this> {
    for (let read = 0; read < pages && !this.isWhole && !(this.#next && enough()); read++) {
      const { comments, people, next } = await this.#page(this.#next);
      const known = new Set(this.rows.map(({ id }) => id));
      const news = comments.filter(({ id }) => !known.has(id));
      if (next !== null && news.length === 0) throw protocol('it repeats its pages');
      this.rows.push(...news);
      this.people.join(people);
      this.#next = next ?? undefined;
      this.isWhole = next === null;
    }
    return this;
  }
}
