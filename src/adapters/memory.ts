import { BackendError, type Backend, type Call } from '../core/backend.js';
import { assertQueues, seesEntry } from '../core/access.js';
import { textToMove } from '../core/case-note.js';
import type { FileLimits } from '../core/files.js';
import { hashOf } from '../core/hash.js';
import { isOpen } from '../core/status.js';
import { compareUrgency } from '../core/urgency.js';
import type { Case, CaseState, Guarantees, User } from '../core/model.js';
import {
  addMessage,
  fileRequest,
  present,
  summaryOf,
  visibleEntries,
  type Change,
  type EscalationRecord,
} from '../core/record.js';
import { actOn } from '../core/record-actions.js';
import {
  addNote,
  caseOf,
  emptyState,
  escalationOf,
  mayRead,
  notFound,
  openOf,
  idOf,
  type MemoryState,
} from './memory/state.js';
import { keepFile, readFile, takeFiles } from './memory/files.js';
import { pageOf } from './lib/pages.js';
import { watchCase } from './memory/watch.js';

export type { CaseRecord, FileRecord, MemoryState } from './memory/state.js';

/** Where the state lives between calls, so that a demo keeps it across reloads and tabs. */
export interface MemoryStore {
  read(): Promise<MemoryState | null>;
  write(state: MemoryState): Promise<void>;
}

/** Options of {@link memory}. */
export interface MemoryOptions {
  /** Cases at the start; ignored when the store already holds a state. */
  cases: readonly (Case | { case: Case; account?: string })[];
  store?: MemoryStore;
  /** @returns the present; the wall clock by default */
  clock?: () => Date;
  /** With `live: false` nobody is told of changes made here, and pages poll. */
  guarantees?: Partial<Guarantees>;
  /** What may be attached; null, the default: nothing. */
  attach?: FileLimits | null;
}

const variableStore = (): MemoryStore => {
  let kept: MemoryState | null = null;
  return { read: async () => kept, write: async (state) => void (kept = state) };
};

const signedIn = (call: Call): User => {
  if (call.user) return call.user;
  throw new BackendError('signed-out', 'Nobody is signed in.');
};
/**
 * A help desk in memory: for tests, for the demo, and as the smallest complete example of a backend. It keeps keys and
 * "one open escalation per case" itself. It judges nothing: put a gateway or a desk with a policy in front of it.
 */
export function memory(
  options: MemoryOptions,
): Backend & { read(): Promise<MemoryState>; change(work: (state: MemoryState) => void): Promise<void> } {
  const { store = variableStore(), clock = () => new Date(), attach = null } = options;
  const guarantees: Guarantees = {
    dedup: 'key',
    unique: 'store',
    live: true,
    pollSeconds: 5,
    ...options.guarantees,
  };
  let queue: Promise<unknown> = Promise.resolve();
  const listeners = new Set<() => void>();

  const read = async () => (await store.read()) ?? emptyState(options.cases);
  /** One change at a time, on a copy: a change that fails leaves nothing behind. */
  const transaction = <T>(work: (state: MemoryState) => T): Promise<T> => {
    const turn = queue.then(async () => {
      const state = structuredClone(await read());
      const result = work(state);
      await store.write(state);
      for (const listener of listeners) listener();
      return result;
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  const changeBy = (state: MemoryState, call: Call): Change => {
    if (!call.policy) throw new BackendError('server-error', 'This backend needs the policy in every call.');
    const newId = () => idOf(++state.count);
    return { user: signedIn(call), policy: call.policy, now: clock(), newId, languages: call.languages };
  };
  /** The same key and body again: the id of what was made; another body: refused. */
  const replayOf = (state: MemoryState, scope: string, body: string): string | undefined => {
    const known = Object.hasOwn(state.keys, scope) ? state.keys[scope] : undefined;
    if (known && known.body !== body)
      throw new BackendError('idempotency-key-reused', 'This key came with another body before.');
    return known?.id;
  };
  const scopeOf = (call: Call, what: string) => `${signedIn(call).id} ${what} ${call.key}`;
  const assertVersion = (call: Call, record: EscalationRecord) => {
    if (call.etag !== undefined && call.etag.split('.')[0] !== record.escalation.version)
      throw new BackendError('version-changed', 'The escalation changed in the meantime.');
  };
  const tagOf = (record: EscalationRecord, user: User) => {
    const { followers, following, unread } = present(record, user);
    return `${record.escalation.version}.${hashOf([user.id, followers, following, unread, record.entries.length])}`;
  };
  const stateFor = (state: MemoryState, caseId: string, user: User): CaseState => {
    const record = caseOf(state, caseId, user);
    const open = openOf(state, caseId);
    const past = Object.values(state.escalations)
      .filter(({ escalation }) => escalation.caseId === caseId && !isOpen(escalation))
      .sort((a, b) => (a.escalation.requestedAt < b.escalation.requestedAt ? 1 : -1));
    return {
      case: record.case,
      openEscalation: open ? present(open, user) : null,
      past: past.map(summaryOf),
      can: { review: false, note: true, feed: true, attach },
      guarantees,
      serverTime: clock().toISOString(),
    };
  };

  /** Every open escalation whose case this user may see, with what a queue says of the case. */
  const openFor = (state: MemoryState, user: User) =>
    Object.values(state.escalations)
      .filter(({ escalation }) => isOpen(escalation) && mayRead(state, escalation.caseId, user))
      .map((record) => {
        const kase = caseOf(state, record.escalation.caseId, user).case;
        const { id, number, subject, priority, customer } = kase;
        return { ...present(record, user), case: { id, number, subject, priority, customer } };
      });

  /** What this user may read; where the policy comes with the call, what it keeps from them is not found either (P9). */
  const entriesFor = (state: MemoryState, escalationId: string, call: Call) => {
    const user = signedIn(call);
    const record = escalationOf(state, escalationId, user);
    const { policy } = call;
    const kase = caseOf(state, record.escalation.caseId, user).case;
    return visibleEntries(record, user).filter((row) => !policy || seesEntry(policy, row, user, kase));
  };

  return {
    guarantees,
    read,
    change: (work) => transaction(work),

    async load(caseId, call) {
      const value = stateFor(await read(), caseId, signedIn(call));
      const { serverTime: _serverTime, ...lasting } = value;
      const etag = hashOf(lasting);
      return etag === call.etag ? 'not-modified' : { value, etag };
    },

    escalate: (caseId, request, call) =>
      transaction((state) => {
        const change = changeBy(state, call);
        caseOf(state, caseId, change.user);
        const scope = scopeOf(call, `escalate ${caseId}`);
        const body = JSON.stringify(request);
        const known = call.key && replayOf(state, scope, body);
        if (known)
          return {
            escalation: present(escalationOf(state, known, change.user), change.user),
            replayed: true,
          };
        const open = openOf(state, caseId);
        if (open)
          throw new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
            escalation: present(open, change.user),
          });
        const files = takeFiles(state, caseId, request.attachmentIds, change);
        const record = fileRequest(change.newId(), caseId, request, change, files);
        state.escalations[record.escalation.id] = record;
        if (call.key) state.keys[scope] = { body, id: record.escalation.id };
        return { escalation: present(record, change.user), replayed: false };
      }),

    async queue({ limit = 50, after }, call) {
      const user = signedIn(call);
      assertQueues(user);
      const state = await read();
      const open = openFor(state, user).sort(compareUrgency(clock()));
      const from = after === undefined ? 0 : open.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && from === 0)
        throw new BackendError('cursor-expired', 'What the cursor named is not in the queue any more.');
      const escalations = open.slice(from, from + limit);
      const value = {
        escalations,
        after: from + limit < open.length ? (escalations.at(-1)?.id ?? null) : null,
      };
      const etag = hashOf([user.id, value]);
      return etag === call.etag ? 'not-modified' : { value, etag };
    },

    async escalation(id, call) {
      const user = signedIn(call);
      const record = escalationOf(await read(), id, user);
      const etag = tagOf(record, user);
      return etag === call.etag ? 'not-modified' : { value: present(record, user), etag };
    },

    async entries(escalationId, query, call) {
      const value = pageOf(entriesFor(await read(), escalationId, call), query);
      const etag = hashOf([query, value]);
      return etag === call.etag ? 'not-modified' : { value, etag };
    },

    post: (escalationId, draft, call) =>
      transaction((state) => {
        const change = changeBy(state, call);
        const record = escalationOf(state, escalationId, change.user);
        const scope = scopeOf({ ...call, key: draft.clientId }, `post ${escalationId}`);
        const body = JSON.stringify(draft);
        const known = replayOf(state, scope, body);
        const files = () => takeFiles(state, record.escalation.caseId, draft.attachmentIds, change);
        const changed = known ? record : addMessage(record, draft, change, files());
        state.escalations[escalationId] = changed;
        const made =
          visibleEntries(changed, change.user).find(({ id }) => id === known) ??
          visibleEntries(changed, change.user).at(-1);
        if (!made) throw notFound('entry');
        state.keys[scope] = { body, id: made.id };
        return made;
      }),

    act: (escalationId, action, call) =>
      transaction((state) => {
        const change = changeBy(state, call);
        const record = escalationOf(state, escalationId, change.user);
        const scope = scopeOf(call, `act ${escalationId}`);
        const body = JSON.stringify(action);
        if (call.key && replayOf(state, scope, body))
          return { value: present(record, change.user), etag: tagOf(record, change.user) };
        assertVersion(call, record);
        const changed = actOn(record, action, change);
        if (action.kind === 'reopen' && openOf(state, record.escalation.caseId))
          throw new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
            escalation: present(openOf(state, record.escalation.caseId) as EscalationRecord, change.user),
          });
        state.escalations[escalationId] = changed;
        if (action.kind === 'move-to-case-feed')
          addNote(
            state,
            record.escalation.caseId,
            { kind: 'moved', text: textToMove(record, action.entryId) },
            change,
          );
        if (call.key) state.keys[scope] = { body, id: escalationId };
        return { value: present(changed, change.user), etag: tagOf(changed, change.user) };
      }),

    note: (caseId, note, call) =>
      transaction((state) => {
        const user = signedIn(call);
        caseOf(state, caseId, user);
        const scope = scopeOf(call, `note ${caseId}`);
        const body = JSON.stringify(note);
        if (call.key && replayOf(state, scope, body)) return;
        addNote(state, caseId, note, { user, now: clock() });
        if (call.key) state.keys[scope] = { body, id: caseId };
      }),

    async watch(caseId, since, call, tell) {
      const user = signedIn(call);
      return (
        guarantees.live && watchCase({ read, listeners }, caseId, since, { user, signal: call.signal }, tell)
      );
    },

    ...(attach && {
      upload: (caseId, file, call) =>
        transaction((state) => {
          const newId = () => idOf(++state.count);
          return keepFile(state, caseId, file, { user: signedIn(call), now: clock(), newId, limits: attach });
        }),
      download: async (caseId, fileId, call) => readFile(await read(), caseId, fileId, signedIn(call)),
    }),

    feedback: (policy, { helpful, text }) =>
      transaction((state) => void state.feedback.push({ policy, helpful, text })),
  };
}
