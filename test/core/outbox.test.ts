import { beforeEach, describe, expect, it, vi } from 'vitest';
import { BackendError, type Backend, type Call, type ErrorCode } from '../../src/core/backend.js';
import { conversationOf } from '../../src/core/conversation.js';
import { createDesk } from '../../src/core/desk.js';
import type { Entry, EntryDraft, Escalation, Guarantees, JudgedState } from '../../src/core/model.js';
import { document } from '../openapi.js';
import { aPage } from '../page.js';
import '../loaded.js';

/** Messages that may not have arrived are sent again unasked: with their key, in their order, and not for ever. */

const STATE: JudgedState = structuredClone(document.components.examples['CaseEscalated'].value);
const OPEN: Escalation = {
  ...STATE.openEscalation!,
  id: 'e-1',
  latestEntryId: null,
  can: { post: true, act: [] },
};
const priya = { id: 'u-1', name: 'Priya Nair', role: 'customer', me: true };
const fail = (code: ErrorCode) => new BackendError(code);
const flush = () => vi.advanceTimersByTimeAsync(0);

/** A conversation in a page that can be left and come back to; what fails, and how, is told. */
async function talking(guarantees: Partial<Guarantees> = {}) {
  const page = aPage();
  let clock = Date.now();
  const desk = {
    fails: null as ErrorCode | null,
    looksFail: null as ErrorCode | null,
    posted: [] as { draft: EntryDraft; call: Call }[],
    entries: [] as Entry[],
  };
  const backend: Backend = {
    guarantees: STATE.guarantees,
    load: async () => {
      if (desk.looksFail) throw fail(desk.looksFail);
      const value: JudgedState = {
        ...STATE,
        can: { ...STATE.can, feed: true },
        openEscalation: { ...OPEN, latestEntryId: desk.entries.at(-1)?.id ?? null },
        verdict: { kind: 'open-escalation' },
        guarantees: { ...STATE.guarantees, live: false, dedup: 'key', ...guarantees },
        serverTime: new Date(clock).toISOString(),
      };
      return { value };
    },
    escalate: () => Promise.reject(fail('server-error')),
    entries: async () => ({ value: { entries: desk.entries, before: null, after: '' } }),
    async post(_id, draft, call) {
      desk.posted.push({ draft, call });
      if (desk.fails) throw fail(desk.fails);
      const { clientId, text } = draft;
      const made: Entry = {
        id: `n-${clientId}`,
        clientId,
        kind: 'message',
        at: OPEN.requestedAt,
        author: priya,
        text,
      };
      desk.entries.push(made);
      return made;
    },
  };
  const made = createDesk({ backend, platform: page.platform, clock: () => new Date(clock) });
  const session = made.session('c-1');
  const conversation = conversationOf(session, 'e-1');
  const stop = conversation.subscribe(() => undefined);
  await flush();
  return {
    desk,
    session,
    conversation,
    stop,
    page,
    async write(...texts: string[]) {
      for (const text of texts) conversation.outbox.send(text);
      await flush();
    },
    /** Somebody comes back to the page, after a while. */
    async come(ms = 60_000) {
      clock += ms;
      page.come();
      await flush();
    },
    rows: () => conversation.talk.outbox.map(({ text, state }) => `${text} ${state}`),
    sent: () => desk.posted.map(({ draft }) => draft.text),
  };
}

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

describe('what may not have arrived', () => {
  it.each<ErrorCode>(['network', 'timeout', 'unavailable', 'signed-out', 'protocol', 'request-in-progress'])(
    'after %s: goes again when somebody returns, with its key',
    async (code) => {
      const { desk, write, come, rows, sent } = await talking();
      desk.fails = code;
      await write('Hello');
      expect(rows()).toEqual(['Hello failed']);
      desk.fails = null;
      await come();
      expect(rows()).toEqual([]);
      expect(sent()).toEqual(['Hello', 'Hello']);
      expect(new Set(desk.posted.map(({ call }) => call.key)).size).toBe(1);
      expect(desk.posted[1]?.call.background, 'nobody waits for it').toBe(true);
    },
  );

  it.each<ErrorCode>(['invalid', 'escalation-closed', 'too-large', 'forbidden', 'not-found'])(
    'what was refused (%s) does not',
    async (code) => {
      const { desk, write, come, sent } = await talking();
      desk.fails = code;
      await write('Hello');
      desk.fails = null;
      await come();
      expect(sent()).toEqual(['Hello']);
    },
  );

  it('what the help desk may have taken (unconfirmed) does not; whoever has looked sends it anew', async () => {
    const { conversation, desk, write, come, rows } = await talking();
    desk.fails = 'unconfirmed';
    await write('Hello');
    desk.fails = null;
    await come();
    expect(rows()).toEqual(['Hello failed']);
    const { clientId } = conversation.talk.outbox[0]!;
    const anew = conversation.outbox.retry(clientId);
    expect(rows()).toEqual(['Hello sending']);
    await flush();
    expect(rows()).toEqual([]);
    // The first key is used up.
    expect(desk.posted.map(({ draft }) => draft.clientId)).toEqual([clientId, anew]);
    expect(anew).not.toBe(clientId);
  });

  it('in the order in which they were written; the first that fails ends it', async () => {
    const { desk, write, come, sent, rows } = await talking();
    desk.fails = 'network';
    await write('one', 'two', 'three');
    desk.posted.length = 0;
    await come();
    expect(sent()).toEqual(['one']);
    desk.fails = null;
    await come();
    expect(sent()).toEqual(['one', 'one', 'two', 'three']);
    expect(rows()).toEqual([]);
  });

  it('when the help desk can be reached again, and when somebody has signed in again', async () => {
    for (const code of ['network', 'signed-out'] as const) {
      const { desk, session, write, rows } = await talking();
      desk.fails = desk.looksFail = code;
      await write('Hello');
      await session.refresh();
      await flush();
      expect(rows()).toEqual(['Hello failed']);
      desk.fails = desk.looksFail = null;
      await session.refresh();
      await flush();
      expect(rows(), code).toEqual([]);
    }
  });

  it('not to a help desk that would not know it again', async () => {
    const { desk, write, come, sent } = await talking({ dedup: 'none' });
    desk.fails = 'network';
    await write('Hello');
    expect(desk.posted[0]?.call.once).toBe(true);
    desk.fails = null;
    await come();
    expect(sent()).toEqual(['Hello']);
  });

  it('at most five times, and not at every turn of the head', async () => {
    const { desk, write, come, sent } = await talking();
    desk.fails = 'network';
    await write('Hello');
    for (let i = 0; i < 20; i++) await come(1_000);
    expect(sent(), 'one every half a minute').toHaveLength(2);
    for (let i = 0; i < 20; i++) await come();
    expect(sent()).toHaveLength(6);
  });

  it('not after the last one has gone; nothing is left of it', async () => {
    const { desk, write, come, sent, stop, page } = await talking();
    desk.fails = 'network';
    await write('Hello');
    stop();
    await flush();
    expect(page.watching).toBe(0);
    desk.fails = null;
    await come();
    expect(sent()).toEqual(['Hello']);
  });

  it('what an earlier page has sent waits for somebody to return', async () => {
    const { conversation, come, sent } = await talking();
    const attachments = [{ id: 'f-1', name: 'a.log', bytes: 1, type: 'text/plain', href: '/f-1' }];
    conversation.outbox.restore([{ clientId: 'a', text: 'Lost', alsoOnCase: true, attachments }]);
    await flush();
    expect(sent()).toEqual([]);
    await come();
    expect(sent()).toEqual(['Lost']);
  });

  it('goes with all that belongs to it', async () => {
    const { desk, conversation, come } = await talking();
    const attachments = [{ id: 'f-1', name: 'a.log', bytes: 1, type: 'text/plain', href: '/f-1' }];
    conversation.outbox.restore([{ clientId: 'a', text: 'Lost', alsoOnCase: true, attachments }]);
    await come();
    expect(desk.posted[0]?.draft).toEqual({
      clientId: 'a',
      text: 'Lost',
      alsoOnCase: true,
      attachmentIds: ['f-1'],
    });
  });
});
