import { isBackendError } from '../core/backend.js';
import { isEscalation, readEntryPage } from '../core/guard-escalation.js';
import { isCaseState } from '../core/guard.js';
import type { EntryPage, Queue, Status } from '../core/model.js';
import { ensure, refused, same, type Actor, type Topic, wireOf } from './contract.js';

/** Answers that are not what was asked for: none of them may ever read as "nothing is open". */

type Fetch = typeof globalThis.fetch;

const JSON_TYPE = { 'Content-Type': 'application/json' };
const page = '<!doctype html><title>Sign in</title><form><input type="password"></form>';
const LIES: Record<string, () => Response> = {
  'a page with status 200': () => new Response(page, { headers: { 'Content-Type': 'text/html' } }),
  'a page that says it is JSON': () => new Response(page, { headers: JSON_TYPE }),
  'a redirect': () => new Response(null, { status: 302, headers: { Location: 'https://sign-in.example/' } }),
  nothing: () => new Response('', { headers: JSON_TYPE }),
  'half an answer': () => new Response('{"openEscalation":nul', { headers: JSON_TYPE }),
  null: () => new Response('null', { headers: JSON_TYPE }),
  'an empty object': () => new Response('{}', { headers: JSON_TYPE }),
  'an empty list': () => new Response('[]', { headers: JSON_TYPE }),
  'a number': () => new Response('42', { headers: JSON_TYPE }),
};

/** Requests and what was answered, to be answered again: by method and address, in their order. */
function recording(ask: Fetch) {
  const answers: { asked: string; status: number; headers: [string, string][]; text: string }[] = [];
  const askedOf = (input: RequestInfo | URL, init?: RequestInit) =>
    `${init?.method ?? (input as Request).method ?? 'GET'} ${input instanceof Request ? input.url : String(input)}`;
  const keep: Fetch = async (input, init) => {
    const response = await ask(input, init);
    const text = await response.text();
    const { status } = response;
    answers.push({ asked: askedOf(input, init), status, headers: [...response.headers], text });
    return new Response(text || null, { status, headers: response.headers });
  };
  /** Answers from the record; `change` makes a lie of the n-th of it. */
  const replay = (change: (n: number, text: string) => string): Fetch => {
    const used = new Set<number>();
    return (input, init) => {
      const asked = askedOf(input, init);
      const isIt = (n: number) => answers[n]?.asked === asked && !used.has(n);
      const n = answers.findIndex((_, i) => isIt(i));
      const found = answers[n] ?? answers.find((answer) => answer.asked === asked);
      if (!found) return Promise.reject(new TypeError('not recorded'));
      used.add(n);
      const { status, headers, text } = found;
      return Promise.resolve(new Response(change(answers.indexOf(found), text) || null, { status, headers }));
    };
  };
  return { answers, keep, replay };
}

type Path = (string | number)[];

/** The way to every member of an object in it. */
function* members(value: unknown, at: Path = []): Generator<Path> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const path = [...at, Array.isArray(value) ? Number(name) : name];
    if (!Array.isArray(value)) yield path;
    yield* members(inner, path);
  }
}

/** The same without that member, or with something else in its place. */
function changed(text: string, path: Path, isDropped: boolean): string {
  const whole = JSON.parse(text) as Record<string, unknown>;
  let inner = whole;
  for (const name of path.slice(0, -1)) inner = inner[name] as Record<string, unknown>;
  const last = path.at(-1) as string;
  if (isDropped) delete inner[last];
  else inner[last] = { unexpected: [typeof inner[last]] };
  return JSON.stringify(whole);
}

/** Every lie of one member about a recorded look; of very many an even choice. */
function liesAbout(answers: readonly { text: string }[]): { n: number; path: Path; isDropped: boolean }[] {
  const all = answers.flatMap(({ text }, n) =>
    [...members(parsed(text))].flatMap((path) => [true, false].map((isDropped) => ({ n, path, isDropped }))),
  );
  const step = Math.max(1, Math.ceil(all.length / 400));
  return all.filter((_, i) => i % step === 0);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One look at a help desk, and what is wrong with what it told. */
interface Look {
  take(who: Actor): Promise<unknown>;
  fault(found: unknown): string | undefined;
}

/** Every lie about a look: it may be refused, but what is there must not be missing. */
async function lieAbout(ask: Fetch, who: Actor, what: string, { take, fault }: Look): Promise<void> {
  const { answers, keep, replay } = recording(ask);
  const truth = fault(await take(who.over(keep)));
  ensure(!truth, `${what}, by a line that only listens: ${truth}`);
  for (const { n, path, isDropped } of liesAbout(answers)) {
    const lie = replay((i, text) => (i === n ? changed(text, path, isDropped) : text));
    const found = await take(who.over(lie)).catch((error: unknown) => error);
    const told = isBackendError(found) ? undefined : fault(found);
    ensure(
      !told,
      `${what}, ${isDropped ? 'without' : 'with another'} ${path.join('.')} in answer ${n}: ${told}`,
    );
  }
}

const valueOf = (answer: unknown): unknown => (answer as { value?: unknown } | undefined)?.value;

/** The case: what is open is open, whatever else is told. */
const caseLook = (caseId: string, openId: string): Look => ({
  take: ({ backend, call }) => backend.load(caseId, { ...call, background: true }),
  fault(found) {
    const state = valueOf(found);
    if (!isCaseState(state)) return `expected a case, got ${String(found)}`;
    const id = state.openEscalation?.id ?? 'nothing';
    return id === openId ? undefined : `expected ${openId} to be open, got ${id}`;
  },
});

const escalationLook = (id: string, status: Status): Look => ({
  take: ({ has, call }) => has('escalation')(id, { ...call, background: true }),
  fault(found) {
    const escalation = valueOf(found);
    if (!isEscalation(escalation)) return `expected an escalation, got ${JSON.stringify(found)}`;
    return escalation.status === status ? undefined : `expected "${status}", got "${escalation.status}"`;
  },
});

/** Entries that cannot be read are left out and counted. */
const entriesLook = (id: string, least: number): Look => ({
  take: ({ has, call }) => has('entries')(id, {}, { ...call, background: true }),
  fault(found) {
    const page = valueOf(found) as EntryPage;
    if (!readEntryPage(page)) return `expected a page of entries, got ${JSON.stringify(found)}`;
    const told = page.entries.length + (page.skipped ?? 0);
    return told < least ? `expected ${least} entries, got ${told}` : undefined;
  },
});

const queueLook = (id: string): Look => ({
  take: ({ has, call }) => has('queue')({}, { ...call, background: true }),
  fault(found) {
    const ids = (valueOf(found) as Queue | undefined)?.escalations?.map((row) => row.id);
    return ids?.includes(id) ? undefined : `expected ${id} in the queue, got ${JSON.stringify(ids)}`;
  },
});

export const lying: Topic = {
  'lies: another answer than asked for is no answer': async (scene) => {
    wireOf(scene);
    const { escalation } = await scene.customer.escalate();
    for (const [name, answer] of Object.entries(LIES)) {
      const [customer, owner] = [scene.customer, scene.owner].map((who) =>
        who.over(() => Promise.resolve(answer())),
      ) as [Actor, Actor];
      const works = {
        load: () => customer.load(),
        escalate: () => customer.escalate(),
        escalation: () => customer.escalation(escalation.id),
        entries: () => customer.entries(escalation.id),
        queue: () => owner.queue(),
      };
      for (const [what, work] of Object.entries(works))
        // A help desk may tell its queue as a list.
        if (!scene.owner.lacks(what as keyof typeof works) && `${what}, ${name}` !== 'queue, an empty list')
          await refused(work(), 'protocol', `${what}, answered with ${name}`);
    }
  },
  'lies: a dropped member or a wrong type never reads as "nothing is open"': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { escalation } = await scene.customer.escalate();
    await lieAbout(ask, scene.customer, 'load', caseLook(scene.setup.caseId, escalation.id));
  },
  'lies: nor as another status': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { id } = (await scene.customer.escalate()).escalation;
    scene.customer.has('escalation');
    await lieAbout(ask, scene.customer, 'escalation', escalationLook(id, 'requested'));
  },
  'lies: nor as fewer entries': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    for (const text of ['One', 'Two', 'Three']) await customer.post(id, text);
    const { entries } = await customer.entries(id);
    await lieAbout(ask, customer, 'entries', entriesLook(id, entries.length));
  },
  'lies: nor as an empty queue': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { id } = (await scene.customer.escalate()).escalation;
    scene.owner.has('queue');
    await lieAbout(ask, scene.owner, 'queue', queueLook(id));
  },
  'lies: a help desk that repeats its pages is found out': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    for (let i = 1; i <= 6; i++) await customer.post(id, `Message ${i}`);
    const { answers, keep } = recording(ask);
    const newest = await customer.over(keep).entries(id, { limit: 2 });
    ensure(newest.before !== null, 'before of the newest page: expected a cursor, got null');
    let n = 0;
    const repeating: Fetch = () => {
      const { text = '', status, headers } = answers[n++ % answers.length] ?? {};
      return Promise.resolve(new Response(text || null, { status, headers }));
    };
    const outcome = await customer
      .over(repeating)
      .entries(id, { limit: 2, before: newest.before })
      .catch((error: unknown) => error);
    if (isBackendError(outcome)) return same(outcome.code, 'protocol', 'refused with');
    const told = (outcome as typeof newest).entries.map((entry) => entry.id);
    const again = newest.entries.filter((entry) => told.includes(entry.id));
    same(again, [], 'entries that are told twice');
  },
};
