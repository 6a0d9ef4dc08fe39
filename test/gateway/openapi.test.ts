import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { parsePolicy } from '../../src/core/policy.js';
import { checked, checkedFetch, ContractMismatch, document, validate, type Json } from '../openapi.js';

const { components } = document;
const example = (name: string) => structuredClone(components.examples[name].value);
const base = 'https://desk.example.com';
const KEY = { 'Idempotency-Key': '"k-1"' };

const json = (body: unknown, init: { status?: number; headers?: Record<string, string> } = {}) =>
  new Response(JSON.stringify(body), {
    status: init.status ?? 200,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  });
const problem = (name: string, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(example(name)), {
    status: example(name).status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
const caseState = (change: (state: Json) => unknown = () => {}) => {
  const state = example('CaseAvailable');
  change(state);
  return json(state, { headers: { ETag: '"9f2c"', 'Cache-Control': 'private, no-cache' } });
};
const send = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
  new Request(base + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body !== undefined && { 'Content-Type': 'application/json' }), ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
/** One request to a handler that always answers this. */
const exchange = (request: Request, response: Response) => checked(async () => response)(request);
const getCase = (response: Response) => exchange(send('/cases/case-1'), response);

/** Visits every node of the document, with its JSON pointer. */
function* nodes(node: unknown, at = '#'): Generator<{ at: string; node: Json }> {
  if (node === null || typeof node !== 'object') return;
  yield { at, node };
  for (const [name, child] of Object.entries(node))
    yield* nodes(child, `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}
const exampleOf = (item: Json) => (item.$ref ? components.examples[item.$ref.split('/').pop()] : item).value;

describe('the document', () => {
  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(await new Validator().validate(structuredClone(document))).toEqual({ valid: true });
  });

  it('would be found invalid', async () => {
    const broken = structuredClone(document);
    delete broken.paths['/cases/{id}'].get.responses['404'].$ref;
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it('has every call of the contract, each with an id of its own', () => {
    const calls = Object.entries<object>(document.paths).flatMap(([path, item]) =>
      Object.keys(item)
        .filter((name) => name !== 'parameters')
        .map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(calls.sort()).toEqual([
      'GET /cases/{id}',
      'GET /cases/{id}/events',
      'GET /cases/{id}/files/{fileId}',
      'GET /escalations',
      'GET /escalations/{id}',
      'GET /escalations/{id}/entries',
      'GET /policies/{id}/{version}',
      'POST /cases/{id}/escalations',
      'POST /cases/{id}/files',
      'POST /cases/{id}/notes',
      'POST /escalations/{id}/actions',
      'POST /escalations/{id}/entries',
      'POST /policies/{id}/feedback',
    ]);
    const ids = [...nodes(document.paths)].map(({ node }) => node.operationId).filter(Boolean);
    expect(new Set(ids).size).toBe(calls.length);
  });

  it('names nothing that is not there, and has nothing that nobody names', () => {
    const refs = new Set(
      [...nodes(document)].map(({ node }) => node.$ref).filter((ref) => typeof ref === 'string'),
    );
    const there = new Set(
      Object.entries<object>(components).flatMap(([kind, items]) =>
        Object.keys(items).map((name) => `#/components/${kind}/${name}`),
      ),
    );
    expect([...refs].filter((ref) => !there.has(ref))).toEqual([]);
    const bySecurity = (ref: string) => ref.startsWith('#/components/securitySchemes/');
    expect([...there].filter((ref) => !refs.has(ref) && !bySecurity(ref))).toEqual([]);
  });

  it.each(Object.keys(components.schemas))('schema %s compiles in strict mode', (name) => {
    expect(() => validate({ $ref: `#/components/schemas/${name}` }, null)).not.toThrow();
  });

  it('has the same names in oneOf, mapping and the constants of each union', () => {
    const unions = [...nodes(document)].filter(({ node }) => node.discriminator?.mapping);
    expect(unions.length).toBeGreaterThan(5);
    for (const { at, node } of unions) {
      const { propertyName, mapping } = node.discriminator;
      expect(Object.values(mapping), at).toEqual(node.oneOf.map((item: { $ref: string }) => item.$ref));
      for (const [value, ref] of Object.entries<string>(mapping))
        expect(components.schemas[ref.split('/').pop()!].properties[propertyName].const, at).toBe(value);
    }
  });

  const examples = [...nodes(document)].flatMap(({ at, node }) => [
    ...(node.schema && 'example' in node ? [{ at, schema: node.schema, value: node.example }] : []),
    ...(node.schema && node.examples
      ? Object.entries<Json>(node.examples).map(([name, item]) => ({
          at: `${at} ${name}`,
          schema: node.schema,
          value: exampleOf(item),
        }))
      : []),
    ...(/^#\/components\/schemas\/[^/]+$/.test(at) && node.examples
      ? node.examples.map((value: unknown) => ({ at, schema: { $ref: at }, value }))
      : []),
  ]);
  it('has examples', () => expect(examples.length).toBeGreaterThan(80));
  it.each(examples)('example $at keeps to its schema', ({ schema, value }) => {
    expect(validate(schema, value)).toEqual([]);
  });

  it('has an example for every JSON body', () => {
    const without = [...nodes(document)].filter(
      ({ at, node }) => /~1(problem\+)?json$/.test(at) && !node.examples && !node.example,
    );
    expect(without.map(({ at }) => at)).toEqual([]);
  });

  it('shows a policy that is one', () => {
    expect(() => parsePolicy(example('Policy'))).not.toThrow();
  });

  const escalation = { $ref: '#/components/schemas/Escalation' };
  it.each<[string, object, unknown]>([
    ['an id that is a number', escalation, { ...example('EscalationRequested'), id: 7 }],
    ['an empty id', escalation, { ...example('EscalationRequested'), id: '' }],
    ['an unknown status', escalation, { ...example('EscalationRequested'), status: 'open' }],
    [
      'a time with an offset',
      escalation,
      { ...example('EscalationRequested'), requestedAt: '2026-11-20T14:05:00+01:00' },
    ],
    [
      'a day that is none',
      escalation,
      { ...example('EscalationRequested'), requestedAt: '2026-02-30T14:05:00Z' },
    ],
    ['an unknown visibility', escalation, { ...example('EscalationRequested'), visibility: 'everyone' }],
    ['an action of no kind', { $ref: '#/components/schemas/Action' }, { kind: 'close' }],
    ['a decline without criteria', { $ref: '#/components/schemas/Action' }, { kind: 'decline', text: 'No.' }],
    ['a rating of 6', { $ref: '#/components/schemas/Action' }, { kind: 'rate', value: 6 }],
    ['an empty message', { $ref: '#/components/schemas/EntryDraft' }, { clientId: 'c', text: '' }],
    [
      'a message of 10,001',
      { $ref: '#/components/schemas/EntryDraft' },
      { clientId: 'c', text: 'x'.repeat(10_001) },
    ],
    [
      'a feedback of 256',
      { $ref: '#/components/schemas/Feedback' },
      { version: '1', helpful: true, text: 'x'.repeat(256) },
    ],
    [
      'details of 10,001',
      { $ref: '#/components/schemas/EscalationRequest' },
      { ...example('EscalationRequest'), details: 'x'.repeat(10_001) },
    ],
    [
      'a queue without cases',
      { $ref: '#/components/schemas/Queue' },
      { escalations: [example('EscalationRequested')], after: null },
    ],
    [
      'not-entitled without plans',
      { $ref: '#/components/schemas/ProblemNotEntitled' },
      { ...example('NotEntitled'), requiredPlans: undefined },
    ],
  ])('refuses %s', (_, schema, value) => {
    expect(validate(schema, JSON.parse(JSON.stringify(value)))).not.toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['members that it does not know', 'Escalation', { ...example('EscalationRequested'), colour: 'red' }],
    ['10,000 characters outside the BMP', 'EntryDraft', { clientId: 'c', text: '🚑'.repeat(10_000) }],
    [
      'an owner-only escalation',
      'Escalation',
      { ...example('EscalationRequested'), visibility: 'owner-only' },
    ],
  ])('takes %s', (_, name, value) => {
    expect(validate({ $ref: `#/components/schemas/${name}` }, value)).toEqual([]);
  });
});

describe('checked: answers', () => {
  it('lets right answers through, unread', async () => {
    const response = await getCase(caseState());
    expect(response.bodyUsed).toBe(false);
    expect((await response.json()).case.id).toBe('case-48213');
    await getCase(new Response(null, { status: 304, headers: { ETag: 'W/"9f2c"' } }));
    await getCase(problem('NotFound'));
    await getCase(problem('Unavailable', { 'Retry-After': '30' }));
  });

  it.each<[string, RegExp, () => Response]>([
    ['an unknown status', /status 418 is not described/, () => new Response(null, { status: 418 })],
    ['a redirect', /status 302/, () => new Response(null, { status: 302, headers: { Location: '/login' } })],
    [
      'a missing member',
      /body \/case must have required property 'status'/,
      () => caseState((s) => delete s.case.status),
    ],
    ['a missing verdict', /must have required property 'verdict'/, () => caseState((s) => delete s.verdict)],
    ['a wrong type', /body \/user\/id must be string/, () => caseState((s) => (s.user.id = 7))],
    [
      'a word that is none',
      /\/verdict\/kind .*"not-offered"/,
      () => caseState((s) => (s.verdict.kind = 'no')),
    ],
    [
      'a missing ETag',
      /header ETag is missing/,
      () => json(example('CaseAvailable'), { headers: { 'Cache-Control': 'private, no-cache' } }),
    ],
    [
      'an ETag without quotes',
      /header ETag must match/,
      () => json(example('CaseAvailable'), { headers: { ETag: 'x', 'Cache-Control': 'private, no-cache' } }),
    ],
    [
      'an answer for shared caches',
      /header Cache-Control must match/,
      () => json(example('CaseAvailable'), { headers: { ETag: '"x"', 'Cache-Control': 'public, no-cache' } }),
    ],
    ['a 304 without ETag', /header ETag is missing/, () => new Response(null, { status: 304 })],
    [
      'a login page',
      /text\/html, not application\/json/,
      () => new Response('<html>', { headers: { 'Content-Type': 'text/html', ETag: '"x"' } }),
    ],
    [
      'a body that is cut off',
      /body is not JSON/,
      () => new Response('{"case":', { headers: { 'Content-Type': 'application/json', ETag: '"x"' } }),
    ],
    [
      'a problem as plain JSON',
      /application\/json, not application\/problem\+json/,
      () => json(example('NotFound'), { status: 404 }),
    ],
    [
      'a problem without code',
      /required property 'code'/,
      () =>
        new Response('{"type":"about:blank","title":"No","status":404}', {
          status: 404,
          headers: { 'Content-Type': 'application/problem+json' },
        }),
    ],
    [
      'a problem that says another status',
      /body \/status .*404/,
      () =>
        new Response(JSON.stringify({ ...example('NotFound'), status: 410 }), {
          status: 404,
          headers: { 'Content-Type': 'application/problem+json' },
        }),
    ],
    ['503 without Retry-After', /header Retry-After is missing/, () => problem('Unavailable')],
  ])('rejects %s', async (_, message, response) => {
    await expect(getCase(response())).rejects.toThrow(message);
  });

  it('says which operation, which status and every fault, and keeps them', async () => {
    const handle = checked(async () => json({}));
    const error = await handle(send('/cases/case-1')).catch((caught) => caught);
    expect(error).toBeInstanceOf(ContractMismatch);
    expect(error.message).toMatch(/^getCase GET \/cases\/\{id\} → 200 /);
    expect(error.faults.length).toBeGreaterThan(9);
    expect(handle.mismatches).toEqual([error]);
  });

  it('knows the code that goes with each refusal of a request', async () => {
    const post = (response: Response) =>
      exchange(send('/cases/case-1/escalations', example('EscalationRequest'), KEY), response);
    for (const name of [
      'NotEntitled',
      'Forbidden',
      'OpenEscalationExists',
      'CriteriaNotMet',
      'ChannelNotOffered',
      'Invalid',
    ])
      await post(problem(name));
    await post(problem('RequestInProgress', { 'Retry-After': '1' }));
    await expect(post(problem('RequestInProgress'))).rejects.toThrow(/Retry-After is missing/);
    await expect(post(problem('EscalationClosed'))).rejects.toThrow(/"code"/);
    await expect(post(problem('VersionChanged'))).rejects.toThrow(/status 412/);
    const bare: Record<string, unknown> = example('OpenEscalationExists');
    delete bare['escalation'];
    const response = new Response(JSON.stringify(bare), {
      status: 409,
      headers: { 'Content-Type': 'application/problem+json' },
    });
    await expect(post(response)).rejects.toThrow(/required property 'escalation'/);
  });

  it('wants Location of a new escalation, and JSON of a new note', async () => {
    const request = () => send('/cases/case-1/escalations', example('EscalationRequest'), KEY);
    const made = (headers: Record<string, string>) =>
      json(example('EscalationRequested'), { status: 201, headers });
    await exchange(request(), made({ Location: '/escalations/esc-2041', 'Idempotency-Replayed': 'true' }));
    await expect(exchange(request(), made({}))).rejects.toThrow(/header Location is missing/);
    await expect(
      exchange(request(), made({ Location: '/e', 'Idempotency-Replayed': 'yes' })),
    ).rejects.toThrow(/Idempotency-Replayed must be equal to constant: "true"/);
    const note = () => send('/cases/case-1/notes', { kind: 'reply', text: 'Here.' }, KEY);
    await exchange(note(), json({}, { status: 201 }));
    await expect(exchange(note(), new Response(null, { status: 201 }))).rejects.toThrow(
      /without Content-Type/,
    );
  });

  it('takes files as they are, but as attachments only', async () => {
    const file = (disposition: string) =>
      new Response('%PDF', {
        headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': disposition },
      });
    const request = () => send('/cases/case-1/files/file-7');
    await exchange(request(), file("attachment; filename*=UTF-8''a.pdf"));
    await expect(exchange(request(), file('inline'))).rejects.toThrow(/Content-Disposition must match/);
  });
});

describe('checked: requests', () => {
  const ok = () =>
    json(example('EscalationRequested'), { status: 201, headers: { Location: '/escalations/1' } });
  const page = () => json(example('EntryPage'), { headers: { ETag: '"1"' } });

  it.each<[string, RegExp, Request, () => Response]>([
    [
      'without a key',
      /Idempotency-Key is missing/,
      send('/cases/c/escalations', example('EscalationRequest')),
      ok,
    ],
    [
      'with a bare key',
      /Idempotency-Key must match/,
      send('/cases/c/escalations', example('EscalationRequest'), { 'Idempotency-Key': 'k' }),
      ok,
    ],
    [
      'without a reason',
      /request body .*'reasonId'/,
      send('/cases/c/escalations', { confirmed: [], policyVersion: '1' }, KEY),
      ok,
    ],
    ['that is not JSON', /request body is not JSON/, send('/cases/c/escalations', '{', KEY), ok],
    [
      'of another type',
      /request is text\/plain/,
      send('/cases/c/escalations', 'x', { ...KEY, 'Content-Type': 'text/plain' }),
      ok,
    ],
    ['with a limit of 501', /query limit must be <= 500/, send('/escalations/e/entries?limit=501'), page],
    [
      'with a limit that is none',
      /query limit must be integer/,
      send('/escalations/e/entries?limit=many'),
      page,
    ],
    ['with two limits', /query limit is there 2 times/, send('/escalations/e/entries?limit=1&limit=2'), page],
    [
      'with a parameter that is none',
      /query befor is not described/,
      send('/escalations/e/entries?befor=x'),
      page,
    ],
    ['with a date that is none', /query at must match/, send('/escalations/e/entries?at=yesterday'), page],
    [
      'for a queue of all',
      /query open is missing/,
      send('/escalations'),
      () => json(example('Queue'), { headers: { ETag: '"1"' } }),
    ],
    [
      'for a file without a name',
      /Content-Disposition is missing/,
      send('/cases/c/files', 'x', { 'Content-Type': 'text/plain' }),
      () => json(example('Attachment'), { status: 201 }),
    ],
  ])('rejects one %s that was served', async (_, message, request, response) => {
    await expect(exchange(request, response())).rejects.toThrow(message);
  });

  it('holds nothing against a request that was refused', async () => {
    await exchange(send('/cases/c/escalations', '{'), problem('InvalidJson'));
    await exchange(send('/cases/c/escalations', {}), problem('IdempotencyKeyMissing'));
    await exchange(send('/escalations/e/entries?limit=0'), problem('Invalid'));
  });

  it('leaves the body of the request to the handler', async () => {
    const handle = checked(async (request) => {
      expect(await request.json()).toEqual(example('EntryDraft'));
      return json(example('Entry'), { status: 201 });
    });
    await handle(send('/escalations/e/entries', example('EntryDraft'), KEY));
  });

  it('takes right ones', async () => {
    await exchange(send('/escalations/e/entries?limit=500&at=2026-11-18'), page());
    await exchange(send('/escalations?open&limit=1'), json(example('Queue'), { headers: { ETag: '"1"' } }));
    await exchange(
      send('/cases/c/files', 'x', {
        'Content-Type': 'text/plain',
        'Content-Disposition': "attachment; filename*=UTF-8''a%20b.log",
      }),
      json(example('Attachment'), { status: 201 }),
    );
  });

  it('wants 404 for an unknown path, 405 with Allow for an unknown method', async () => {
    const put = () => new Request(`${base}/cases/c`, { method: 'PUT' });
    await exchange(send('/cases'), problem('NotFound'));
    await exchange(put(), problem('MethodNotAllowed', { Allow: 'GET' }));
    await expect(exchange(send('/cases'), json({}))).rejects.toThrow(/no such path/);
    await expect(exchange(put(), problem('NotFound'))).rejects.toThrow(/no such method/);
    await expect(exchange(put(), problem('MethodNotAllowed'))).rejects.toThrow(/Allow is missing/);
  });

  it('knows where the contract begins', async () => {
    const handle = checked(async () => caseState(), '/api/desk/');
    await handle(send('/api/desk/cases/c'));
    await expect(handle(send('/cases/c'))).rejects.toThrow(/no such path/);
    await expect(handle(send('/api/deskcases/c'))).rejects.toThrow(/no such path/);
  });
});

describe('checked: events', () => {
  const stream = (...chunks: string[]) =>
    new Response(
      new ReadableStream({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
          controller.close();
        },
      }),
      { headers: { 'Content-Type': 'text/event-stream' } },
    );
  const watch = async (...chunks: string[]) =>
    (await exchange(send('/cases/c/events'), stream(...chunks))).text();
  const entry = JSON.stringify(example('Entry'));

  it('lets right ones through as they come', async () => {
    const chunks = [
      ': hello\n\nevent: entry\nid: 1\nda',
      `ta: ${entry}\r\n`,
      '\r\nevent: reset\ndata: {}\n\n',
    ];
    expect(await watch(...chunks)).toBe(chunks.join(''));
  });

  it('does not wait for the end of a stream', async () => {
    const endless = new Response(
      new ReadableStream({
        start: (controller) => controller.enqueue(new TextEncoder().encode(': hello\n\n')),
      }),
      { headers: { 'Content-Type': 'text/event-stream' } },
    );
    const reader = (await exchange(send('/cases/c/events'), endless)).body!.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toBe(': hello\n\n');
    await reader.cancel();
  });

  it.each([
    ['an event that is none', 'event: message\ndata: {}\n\n', /event message is not described/],
    [
      'data of another thing',
      `event: escalation\ndata: ${entry}\n\n`,
      /event escalation .*required property/,
    ],
    ['data that is no JSON', 'event: entry\ndata: ent-1\n\n', /event entry is not JSON/],
  ])('rejects %s', async (_, text, message) => {
    await expect(watch(text)).rejects.toThrow(message);
  });
});

describe('checkedFetch', () => {
  it('hands the arguments on and checks what comes', async () => {
    const calls: unknown[][] = [];
    const inner = async (...args: Parameters<typeof fetch>) => {
      calls.push(args);
      return calls.length === 1 ? caseState() : json({});
    };
    const { signal } = new AbortController();
    const fetch_ = checkedFetch(inner, `${base}/api`);
    await fetch_(`${base}/api/cases/c`, { signal });
    expect(calls).toEqual([[`${base}/api/cases/c`, { signal }]]);
    await expect(fetch_(new Request(`${base}/api/cases/c`))).rejects.toThrow(ContractMismatch);
    expect(fetch_.mismatches).toHaveLength(1);
  });

  it('checks what was sent, and where', async () => {
    const fetch_ = checkedFetch(async () => json(example('Entry'), { status: 201 }), base);
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json', ...KEY } };
    await fetch_(`${base}/escalations/e/entries`, { ...init, body: JSON.stringify(example('EntryDraft')) });
    await expect(
      fetch_(`${base}/escalations/e/entries`, { ...init, body: '{"text":"Hello"}' }),
    ).rejects.toThrow(/request body .*'clientId'/);
    await expect(fetch_('https://elsewhere.example.com/cases/c')).rejects.toThrow(/leaves/);
  });
});
