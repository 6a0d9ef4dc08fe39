import { isBackendError, type Backend, type Call, type ErrorCode } from '../core/backend.js';
import { newId } from '../core/id.js';
import type { Action, EscalationRequest, User } from '../core/model.js';

/** What the contract needs of a help desk under test. Asked for anew before each test. */
export interface ContractSetup {
  /** The backend as this user reaches it, and what goes with each call (user, policy, where the backend needs them). */
  as(user: User): { backend: Backend; call: Call };
  customer: User;
  /** Of the same account as `customer`. */
  colleague: User;
  /** Of another account: may see nothing of the case. */
  stranger: User;
  /** May take and decide escalations. */
  owner: User;
  /** A case of `customer` that can be escalated and has no escalation. */
  caseId: string;
  /** A request that the policy accepts, with the label that its reason has. */
  request: EscalationRequest;
  reasonLabel: string;
}

/** One test of the contract: give `name` and `run` to the `it` of any runner. */
export interface ContractTest {
  name: string;
  run(): Promise<void>;
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

/** @returns the error that a call was refused with */
export async function refused(work: Promise<unknown>, code: ErrorCode) {
  const outcome = await work.then(
    () => 'an answer',
    (error: unknown) => error,
  );
  ensure(isBackendError(outcome), `expected a BackendError "${code}", got ${String(outcome)}`);
  same(outcome.code, code, 'error code');
  return outcome;
}

/** The value of an answer to a call without an etag. */
export const fresh = <T>(value: T | 'not-modified'): T => {
  ensure(value !== 'not-modified', 'answered "not-modified" though no etag was given');
  return value;
};

/** What the tests do most, for each of the people. */
export function actors(setup: ContractSetup) {
  const { caseId, request } = setup;
  const on = (user: User) => {
    const { backend, call } = setup.as(user);
    const has = <K extends keyof Backend>(name: K): NonNullable<Backend[K]> => {
      const method = backend[name];
      ensure(method, `the backend lacks ${name}`);
      return method;
    };
    return {
      backend,
      call,
      load: async (id = caseId) => fresh(await backend.load(id, call)).value,
      escalate: (key = newId(), body = request) => backend.escalate(caseId, body, { ...call, key }),
      escalation: async (id: string) => fresh(await has('escalation')(id, call)).value,
      entries: async (id: string, query = {}) => fresh(await has('entries')(id, query, call)).value,
      post: (id: string, text: string, clientId = newId()) =>
        has('post')(id, { clientId, text }, { ...call, key: clientId }),
      act: (id: string, action: Action, etag: string) =>
        has('act')(id, action, { ...call, key: newId(), etag }).then(({ value }) => value),
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

/** Everything a test may want. */
export interface Scene extends Actors {
  setup: ContractSetup;
}

/** Tests of one topic, by name. */
export type Topic = Record<string, (scene: Scene) => Promise<void>>;
