// The load: requests by autocannon, streams by node:http. Both run in the process that measures, never in a server's.
import { Agent, request } from 'node:http';
import autocannon from 'autocannon';

/** Requests per second over `seconds`, of a request that `make` makes anew each time. */
export async function perSecond(origin, make, seconds, expected) {
  const result = await autocannon({
    url: origin,
    connections: 32,
    duration: seconds,
    // Half a second is enough to see a rate; autocannon's own second would not do for short rounds.
    sampleInt: 100,
    requests: [{ setupRequest: (one) => ({ ...one, ...make() }) }],
  });
  const statuses = Object.keys(result.statusCodeStats ?? {});
  if (result.errors || result.timeouts || statuses.join() !== String(expected))
    throw new Error(`${origin}: ${result.errors} errors, statuses ${statuses.join()}`);
  return result.requests.total / result.duration;
}

/** One request. @returns status, headers and text of the answer */
export const ask = ({ origin, path, method = 'GET', headers, body }, agent) =>
  new Promise((resolve, reject) => {
    const sent = request(origin + path, { method, headers, agent }, async (answer) => {
      let text = '';
      for await (const chunk of answer) text += chunk;
      resolve({ status: answer.statusCode, headers: answer.headers, body: text });
    });
    sent.on('error', reject);
    sent.end(body);
  });

/** Opens streams, and waits until something has come over each. */
export async function openStreams({ origin, path, headers }, count) {
  const agent = new Agent({ maxSockets: Infinity });
  let heard = 0;
  let wanted = Infinity;
  let enough = () => {};
  const open = () =>
    new Promise((resolve, reject) => {
      const sent = request(origin + path, { headers, agent }, (answer) => {
        let rest = '';
        answer.setEncoding('utf8');
        answer.on('data', (chunk) => {
          const blocks = (rest + chunk).split('\n\n');
          rest = blocks.pop();
          heard += blocks.filter((block) => block.startsWith('event: entry')).length;
          if (heard >= wanted) enough();
          resolve(sent);
        });
        answer.on('error', () => {});
      });
      sent.on('error', reject);
      sent.end();
    });
  const streams = [];
  // A hundred at a time: more wait for the first second of their connection.
  while (streams.length < count)
    streams.push(...(await Promise.all(Array.from({ length: Math.min(100, count - streams.length) }, open))));
  return {
    /** Until so many more events have come over all of them together. */
    async hear(events, cause) {
      wanted = heard + events;
      const all = new Promise((resolve) => (enough = resolve));
      await cause();
      await all;
    },
    close() {
      for (const stream of streams) stream.destroy();
      agent.destroy();
    },
  };
}
