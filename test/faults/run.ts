import { chance, Clock } from './clock.js';
import { Network } from './network.js';
import { requests, writes, type Person } from './people.js';
import { serverFor, type Strategy } from './server.js';
import { Browser, Tab } from './tab.js';

/** Trials: a person, or the same one in two tabs, does one thing under faults until it is done. */

/** What came of trials. */
export interface Tally {
  trials: number;
  /** Trials in which something is there twice. */
  duplicates: number;
  /** Texts that are neither delivered nor there for the user any more. */
  lost: number;
  /** Trials in which nothing was delivered. */
  never: number;
  /** Writes that nobody has asked for. */
  repeats: number;
  requests: number;
  errors: string[];
  /** Seeds of what went wrong. */
  seeds: number[];
}

export const nothing = (): Tally => ({
  trials: 0,
  duplicates: 0,
  lost: 0,
  never: 0,
  repeats: 0,
  requests: 0,
  errors: [],
  seeds: [],
});

/** The next task of the browser, after all that is waiting. */
const task = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

/** Lets time pass, event by event, until the work is done. */
async function play(clock: Clock, network: Network, work: Promise<unknown>): Promise<void> {
  let over = false;
  void work.finally(() => (over = true));
  while (!over) {
    do await task();
    while (network.working);
    if (!over && !clock.next()) throw new Error('Nothing is due, and the trial is not over.');
  }
}

/** Every write with a key of its own, as if it were made per attempt. */
let attempts = 0;
function renewed(headers: Headers, body: string): string {
  const key = `attempt-${++attempts}`;
  headers.set('Idempotency-Key', `"${key}"`);
  const parsed = JSON.parse(body) as Record<string, unknown>;
  return JSON.stringify('clientId' in parsed ? { ...parsed, clientId: key } : parsed);
}

/** @param code of a page with the elements */
export async function trial(strategy: Strategy, seed: number, code: string): Promise<Tally> {
  const random = chance(seed);
  const clock = new Clock();
  const isTalk = random() < 1 / 3;
  const { gateway, outcome } = await serverFor(strategy, clock, random() * 60_000, isTalk);
  const network = new Network(clock, random, gateway, strategy === 'attempt' ? renewed : undefined);
  const browser = new Browser(clock, network, random, code);
  const tag = isTalk ? 'escalation-feed' : 'escalate-case';
  const presses = { count: 0 };
  const forgets = strategy === 'forgets';
  const person = (): Person => ({
    tab: new Tab(browser, `<${tag} case-id="c-1"></${tag}>`),
    clock,
    random,
    texts: [],
    presses,
    twice: random() < 0.2,
    reload: forgets ? random() * 600 : random() < 0.05 ? random() * 30_000 : null,
    forgets,
  });
  const people = [person()];
  if (random() < 0.05) people.push(person());
  const isSame = random() < 0.5;
  const work = people.map((one, n) => {
    const text = `The case stands still, and nobody answers: ${seed}.${isSame ? 0 : n}.`;
    return isTalk
      ? writes(
          one,
          [1, 2, 3].map((i) => `Is there any news? ${seed}.${n}.${i}.`),
        )
      : requests(one, text);
  });
  await play(clock, network, Promise.all(work));
  // What is still on its way arrives, and is told.
  await play(clock, network, clock.sleep(180_000));

  const delivered = [...outcome.requests.map(({ details = '' }) => details), ...outcome.messages];
  const texts = new Set(people.flatMap((one) => one.texts));
  const isThere = (text: string) =>
    delivered.includes(text) || people.some(({ tab, texts: own }) => own.includes(text) && tab.holds(text));
  const lost = [...texts].filter((text) => !isThere(text)).length;
  const isTwice = outcome.requests.length > 1 || new Set(outcome.messages).size < outcome.messages.length;
  for (const { tab } of people) tab.close();
  const wrong = isTwice || lost > 0 || delivered.length === 0;
  return {
    trials: 1,
    duplicates: Number(isTwice),
    lost,
    never: Number(delivered.length === 0),
    repeats: Math.max(0, network.writes - presses.count),
    requests: network.sent,
    errors: browser.errors,
    seeds: wrong || browser.errors.length ? [seed] : [],
  };
}

export function add(sum: Tally, one: Tally): void {
  for (const name of ['trials', 'duplicates', 'lost', 'never', 'repeats', 'requests'] as const)
    sum[name] += one[name];
  sum.errors.push(...one.errors);
  sum.seeds.push(...one.seeds);
}

/** Trials with the seeds from `from` on. */
export async function trials(strategy: Strategy, from: number, count: number, code: string): Promise<Tally> {
  const sum = nothing();
  for (let seed = from; seed < from + count; seed++) add(sum, await trial(strategy, seed, code));
  return sum;
}

Object.assign(globalThis, { faults: { trials } });
