import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../demo/server/app.js';
import { readiness } from '../../demo/server/health.js';
import { createLog } from '../../demo/server/logs.js';
import { BackendError, type Backend, type ErrorCode } from '../../src/core/backend.js';
import { helpDesk, policy } from '../desk.js';

function later<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

/** A help desk whose looks go as they are told. */
const desk = (load: Backend['load']): Backend => ({ ...helpDesk(), load });
const refusing = (code: ErrorCode) => desk(() => Promise.reject(new BackendError(code)));

describe('a server is ready', () => {
  it('when the help desk answers', async () => {
    expect(await readiness(helpDesk())()).toBe(true);
  });

  it.each<ErrorCode>(['not-found', 'signed-out', 'forbidden', 'rate-limited'])(
    'when it refuses with %s: that is an answer',
    async (code) => expect(await readiness(refusing(code))()).toBe(true),
  );

  it.each<ErrorCode>(['network', 'timeout', 'protocol', 'unavailable', 'server-error'])(
    'not when it is %s',
    async (code) => expect(await readiness(refusing(code))()).toBe(false),
  );

  it('not when something else goes wrong', async () => {
    expect(await readiness(desk(() => Promise.reject(new TypeError('x'))))()).toBe(false);
  });

  it('not when it says nothing, and does not heed that nobody waits', async () => {
    const silent = desk(() => new Promise(() => undefined));
    expect(await readiness(silent, { patience: 1 })()).toBe(false);
  });

  it('as it was a moment ago, however often it is asked', async () => {
    let looks = 0;
    let now = 0;
    const counting = desk(async () => (looks++, 'not-modified'));
    const isReady = readiness(counting, { clock: () => now });
    await Promise.all([isReady(), isReady(), isReady()]);
    expect(looks).toBe(1);
    now = 2001;
    await isReady();
    expect(looks).toBe(2);
  });
});

describe('over HTTP', () => {
  async function serve(backend: Backend) {
    const app = createApp({
      backend,
      basePath: '/api',
      policyFor: () => policy,
      policies: () => policy,
      signIn: { authenticate: () => null, isAmbient: false },
      log: createLog('silent'),
    });
    const server = createAdaptorServer({ fetch: app.fetch }) as Server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return {
      app,
      ask: async (path: string) => {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`);
        return { status: answer.status, body: await answer.json(), connection: answer.headers.get('Connection') };
      },
      close: () => server.close(),
    }; // prettier-ignore
  }

  it('a help desk that is away makes the server not ready, and not dead', async () => {
    const { ask, close } = await serve(refusing('network'));
    expect(await ask('/readyz')).toMatchObject({
      status: 503,
      body: { status: 'no answer from the help desk' },
    });
    expect(await ask('/healthz')).toMatchObject({ status: 200 });
    close();
  });

  it('a server that stops is not ready, and lets go of whoever asks', async () => {
    const isAsked = later<void>();
    const load = later<'not-modified'>();
    const { app, ask, close } = await serve(
      desk(() => {
        isAsked.resolve();
        return load.promise;
      }),
    );
    const answer = ask('/readyz');
    await isAsked.promise;
    app.stop();
    load.resolve('not-modified');
    expect(await answer).toEqual({ status: 503, body: { status: 'stopping' }, connection: 'close' });
    close();
  });
});
