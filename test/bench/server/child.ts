import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';

/** Puts a server on a free port of loopback, and tells the process that measures of it. */
export function serve(fetch: Parameters<typeof createAdaptorServer>[0]['fetch'], more: object = {}): void {
  const server = createAdaptorServer({ fetch }) as Server;
  server.listen(0, '127.0.0.1', 4096, () => {
    process.send?.({ port: (server.address() as AddressInfo).port, ...more });
  });
  process.once('disconnect', () => process.exit());
}
