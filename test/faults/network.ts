import type { Clock } from './clock.js';

/** What happens to a request on its way. */
type Fate = 'fine' | 'never' | 'busy' | 'lost' | 'bad-gateway' | 'slow';

const FATES: [number, Fate][] = [
  [0.08, 'never'],
  [0.08, 'busy'],
  [0.1, 'lost'],
  [0.03, 'bad-gateway'],
  [0.08, 'slow'],
];

const failed = (status: number) =>
  new Response('Busy.', { status, headers: { 'Content-Type': 'text/plain' } });

/** An answer whose body is read without waiting for the browser: only the clock of the run counts. */
async function plain(response: Response): Promise<Response> {
  const { status, headers } = response;
  if (status === 204 || status === 304) return new Response(null, { status, headers });
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  return new Response(body, { status, headers });
}

/** The way between tabs and the help desk. */
export class Network {
  /** Requests on the wire that the server is working on: until it has answered, time stands. */
  working = 0;
  sent = 0;
  /** Of requests and messages: what nobody has pressed a button for is a repeat. */
  writes = 0;
  readonly #clock: Clock;
  readonly #random: () => number;
  readonly #gateway: (request: Request) => Promise<Response>;
  readonly #change: (headers: Headers, body: string) => string;

  /** @param change done to every write before it leaves the tab */
  constructor(
    clock: Clock,
    random: () => number,
    gateway: (request: Request) => Promise<Response>,
    change: (headers: Headers, body: string) => string = (_headers, body) => body,
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#gateway = gateway;
    this.#change = change;
  }

  /** The `fetch` of a tab. */
  fetch = (url: string, init: RequestInit): Promise<Response> => {
    this.sent++;
    if (init.method === 'POST' && /\/(escalations|entries)$/.test(url)) this.writes++;
    const { signal } = init;
    return new Promise((resolve, reject) => {
      const end = () => reject(new DOMException('', 'AbortError'));
      if (signal?.aborted) end();
      signal?.addEventListener('abort', end);
      this.#travel(url, init).then(resolve, reject);
    });
  };

  #fate(): Fate {
    let at = this.#random();
    for (const [share, fate] of FATES) if ((at -= share) < 0) return fate;
    return 'fine';
  }

  /** Half of what fails is refused at once; of the other half nothing is heard any more. */
  async #travel(url: string, init: RequestInit): Promise<Response> {
    const [fate, silent, early] = [this.#fate(), this.#random() < 0.5, this.#random() < 0.5];
    const slow = fate === 'slow' ? 8_000 + this.#random() * 20_000 : 0;
    await this.#clock.sleep(20 + this.#random() * 280 + (early ? slow : 0));
    const fail = (): Promise<never> =>
      silent ? new Promise(() => undefined) : Promise.reject(new TypeError('Failed to fetch'));
    if (fate === 'never') return fail();
    if (fate === 'busy') return plain(failed(503));
    const answer = await this.#serve(url, init);
    await this.#clock.sleep(20 + this.#random() * 280 + (early ? 0 : slow));
    if (fate === 'lost') return fail();
    return fate === 'bad-gateway' ? plain(failed(502)) : answer;
  }

  async #serve(url: string, { method, headers, body }: RequestInit): Promise<Response> {
    this.working++;
    try {
      const own = new Headers([...(headers as Headers)]);
      const text = typeof body === 'string' ? this.#change(own, body) : undefined;
      return await plain(await this.#gateway(new Request(url, { method, headers: own, body: text })));
    } finally {
      this.working--;
    }
  }
}
