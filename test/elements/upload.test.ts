import { expect, waitUntil } from '@open-wc/testing';
import { rest, type RestOptions } from '../../src/adapters/rest.js';
import type { BackendError } from '../../src/core/backend.js';

/** Uploads by the browser's own XMLHttpRequest to a server that counts what comes: scripts/wtr-uploads.mjs. */

const SIZE = 40_000_000;
const bytes = new Uint8Array(SIZE).map((_, i) => i % 251);
const file = { name: 'Grüße.log', data: new Blob([bytes], { type: 'text/plain' }) };

interface Seen {
  bytes: number;
  /** `whole`, or `gone` before all was there. */
  ended: '' | 'whole' | 'gone';
  headers: Record<string, string>;
}
const seen = async () => (await (await fetch('/uploads/seen')).json()) as Seen;
const until = async (what: (server: Seen) => boolean) => {
  let is = false;
  await waitUntil(() => {
    void seen().then((server) => (is = what(server)));
    return is;
  });
};

function uploading(manner: string, { signal, ...options }: Partial<RestOptions> & { signal?: AbortSignal } = {}) {
  const backend = rest({ endpoint: `/uploads/${manner}`, ...options });
  const told: [number, number][] = [];
  const onProgress = (...numbers: [number, number]) => void told.push(numbers);
  return { told, done: backend.upload!('c-1', file, { signal, onProgress }) };
} // prettier-ignore
const failure = (work: Promise<unknown>): Promise<BackendError> =>
  work.then(
    () => expect.fail('expected a refusal'),
    (error: BackendError) => error,
  );

describe('an upload by XMLHttpRequest', () => {
  it('every byte arrives, with type, name and the host’s headers', async () => {
    const { done } = uploading('whole', { headers: () => ({ Authorization: 'Bearer t' }) });
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    expect(await done).to.deep.equal({
      id: hash,
      name: 'trace.log',
      bytes: SIZE,
      type: 'text/plain',
      href: '/files/1',
    });
    const { headers } = await seen();
    expect(headers).to.include({
      authorization: 'Bearer t',
      'content-disposition': "attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.log",
      'content-length': String(SIZE),
      accept: 'application/json',
    });
  });

  it('tells how far it is while the server takes its time, and that all has gone', async () => {
    const { told, done } = uploading('hold');
    await waitUntil(() => told.some(([sent]) => sent > 0));
    await until((server) => server.bytes >= 1_000_000);
    const [sent, total] = told.at(-1)!;
    expect(sent).to.be.greaterThan(0);
    expect(sent).to.be.lessThan(SIZE);
    expect(total).to.equal(SIZE);
    await fetch('/uploads/go-on');
    await done;
    expect(told.at(-1)).to.deep.equal([SIZE, SIZE]);
    const numbers = told.map(([n]) => n);
    expect(numbers).to.deep.equal([...numbers].sort((a, b) => a - b));
  });

  it('aborted in the middle: the server sees the connection end, and the rest never comes', async () => {
    const abort = new AbortController();
    const { done } = uploading('hold', { signal: abort.signal });
    const failed = failure(done);
    await until((server) => server.bytes >= 1_000_000);
    const reason = new Error('left');
    abort.abort(reason);
    expect(await failed).to.equal(reason);
    await fetch('/uploads/go-on');
    await until(({ ended }) => ended === 'gone');
    expect((await seen()).bytes).to.be.lessThan(SIZE);
  });

  it('the server hangs up in the middle: `network`', async () => {
    const error = await failure(uploading('cut').done);
    expect(error.code).to.equal('network');
    expect((await seen()).bytes).to.be.lessThan(SIZE);
  });

  it('a refusal tells the limit', async () => {
    const error = await failure(uploading('refuse').done);
    expect([error.code, error.details.maxBytes]).to.deep.equal(['file-too-large', 5]);
  });

  it('a redirect is no answer', async () => {
    expect((await failure(uploading('redirect').done)).code).to.equal('protocol');
  });

  it('by a fetch of the host’s: it arrives, and no progress is told', async () => {
    const { told, done } = uploading('whole', { fetch: (...args) => fetch(...args) });
    expect((await done).bytes).to.equal(SIZE);
    expect(told).to.deep.equal([]);
  });
});
