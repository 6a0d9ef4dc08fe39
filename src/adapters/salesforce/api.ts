import { BackendError, type Call, type ErrorCode } from '../../core/backend.js';
import { list, number, object, text } from '../../core/shape.js';
import { codeOfStatus } from '../lib/failures.js';
import { client, type VendorOptions } from '../lib/vendor.js';

/** Salesforce's REST API: queries (SOQL), and several writes that happen together or not at all (`composite`). */

/** A record as a query answers it: values, null, and records that it refers to. */
export type Row = Record<string, unknown>;

/** One write of several. */
export interface Step {
  method: 'POST' | 'PATCH' | 'GET';
  /** Path after `/services/data/vNN.N`. */
  url: string;
  referenceId: string;
  body?: Row;
  /** Fields whose value is the id that an earlier step made: `@{referenceId.id}`. */
  refers?: Record<string, string>;
  httpHeaders?: Record<string, string>;
}

export type Api = ReturnType<typeof salesforceApi>;

const MOST_PAGES = 200;

export const broken = (what: string): BackendError => new BackendError('protocol', `Salesforce: ${what}`);

/** @throws BackendError `not-found`: what cannot be an id is the id of nothing */
export function recordId(id: string): string {
  if (/^[a-zA-Z0-9]{18}$/.test(id)) return id;
  throw new BackendError('not-found', 'There is no such record.');
}

/** A text as SOQL has it. */
export const quoted = (value: string): string =>
  `'${value.replace(/[\\']/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

/**
 * In steps that belong together Salesforce replaces `@{…}` wherever it stands, in what somebody has typed as well, and knows no
 * way to escape it: a word joiner between the two keeps them apart, and nobody sees it.
 */
export const held = (value: string): string => value.replace(/@(\u2060*)\{/g, '@$1\u2060{');
const freed = (value: string): string => value.replace(/@(\u2060*)\u2060\{/g, '@$1{');

const heldIn = (body: Row): Row =>
  Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, typeof value === 'string' ? held(value) : value]),
  );

/** `2026-05-11T12:00:00.000+0000` as RFC 3339 in UTC. */
export function instant(value: unknown, field: string): string {
  const iso = text(value) ? (value as string).replace(/\+0000$/, 'Z') : '';
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(iso) && !Number.isNaN(Date.parse(iso))) return iso;
  throw broken(`"${field}" is no time.`);
}

/** Likewise, or a date alone, of which nobody says where: noon in UTC is that day nearly everywhere. */
export const dayOrInstant = (value: string, field: string): string =>
  instant(/^\d{4}-\d\d-\d\d$/.test(value) ? `${value}T12:00:00Z` : value, field);

/** What the status alone does not say. The rest of the codes are mistakes of the set-up, or of this adapter. */
const CODES: Record<string, ErrorCode> = {
  INVALID_SESSION_ID: 'signed-out',
  INVALID_AUTH_HEADER: 'signed-out',
  // Has status 403, and no Retry-After: it is the quota of the whole org for a day.
  REQUEST_LIMIT_EXCEEDED: 'rate-limited',
  UNABLE_TO_LOCK_ROW: 'unavailable',
  SERVER_UNAVAILABLE: 'unavailable',
  DUPLICATE_VALUE: 'open-escalation-exists',
  NOT_FOUND: 'not-found',
  ENTITY_IS_DELETED: 'not-found',
  MALFORMED_ID: 'not-found',
  INVALID_CROSS_REFERENCE_KEY: 'not-found',
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 'not-found',
  INSUFFICIENT_ACCESS_OR_READONLY: 'forbidden',
  INSUFFICIENT_ACCESS: 'forbidden',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'forbidden',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'invalid',
  FIELD_FILTER_VALIDATION_EXCEPTION: 'invalid',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'invalid',
  STRING_TOO_LONG: 'too-large',
  INVALID_QUERY_FILTER_OPERATOR: 'server-error',
  INVALID_FIELD: 'server-error',
  INVALID_TYPE: 'server-error',
  MALFORMED_QUERY: 'server-error',
};

/** Of several errors the first that is one: the others were only halted by it. */
function told(status: number, body: unknown): { code?: ErrorCode; message?: string } {
  const rows = (Array.isArray(body) ? body : []).filter(object({ errorCode: text })) as {
    errorCode: string;
    message?: unknown;
  }[];
  const error = rows.find(({ errorCode }) => errorCode !== 'PROCESSING_HALTED') ?? rows[0];
  if (!error) return {};
  // Before what is wrong stands the query.
  const words = text(error.message) ? (error.message as string).replace(/^.*ERROR at Row:[^\n]*\n/s, '') : '';
  // What looks like an id and is none is the id of nothing, like any other.
  const code = /^invalid ID field/i.test(words) ? 'not-found' : CODES[error.errorCode];
  return {
    code: code ?? codeOfStatus(status),
    message: [error.errorCode, ...(words ? [words] : [])].join(': '),
  };
}

const isHalted = ({ body }: { body: unknown }): boolean =>
  JSON.stringify(body)?.includes('PROCESSING_HALTED') ?? false;

export function salesforceApi(options: VendorOptions, version: string) {
  const { get, send } = client(options, told);
  const root = `/services/data/v${version}`;

  return {
    /** Every record that a query finds. */
    async query(soql: string, call: Call): Promise<Row[]> {
      const found: Row[] = [];
      let path = `${root}/query?q=${encodeURIComponent(soql)}`;
      for (let n = 0; n < MOST_PAGES; n++) {
        const page = readPage(await get(path, call));
        found.push(...page.records);
        if (page.next === undefined) return found;
        if (page.next === path) throw broken('a page names itself as the next.');
        path = page.next;
      }
      throw broken('its pages never end.');
    },

    /** Several steps that are all done, or none. @returns the answers, in order */
    async together(steps: readonly Step[], call: Call): Promise<unknown[]> {
      const compositeRequest = steps.map(({ refers, body, url, ...step }) => ({
        ...step,
        url: root + url,
        ...(body && { body: { ...heldIn(body), ...refers } }),
      }));
      const { body } = await send('POST', `${root}/composite`, { allOrNone: true, compositeRequest }, call);
      const shape = object({ compositeResponse: list(object({ httpStatusCode: number })) });
      if (!shape(body)) throw broken('the answer to several steps is none.');
      const { compositeResponse: answers } = body as {
        compositeResponse: { httpStatusCode: number; body: unknown }[];
      };
      if (answers.length !== steps.length) throw broken('some steps have no answer.');
      const failed = answers.filter(({ httpStatusCode }) => httpStatusCode >= 300);
      const cause = failed.find((one) => !isHalted(one)) ?? failed[0];
      if (cause) {
        const status = cause.httpStatusCode;
        const { code = codeOfStatus(status), message } = told(status, cause.body);
        throw new BackendError(code, message, { status });
      }
      return answers.map((answer) => answer.body);
    },

    root,
  };
}

/** @returns the records of a page, and the path of the next, which stays at this server */
export function readPage(body: unknown): { records: Row[]; next?: string } {
  const isPage = object({ totalSize: number, records: list(object({})) });
  const { done, records, nextRecordsUrl } = (object({})(body) ? body : {}) as Row;
  if (!isPage(body) || typeof done !== 'boolean') throw broken('the answer to a query is none.');
  const rows = records as Row[];
  if (done) {
    if (rows.length === 0 && (body as { totalSize: number }).totalSize > 0)
      throw broken('records are missing.');
    return { records: rows };
  }
  if (text(nextRecordsUrl) && /^\/services\/data\/v[\d.]+\/query\/[\w-]+$/.test(nextRecordsUrl as string))
    return { records: rows, next: nextRecordsUrl as string };
  throw broken('the next page has no address.');
}

/** The value of a field, through what it refers to; null: none. A field that was asked for and is not there is a fault. */
export function valueOf(row: Row, path: string): unknown {
  const [name = '', ...rest] = path.split('.');
  const value = row[name];
  if (value === undefined) throw broken(`a record lacks "${name}".`);
  if (rest.length === 0 || value === null) return value;
  if (!object({})(value)) throw broken(`"${name}" is no record.`);
  return valueOf(value as Row, rest.join('.'));
}

/** Likewise a text; '' where there is none. */
export function textOf(row: Row, path: string): string {
  const value = valueOf(row, path) ?? '';
  if (text(value)) return freed(value as string);
  throw broken(`"${path}" is no text.`);
}

/** Likewise one that has to be there. */
export function neededText(row: Row, path: string): string {
  const value = textOf(row, path);
  if (value !== '') return value;
  throw broken(`a record lacks "${path}".`);
}
