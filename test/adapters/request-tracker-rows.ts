import { requestTracker, type RequestTrackerOptions } from '../../src/adapters/request-tracker.js';
import { people } from '../desk.js';
import { json } from './scripted.js';

/** Rows as Request Tracker's REST2 has them, and an adapter over what a test says that it has. */

export const user = people.customer;
export const principal = (id: string, RealName: string, more: object = {}) => ({
  id,
  Name: id,
  RealName,
  type: 'user',
  ...more,
});
export const priya = principal('u-1', 'Priya Nair', { Organization: 'Acme' });
export const dana = principal('e-1', 'Dana Reyes', { Organization: '' });
export const nobody = principal('Nobody', 'Nobody in particular');
export const fields = (values: Record<string, string>) =>
  Object.entries(values).map(([name, value]) => ({ name, values: value ? [value] : [] }));

export const ticket = (id: string, values: Record<string, string>, more: object = {}) => ({
  id,
  EffectiveId: id,
  Subject: 'Nightly export stops',
  Status: 'open',
  Created: '2026-05-11T12:00:00Z',
  LastUpdated: '2026-05-11T12:00:00Z',
  Resolved: '1970-01-01T00:00:00Z',
  Owner: dana,
  Creator: priya,
  Requestor: [priya],
  Cc: [],
  CustomFields: fields(values),
  ...more,
});
export const transaction = (id: string, Type: string, Creator: object, more: object = {}) => ({
  id, Type, Creator, NewValue: '', Created: `2026-05-11T12:00:0${id}Z`, CustomFields: [], ...more,
}); // prettier-ignore

export const isEscalation = (row: { CustomFields?: unknown; queue?: string }) =>
  row.queue === 'Escalations' || /"(Case|For case)"/.test(JSON.stringify(row.CustomFields));

export type Answer = object[] | ((query: URLSearchParams) => object[]);
export type Rows = { tickets?: Answer; transactions?: Answer; attachments?: Answer; fields?: string[] };
/** A Request Tracker that has these rows, whatever it is asked; remembers addresses and bodies. */
export function over(rows: Rows | (() => Response), options: Partial<RequestTrackerOptions> = {}) {
  const asked: { path: string; query: URLSearchParams; headers: Headers; body: string }[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const { pathname, searchParams } = new URL(request.url);
    const path = pathname.replace('/REST/2.0/', '');
    asked.push({ path, query: searchParams, headers: request.headers, body: await request.text() });
    if (typeof rows === 'function') return rows();
    if (path.startsWith('queue/'))
      return json({ TicketCustomFields: (rows.fields ?? ['Case', 'For case']).map((name) => ({ name })) });
    const answer = rows[path.split('/').at(-1) as 'tickets'] ?? [];
    const found = typeof answer === 'function' ? answer(searchParams) : answer;
    const isAbout = (row: object) =>
      isEscalation(row) === /(^| )Queue=/.test(searchParams.get('query') ?? '');
    const items = path === 'tickets' ? found.filter(isAbout) : found;
    return json({ items, count: items.length, total: null, pages: null });
  };
  const backend = requestTracker({
    baseUrl: 'https://rt.test',
    headers: ({ user: who }) => ({ Authorization: `token of ${who?.id}` }),
    fetch,
    ...options,
  });
  const load = async (id = '7') => {
    const loaded = await backend.load(id, { user });
    if (loaded === 'not-modified') throw new Error('no answer');
    return loaded.value;
  };
  return { backend, asked, load };
}
