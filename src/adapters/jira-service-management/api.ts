import * as z from 'zod/mini';
import { BackendError, isBackendError, type Call } from '../../core/backend.js';
import { isCustomerSide } from '../../core/roles.js';
import { segment } from '../lib/address.js';
import type { JiraMapping } from './options.js';
import { signedIn } from '../lib/ticket-entries.js';
import type { Client, Explain } from '../lib/vendor.js';

/** The customer interface of Jira Service Management (`/rest/servicedeskapi/request…`), which agents may use as well. */

const BASE = '/rest/servicedeskapi/request';
const PER_PAGE = 100;
const MOST_PAGES = 100;
/** Of escalations that are over: the newest pages, so that a long past shuts nobody out. */
const PAST_PAGES = 10;
/** Readings of a list that moves meanwhile. */
const READINGS = 3;

const text = z.string().check(z.minLength(1));
const date = z.object({ epochMillis: z.int() });
const user = z.object({
  accountId: text,
  displayName: z.string(),
  emailAddress: z.nullish(z.string()),
});
export type Account = z.infer<typeof user>;

/** Where a list is, what its rows are, and for whom it is read. */
type ListArgs<T> = [path: string, schema: z.ZodMiniType<T>, idOf: (row: T) => string, call: Call];

const page = <T extends z.core.$ZodType>(row: T) =>
  z.object({ values: z.array(row), isLastPage: z.boolean(), start: z.int() });

const row = z.object({
  issueId: text,
  issueKey: text,
  summary: z.optional(z.string()),
  requestTypeId: text,
  createdDate: date,
  reporter: user,
  requestFieldValues: z.array(z.object({ fieldId: text, value: z.unknown() })),
  currentStatus: z.object({
    status: text,
    statusCategory: z.enum(['UNDEFINED', 'NEW', 'INDETERMINATE', 'DONE']),
    statusDate: date,
  }),
  participants: z.optional(z.object({ values: z.array(user) })),
  _links: z.optional(z.object({ web: z.optional(z.string()) })),
});
export type JiraRow = z.infer<typeof row>;

const comment = z.object({
  id: z.string().check(z.regex(/^\d{1,16}$/)),
  body: z.string(),
  public: z.boolean(),
  author: user,
  created: date,
});
export type JiraComment = z.infer<typeof comment>;

const transition = z.object({ id: text, name: z.string() });

export const protocol = (what: string): BackendError =>
  new BackendError('protocol', `Jira's answer: ${what}`);

function read<T>(schema: z.ZodMiniType<T>, body: unknown): T {
  const result = z.safeParse(schema, body);
  if (result.success) return result.data;
  throw protocol(`${result.error.issues[0]?.path.join('/') || 'it'} is not what the description says`);
}

/** Their errors: `{errorMessage, i18nErrorMessage}`. */
export const explain: Explain = (_status, body) => {
  const { errorMessage } = (body ?? {}) as Record<string, unknown>;
  return typeof errorMessage === 'string' ? { message: errorMessage } : {};
};

/** An id in an address; what is neither a key nor a number is nobody's. */
function named(id: string): string {
  if (id.length <= 60 && /^([A-Z][A-Z0-9_]*-[1-9]\d*|[1-9]\d*)$/.test(id)) return segment(id);
  throw new BackendError('not-found', 'There is no such request.');
}

/** That it is somebody else's is not told apart from that it is not there. */
const hidden = (error: unknown): never => {
  if (isBackendError(error) && error.code === 'forbidden') throw new BackendError('not-found', error.message);
  throw error;
};

/** A value of a field: fields of several kinds hold an object with a name or a value. */
export function fieldOf({ requestFieldValues }: JiraRow, field: string): string | null | undefined {
  const found = requestFieldValues.find(({ fieldId }) => fieldId === field);
  if (!found) return undefined;
  if (!('value' in found) || found.value === undefined) throw protocol(`the field ${field} has no value`);
  const { value } = found;
  const inner =
    typeof value === 'object' && value
      ? ((value as Record<string, unknown>)['value'] ?? (value as Record<string, unknown>)['name'])
      : value;
  if (inner === null || inner === '') return null;
  if (typeof inner === 'string' || typeof inner === 'number') return String(inner);
  throw protocol(`the field ${field} holds no text`);
}

/** By its old key Jira may go on answering a request that moved to another project. */
const isMoved = (key: string, asked: string): boolean =>
  asked.includes('-') && key.split('-')[0] !== asked.split('-')[0];

/** Requests to one Jira. */
export function jiraApi(http: Client, { serviceDesk, requestType }: JiraMapping) {
  /**
   * Reads a list once. Every page begins with the last row of the one before it: where it does not, rows have moved
   * meanwhile, and one of them may have been on no page.
   * @returns undefined: it moved
   */
  async function reading<T>(
    most: number,
    ...[path, schema, idOf, call]: ListArgs<T>
  ): Promise<{ rows: T[]; isWhole: boolean } | undefined> {
    const all = new Map<string, T>();
    const pages = page(schema);
    let last: string | undefined;
    for (let n = 0; n < most; n++) {
      const start = Math.max(all.size - 1, 0);
      const body = await http.get(`${path}start=${start}&limit=${PER_PAGE}`, call);
      const { values, isLastPage, start: told } = read(pages, body);
      if (told !== start) throw protocol('it is another page than was asked for');
      const [first, ...rest] = values;
      if (last !== undefined && (!first || idOf(first) !== last)) return undefined;
      const fresh = last === undefined ? values : rest;
      if (fresh.some((found) => all.has(idOf(found)))) return undefined;
      for (const found of fresh) all.set((last = idOf(found)), found);
      if (isLastPage) return { rows: [...all.values()], isWhole: true };
      if (fresh.length === 0) throw protocol('it repeats its pages');
    }
    return { rows: [...all.values()], isWhole: false };
  }

  /** At most so many pages of a list, as it was at one moment. */
  async function upTo<T>(most: number, ...list: ListArgs<T>) {
    for (let n = 0; n < READINGS; n++) {
      const found = await reading(most, ...list);
      if (found) return found;
    }
    throw protocol(`a list that moved ${READINGS} times while it was read`);
  }

  /** All of a list, which ends where it says so. */
  async function listed<T>(...list: ListArgs<T>): Promise<T[]> {
    const { rows, isWhole } = await upTo(MOST_PAGES, ...list);
    if (isWhole) return rows;
    throw protocol(`more than ${MOST_PAGES} pages`);
  }

  return {
    async row(id: string, call: Call): Promise<JiraRow> {
      const body = await http.get(`${BASE}/${named(id)}?expand=participant`, call).catch(hidden);
      const found = read(row, body);
      if (found.issueKey === id || found.issueId === id || isMoved(found.issueKey, id)) return found;
      throw protocol('it is about another request');
    },

    /**
     * The escalations that this person may see: they are one request type. Agents see those of all customers. The open ones
     * are all there; of a long past only what was active last.
     */
    async escalations(call: Call): Promise<JiraRow[]> {
      const whose = isCustomerSide(signedIn(call))
        ? ['OWNED_REQUESTS', 'PARTICIPATED_REQUESTS', 'ALL_ORGANIZATIONS']
        : ['ALL_REQUESTS'];
      const list = (status: string): ListArgs<JiraRow> => {
        const query = [
          `serviceDeskId=${serviceDesk}`,
          `requestTypeId=${requestType}`,
          `requestStatus=${status}`,
          ...whose.map((some) => `requestOwnership=${some}`),
          'expand=participant',
        ];
        return [`${BASE}?${query.join('&')}&`, row, ({ issueId }) => issueId, call];
      };
      const { rows, isWhole } = await upTo(PAST_PAGES, ...list('ALL_REQUESTS'));
      if (isWhole) return rows;
      const open = await listed(...list('OPEN_REQUESTS'));
      return [...new Map([...rows, ...open].map((found) => [found.issueId, found])).values()];
    },

    /** Oldest first; internal ones for agents only. */
    async comments(id: string, call: Call): Promise<JiraComment[]> {
      const internal = !isCustomerSide(signedIn(call));
      const path = `${BASE}/${named(id)}/comment?public=true&internal=${internal}&`;
      const found = await listed(path, comment, (said) => said.id, call).catch(hidden);
      return found.sort((a, b) => Number(a.id) - Number(b.id));
    },

    async create(requestFieldValues: Record<string, string>, call: Call): Promise<JiraRow> {
      const body = { serviceDeskId: serviceDesk, requestTypeId: requestType, requestFieldValues };
      return read(row, (await http.send('POST', BASE, body, call)).body);
    },

    async comment(id: string, body: string, isPublic: boolean, call: Call): Promise<JiraComment> {
      const path = `${BASE}/${named(id)}/comment`;
      const made = read(comment, (await http.send('POST', path, { body, public: isPublic }, call)).body);
      if (made.public !== isPublic) throw protocol(`the comment is ${made.public ? 'public' : 'internal'}`);
      return made;
    },

    /** @throws BackendError `forbidden`: this person is not offered it now */
    async move(id: string, name: string, words: string | undefined, call: Call): Promise<void> {
      const path = `${BASE}/${named(id)}/transition`;
      const offered = await listed(`${path}?`, transition, (one) => one.id, call);
      const found = offered.find((one) => one.name.toLowerCase() === name.toLowerCase());
      if (!found) throw new BackendError('forbidden', `Jira does not offer the transition "${name}" here.`);
      const comment = words === undefined ? {} : { additionalComment: { body: words } };
      await http.send('POST', path, { id: found.id, ...comment }, call);
    },
  };
}
