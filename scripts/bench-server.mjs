// npm run bench:server: the server against a bare handler of the same framework that returns the same bytes, in the same
// run. Each server has a process of its own; this one makes the load. Prints ratios, which a busy machine changes less than
// times. --rounds=5, --seconds=1.2, --streams=1000.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ensurePackages } from './ensure.mjs';
import { root } from './run.mjs';

await ensurePackages();
const { ask, openStreams, perSecond } = await import('../test/bench/server/load.mjs');

const option = (name, otherwise) =>
  Number(process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise);
const rounds = option('rounds', 5);
const seconds = option('seconds', 1.2);
const count = option('streams', 1000);

const children = [];
/** Starts a server, and waits for what it says first. */
async function start(name) {
  const child = fork(join(root, 'test/bench/server', `${name}.ts`), {
    cwd: root,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  children.push(child);
  const [told] = await once(child, 'message');
  return { child, origin: `http://127.0.0.1:${told.port}`, ...told };
}

let key = 0;
const message = (origin, path, own = {}) => {
  const clientId = `m-${++key}`;
  return {
    path,
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `"${clientId}"`, origin, ...own },
    body: JSON.stringify({ clientId, text: 'Thank you. The audit is in eight days, so a date would help us a lot.' }),
  };
}; // prettier-ignore

/** What is asked of each: the same, at its own address. */
async function subjects() {
  const ours = await start('ours');
  const bare = await start('bare');
  const own = { cookie: ours.cookie };
  const path = '/api/cases/c-1';
  const get = () => ({ path, headers: own });
  const state = await ask({ origin: ours.origin, ...get() });
  const { id } = JSON.parse(state.body).openEscalation;
  const same = () => ({ path, headers: { ...own, 'if-none-match': state.headers.etag } });
  const post = () => message(ours.origin, `/api/escalations/${id}/entries`, own);
  const answers = {
    get: state,
    same: await ask({ origin: ours.origin, ...same() }),
    post: await ask({ origin: ours.origin, ...post() }),
  };
  // Made anew by the framework.
  for (const { headers } of Object.values(answers))
    for (const name of ['date', 'connection', 'keep-alive', 'content-length']) delete headers[name];
  const entry = JSON.parse(answers.post.body);
  const data = JSON.stringify({ ...entry, escalationId: id });
  bare.child.send({ answers, event: `event: entry\nid: ${entry.id}\ndata: ${data}\n\n` });
  await once(bare.child, 'message');
  return {
    ours: { origin: ours.origin, get, same, post, events: { path: `${path}/events`, headers: own } },
    bare: {
      origin: bare.origin,
      get: () => ({ path: '/get', headers: own }),
      same: () => ({ path: '/same', headers: { ...own, 'if-none-match': state.headers.etag } }),
      post: () => message(bare.origin, '/post', own),
      events: { path: '/events', headers: own },
    },
  };
}

/** Events per second over all streams: each is sent when the one before has arrived everywhere. */
async function delivered({ origin, events: where, post }) {
  const streams = await openStreams({ origin, ...where }, count);
  const agent = new Agent({ keepAlive: true });
  const one = () => streams.hear(count, () => ask({ origin, ...post() }, agent));
  await one();
  const begin = performance.now();
  const took = () => (performance.now() - begin) / 1000;
  let events = 0;
  for (; took() < seconds; events++) await one();
  const rate = (events * count) / took();
  streams.close();
  agent.destroy();
  return rate;
}

const HTTP = { get: 200, same: 304, post: 201 };
const ROWS = {
  get: 'GET /cases/{id}, requests/s',
  same: 'the same, ETag matches (304)',
  post: 'POST entries, requests/s',
  streams: `events to ${count} streams, events/s`,
};
const samples = Object.fromEntries(Object.keys(ROWS).map((row) => [row, []]));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

async function measure() {
  const both = await subjects();
  const rate = (name, row, time) =>
    row === 'streams' ? delivered(both[name]) : perSecond(both[name].origin, both[name][row], time, HTTP[row]);
  for (const row of Object.keys(HTTP)) for (const name of ['ours', 'bare']) await rate(name, row, 1);
  for (let round = 0; round < rounds; round++) {
    // Who comes first has a colder machine: they take turns.
    const order = round % 2 ? ['bare', 'ours'] : ['ours', 'bare'];
    for (const row of Object.keys(ROWS)) {
      const sample = {};
      for (const name of order) sample[name] = await rate(name, row, seconds);
      samples[row].push(sample);
    }
    process.stdout.write('.');
  }
} // prettier-ignore

try {
  await measure();
} finally {
  for (const child of children) child.kill();
}
console.log(` ${rounds} rounds\n`);
console.log(`${''.padEnd(34)} ${'ours'.padStart(9)} ${'bare'.padStart(9)}   ratio (median, spread)`);
for (const [row, title] of Object.entries(ROWS)) {
  const of = (name) => Math.round(median(samples[row].map((sample) => sample[name])));
  const ratios = samples[row].map(({ ours, bare }) => ours / bare);
  const [low, high] = [Math.min(...ratios), Math.max(...ratios)].map((ratio) => ratio.toFixed(2));
  console.log(
    `${title.padEnd(34)} ${String(of('ours')).padStart(9)} ${String(of('bare')).padStart(9)}   ${median(ratios).toFixed(2)}  (${low}–${high})`,
  );
}
