import { isBackendError, type Backend, type Call, type CaseEvent, type ErrorCode } from '../core/backend.js';
import { newId } from '../core/id.js';
import type { Action, EntryQuery, EscalationRequest, QueueQuery, User } from '../core/model.js';

/** A backend as one user reaches it, and what goes with each call (user, policy, where the backend needs them). */
export interface Reached {
  backend: Backend;
  call: Call;
}

/** What the contract needs of a help desk under test. Asked for anew before each test. */
export interface ContractSetup {
  /** Where one backend serves everybody, as in a gateway, the same one for each: it must not mix them up. */
  as(user: User): Reached;
  customer: User;
  /** Of the same account as `customer`. */
  colleague: User;
  /** Of another account: may see nothing of the case. */
  stranger: User;
  /** May take and decide escalations. */
  owner: User;
  /** A case of `customer` that can be escalated and has no escalation. */
  caseId: string;
  /** Two more of them, for the order of the queue. Absent: that is not tested. */
  moreCases?: readonly string[];
  /** A request that the policy accepts, with the label that its reason has. */
  request: EscalationRequest;
  reasonLabel: string;
  /**
   * For a backend that asks a server by `fetch`: the one that it uses, and the same backend over another one, which loses,
   * delays and falsifies answers. Absent: that is not tested.
   */
  wire?: { fetch: typeof globalThis.fetch; as(user: User, fetch: typeof globalThis.fetch): Reached };
  /** Fakes the timers from here on, so that nobody waits for a deadline. Absent: it is waited for. */
  timers?(): { pass(ms: number): Promise<unknown>; restore(): void };
  /** Methods that there is nothing behind, where the backend itself cannot say so, as `rest` cannot. */
  without?: readonly (keyof Backend)[];
}

/** What a runner gives to a test: Vitest and `node:test` do. */
export interface RunContext {
  skip?(why?: string): void;
}

/**
 * One test of the contract: give `name`, `run` and `patience` to the `it` of any runner. A test of something that the
 * backend does not have is skipped where the runner gives a `skip`, with the reason; else it passes.
 */
export interface ContractTest {
  name: string;
  run(context?: RunContext): Promise<void>;
  /** Milliseconds that it may take at most. */
  patience: number;
}

/** Thrown by a test that is not for this backend. */
export class Skip extends Error {
  override readonly name = 'Skip';
}

/** Fails the test. */
export function ensure(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(message);
}

/** Compares as JSON. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  ensure(a === b, `${what}: expected ${b}, got ${a}`);
}

/** In words, for messages. */
const told = (outcome: unknown): string =>
  isBackendError(outcome) ? `"${outcome.code}" (${outcome.message})` : String(outcome);

/** @returns the error that a call was refused with */
export async function refused(work: Promise<unknown>, code: ErrorCode, what: string) {
  const outcome = await work.then(
    (answer) => `an answer: ${JSON.stringify(answer)?.slice(0, 200)}`,
    (error: unknown) => error,
  );
  if (outcome instanceof Skip) throw outcome;
  ensure(
    isBackendError(outcome) && outcome.code === code,
    `${what}: expected a BackendError "${code}", got ${told(outcome)}`,
  );
  return outcome;
}

/** The value of an answer that has one. */
export const fresh = <T>(value: T | 'not-modified', what: string): T => {
  ensure(value !== 'not-modified', `${what}: expected an answer with a value, got "not-modified"`);
  return value;
};

/** The longest that a test waits for what may never come. */
const PATIENCE_MS = 10_000;
/** As they are before a test fakes them. */
const [startTimer, stopTimer] = [setTimeout.bind(globalThis), clearTimeout.bind(globalThis)];

/** Fails by itself, and by name, where a runner could only say that it waited. */
export async function inTime<T>(work: Promise<T>, what: string, ms = PATIENCE_MS): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = startTimer(
      () => reject(new Error(`${what}: expected within ${ms / 1000} s, and nothing came`)),
      ms,
    );
  });
  return Promise.race([work, late]).finally(() => stopTimer(timer));
}

/** Looks again and again, since a help desk may tell a little late. */
export async function soon<T>(look: () => Promise<T>, is: (found: T) => boolean): Promise<T> {
  const end = performance.now() + PATIENCE_MS;
  let found = await look();
  while (!is(found) && performance.now() < end) {
    await new Promise((resolve) => startTimer(resolve, 100));
    found = await look();
  }
  return found;
}

/** What somebody hears while they watch. */
function listening(
  watch: NonNullable<Backend['watch']>,
  caseId: string,
  since: string | undefined,
  call: Call,
) {
  const heard: CaseEvent[] = [];
  const stop = new AbortController();
  let stir = () => undefined as void;
  const ended = watch(caseId, since, { ...call, signal: stop.signal }, (event) => {
    heard.push(event);
    stir();
  });
  ended.finally(() => stir()).catch(() => undefined);
  const isHeard = async (test: (event: CaseEvent) => boolean) => {
    while (!heard.some(test)) {
      const isOver = ended.then(() => true);
      const isNews = new Promise<boolean>((resolve) => (stir = () => resolve(false)));
      ensure(!(await Promise.race([isNews, isOver])) || heard.some(test), 'the events ended');
    }
  };
  return {
    heard,
    /** Of the entries among them. */
    texts: () => heard.flatMap((event) => (event.kind === 'entry' ? [event.entry.text] : [])),
    /** Until such an event is there. */
    until: (what: string, test: (event: CaseEvent) => boolean) => inTime(isHeard(test), `the event: ${what}`),
    /** @returns what the call answered */
    stop: () => {
      stop.abort();
      return ended;
    },
    ended,
  };
}

/** What the tests do most, for each of the people. */
export function actors(setup: ContractSetup) {
  const { caseId, request } = setup;
  const on = (user: User, { backend, call } = setup.as(user)) => {
    const has = <K extends keyof Backend>(name: K): NonNullable<Backend[K]> => {
      const method = backend[name];
      if (!method || setup.without?.includes(name)) throw new Skip(`the backend lacks ${name}`);
      return method;
    };
    const lacks = (name: keyof Backend) => !backend[name] || Boolean(setup.without?.includes(name));
    const load = async (id = caseId) => fresh(await backend.load(id, call), 'load').value;
    return {
      user,
      /** The same person over another line. */
      over: (fetch: typeof globalThis.fetch) => on(user, setup.wire?.as(user, fetch)),
      has,
      lacks,
      backend,
      call,
      load,
      /** What the help desk says that it keeps; behind a gateway that is told with a case. */
      declared: async () => (await load()).guarantees,
      escalate: (key = newId(), body = request, id = caseId) => backend.escalate(id, body, { ...call, key }),
      escalation: async (id: string) => fresh(await has('escalation')(id, call), 'escalation').value,
      entries: async (id: string, query: EntryQuery = {}) =>
        fresh(await has('entries')(id, query, call), 'entries').value,
      post: (id: string, text: string, clientId = newId(), attachmentIds?: string[]) =>
        has('post')(
          id,
          { clientId, text, ...(attachmentIds && { attachmentIds }) },
          { ...call, key: clientId },
        ),
      queue: async (query: QueueQuery = {}) => fresh(await has('queue')(query, call), 'queue').value,
      act: async (id: string, action: Action, etag: string) => {
        const { acts } = (await load()).guarantees;
        if (acts && !acts.includes(action.kind))
          throw new Skip(`the help desk does not take "${action.kind}"`);
        return (await has('act')(id, action, { ...call, key: newId(), etag })).value;
      },
      note: async (text: string) => {
        if (!(await load()).can?.note) throw new Skip('the help desk takes no notes on the case');
        await has('note')(caseId, { kind: 'reply', text }, { ...call, key: newId() });
      },
      upload: (name: string, data: Blob) => has('upload')(caseId, { name, data }, call),
      download: (id: string) => has('download')(caseId, id, call),
      watch: (since?: string) => listening(has('watch'), caseId, since, call),
    };
  };
  return {
    customer: on(setup.customer),
    colleague: on(setup.colleague),
    stranger: on(setup.stranger),
    owner: on(setup.owner),
  };
}
/** {@link actors} */
export type Actors = ReturnType<typeof actors>;
/** One of them. */
export type Actor = Actors['customer'];

/** Everything a test may want. */
export interface Scene extends Actors {
  setup: ContractSetup;
}

/** Tests of one topic, by name. */
export type Topic = Record<string, (scene: Scene) => Promise<void>>;

/** Skips what is about a line that can fail. */
export function wireOf({ setup }: Scene): NonNullable<ContractSetup['wire']> {
  if (!setup.wire) throw new Skip('the backend has no line of its own');
  return setup.wire;
}

/** Skips what needs a help desk that knows a repeated write again. */
export async function needsKeys({ customer }: Scene): Promise<void> {
  const { dedup } = await customer.declared();
  if (dedup !== 'key') throw new Skip('the help desk does not know a key again');
}
