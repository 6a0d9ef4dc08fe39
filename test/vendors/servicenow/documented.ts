import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { watchedBy } from './server.js';

/**
 * Every request and reply of a test file, held against ServiceNow's own documents in the folder that `VENDOR_SPECS` names:
 * the parameters of its description of the Table API, and the members and types of the replies that its documentation
 * prints. They are not ours to keep here.
 */

const folder = process.env['VENDOR_SPECS'] && join(process.env['VENDOR_SPECS'], 'servicenow');

type Json = Record<string, unknown>;
interface Description {
  paths: Record<string, Record<string, { parameters?: { name: string; in: string }[] }>>;
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

function load(from: string) {
  const folderOf = join(from, 'doc-examples');
  const replies = readdirSync(folderOf).map((name) => ({
    name,
    body: readJson(join(folderOf, name)) as Json,
  }));
  const rows = (prefix: RegExp) =>
    replies
      .filter(({ name }) => prefix.test(name))
      .flatMap(({ body }) =>
        Array.isArray(body['result']) ? (body['result'] as Json[]) : [body['result'] as Json],
      );
  const activities = rows(/case-api\.01/).flatMap(({ entries }) => entries as Json[]);
  const names = (all: Json[]) => new Set(all.flatMap((row) => Object.keys(row)));
  const contact = rows(/case-api\.05/).find((row) => typeof row['contact'] === 'object')?.['contact'] as Json;
  return {
    description: readJson(join(from, 'table_latest.json')) as Description,
    cases: names(rows(/case-api\.04/)),
    tasks: names(rows(/^table-api/)),
    journal: new Set([...names(activities), ...names(rows(/^table-api/))]),
    users: names([contact]),
    error: replies.find(({ name }) => name.startsWith('rate-limit'))?.body as Json,
  };
}

/** Columns that the product has, and that no printed reply shows. */
const NOT_PRINTED = ['source_record', 'requested_by', 'justification', 'element_id'];

const mismatches: string[] = [];
let compared = 0;

function check(docs: ReturnType<typeof load>, request: Request, status: number, body: unknown): void {
  const url = new URL(request.url);
  const [, table = '', id] = /\/table\/(\w+)(\/\w+)?$/.exec(url.pathname) ?? [];
  const path = `/api/now/table/{tableName}${id ? '/{sys_id}' : ''}`;
  const where = `${request.method} ${path} (${table})`;
  const complain = (what: string) => mismatches.push(`${where}: ${what}`);
  const operation = docs.description.paths[path]?.[request.method.toLowerCase()];
  if (!operation) return void complain('is not described');
  compared++;
  // The description leaves this one out; the documentation has it.
  const known = ['sysparm_offset', ...(operation.parameters ?? []).map(({ name }) => name)];
  for (const name of url.searchParams.keys()) if (!known.includes(name)) complain(`parameter ${name}`);
  if (status >= 400) {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value
        ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shape(inner)]))
        : typeof value;
    if (JSON.stringify(shape(body)) !== JSON.stringify(shape(docs.error)))
      complain('an error of another shape');
    return;
  }
  const { result } = body as Json;
  if (Array.isArray(result) !== (request.method === 'GET' && !id))
    return void complain('the kind of its result');
  const printed = /case/.test(table) ? docs.cases : table === 'sys_user' ? docs.users : table === 'sys_journal_field' ? docs.journal : docs.tasks; // prettier-ignore
  for (const row of Array.isArray(result) ? (result as Json[]) : [result as Json])
    for (const [name, value] of Object.entries(row)) {
      const isOwn = /^u_|\./.test(name) || NOT_PRINTED.includes(name);
      if (!isOwn && !printed.has(name)) complain(`member ${name}`);
      // Values are printed as text, references as a link and a value where they are not asked to be left out.
      if (typeof value !== 'string') complain(`type of ${name}`);
    }
}

/** Checks all that the tests of this file exchange, and adds the tests that say so. */
export function heldAgainstTheDocs(): void {
  const docs = folder ? load(folder) : undefined;
  beforeAll(() =>
    watchedBy(
      docs &&
        (async (request, response) => {
          const body: unknown = await response.json().catch(() => undefined);
          check(docs, request, response.status, body);
        }),
    ),
  );
  afterAll(() => watchedBy(undefined));
  if (!docs)
    console.info(
      'servicenow: VENDOR_SPECS is not set; requests and replies were not held against its documents.',
    );
  describe.runIf(docs)('every request and reply is as documented', () => {
    it('in its parameters, members and types', () => {
      expect(compared).toBeGreaterThan(0);
      expect([...new Set(mismatches)]).toEqual([]);
    });
  });
}
