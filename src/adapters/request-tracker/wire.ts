import * as z from 'zod/mini';
import { BackendError, type Call } from '../../core/backend.js';
import { segment } from '../lib/address.js';
import { protocol } from '../lib/json.js';
import { client, type VendorOptions } from '../lib/vendor.js';

/** Request Tracker's REST2 interface, as far as it is needed here. */

const id = z.pipe(z.union([z.string(), z.number()]), z.transform(String));
const text = z.optional(z.string());
/** A user, or a group of them. `Name` is what a user signs in with. */
const principal = z.object({
  id,
  type: text,
  Name: text,
  RealName: text,
  Organization: text,
  EmailAddress: text,
});
const customFields = z.array(z.object({ name: z.string(), values: z.array(z.unknown()) }));
const ticketRow = z.object({
  id,
  EffectiveId: id,
  Subject: z.catch(z.string(), ''),
  Status: z.string(),
  Created: z.string(),
  LastUpdated: z.string(),
  Resolved: text,
  Owner: principal,
  Creator: principal,
  Requestor: z.array(principal),
  Cc: z.array(principal),
  // Where this user sees no fields, a search says '' instead of a list.
  CustomFields: z.union([
    customFields,
    z.pipe(
      z.literal(''),
      z.transform(() => []),
    ),
  ]),
});
const transactionRow = z.object({
  id,
  Type: z.string(),
  NewValue: z.catch(z.string(), ''),
  Created: z.string(),
  Creator: principal,
  CustomFields: z.catch(customFields, []),
});
const attachmentRow = z.object({
  id,
  TransactionId: id,
  ContentType: z.string(),
  Content: z.catch(z.string(), ''),
});

const queueFields = z.object({ TicketCustomFields: z.array(z.object({ name: z.string() })) });

export type Principal = z.infer<typeof principal>;
export type TicketRow = z.infer<typeof ticketRow>;
export type TransactionRow = z.infer<typeof transactionRow>;
export type AttachmentRow = z.infer<typeof attachmentRow>;

const PEOPLE = ['Owner', 'Creator', 'Requestor', 'Cc'];
const TICKET = [
  'EffectiveId', 'Subject', 'Status', 'Created', 'LastUpdated', 'Resolved', ...PEOPLE, 'CustomFields',
]; // prettier-ignore
const names = (roles: readonly string[]): [string, string][] =>
  roles.map((role) => [`fields[${role}]`, 'Name,RealName,Organization,EmailAddress']);
const TICKET_FIELDS: [string, string][] = [['fields', TICKET.join()], ...names(PEOPLE)];
const TRANSACTION_FIELDS: [string, string][] = [
  ['fields', 'Type,NewValue,Created,Creator,CustomFields'],
  ...names(['Creator']),
];
const PART = 'TransactionId,ContentType';
/** What people wrote, without the files that they attached. */
const WORDS = [
  { field: 'ContentType', operator: 'IN', value: ['text/plain', 'text/html'] },
  { field: 'Filename', operator: 'IS', value: 'NULL' },
];
/** The most that REST2 gives at once. */
export const PAGE = 100;

/** A text as TicketSQL has it. */
export const quoted = (value: string): string => `'${value.replace(/[\\']/g, String.raw`\$&`)}'`;

/** @throws BackendError `not-found`: it cannot be the id of a ticket, and must not become a part of a query */
export function numberOf(given: string): string {
  if (/^[1-9]\d{0,14}$/.test(given)) return given;
  throw new BackendError('not-found', 'There is no such ticket.');
}

/** The first value of a field; null: it is empty; undefined: there is no such field here, or not for this user. */
export function fieldOf(
  { CustomFields }: Pick<TicketRow, 'CustomFields'>,
  name: string,
): string | null | undefined {
  const field = CustomFields.find((row) => row.name === name);
  const value = field?.values[0];
  return field && (typeof value === 'string' && value !== '' ? value : null);
}

/** What a refusal means: REST2 says it with the status, and with one sentence. */
function explain(status: number, body: unknown) {
  const said = (body as { message?: unknown } | undefined)?.message;
  const message = typeof said === 'string' ? said : undefined;
  // The sentence for a ticket that this user may not see; the others name what is not permitted.
  if (status === 403 && message === 'Forbidden') return { code: 'not-found' as const };
  if (status === 400)
    return {
      code: /permission denied/i.test(message ?? '') ? ('forbidden' as const) : ('server-error' as const),
      message,
    };
  return { message };
}

function checked<T>(schema: z.ZodMiniType<T>, value: unknown): T {
  const result = z.safeParse(schema, value);
  if (result.success) return result.data;
  throw protocol();
}

/** What it said of a change: a sentence for each part of it. */
const wordsOf = (body: unknown): string => checked(z.array(z.unknown()), body).filter(Boolean).join(' ');

/** Which rows of a search, and in which order of their ids. */
export interface Slice {
  order?: 'ASC' | 'DESC';
  /** At most {@link PAGE}. */
  limit?: number;
  page?: number;
}

/** The requests of one Request Tracker. All reject as `exchange` does. */
export function rtWire(options: VendorOptions) {
  const { answer, send } = client(options, explain);
  const get = async (path: string, params: [string, string][], call: Call) =>
    answer(`/REST/2.0/${path}?${new URLSearchParams(params).toString()}`, call);

  async function search<T>(
    path: string,
    row: z.ZodMiniType<T>,
    params: [string, string][],
    { order = 'ASC', limit = PAGE, page = 1 }: Slice,
    call: Call,
  ): Promise<T[]> {
    const slice = { orderby: 'id', order, per_page: String(limit), page: String(page) };
    const { body } = await get(path, [...params, ...Object.entries(slice)], call);
    return checked(z.object({ items: z.array(row) }), body).items;
  }

  const tickets = (sql: string, slice: Slice, call: Call): Promise<TicketRow[]> =>
    search('tickets', ticketRow, [['query', sql], ...TICKET_FIELDS], slice, call);

  const attachments = (path: string, which: object[], fields: string, slice: Slice, call: Call) => {
    const query = JSON.stringify([...which, ...WORDS]);
    return search(
      path,
      attachmentRow,
      [
        ['query', query],
        ['fields', fields],
      ],
      slice,
      call,
    );
  };
  const ofTransactions = (ids: readonly string[]) => [{ field: 'TransactionId', operator: 'IN', value: ids }];

  return {
    /** @returns the tag of a ticket, for {@link update}: the newest transaction that this user may see */
    tag: async (ticketId: string, call: Call): Promise<string | undefined> =>
      (await get(`ticket/${numberOf(ticketId)}`, [], call)).headers.get('ETag') ?? undefined,
    /** Tickets by TicketSQL: only those that this user may see. */
    tickets,
    /** Every ticket that a query finds: what this user may not see is left out before pages are made. */
    async allTickets(sql: string, call: Call): Promise<TicketRow[]> {
      const found: TicketRow[] = [];
      for (let page = 1, isMore = true; isMore; page++) {
        const rows = await tickets(sql, { page }, call);
        found.push(...rows);
        isMore = rows.length === PAGE;
      }
      return found;
    },
    /** @returns names of the fields that this user sees on the tickets of a queue */
    async fieldsIn(queue: string, call: Call): Promise<string[]> {
      const { body } = await get(`queue/${segment(queue)}`, [], call);
      return checked(queueFields, body).TicketCustomFields.map(({ name }) => name);
    },
    transactions: (sql: string, slice: Slice, call: Call): Promise<TransactionRow[]> =>
      search('transactions', transactionRow, [['query', sql], ...TRANSACTION_FIELDS], slice, call),
    /** The words of these transactions. */
    words: (transactions: readonly string[], slice: Slice, call: Call) =>
      attachments('attachments', ofTransactions(transactions), `${PART},Content`, slice, call),
    /** The same without the words. */
    parts: (transactions: readonly string[], slice: Slice, call: Call) =>
      attachments('attachments', ofTransactions(transactions), PART, slice, call),
    /** What was written on a ticket last. */
    lastWords: (ticketId: string, limit: number, call: Call) => {
      const path = `ticket/${numberOf(ticketId)}/attachments`;
      return attachments(path, [], `${PART},Content`, { order: 'DESC', limit }, call);
    },
    /** @returns the new ticket's id */
    async create(body: object, call: Call): Promise<string> {
      const made = await send('POST', '/REST/2.0/ticket', body, call);
      return checked(z.object({ id }), made.body).id;
    },
    /**
     * Changes fields. What is refused it says in words, with status 200: read back.
     * @returns the words
     */
    async update(ticketId: string, body: object, etag: string | undefined, call: Call): Promise<string> {
      const path = `/REST/2.0/ticket/${numberOf(ticketId)}`;
      const headers: Record<string, string> = etag === undefined ? {} : { 'If-Match': etag };
      return wordsOf((await send('PUT', path, body, call, headers)).body);
    },
    /** @returns the id of the transaction, and what it said of the rest */
    async write(ticketId: string, how: 'correspond' | 'comment', body: object, call: Call) {
      const path = `/REST/2.0/ticket/${numberOf(ticketId)}/${how}`;
      const made = await send('POST', path, body, call);
      const [, transaction] = /\/transaction\/(\d+)$/.exec(made.headers.get('Location') ?? '') ?? [];
      if (transaction === undefined) throw protocol();
      return { transaction, words: wordsOf(made.body) };
    },
  };
}
export type RtWire = ReturnType<typeof rtWire>;
