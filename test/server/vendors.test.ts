import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { helpDesks } from '../../demo/server/backends.js';
import { serve } from '../http.js';
import { refusal, run } from './running.js';

/** A help desk of another maker behind the server: who asks is asked for there, as themselves. */

const folder = mkdtempSync(join(tmpdir(), 'escalation-vendors-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, value: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(value));
  return path;
};
const tokens = file('tokens.json', { 'u-priya': 'secret-of-priya' });
const states = {
  requested: '1',
  'under-review': '2',
  accepted: '3',
  declined: '4',
  resolved: '5',
  withdrawn: '6',
};
/** What an adapter cannot guess. */
const MAPPINGS: Record<string, object> = {
  zendesk: { fields: { case: '1', asked: '2', reviewed: '3', stage: '4' } },
  servicenow: { states },
  'jira-service-management': {
    serviceDesk: '1',
    requestType: '2',
    fields: { case: 'customfield_1', asked: 'customfield_2' },
  },
};
/** The id of a case, as it looks there. */
const CASES: Record<string, string> = {
  'request-tracker': '1',
  zendesk: '1',
  'jira-service-management': 'SUP-1',
  servicenow: '0123456789abcdef0123456789abcdef',
  salesforce: '500000000000001AAA',
};

const OURS = ['memory', 'postgres'];
const vendors = helpDesks.filter((name) => !OURS.includes(name));

describe.each(vendors)('BACKEND=%s', (BACKEND) => {
  let asked: (string | null)[];
  let there: Awaited<ReturnType<typeof serve>>;
  beforeEach(async () => {
    asked = [];
    there = await serve(async ({ headers }) => {
      asked.push(headers.get('Authorization'));
      return Response.json({ error: 'not found', errorMessage: 'not found' }, { status: 404 });
    });
  });
  afterEach(() => there.close());

  const start = (more: Record<string, string> = {}) =>
    run({
      BACKEND,
      DESK_URL: there.origin,
      DESK_TOKENS: tokens,
      ...(MAPPINGS[BACKEND] && { DESK_MAPPING: file(`${BACKEND}.json`, MAPPINGS[BACKEND]) }),
      ...more,
    });

  it('asks it as whoever is signed in', async () => {
    const server = await start({ DESK_SCHEME: 'token' });
    const priya = await server.signIn('u-priya');
    expect(await refusal(await server.ask(`/api/cases/${CASES[BACKEND]}`, {}, priya))).toEqual([
      404,
      'not-found',
    ]);
    expect(new Set(asked)).toEqual(new Set(['token secret-of-priya']));
    await server.stop();
  });

  it('asks nothing for somebody whom it does not know', async () => {
    const server = await start();
    const jonas = await server.signIn('u-jonas');
    expect(await refusal(await server.ask(`/api/cases/${CASES[BACKEND]}`, {}, jonas))).toEqual([
      401,
      'signed-out',
    ]);
    expect(asked).toEqual([]);
    await server.stop();
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['where it is', { DESK_URL: '' }, /DESK_URL: is where the help desk is/],
    ['an address', { DESK_URL: 'acme' }, /DESK_URL: must be a URL/],
    ['who signs in how', { DESK_TOKENS: '' }, /DESK_TOKENS: names a file/],
    ['a file that is there', { DESK_TOKENS: '/nowhere' }, /DESK_TOKENS: names a file that cannot be read/],
    ['a mapping', { DESK_MAPPING: tokens.replace('tokens', 'nowhere') }, /DESK_MAPPING: /],
  ])('needs %s', async (_title, env, message) => {
    await expect(start(env)).rejects.toThrow(message);
  });
});

it('an adapter that cannot work by its mapping says so before the server starts', async () => {
  const env = { BACKEND: 'servicenow', DESK_URL: 'https://acme.example.com', DESK_TOKENS: tokens };
  await expect(run(env)).rejects.toThrow(/^ {2}BACKEND: servicenow: .*states/m);
});

it('every adapter of the package can be chosen', () => {
  expect(vendors.toSorted()).toEqual(['jira-service-management', 'request-tracker', 'salesforce', 'servicenow', 'zendesk']);
}); // prettier-ignore
