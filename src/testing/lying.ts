import { isBackendError } from '../core/backend.js';
import { isCaseState } from '../core/guard.js';
import { newId } from '../core/id.js';
import { ensure, refused, type Actor, type Topic, wireOf } from './contract.js';

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

/** @returns what is wrong with a look: it may be refused, but what is open must not be missing */
async function faultOf(
  { backend, call }: Actor,
  caseId: string,
  openId: string,
): Promise<string | undefined> {
  const found = await backend.load(caseId, { ...call, background: true }).catch((error: unknown) => error);
  if (isBackendError(found)) return undefined;
  const value = (found as { value?: unknown } | undefined)?.value;
  if (!isCaseState(value)) return `an answer that is none: ${String(found)}`;
  const id = value.openEscalation?.id ?? 'nothing';
  return id === openId ? undefined : `${id} is open`;
}

export const lying: Topic = {
  'lies: another answer than asked for is no answer': async (scene) => {
    wireOf(scene);
    const { caseId, request } = scene.setup;
    const { escalation } = await scene.customer.escalate();
    for (const [name, answer] of Object.entries(LIES)) {
      const { backend, call } = scene.customer.over(() => Promise.resolve(answer()));
      const works = {
        load: () => backend.load(caseId, call),
        escalate: () => backend.escalate(caseId, request, { ...call, key: newId() }),
        escalation: () => backend.escalation?.(escalation.id, call),
        entries: () => backend.entries?.(escalation.id, {}, call),
      };
      for (const [what, work] of Object.entries(works))
        await refused(Promise.resolve(work()), 'protocol').catch((error: unknown) => {
          throw new Error(`${what}, answered with ${name}: ${String(error)}`);
        });
    }
  },
  'lies: a dropped member or a wrong type never reads as "nothing is open"': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { caseId } = scene.setup;
    const { escalation } = await scene.customer.escalate();
    const { answers, keep, replay } = recording(ask);
    const truth = await scene.customer.over(keep).load();
    ensure(truth.openEscalation?.id === escalation.id, 'a look through a line that only listens');
    for (const { n, path, isDropped } of liesAbout(answers)) {
      const lie = replay((i, text) => (i === n ? changed(text, path, isDropped) : text));
      const fault = await faultOf(scene.customer.over(lie), caseId, escalation.id);
      ensure(!fault, `${isDropped ? 'without' : 'with another'} ${path.join('.')} in answer ${n}: ${fault}`);
    }
  },
  'lies: a help desk that repeats its pages is found out': async (scene) => {
    const { fetch: ask } = wireOf(scene);
    const { customer } = scene;
    const { id } = (await customer.escalate()).escalation;
    for (let i = 1; i <= 6; i++) await customer.post(id, `Message ${i}`);
    const { answers, keep } = recording(ask);
    const newest = await customer.over(keep).entries(id, { limit: 2 });
    ensure(newest.before !== null, 'there is an older page');
    let n = 0;
    const same: Fetch = () => {
      const { text = '', status, headers } = answers[n++ % answers.length] ?? {};
      return Promise.resolve(new Response(text || null, { status, headers }));
    };
    const outcome = await customer
      .over(same)
      .entries(id, { limit: 2, before: newest.before })
      .catch((error: unknown) => error);
    if (isBackendError(outcome)) return ensure(outcome.code === 'protocol', `refused with ${outcome.code}`);
    const told = (outcome as typeof newest).entries.map((entry) => entry.id);
    ensure(!newest.entries.some((entry) => told.includes(entry.id)), 'an entry was told twice');
  },
};
