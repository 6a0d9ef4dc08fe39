import { BackendError, type Call } from '../../core/backend.js';
import { object, text } from '../../core/shape.js';
import { segment } from '../lib/address.js';
import { client, type Explain, type VendorOptions } from '../lib/vendor.js';

/**
 * ServiceNow's Table API. Values are asked for, never display values: those are in the language and the time zone of
 * whoever reads.
 */

/** Values by column: text, whatever the type of the column. One that did not come is not known, and not empty. */
export type Row = Record<string, string>;

/** Which rows, oldest first unless `newestFirst`. */
export interface Search {
  table: string;
  /** Conditions of an encoded query; their values are what {@link isSysId} or the configuration lets pass. */
  where: string;
  columns: readonly string[];
  /** Without these a row does not say what it is asked for. */
  needed: readonly string[];
  newestFirst?: boolean;
  /** Rows of one request. */
  limit: number;
}

export type Table = ReturnType<typeof tableApi>;

/** More requests than that for one answer are a fault. */
const MOST_PAGES = 200;

export const broken = (what: string): BackendError => new BackendError('protocol', `ServiceNow: ${what}`);

/** Ids of rows. Nothing else is ever sent as one, so that no `^` of a caller gets into a query. */
export const isSysId = (id: string): boolean => /^[0-9a-f]{32}$/.test(id);

/** @throws BackendError `not-found`: what cannot be an id is the id of nothing */
export function sysId(id: string): string {
  if (isSysId(id)) return id;
  throw new BackendError('not-found', 'There is no such record.');
}

/** `2026-05-11 12:00:00`, which is UTC, as RFC 3339. */
export function instant(value: string, column: string): string {
  const [whole, day, time] = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)$/.exec(value) ?? [];
  if (whole && !Number.isNaN(Date.parse(`${day}T${time}Z`))) return `${day}T${time}Z`;
  throw broken(`"${column}" is no time.`);
}

/** The columns of a row. Those that are not there, or that this user may not read, are left out of it. */
function rowOf(value: unknown, columns: readonly string[], needed: readonly string[]): Row {
  if (!object({})(value)) throw broken('a row is none.');
  const row = value as Record<string, unknown>;
  const read = (name: string): [string, string][] => {
    const told = row[name] ?? undefined;
    if (told === undefined && !needed.includes(name)) return [];
    if (!text(told)) throw broken(`a row lacks "${name}".`);
    return [[name, told as string]];
  };
  return Object.fromEntries(columns.flatMap(read));
}

/** A row that was written, and came back. @throws BackendError `protocol` where a column did not */
function keptOf(told: unknown, { columns, needed }: Pick<Search, 'columns' | 'needed'>, body: Row): Row {
  const row = rowOf(told, columns, needed);
  const lost = Object.keys(body).find((name) => row[name] !== body[name]);
  if (lost !== undefined) throw broken(`it did not take "${lost}".`);
  return row;
}

function resultOf(body: unknown): unknown {
  if (object({})(body)) return (body as { result?: unknown }).result;
  throw broken('the answer has no result.');
}

/** `X-RateLimit-Reset` is Unix time in seconds. */
function untilReset(headers: Headers, now: Date): number | undefined {
  const reset = Number(headers.get('X-RateLimit-Reset') ?? NaN);
  const seconds = Math.ceil(reset - now.getTime() / 1000);
  return seconds >= 0 && !headers.has('Retry-After') ? seconds : undefined;
}

const explain =
  (clock: () => Date): Explain =>
  (status, body, headers) => {
    const { message, detail } = ((body as { error?: unknown } | null)?.error ?? {}) as Record<
      string,
      unknown
    >;
    const words = [message, detail].filter((part) => typeof part === 'string' && part !== '').join(': ');
    // A rule of the instance refuses what was written, not who wrote it.
    const isRule = status === 403 && /business rule|data policy/i.test(words);
    return {
      ...(isRule && { code: 'invalid' as const }),
      ...(words && { message: words }),
      ...(status === 429 && { retryAfter: untilReset(headers, clock()) }),
    };
  };

export function tableApi(options: VendorOptions) {
  const { answer, send } = client(options, explain(options.clock ?? (() => new Date())));
  const address = (table: string, id: string | undefined, query: Record<string, string>) =>
    `/api/now/table/${segment(table)}${id === undefined ? '' : `/${sysId(id)}`}?${new URLSearchParams(query)}`;
  const of = (columns: readonly string[]) => ({
    sysparm_fields: columns.join(),
    sysparm_exclude_reference_link: 'true',
  });

  async function page(search: Search, offset: number, call: Call) {
    const { table, where, columns, needed, newestFirst, limit } = search;
    const order = newestFirst ? 'ORDERBYDESC' : 'ORDERBY';
    const path = address(table, undefined, {
      ...of(columns),
      // Times are of whole seconds: within one, the id makes an order that stays.
      sysparm_query: `${where}^${order}sys_created_on^${order}sys_id`,
      sysparm_limit: String(limit),
      sysparm_offset: String(offset),
    });
    const { body, headers } = await answer(path, call);
    const rows = resultOf(body);
    if (!Array.isArray(rows)) throw broken('the result is no list.');
    const link = headers.get('Link');
    return {
      rows: rows.map((row) => rowOf(row, columns, needed)),
      // Rows that this user may not see are left out after the page was cut: a short page need not be the last.
      isLast: link === null ? rows.length < limit : !/rel="?next/.test(link),
    };
  }

  return {
    /** Pages of what is found; each row once. */
    async *pages(search: Search, call: Call): AsyncGenerator<Row[]> {
      const known = new Set<string>();
      for (let n = 0; n < MOST_PAGES; n++) {
        const { rows, isLast } = await page(search, n * search.limit, call);
        const fresh = rows.filter(({ sys_id = '' }) => !known.has(sys_id) && known.add(sys_id));
        if (rows.length > 0 && fresh.length === 0) throw broken('a page came twice.');
        yield fresh;
        if (isLast) return;
      }
      throw broken('its pages never end.');
    },

    /** @throws BackendError `not-found` also for what this user may not see */
    async get(
      table: string,
      id: string,
      { columns, needed }: Pick<Search, 'columns' | 'needed'>,
      call: Call,
    ) {
      const { body } = await answer(address(table, id, of(columns)), call);
      const row = rowOf(resultOf(body), columns, needed);
      if (row['sys_id'] !== id) throw broken('another record came than was asked for.');
      return row;
    },

    /**
     * Makes a row, or changes one. Columns that are not there and values that this user may not set are ignored without a
     * word: what was written is compared with what came back.
     * @param body columns to set
     * @param journal columns that never come back
     * @param undo takes back a row that was made with something missing
     */
    async write(
      { table, id, columns, needed }: Pick<Search, 'table' | 'columns' | 'needed'> & { id?: string },
      body: Row,
      journal: Row,
      call: Call,
      undo?: (id: string) => Promise<unknown>,
    ): Promise<Row> {
      const method = id === undefined ? 'POST' : 'PATCH';
      const values = { ...body, ...journal };
      const { body: reply } = await send(method, address(table, id, of(columns)), values, call);
      const told = resultOf(reply);
      try {
        return keptOf(told, { columns, needed }, body);
      } catch (error) {
        const made = (told as { sys_id?: unknown } | undefined)?.sys_id;
        if (!undo || typeof made !== 'string' || !isSysId(made)) throw error;
        await undo(made).catch(() => undefined);
        // The set-up lacks something: trying again would only make one more.
        throw new BackendError('server-error', (error as Error).message);
      }
    },
  };
}
