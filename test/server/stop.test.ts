import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { run, type Run } from './running.js';

const CASE = '00481498';

/** Begins a write that the server has, and leaves its body open. */
async function begin(server: Run) {
  const sent = httpRequest(`${server.address}/api/cases/${CASE}/notes`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': '"n-1"',
      Origin: server.address,
      Cookie: await server.signIn('u-priya'),
      // So that the server says when it has begun.
      Expect: '100-continue',
    },
  });
  const answer = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.flushHeaders();
  await once(sent, 'continue');
  sent.write('{"kind": "reply", ');
  return { sent, answer, rest: '"text": "Any news?"}' };
}

describe('a server that stops', () => {
  it('lets a running request finish, and takes no new connection, not even to say that it is not ready', async () => {
    const server = await run();
    const { sent, answer, rest } = await begin(server);
    const stopped = server.stop();
    await expect(server.ask('/readyz', { headers: { Connection: 'close' } })).rejects.toThrow();
    sent.end(rest);
    const [{ statusCode, headers }] = await answer;
    expect([statusCode, headers.connection]).toEqual([201, 'close']);
    await stopped;
  });

  it('ends its streams, so that pages connect elsewhere', async () => {
    const server = await run();
    const cookie = await server.signIn('u-priya');
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => server.ask(`/api/cases/${CASE}/events`, {}, cookie)),
    );
    expect(streams.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    const texts = Promise.all(streams.map((stream) => stream.text()));
    await server.stop();
    for (const text of await texts) expect(text).toMatch(/^: still here\n\n/);
  });

  it('does not wait for a connection over which nobody has asked for anything', async () => {
    const server = await run({ STOP_SECONDS: '600' });
    const socket = connect(Number(new URL(server.address).port), '127.0.0.1');
    await once(socket, 'connect');
    // Comes after it, so that the server has both.
    await server.ask('/healthz', { headers: { Connection: 'close' } });
    const closed = once(socket, 'close');

    await server.stop();
    await closed;
  });

  it('waits no longer than it was told', async () => {
    const server = await run({ STOP_SECONDS: '1' });
    const { sent, answer } = await begin(server);
    const broken = expect(answer).rejects.toThrow();
    await server.stop();
    await broken;
    sent.destroy();
  });

  it('ends with SIGTERM, and says so', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/serve.ts'], {
      env: { ...process.env, PORT: '0', LOG_LEVEL: 'info' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let text = '';
    let isTold = false;
    const exit = once(child, 'exit');
    for await (const chunk of child.stdout) {
      text += String(chunk);
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
      if (!address || isTold) continue;
      isTold = true;
      expect((await fetch(`${address}/readyz`)).status).toBe(200);
      child.kill('SIGTERM');
    }
    expect(await exit).toEqual([0, null]);
    expect(text).toMatch(/"what":"stopped"/);
  });

  it('does not start with an environment that is wrong, and says why', async () => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'demo/server/serve.ts'], {
      env: { ...process.env, PORT: 'none', RATE_LIMIT: 'none' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let text = '';
    for await (const chunk of child.stderr) text += String(chunk);
    expect(text).toMatch(/^The environment is not complete:\n {2}PORT: .*\n {2}RATE_LIMIT: .*\n$/);
    expect(child.exitCode ?? (await once(child, 'exit'))[0]).toBe(1);
  });
});
