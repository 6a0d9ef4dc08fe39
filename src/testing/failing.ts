import { isBackendError } from '../core/backend.js';
import { newId } from '../core/id.js';
import { isOpen } from '../core/status.js';
import { ensure, refused, same, type Actor, type Scene, type Topic, wireOf } from './contract.js';

/** A line that fails: what a backend over `fetch` makes of it, and that nothing is done twice. */

type Fetch = typeof globalThis.fetch;

/** A person whose every request ends so. */
const whose = (scene: Scene, answer: Fetch): Actor => {
  wireOf(scene);
  return scene.customer.over(answer);
};

const answering = (status: number, headers: Record<string, string> = {}): Fetch => {
  const all = { 'Content-Type': 'application/json', ...headers };
  return () => Promise.resolve(new Response('{}', { status, headers: all }));
};

/** Never answers, nor heeds the signal. */
const hanging: Fetch = () => new Promise(() => undefined);

const DEADLINE_MS = 40_000;

export const failing: Topic = {
  'fails: nobody is signed in': async (scene) => {
    const { backend, call } = whose(scene, answering(401));
    await refused(backend.load(scene.setup.caseId, call), 'signed-out');
    await refused(
      backend.escalate(scene.setup.caseId, scene.setup.request, { ...call, key: newId() }),
      'signed-out',
    );
  },
  'fails: too many requests, and how long to wait': async (scene) => {
    const { backend, call } = whose(scene, answering(429, { 'Retry-After': '30' }));
    const error = await refused(backend.load(scene.setup.caseId, call), 'rate-limited');
    same(error.details.retryAfter, 30, 'seconds to wait');
    ensure(error.retryable, 'may be tried again later');
  },
  'fails: the help desk is down': async (scene) => {
    const { backend, call } = whose(scene, answering(503, { 'Retry-After': '30' }));
    await refused(backend.load(scene.setup.caseId, call), 'unavailable');
  },
  'fails: no connection': async (scene) => {
    const { backend, call } = whose(scene, () => Promise.reject(new TypeError('Failed to fetch')));
    await refused(backend.load(scene.setup.caseId, { ...call, background: true }), 'network');
  },
  'fails: an answer that never comes is given up': async (scene) => {
    const { backend, call } = whose(scene, hanging);
    const timers = scene.setup.timers?.();
    try {
      const work = refused(backend.load(scene.setup.caseId, { ...call, background: true }), 'timeout');
      await Promise.all([work, timers?.pass(DEADLINE_MS)]);
    } finally {
      timers?.restore();
    }
  },
  'fails: a call that is aborted in the middle ends with what it was aborted with': async (scene) => {
    const { backend, call } = whose(scene, hanging);
    const abort = new AbortController();
    const reason = new Error('left');
    const work = backend.load(scene.setup.caseId, { ...call, signal: abort.signal }).then(
      () => 'an answer',
      (error: unknown) => error,
    );
    await Promise.resolve();
    abort.abort(reason);
    ensure((await work) === reason, 'expected the reason of the abort');
  },
  'fails: a request whose answer was lost is there once': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer, setup } = scene;
    let lost = false;
    /** The first write arrives; its answer does not. */
    const losing: Fetch = async (input, init) => {
      const answer = await ask(input, init);
      const isWrite = (init?.method ?? (input as Request).method ?? 'GET') !== 'GET';
      if (!isWrite || lost) return answer;
      lost = true;
      throw new TypeError('connection reset');
    };
    const key = newId();
    const { backend, call } = customer.over(losing);
    const first = await backend.escalate(setup.caseId, setup.request, { ...call, key }).then(
      ({ escalation }) => escalation.id,
      () => undefined,
    );
    ensure(lost, 'nothing was written');
    const made = (await customer.load()).openEscalation;
    ensure(made && isOpen(made), 'what was sent has not arrived');
    if (first !== undefined) same(first, made.id, 'the one that was told');
    if ((await customer.declared()).dedup === 'key')
      same((await customer.escalate(key)).escalation.id, made.id, 'the same key again');
    // A help desk that promises nothing may still know it again.
    else {
      const again = await customer.escalate(key).catch((error: unknown) => error);
      if (isBackendError(again)) same(again.code, 'open-escalation-exists', 'the same key again');
      else same((again as { replayed?: boolean }).replayed, true, 'replayed');
    }
    same((await customer.load()).past, [], 'others of the case');
  },
};
