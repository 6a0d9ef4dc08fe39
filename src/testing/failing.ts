import { isBackendError } from '../core/backend.js';
import { newId } from '../core/id.js';
import { isOpen } from '../core/status.js';
import { ensure, inTime, refused, same, type Actor, type Scene, type Topic, wireOf } from './contract.js';

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

const isWrite = (input: RequestInfo | URL, init?: RequestInit): boolean =>
  (init?.method ?? (input as Request).method ?? 'GET') !== 'GET';

/** Never answers, nor heeds the signal. */
const hanging: Fetch = () => new Promise(() => undefined);

const DEADLINE_MS = 40_000;

/** The first write arrives; its answer does not. */
function losing(ask: Fetch) {
  let isLost = false;
  const fetch: Fetch = async (input, init) => {
    const answer = await ask(input, init);
    if (isLost || !isWrite(input, init)) return answer;
    isLost = true;
    throw new TypeError('connection reset');
  };
  return { fetch, isLost: () => isLost };
}

/** The first write is held back until `letGo`; `held`: it is on its way. */
function holding(ask: Fetch) {
  let [tell, letGo] = [() => undefined as void, () => undefined as void];
  const held = new Promise<void>((resolve) => (tell = resolve));
  const free = new Promise<void>((resolve) => (letGo = resolve));
  const fetch: Fetch = async (input, init) => {
    if (isWrite(input, init)) {
      tell();
      await free;
    }
    return ask(input, init);
  };
  return { fetch, held, letGo: () => letGo() };
}

export const failing: Topic = {
  'fails: nobody is signed in': async (scene) => {
    const { backend, call } = whose(scene, answering(401));
    await refused(backend.load(scene.setup.caseId, call), 'signed-out', 'load');
    await refused(
      backend.escalate(scene.setup.caseId, scene.setup.request, { ...call, key: newId() }),
      'signed-out',
      'escalate',
    );
  },
  'fails: too many requests, and how long to wait': async (scene) => {
    const { backend, call } = whose(scene, answering(429, { 'Retry-After': '30' }));
    const error = await refused(backend.load(scene.setup.caseId, call), 'rate-limited', 'load');
    same(error.details.retryAfter, 30, 'seconds to wait');
    ensure(error.retryable, 'may be tried again later');
  },
  'fails: the help desk is down': async (scene) => {
    wireOf(scene);
    const { id } = (await scene.customer.escalate()).escalation;
    const owner = scene.owner.over(answering(503, { 'Retry-After': '30' }));
    await refused(owner.load(), 'unavailable', 'load');
    // None of these may be told as empty.
    const works = {
      escalation: () => owner.escalation(id),
      entries: () => owner.entries(id),
      queue: () => owner.queue(),
    };
    for (const [what, work] of Object.entries(works))
      if (!scene.owner.lacks(what as keyof typeof works)) await refused(work(), 'unavailable', what);
  },
  'fails: no connection': async (scene) => {
    const { backend, call } = whose(scene, () => Promise.reject(new TypeError('Failed to fetch')));
    await refused(backend.load(scene.setup.caseId, { ...call, background: true }), 'network', 'load');
  },
  'fails: an answer that never comes is given up': async (scene) => {
    const { backend, call } = whose(scene, hanging);
    const { caseId, request } = scene.setup;
    const timers = scene.setup.timers?.();
    try {
      const look = refused(backend.load(caseId, { ...call, background: true }), 'timeout', 'load');
      const write = backend.escalate(caseId, request, { ...call, key: newId(), once: true });
      const work = Promise.all([look, refused(write, 'timeout', 'escalate')]);
      await inTime(Promise.all([work, timers?.pass(DEADLINE_MS)]), 'a "timeout"', DEADLINE_MS + 5_000);
    } finally {
      timers?.restore();
    }
  },
  'fails: a call that is aborted in the middle ends with what it was aborted with': async (scene) => {
    const { backend, call } = whose(scene, hanging);
    const { caseId, request } = scene.setup;
    const works = {
      load: (signal: AbortSignal) => backend.load(caseId, { ...call, signal }),
      escalate: (signal: AbortSignal) => backend.escalate(caseId, request, { ...call, key: newId(), signal }),
    };
    for (const [what, work] of Object.entries(works)) {
      const abort = new AbortController();
      const reason = new Error('left');
      const ended = work(abort.signal).then(
        () => 'an answer',
        (error: unknown) => error,
      );
      await Promise.resolve();
      abort.abort(reason);
      const outcome = await inTime(ended, `the end of an aborted ${what}`);
      ensure(outcome === reason, `${what}: expected the reason of the abort, got ${String(outcome)}`);
    }
  },
  'fails: a request whose answer was lost is there once': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer, setup } = scene;
    const line = losing(ask);
    const key = newId();
    const { backend, call } = customer.over(line.fetch);
    const first = await backend.escalate(setup.caseId, setup.request, { ...call, key }).then(
      ({ escalation }) => escalation.id,
      () => undefined,
    );
    ensure(line.isLost(), 'expected a write, got none');
    const made = (await customer.load()).openEscalation;
    ensure(made && isOpen(made), `what was sent: expected it to be open, got ${JSON.stringify(made)}`);
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
  'fails: a message whose answer was lost is there at most once; sent again with its key, once': async (
    scene,
  ) => {
    const { fetch: ask } = wireOf(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    const clientId = newId();
    const line = losing(ask);
    await customer
      .over(line.fetch)
      .post(id, 'Lost?', clientId)
      .catch(() => undefined);
    ensure(line.isLost(), 'expected a write, got none');
    const isKnownAgain = (await customer.declared()).dedup === 'key';
    if (isKnownAgain) await customer.post(id, 'Lost?', clientId);
    const found = (await customer.entries(id)).entries.filter(({ text }) => text === 'Lost?').length;
    ensure(isKnownAgain ? found === 1 : found < 2, `messages: expected one, got ${found}`);
  },
  'fails: a slow request after a fast one: the fast one stays': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer, colleague } = scene;
    const line = holding(ask);
    const slow = colleague.over(line.fetch).escalate();
    slow.catch(() => undefined);
    await inTime(Promise.race([line.held, slow]), 'a write');
    const { escalation } = await customer.escalate();
    line.letGo();
    await refused(slow, 'open-escalation-exists', 'the slow escalate');
    same((await customer.load()).openEscalation?.id, escalation.id, 'the one that is open');
  },
  'fails: an id stays in its part of the address': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const asked: URL[] = [];
    const listening: Fetch = (input, init) => {
      asked.push(new URL(input instanceof Request ? input.url : String(input)));
      return ask(input, init);
    };
    const { backend, call } = scene.customer.over(listening);
    await refused(backend.load('a/../b?c#d', call), 'not-found', 'load of an odd id');
    for (const url of asked)
      ensure(
        !url.hash && !url.pathname.endsWith('/b') && !url.searchParams.has('c'),
        `the address: expected the id in one part of it, got ${url.href}`,
      );
  },
};
