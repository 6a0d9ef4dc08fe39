import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import type { Backend } from '../../src/core/backend.js';
import {
  assignedToManager,
  caseOf,
  everyone,
  newKey,
  NOW,
  open,
  pulse,
  told,
  type Gateway,
  type Who,
} from './client.js';

/** `POST /cases/{id}/files` and `GET /cases/{id}/files/{fileId}`. */

const attach = { maxBytes: 1000, types: ['text/plain', 'image/*', '.log'] };
const desk = (options: Parameters<typeof open>[0] = {}) => open({ ...options, memory: { attach } });

const named = (name: string): string =>
  `attachment; filename*=UTF-8''${encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

type Sent = { name?: string; disposition?: string; type?: string; body?: BodyInit; caseId?: string };
/** An upload, as a page sends it. */
async function upload({ gateway }: Gateway, who: Who | null, sent: Sent = {}, base = '') {
  const { name = 'trace.log', type = 'text/plain', body = 'line 1\n', caseId = 'c-1' } = sent;
  const response = await gateway(
    new Request(`https://desk.test${base}/cases/${caseId}/files`, {
      method: 'POST',
      headers: {
        ...(who && { 'X-User': everyone[who].id }),
        'Content-Type': type,
        'Content-Disposition': sent.disposition ?? named(name),
      },
      body,
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    }),
  );
  return { status: response.status, headers: response.headers, body: await response.json(), etag: '' };
}
const download = ({ gateway }: Gateway, who: Who | null, id: string, caseId = 'c-1', base = '') =>
  gateway(
    new Request(`https://desk.test${base}/cases/${caseId}/files/${id}`, {
      headers: who ? { 'X-User': everyone[who].id } : {},
    }),
  );
const say = (at: Gateway, who: Who, id: string, attachmentIds: string[]) => {
  const clientId = newKey().slice(1, -1);
  const draft = { clientId, text: 'The file', attachmentIds };
  return at.post(who, `/escalations/${id}/entries`, draft, { 'Idempotency-Key': `"${clientId}"` });
};
/** A file in a message of an open escalation. */
async function attached(sent: Sent = {}, options: Parameters<typeof open>[0] = {}) {
  const at = desk(options);
  const { body: made } = await at.escalate('customer');
  const { body: file } = await upload(at, 'customer', sent);
  expect((await say(at, 'customer', made.id, [file.id])).status).toBe(201);
  return { at, made, file };
}

describe('an upload', () => {
  it('is kept: 201, with its name, size, type and address', async () => {
    const { status, body } = await upload(desk(), 'customer', { name: 'node-2 trace.log', body: 'äöü' });
    expect([status, body]).toEqual([
      201,
      { id: body.id, name: 'node-2 trace.log', bytes: 6, type: 'text/plain', href: `/cases/c-1/files/${body.id}` },
    ]); // prettier-ignore
  });

  it('what may be attached is in CaseState', async () => {
    expect((await desk().get('customer', '/cases/c-1')).body.can.attach).toEqual(attach);
    expect((await open().get('customer', '/cases/c-1')).body.can.attach).toBeNull();
  });

  it.each<[Who | null, string, number]>([
    [null, 'c-1', 401],
    ['stranger', 'c-1', 404],
    ['customer', 'c-none', 404],
    ['colleague', 'c-1', 201],
    ['owner', 'c-1', 201],
  ])('%s, %s: %s', async (who, caseId, status) => {
    expect((await upload(desk(), who, { caseId })).status).toBe(status);
  });

  it('nothing can be uploaded where nothing may be attached', async () => {
    expect(told(await upload(open(), 'customer'))).toMatchObject({ status: 404, code: 'not-found' });
  });

  it.each(['fedramp-cloud-cx', undefined])(
    'G14: nothing of a case by e-mail is kept (%s)',
    async (program) => {
      const kase = caseOf({ program });
      if (program === undefined) delete kase.program;
      const at = desk({ cases: [kase] });
      expect((await at.get('customer', '/cases/c-1')).body.can.attach).toBeNull();
      expect((await upload(at, 'customer')).status).toBe(404);
      expect((await at.desk.read()).files).toEqual({});
    },
  );

  it.each<[number, number]>([
    [0, 201],
    [1000, 201],
    [1001, 413],
    [100_000, 413],
  ])('of %i bytes: %i', async (bytes, status) => {
    const at = desk();
    const answer = await upload(at, 'customer', { body: new Uint8Array(bytes) });
    expect(answer.status).toBe(status);
    if (status === 413) expect(answer.body).toMatchObject({ code: 'file-too-large', maxBytes: 1000 });
    expect(Object.keys((await at.desk.read()).files)).toHaveLength(status === 201 ? 1 : 0);
  });

  it('that never ends is refused as soon as it is too large, whatever it says of its length', async () => {
    let sent = 0;
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array((sent += 100) && 100)),
      cancel: () => void (isCancelled = true),
    });
    const { status } = await upload(desk(), 'customer', { body });
    expect([status, isCancelled]).toEqual([413, true]);
    expect(sent).toBeLessThan(3000);
  });

  it('that says it is too large is not read at all', async () => {
    const pulled = { count: 0 };
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          pulled.count++;
          controller.enqueue(new Uint8Array(10));
        },
      },
      { highWaterMark: 0 },
    );
    const at = desk();
    const response = await at.gateway(
      new Request('https://desk.test/cases/c-1/files', {
        method: 'POST',
        headers: {
          'X-User': everyone.customer.id,
          'Content-Type': 'text/plain',
          'Content-Disposition': named('a.log'),
          'Content-Length': '1001',
        },
        body,
        duplex: 'half',
      } as RequestInit),
    );
    expect([response.status, pulled.count]).toEqual([413, 0]);
  });

  it.each<[string, string, number]>([
    ['text/plain', 'notes.txt', 201],
    ['text/plain; charset=utf-8', 'notes.txt', 201],
    ['TEXT/PLAIN', 'notes.txt', 201],
    ['image/png', 'screen.png', 201],
    ['application/octet-stream', 'trace.LOG', 201],
    ['text/html', 'page.html', 415],
    ['application/octet-stream', 'tool.exe', 415],
    ['application/octet-stream', 'log', 415],
    ['imagex/png', 'screen.png', 415],
    ['nonsense', 'notes.txt', 415],
  ])('%s, %s: %i', async (type, name, status) => {
    const answer = await upload(desk(), 'customer', { type, name });
    expect(answer.status).toBe(status);
    if (status === 415)
      expect(answer.body).toMatchObject({ code: 'file-type-refused', allowed: attach.types });
  });
});

describe('the name of an upload', () => {
  it.each<[string, string, string]>([
    ['a plain one', 'trace.log', 'trace.log'],
    ['of any script', 'Протокол ログ 👩‍👩‍👧.log', 'Протокол ログ 👩‍👩‍👧.log'],
    ['quotes and signs', `a "b" 'c' (d) *e; f=%41.log`, `a "b" 'c' (d) *e; f=%41.log`],
    ['markup', '<img src=x onerror=alert(1)>.log', '<img src=x onerror=alert(1)>.log'],
    ['a path', '../../etc/passwd.log', '.._.._etc_passwd.log'],
    ['a path of Windows', 'C:\\Windows\\trace.log', 'C:_Windows_trace.log'],
    ['turned around', 'trace\u202Egol.exe\u202C.log', 'tracegol.exe.log'],
    ['isolated', '\u2066trace\u2069\u200E\u200F\u061C.log', 'trace.log'],
    ['what is not seen', 'tr\u00ADa\u200Bc\uFEFFe.log', 'trace.log'],
    ['lines and controls', 'tr\r\nSet-Cookie: a=b\u0000\u007F\u0085ce\u2028.log', 'trSet-Cookie: a=bce.log'],
    ['spaces and dots around it', '  trace.log. . ', 'trace.log'],
    ['in two parts', 'e\u0301.log', 'é.log'],
    ['of 255 characters', `${'👍'.repeat(251)}.log`, `${'👍'.repeat(251)}.log`],
  ])('%s', async (_what, name, expected) => {
    const { status, body } = await upload(desk(), 'customer', { name });
    expect([status, body.name]).toEqual([201, expected]);
  });

  it.each<[string, string]>([
    ['no name', 'attachment'],
    ['an old one only', 'attachment; filename="trace.log"'],
    ['two', `${named('a.log')}; filename*=UTF-8''b.log`],
    ['another character set', `attachment; filename*=ISO-8859-1''trace.log`],
    ['not UTF-8', `attachment; filename*=UTF-8''tr%FFace.log`],
    ['half a sign', `attachment; filename*=UTF-8''tr%Cace.log`],
    ['a space in it', `attachment; filename*=UTF-8''a b.log`],
    ['in quotes', `attachment; filename*="UTF-8''trace.log"`],
    ['empty', `attachment; filename*=UTF-8''`],
    ['nothing but spaces', named('  \u202E ')],
    ['nothing but dots', named('..')],
    ['of 256 characters', named(`${'👍'.repeat(252)}.log`)],
  ])('%s: 422', async (_what, disposition) => {
    const at = desk();
    const answer = await upload(at, 'customer', { disposition });
    expect([answer.status, answer.body.code]).toEqual([422, 'invalid']);
    expect((await at.desk.read()).files).toEqual({});
  });

  it('whatever it is: text on one line, or refused; and it comes back as it is kept', async () => {
    const odd = fc.string({
      unit: fc.oneof(fc.constantFrom('/', '\\', '.', '\u202E', '\r', '\n', '\0', "'", '%', '"', ';'), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })),
      maxLength: 40,
    }); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(odd, async (text) => {
        const { at, file, made } = await attachedOrRefused(text.toWellFormed());
        if (!file) return;
        expect(file.name).not.toMatch(/[/\\\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/u);
        expect([...file.name].length).toBeGreaterThan(0);
        const response = await download(at, 'owner', file.id);
        const sent = /^attachment; filename\*=UTF-8''([\w!#$&+.^`|~%-]+)$/.exec(
          response.headers.get('Content-Disposition') ?? '',
        );
        expect(decodeURIComponent(sent?.[1] ?? '')).toBe(file.name);
        const { body: page } = await at.get('customer', `/escalations/${made.id}/entries`);
        expect(page.entries.at(-1).attachments).toEqual([file]);
      }),
      { numRuns: 80 },
    );
  }, 60_000);
  async function attachedOrRefused(name: string) {
    const at = desk();
    const { body: made } = await at.escalate('customer');
    const { status, body: file } = await upload(at, 'customer', { name: `${name}` });
    if (status === 422) return { at, made, file: null };
    expect(status).toBe(201);
    await say(at, 'customer', made.id, [file.id]);
    return { at, made, file };
  }
});

describe('a file in a request or a message', () => {
  it('stands on the escalation, with an address below the base path', async () => {
    const at = desk({ basePath: '/api' });
    const { body: file } = await upload(at, 'customer', {}, '/api');
    const { body: made } = await at.escalate('customer', { attachmentIds: [file.id] });
    const expected = [{ ...file, href: `/api/cases/c-1/files/${file.id}` }];
    expect(file.href).toBe(expected[0]!.href);
    expect(made.attachments).toEqual(expected);
    const { body: state } = await at.get('owner', '/cases/c-1');
    expect(state.openEscalation.attachments).toEqual(expected);
    expect((await at.get('owner', `/escalations/${made.id}`)).body.attachments).toEqual(expected);
    expect((await at.get('owner', '/escalations?open')).body.escalations[0].attachments).toEqual(expected);
    const { body: taken } = await at.act('owner', made.id, { kind: 'take' }, '"1"');
    expect(taken.attachments).toEqual(expected);
    const { body: winner } = await at.escalate('colleague');
    expect(winner.escalation.attachments).toEqual(expected);
  });

  it('stands on the message', async () => {
    const { at, made, file } = await attached();
    const { body } = await at.get('owner', `/escalations/${made.id}/entries`);
    expect(body.entries.at(-1)).toMatchObject({ text: 'The file', attachments: [file] });
  });

  it('the address leads through the gateway, wherever the help desk keeps its files', async () => {
    const plain = memory({ cases: [caseOf()], clock: () => new Date(NOW), attach });
    const elsewhere: Backend = {
      ...plain,
      upload: async (...rest) => ({ ...(await plain.upload!(...rest)), href: 'https://files.internal/1?token=x' }),
    }; // prettier-ignore
    const { body } = await upload(open({ backend: elsewhere }), 'customer');
    expect(body.href).toBe(`/cases/c-1/files/${body.id}`);
  });

  it.each<[string, (at: Gateway, used: string) => Promise<string>]>([
    ['not there', async () => 'no-such-file'],
    ['of a colleague', async (at) => (await upload(at, 'colleague')).body.id],
    ['of another case', async (at) => (await upload(at, 'customer', { caseId: 'c-2' })).body.id],
    ['named before', async (_at, used) => used],
  ])('%s: 422, told alike, and nothing is made', async (_what, other) => {
    const { at, made, file } = await attached({}, { cases: [caseOf(), caseOf({ id: 'c-2' })] });
    const fresh = (await upload(at, 'customer')).body.id;
    const id = await other(at, file.id);
    const before = (await at.get('customer', `/escalations/${made.id}/entries`)).body;
    const { status, body } = await say(at, 'customer', made.id, [fresh, id]);
    expect([status, body.code, body.errors]).toEqual([
      422,
      'invalid',
      [{ pointer: '/attachmentIds/1', detail: 'must be a file of yours, uploaded within the hour' }],
    ]);
    expect((await at.get('customer', `/escalations/${made.id}/entries`)).body).toEqual(before);
    expect((await say(at, 'customer', made.id, [fresh])).status).toBe(201);
    await at.act('customer', made.id, { kind: 'withdraw' }, '"1"');
    const again = await at.escalate('customer', { attachmentIds: [id] });
    expect([again.status, again.body.errors?.[0].pointer]).toEqual([422, '/attachmentIds/0']);
    expect((await at.get('customer', '/cases/c-1')).body.openEscalation).toBeNull();
  });

  it('is dropped after an hour in which nothing names it; a named one stays', async () => {
    const { at, made, file } = await attached();
    const { body: late } = await upload(at, 'customer');
    at.wait(59);
    const { body: next } = await upload(at, 'customer');
    at.wait(1);
    expect((await say(at, 'customer', made.id, [late.id])).body.errors[0].pointer).toBe('/attachmentIds/0');
    expect((await say(at, 'customer', made.id, [next.id])).status).toBe(201);
    at.wait(600);
    await upload(at, 'customer');
    const { files } = await at.desk.read();
    expect(Object.keys(files)).not.toContain(late.id);
    expect(Object.keys(files)).toEqual(expect.arrayContaining([file.id, next.id]));
  });
});

describe('a download', () => {
  it('gives the bytes, to be saved and never shown', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const { at, file } = await attached({
      name: 'Wörter.log',
      body: bytes,
      type: 'application/octet-stream',
    });
    const response = await download(at, 'owner', file.id);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-disposition': `attachment; filename*=UTF-8''W%C3%B6rter.log`,
      'content-type': 'application/octet-stream',
      'content-length': '256',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
    });
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([...bytes]);
  });

  it.each<[string, string]>([
    ['text/plain', 'text/plain'],
    ['image/png', 'image/png'],
    ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['text/html', 'application/octet-stream'],
    ['TEXT/HTML; charset=utf-8', 'application/octet-stream'],
    ['image/svg+xml', 'application/octet-stream'],
    ['application/xhtml+xml', 'application/octet-stream'],
    ['application/xml', 'application/octet-stream'],
    ['text/xml', 'application/octet-stream'],
    ['text/xsl', 'application/octet-stream'],
    ['application/rss+xml', 'application/octet-stream'],
    ['text/javascript', 'application/octet-stream'],
    ['a\nb/c', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('of the type %j is sent as %s', async (type, sent) => {
    const { at, made } = await attached();
    const file = (await at.get('customer', `/escalations/${made.id}/entries`)).body.entries.at(-1).attachments[0];
    const odd = { size: 1, type, stream: () => new Blob(['x']).stream() } as Blob;
    const other = open({ backend: { ...at.desk, download: async () => odd } });
    const response = await download(other, 'owner', file.id);
    expect(response.headers.get('Content-Type')).toBe(sent);
    expect(response.headers.get('Content-Disposition')).toBe(`attachment; filename*=UTF-8''${file.id}`);
  }); // prettier-ignore

  it.each<[Who | null, number]>([
    ['customer', 200],
    ['colleague', 200],
    ['owner', 200],
    ['engineer', 200],
    ['stranger', 404],
    [null, 401],
  ])('%s: %i', async (who, status) => {
    const { at, file } = await attached();
    expect((await download(at, who, file.id)).status).toBe(status);
  });

  it('what is not there, of another case, or not yet named is told as what is foreign', async () => {
    const { at, file } = await attached({}, { cases: [caseOf(), caseOf({ id: 'c-2' })] });
    const { body: unnamed } = await upload(at, 'customer');
    for (const [who, id, caseId] of [
      ['customer', 'none', 'c-1'],
      ['customer', file.id, 'c-2'],
      ['customer', unnamed.id, 'c-1'],
      ['stranger', file.id, 'c-1'],
      ['customer', file.id, 'c-none'],
    ] as const) {
      const response = await download(at, who, id, caseId);
      const { traceId: _traceId, ...body } = await response.json();
      expect([response.status, body], `${who} ${id} ${caseId}`).toEqual([404, expect.objectContaining({ code: 'not-found' })]);
      expect(body.detail).toBe('There is nothing at this address for you.');
    }
  }); // prettier-ignore

  const owner = { reasonId: 'case-reassignment', confirmed: [] };
  it.each<[Who, number]>([
    ['customer', 200],
    ['partner', 200],
    ['owner', 200],
    ['manager', 200],
    ['engineer', 404],
    ['assignee', 404],
  ])('P9: of an owner-only request and of a message in it, %s: %i', async (who, status) => {
    const at = desk({ cases: [assignedToManager()], policy: pulse });
    const [asked, said] = [await upload(at, 'customer'), await upload(at, 'customer')];
    const { body: made } = await at.escalate('customer', { ...owner, attachmentIds: [asked.body.id] });
    expect(made.visibility).toBe('owner-only');
    await say(at, 'customer', made.id, [said.body.id]);
    for (const { body } of [asked, said])
      expect((await download(at, who, body.id)).status, body.id).toBe(status);
  });

  it('P9: of what they may see, those others get the files, however far back', async () => {
    const at = desk({ cases: [assignedToManager()], policy: pulse });
    const { body: asked } = await upload(at, 'customer');
    const { body: made } = await at.escalate('customer', { reasonId: 'faster-progress', confirmed: [], attachmentIds: [asked.id] });
    const { body: said } = await upload(at, 'customer');
    await say(at, 'customer', made.id, [said.id]);
    await at.desk.change((state) => {
      const { entries } = state.escalations[made.id]!;
      for (let i = 0; i < 600; i++) entries.push({ ...entries[0]!, id: String(++state.count).padStart(9, '0') });
    });
    for (const file of [asked, said]) expect((await download(at, 'assignee', file.id)).status).toBe(200);
  }); // prettier-ignore

  it.each<[Who, number]>([
    ['owner', 200],
    ['customer', 404],
    ['engineer', 404],
    ['assignee', 404],
  ])('P9: of an internal note, %s: %i', async (who, status) => {
    const at = desk({ cases: [assignedToManager()], policy: pulse });
    const { body: made } = await at.escalate('customer', { reasonId: 'faster-progress', confirmed: [] });
    const { body: file } = await upload(at, 'owner');
    await at.act('owner', made.id, { kind: 'note', text: 'Between us' }, '"1"');
    await at.desk.change(({ escalations, files }) => {
      escalations[made.id]!.entries.at(-1)!.attachments = [files[file.id]!.attachment];
    });
    expect((await download(at, who, file.id)).status).toBe(status);
  });

  it('G14: nothing of a case that goes by e-mail by now', async () => {
    const at = desk();
    const { body: file } = await upload(at, 'customer');
    const { body: made } = await at.escalate('customer', { attachmentIds: [file.id] });
    expect(made.attachments).toEqual([file]);
    await at.desk.change(({ cases }) => {
      cases['c-1']!.case = { ...cases['c-1']!.case, program: 'fedramp-cloud-cx' };
    });
    expect((await download(at, 'customer', file.id)).status).toBe(404);
    const { body } = await at.get('customer', '/cases/c-1');
    expect(body.openEscalation.id).toBe(made.id);
    expect(body.openEscalation).not.toHaveProperty('attachments');
  });
});
