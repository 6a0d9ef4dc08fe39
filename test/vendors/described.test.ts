import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { describedBy } from './described.js';

/** A description in the ways of OAS 3.0: references, `nullable`, numbers in paths. */
const document = {
  paths: {
    '/things/{id}': {
      parameters: [{ $ref: '#/components/parameters/Id' }],
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        },
      },
      put: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } } },
        responses: { 204: {} },
      },
    },
    '/things': {
      get: {
        parameters: [
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'of', in: 'query', required: true, schema: { type: 'string' } },
        ],
        responses: { 200: {} },
      },
    },
  },
  components: {
    parameters: { Id: { name: 'id', in: 'path', required: true, schema: { type: 'integer' } } },
    schemas: {
      Thing: {
        type: 'object',
        additionalProperties: false,
        required: ['id'],
        properties: {
          id: { type: 'integer', format: 'int64' },
          note: { type: 'string', nullable: true },
          at: { type: 'string', format: 'date-time' },
          parts: { type: 'array', items: { $ref: '#/components/schemas/Thing' } },
        },
      },
    },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'described-'));
  mkdirSync(join(folder, 'acme'));
  writeFileSync(join(folder, 'acme', 'subset.json'), JSON.stringify(document));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

async function exchanged(method: string, path: string, sent: unknown, status: number, answer?: unknown) {
  vi.stubEnv('VENDOR_SPECS', folder);
  const seen = describedBy('acme', { query: ['page'] });
  const response = new Response(answer === undefined ? null : JSON.stringify(answer), { status });
  const body = sent === undefined ? undefined : JSON.stringify(sent);
  await seen.watched(() => Promise.resolve(response))(
    new Request(`https://acme.test${path}`, { method, body }),
  );
  return seen;
}

describe('a description', () => {
  it.each([
    [
      'GET',
      '/things/1',
      undefined,
      200,
      { id: 1, note: null, at: '2026-01-01T00:00:00Z', parts: [{ id: 2 }] },
    ],
    ['PUT', '/things/1', { id: 1 }, 204, undefined],
    ['GET', '/things?of=all&limit=3&page=2', undefined, 200, undefined],
  ])('is kept by %s %s', async (method, path, sent, status, answer) => {
    const { mismatches, compared } = await exchanged(method, path, sent, status, answer);
    expect(mismatches).toEqual([]);
    expect(compared.size).toBe(1);
  });

  it.each([
    ['a member too many', 'GET', '/things/1', undefined, 200, { id: 1, odd: 1 }, /odd/],
    ['a member too few', 'GET', '/things/1', undefined, 200, {}, /id/],
    ['another type', 'GET', '/things/1', undefined, 200, { id: '1' }, /\/id must be integer/],
    [
      'deep within',
      'GET',
      '/things/1',
      undefined,
      200,
      { id: 1, parts: [{ id: 1, note: 5 }] },
      /\/parts\/0\/note/,
    ],
    ['no time', 'GET', '/things/1', undefined, 200, { id: 1, at: 'yesterday' }, /\/at must match format/],
    ['a wrong body', 'PUT', '/things/1', { id: 'x' }, 204, undefined, /request \/id/],
    [
      'an unknown parameter',
      'GET',
      '/things?of=all&sort=up',
      undefined,
      200,
      undefined,
      /query sort is not described/,
    ],
    ['a missing parameter', 'GET', '/things', undefined, 200, undefined, /query of is missing/],
    ['a wrong parameter', 'GET', '/things?of=all&limit=few', undefined, 200, undefined, /query limit/],
  ])('is not kept: %s', async (_, method, path, sent, status, answer, words) => {
    const { mismatches } = await exchanged(method, path, sent, status, answer);
    expect(mismatches.join()).toMatch(words);
  });

  it('what it does not have is told apart', async () => {
    const { unknown, compared, mismatches } = await exchanged('GET', '/things/count', undefined, 200, {});
    expect([[...unknown], [...compared], mismatches]).toEqual([['GET /things/count'], [], []]);
  });

  it('where there is none, nothing is compared, and that is said', () => {
    vi.stubEnv('VENDOR_SPECS', '');
    expect(describedBy('acme').skipped).toMatch(/acme: not compared/);
  });
});
