import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { newRecordId } from './people.js';
import { FIELDS, LENGTHS, OPEN, Refusal, SYSTEM, UNIQUE, type Row } from './schema.js';
import { Records, type Answer } from './records.js';

/**
 * A small Salesforce: queries, and composite writes as one transaction, over a state of its own; with unique fields, rights to
 * records and to fields, validation rules, and errors in its words. Made by hand: no description of it is published.
 */

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body?: Row;
  httpHeaders?: Record<string, string>;
}

export class Salesforce extends Records {
  readonly origin = `https://${newRecordId('org').toLowerCase()}.my.salesforce.test`;
  readonly asked: { user: string; method: string; url: URL; body: string }[] = [];
  /** What a test makes of the next requests: an answer instead of its own. */
  intercept?: (request: Request, url: URL) => Response | undefined;
  secondsPerWrite = 1;

  /** Rights to fields, validation rules and unique fields, before a record is written. */
  #assertWritable(object: string, row: Row | undefined, values: Row, by: string): void {
    const isStaff = this.isStaff(by);
    if (this.user(by)?.role === 'engineer' && object !== 'CaseComment')
      throw new Refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
    for (const [name, value] of Object.entries(values)) {
      if (!FIELDS[object]?.includes(name))
        throw new Refusal(400, 'INVALID_FIELD', `No such column '${name}'.`);
      const isTheirs =
        !isStaff && ['Review__c', 'Taken_By__c', 'Internal_Text__c', 'IsPublished'].includes(name);
      if (isTheirs || SYSTEM.includes(name) || name === 'Name')
        throw new Refusal(
          400,
          'INVALID_FIELD_FOR_INSERT_UPDATE',
          `Unable to create/update fields: ${name}.`,
          [name],
        );
      if (typeof value === 'string' && value.length > (LENGTHS[name] ?? 131_072))
        throw new Refusal(400, 'STRING_TOO_LONG', `${name}: data value too large`, [name]);
      const same =
        UNIQUE.includes(name) &&
        value !== null &&
        this.rows(object).find((one) => one[name] === value && one !== row);
      if (same)
        throw new Refusal(400, 'DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: ${String(same['Id'])}`, []); // prettier-ignore
    }
    const invalid = () =>
      new Refusal(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Customers withdraw and reopen.');
    if (isStaff) return;
    const [from, to] = [row?.['Status__c'], values['Status__c']];
    if (object === 'Escalation__c' && !row && to !== 'Requested') throw invalid();
    if (object === 'Escalation__c' && row) {
      const isAllowed =
        (to === 'Withdrawn' && OPEN.includes(from as string)) ||
        (to === 'Under Review' && from === 'Resolved');
      if (!isAllowed || Object.keys(values).some((name) => !['Status__c', 'Open_Key__c'].includes(name)))
        throw invalid();
    }
  }

  #create(object: string, values: Row, by: string): Answer {
    const parents: [string, string][] = [
      ['Case__c', 'Case'],
      ['ParentId', 'Case'],
      ['Escalation__c', 'Escalation__c'],
    ];
    for (const [field, parent] of parents) {
      if (values[field] === undefined) continue;
      const found = this.rows(parent).find(({ Id }) => Id === values[field]);
      if (!found || !this.mayRead(parent, found, by))
        throw new Refusal(400, 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id'); // prettier-ignore
    }
    this.#assertWritable(object, undefined, values, by);
    const isTheirComment = object === 'CaseComment' && !this.isStaff(by);
    const row = this.insert(object, { ...values, ...(isTheirComment && { IsPublished: true }) }, by);
    return { status: 201, body: { id: row['Id'], success: true, errors: [] } };
  }

  #update(object: string, id: string, values: Row, headers: Record<string, string>, by: string): Answer {
    const row = this.rows(object).find(({ Id }) => Id === id);
    if (!row || !this.mayRead(object, row, by))
      throw new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    const since = Date.parse(headers['If-Unmodified-Since'] ?? '');
    if (Date.parse(String(row['LastModifiedDate']).replace('+0000', 'Z')) > since)
      throw new Refusal(412, 'PRECONDITION_FAILED', 'The record was modified since.');
    this.#assertWritable(object, row, values, by);
    Object.assign(row, values, { LastModifiedDate: this.now() });
    return { status: 204, body: null };
  }

  #one({ method, url, body = {}, httpHeaders = {} }: Omit<Subrequest, 'referenceId'>, by: string): Answer {
    const { pathname, searchParams } = new URL(url, this.origin);
    const [, kind, object = '', id] =
      /^\/services\/data\/v\d+\.\d\/(query|sobjects)(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(pathname) ?? [];
    if (kind === 'query' && object) {
      const held = this.cursors.get(object);
      if (!held) throw new Refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
      return this.page(held.rows, held.size);
    }
    if (kind === 'query') return this.query(searchParams.get('q') ?? '', by);
    if (kind !== 'sobjects' || !FIELDS[object])
      throw new Refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
    if (method === 'POST') return this.#create(object, body, by);
    return this.#update(object, id ?? '', body, httpHeaders, by);
  }

  #composite(steps: Subrequest[], by: string): Answer {
    const before = structuredClone(this.tables);
    const made = new Map<string, unknown>();
    const filled = (text: string) =>
      text.replace(/@\{(\w+)\.id\}/g, (_all, name: string) =>
        String((made.get(name) as { id?: string })?.id),
      );
    const answers: (Answer | Refusal)[] = [];
    for (const step of steps) {
      try {
        const body = step.body && (JSON.parse(filled(JSON.stringify(step.body))) as Row);
        const answer = this.#one({ ...step, url: filled(step.url), body }, by);
        made.set(step.referenceId, answer.body);
        answers.push(answer);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        answers.push(error);
        break;
      }
    }
    const isBroken = answers.at(-1) instanceof Refusal;
    if (isBroken) this.tables = before;
    const halted = new Refusal(400, 'PROCESSING_HALTED', 'The transaction was rolled back since another operation in the same transaction failed.'); // prettier-ignore
    const compositeResponse = steps.map(({ referenceId }, n) => {
      const answer = isBroken && n !== answers.length - 1 ? halted : answers[n];
      return { body: answer?.body, httpHeaders: {}, httpStatusCode: answer?.status, referenceId };
    });
    return { status: 200, body: { compositeResponse } };
  }

  async handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const by = /^Bearer (\w+)$/.exec(request.headers.get('Authorization') ?? '')?.[1] ?? '';
    const text = request.method === 'GET' ? '' : await request.clone().text();
    this.asked.push({ user: by, method: request.method, url, body: text });
    const instead = this.intercept?.(request, url);
    if (instead) return instead;
    try {
      if (!this.user(by)) throw new Refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      if (request.method !== 'GET') this.time += this.secondsPerWrite * 1000;
      const answer = /\/composite$/.test(url.pathname)
        ? this.#composite((JSON.parse(text) as { compositeRequest: Subrequest[] }).compositeRequest, by)
        : this.#one({ method: request.method, url: url.href }, by);
      return HttpResponse.json(answer.body as object, { status: answer.status });
    } catch (error) {
      if (error instanceof Refusal) return HttpResponse.json(error.body, { status: error.status });
      throw error;
    }
  }
}

const running = new Map<string, Salesforce>();

/** Answers for every org that was started; nothing goes anywhere else. */
export const line = setupServer(
  http.all('https://*.my.salesforce.test/*', ({ request }) => {
    const org = running.get(new URL(request.url).origin);
    return org ? org.handle(request) : HttpResponse.error();
  }),
);

export function start(): Salesforce {
  const org = new Salesforce();
  running.set(org.origin, org);
  return org;
}
