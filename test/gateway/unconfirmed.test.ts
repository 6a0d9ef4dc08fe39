import { describe, expect, it } from 'vitest';
import { memory } from '../../src/adapters/memory.js';
import { BackendError, type Backend } from '../../src/core/backend.js';
import { caseOf, everyone, NOW, open } from './client.js';

/** What the help desk may have taken and did not confirm: never done a second time, and never lost. */

type Write = 'escalate' | 'post' | 'act' | 'note';

/** A help desk whose first answer to one kind of write is lost on its way back. */
function losing(write: Write, dedup: 'key' | 'none', code: 'network' | 'timeout' | 'protocol' = 'network') {
  const desk = memory({ cases: [{ case: caseOf(), account: 'acme' }], clock: () => new Date(NOW) });
  const taken: string[] = [];
  const losesFirst =
    (method: (...rest: never[]) => Promise<unknown>) =>
    async (...rest: unknown[]) => {
      // One that knows no keys does not see them.
      const call = { ...(rest.at(-1) as object), ...(dedup === 'none' && { key: `none-${taken.length}` }) };
      const draft = rest[1] as { clientId?: string };
      const given =
        draft.clientId && dedup === 'none' ? { ...draft, clientId: `none-${taken.length}` } : draft;
      const answer = await method(...([rest[0], given, call] as never[]));
      taken.push(write);
      if (taken.length === 1) throw new BackendError(code, 'The answer was lost.');
      return answer;
    };
  const guarantees = { ...desk.guarantees, dedup };
  const backend = { ...desk, guarantees, [write]: losesFirst(desk[write] as never) } as Backend;
  return { backend, taken, desk };
}

const key = { 'Idempotency-Key': '"k-1"' };

describe('a write whose answer was lost', () => {
  const writes = {
    post: (desk: ReturnType<typeof open>, id: string, key: string) =>
      desk.say('customer', id, 'Any news?', key),
    act: async (desk: ReturnType<typeof open>, id: string, key: string) => {
      const { etag } = await desk.get('owner', `/escalations/${id}`);
      return desk.act('owner', id, { kind: 'note', text: 'Careful.' }, etag, { 'Idempotency-Key': `"${key}"` });
    },
    note: (desk: ReturnType<typeof open>, _id: string, key: string) =>
      desk.post('customer', '/cases/c-1/notes', { kind: 'reply', text: 'Done.' }, { 'Idempotency-Key': `"${key}"` }),
  }; // prettier-ignore

  it.each(['post', 'act', 'note'] as const)(
    'is done once at a help desk that knows no keys, however often its key comes again: %s',
    async (kind) => {
      const { backend, taken } = losing(kind, 'none');
      const desk = open({ backend });
      const { body: made } = await desk.escalate('customer');
      const first = await writes[kind](desk, made.id, 'k-1');
      expect([first.status, first.body.code]).toEqual([409, 'unconfirmed']);
      expect(first.body.detail).toMatch(/Look before/);
      for (let n = 0; n < 3; n++) {
        const again = await writes[kind](desk, made.id, 'k-1');
        expect([again.status, again.body.code]).toEqual([409, 'unconfirmed']);
      }
      expect(taken).toHaveLength(1);
      // Somebody has looked, and wants it sent.
      expect((await writes[kind](desk, made.id, 'k-2')).status).toBeLessThan(300);
      expect(taken).toHaveLength(2);
    },
  );

  it.each(['network', 'timeout', 'protocol'] as const)('… after %s', async (code) => {
    const desk = open({ backend: losing('post', 'none', code).backend });
    const { body: made } = await desk.escalate('customer');
    expect((await desk.say('customer', made.id, 'Any news?')).body.code).toBe('unconfirmed');
  });

  it('a note is known again by no help desk’s word, so that it is not repeated either', async () => {
    const { backend, taken } = losing('note', 'key');
    const desk = open({ backend });
    expect((await writes.note(desk, '', 'k-1')).body.code).toBe('unconfirmed');
    expect((await writes.note(desk, '', 'k-1')).body.code).toBe('unconfirmed');
    expect(taken).toHaveLength(1);
  });

  it('is done again at a help desk that knows its keys, and is there once', async () => {
    const { backend } = losing('post', 'key');
    const desk = open({ backend });
    const { body: made } = await desk.escalate('customer');
    expect((await desk.say('customer', made.id, 'Any news?', 'k-1')).status).toBe(503);
    expect((await desk.say('customer', made.id, 'Any news?', 'k-1')).status).toBe(201);
    const { body } = await desk.get('customer', `/escalations/${made.id}/entries`);
    expect(body.entries.filter(({ kind }: { kind: string }) => kind === 'message')).toHaveLength(1);
  });

  it('a refusal is one, and leaves the key to the corrected text', async () => {
    const { backend } = losing('post', 'none');
    const refusing: Backend = {
      ...backend,
      post: async () => {
        throw new BackendError('too-large', 'At most 100 characters.');
      },
    };
    const desk = open({ backend: refusing });
    const { body: made } = await desk.escalate('customer');
    for (let n = 0; n < 2; n++)
      expect((await desk.say('customer', made.id, 'Hello', 'k-1')).status).toBe(413);
  });

  it('what fails before the write may come again', async () => {
    const { backend, taken } = losing('post', 'none');
    let isAway = false;
    const load: Backend['load'] = (...rest) =>
      isAway ? Promise.reject(new BackendError('network')) : backend.load(...rest);
    const desk = open({ backend: { ...backend, load } });
    const { body: made } = await desk.escalate('customer');
    isAway = true;
    expect((await desk.say('customer', made.id, 'Any news?', 'k-1')).status).toBe(503);
    expect(taken).toEqual([]);
    isAway = false;
    expect((await desk.say('customer', made.id, 'Any news?', 'k-1')).body.code).toBe('unconfirmed');
  });
});

describe('a request whose answer was lost', () => {
  it('is the first one again, and told to the host', async () => {
    const { backend } = losing('escalate', 'key');
    const desk = open({ backend });
    expect((await desk.escalate('customer', {}, key)).status).toBe(503);
    expect(desk.told).toEqual([]);
    const again = await desk.escalate('customer', {}, key);
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(desk.told.map(({ kind }) => kind)).toEqual(['requested']);
    // Whoever has another key is told of it.
    expect((await desk.escalate('customer')).body.code).toBe('open-escalation-exists');
    expect((await desk.escalate('colleague', {}, key)).body.code).toBe('open-escalation-exists');
  });

  it('is looked for at a help desk that knows no keys: it is there, and told to the host', async () => {
    const { backend, taken } = losing('escalate', 'none');
    const desk = open({ backend });
    const { status, body } = await desk.escalate('customer', {}, key);
    expect([status, body.requestedBy.me]).toEqual([201, true]);
    expect(desk.told.map(({ kind }) => kind)).toEqual(['requested']);
    expect((await desk.escalate('customer', {}, key)).headers.get('Idempotency-Replayed')).toBe('true');
    expect(taken).toHaveLength(1);
  });

  it('is not known where it cannot be looked for: then whoever repeats it is shown what is open', async () => {
    const { backend, taken } = losing('escalate', 'none');
    const load: Backend['load'] = (...rest) =>
      taken.length === 1 && looks++ === 0
        ? Promise.reject(new BackendError('network'))
        : backend.load(...rest);
    let looks = 0;
    const desk = open({ backend: { ...backend, load } });
    for (let n = 0; n < 2; n++)
      expect((await desk.escalate('customer', {}, key)).body.code).toBe('unconfirmed');
    const { status, body } = await desk.escalate('customer');
    expect([status, body.code, body.escalation.requestedBy.me]).toEqual([
      409,
      'open-escalation-exists',
      true,
    ]);
    expect(taken).toHaveLength(1);
  });

  it('is not known where somebody else’s has come instead', async () => {
    const { backend, desk: help } = losing('escalate', 'none');
    const theirs: Backend['escalate'] = async (caseId, body, call) => {
      await help.escalate(caseId, body, { ...call, user: everyone.colleague, key: 'theirs' });
      throw new BackendError('timeout');
    };
    const desk = open({ backend: { ...backend, escalate: theirs } });
    expect((await desk.escalate('customer', {}, key)).body.code).toBe('unconfirmed');
    expect(desk.told).toEqual([]);
  });
});

describe('somebody who goes away while a write is on its way', () => {
  it('finds it done once when they come back with its key', async () => {
    const desk = memory({ cases: [{ case: caseOf(), account: 'acme' }], clock: () => new Date(NOW) });
    const leaving = new AbortController();
    let posts = 0;
    // As an HTTP client: whoever aborts does not hear the answer of what has arrived.
    const post: Backend['post'] = async (id, draft, call) => {
      const entry = await desk.post!(id, { ...draft, clientId: `none-${posts++}` }, call);
      leaving.abort();
      call.signal?.throwIfAborted();
      return entry;
    };
    const backend = { ...desk, guarantees: { ...desk.guarantees, dedup: 'none' as const }, post };
    const { gateway, escalate, get } = open({ backend });
    const { body: made } = await escalate('customer');
    const send = (signal?: AbortSignal) =>
      gateway(
        new Request(`https://desk.test/escalations/${made.id}/entries`, {
          method: 'POST',
          headers: { 'X-User': everyone.customer.id, 'Content-Type': 'application/json', ...key },
          body: JSON.stringify({ clientId: 'k-1', text: 'Any news?' }),
          signal,
        }),
      );
    await send(leaving.signal);
    const again = await send();
    expect([again.status, again.headers.get('Idempotency-Replayed')]).toEqual([201, 'true']);
    const { body } = await get('customer', `/escalations/${made.id}/entries`);
    expect(body.entries.filter(({ text }: { text: string }) => text === 'Any news?')).toHaveLength(1);
  });
});
