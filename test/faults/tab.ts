import type { Clock } from './clock.js';
import type { Network } from './network.js';

/** What all tabs of a browser share, and each tab of it: a page in a frame, with the elements as they are shipped. */

/** A storage as a browser has it, in memory. */
export class Kept {
  readonly #items = new Map<string, string>();
  getItem = (name: string): string | null => this.#items.get(name) ?? null;
  setItem = (name: string, value: string): void => void this.#items.set(name, value);
  removeItem = (name: string): void => void this.#items.delete(name);
  clear = (): void => this.#items.clear();
  /** As `Object.keys(localStorage)` has it. */
  asStorage(): Storage {
    return new Proxy(this, {
      ownKeys: () => [...this.#items.keys()],
      getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
    }) as unknown as Storage;
  }
  get text(): string {
    return [...this.#items.values()].join('\n');
  }
}

/** Web Locks: one holder per name, the others in turn; a tab that is closed holds none. */
class Locks {
  readonly #queues = new Map<string, { owner: object; start: () => void }[]>();

  request(owner: object, name: string, ...rest: unknown[]): Promise<unknown> {
    const work = rest.at(-1) as (lock: object) => unknown;
    const { signal } = (rest.length > 1 ? rest[0] : {}) as { signal?: AbortSignal };
    const queue = this.#queues.get(name) ?? [];
    this.#queues.set(name, queue);
    return new Promise((resolve, reject) => {
      const turn = {
        owner,
        start: () => void Promise.resolve(work({ name })).then(resolve, reject).finally(end),
      };
      const end = () => this.#leave(queue, turn);
      signal?.addEventListener('abort', () => {
        if (queue[0] === turn) return;
        end();
        reject(new DOMException('', 'AbortError'));
      });
      if (queue.push(turn) === 1) turn.start();
    });
  }

  drop(owner: object): void {
    for (const queue of this.#queues.values())
      for (const turn of queue.filter((one) => one.owner === owner)) this.#leave(queue, turn);
  }

  #leave(queue: { start: () => void }[], turn: { start: () => void }): void {
    const at = queue.indexOf(turn);
    if (at < 0) return;
    queue.splice(at, 1);
    if (at === 0) queue[0]?.start();
  }
}

/** Channels between tabs: each hears the others, a moment later. */
class Channels {
  readonly #open = new Map<object, { owner: object; name: string; hear: (data: unknown) => void }>();

  make(owner: object) {
    const { clock, open } = { clock: this.clock, open: this.#open };
    return class {
      onmessage: ((event: { data: unknown }) => void) | null = null;
      readonly name: string;
      constructor(name: string) {
        this.name = name;
        open.set(this, { owner, name, hear: (data) => this.onmessage?.({ data }) });
      }
      postMessage(message: unknown) {
        const text = JSON.stringify(message);
        for (const [other, { owner: to, name, hear }] of open)
          if (other !== this && name === this.name)
            clock.set(to, () => open.has(other) && hear(JSON.parse(text)), 1);
      }
      close() {
        open.delete(this);
      }
    };
  }

  constructor(readonly clock: Clock) {}

  drop(owner: object): void {
    for (const [channel, { owner: its }] of this.#open) if (its === owner) this.#open.delete(channel);
  }
}

/** One browser, for one trial. */
export class Browser {
  readonly shared = new Kept();
  readonly locks = new Locks();
  readonly channels: Channels;
  readonly errors: string[] = [];
  readonly clock: Clock;
  readonly network: Network;
  readonly random: () => number;
  /** The script of the page. */
  readonly code: string;

  constructor(clock: Clock, network: Network, random: () => number, code: string) {
    Object.assign(this, { clock, network, random, code });
    this.clock = clock;
    this.network = network;
    this.random = random;
    this.code = code;
    this.channels = new Channels(clock);
  }
}

type PageWindow = Window & typeof globalThis & { faultsPage: { configure(options: object): void } };

/** A tab with one element in it. */
export class Tab {
  readonly kept = new Kept();
  readonly #browser: Browser;
  readonly #html: string;
  #frame!: HTMLIFrameElement;
  /** Who owns the timers of the page as it is now. */
  #page: object = {};

  constructor(browser: Browser, html: string) {
    this.#browser = browser;
    this.#html = html;
    this.#load();
  }

  get #window(): PageWindow {
    return this.#frame.contentWindow as PageWindow;
  }

  get element(): HTMLElement {
    return this.#window.document.body.firstElementChild as HTMLElement;
  }

  #load(): void {
    const frame = (this.#frame = document.createElement('iframe'));
    document.body.append(frame);
    const page = (this.#page = { frame });
    const { clock, network, locks, channels, shared, random, errors, code } = this.#browser;
    const own = this.#window;
    const give = (of: object, name: string, value: unknown) =>
      Object.defineProperty(of, name, { value, configurable: true, writable: true });
    const { Date: RealDate } = own;
    give(own, 'Date', class extends RealDate {
      constructor(...parts: unknown[]) {
        super(...((parts.length ? parts : [clock.now]) as [number]));
      }
      static override now = () => clock.now;
    }); // prettier-ignore
    give(own.performance, 'now', () => clock.now);
    give(own.Math, 'random', random);
    give(own, 'setTimeout', (work: () => void, ms?: number) => clock.set(page, work, ms));
    give(own, 'setInterval', (work: () => void, ms?: number) => clock.set(page, work, ms, true));
    give(own, 'clearTimeout', (id: number) => clock.clear(id));
    give(own, 'clearInterval', (id: number) => clock.clear(id));
    give(own, 'requestAnimationFrame', (work: () => void) => clock.set(page, work, 16));
    give(own, 'localStorage', shared.asStorage());
    give(own, 'sessionStorage', this.kept.asStorage());
    give(own, 'BroadcastChannel', channels.make(page));
    give(own.navigator, 'locks', {
      request: (name: string, ...rest: unknown[]) => locks.request(page, name, ...rest),
    });
    give(own, 'fetch', network.fetch);
    own.addEventListener('error', ({ message }) => errors.push(message));
    own.addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
    const script = own.document.createElement('script');
    script.textContent = code;
    own.document.head.append(script);
    own.faultsPage.configure({ endpoint: 'https://desk.test/api', headers: () => ({ 'X-User': 'u-1' }) });
    own.document.body.innerHTML = this.#html;
  }

  /** The page goes, with all that it was doing; what it has sent is on its way. */
  close(): void {
    const { clock, locks, channels } = this.#browser;
    this.#window.dispatchEvent(new this.#window.Event('pagehide'));
    for (const one of [clock, locks, channels]) one.drop(this.#page);
    this.#frame.remove();
  }

  /** As a reload: nothing is left but what the browser keeps. @param forgets it keeps nothing */
  reload(forgets: boolean): void {
    this.close();
    if (forgets) this.kept.clear();
    this.#load();
  }

  /** Somebody comes back to the tab. */
  focus(): void {
    this.#window.dispatchEvent(new this.#window.Event('focus'));
  }

  find<E extends HTMLElement>(selector: string): E | null {
    return this.element.shadowRoot?.querySelector<E>(selector) ?? null;
  }

  /** Writes into a field. */
  type(field: HTMLTextAreaElement, text: string): void {
    field.value = text;
    field.dispatchEvent(new this.#window.Event('input', { bubbles: true, composed: true }));
  }

  /** The button with these words that can be pressed. */
  button(words: RegExp): HTMLElement | null {
    const all = this.element.shadowRoot?.querySelectorAll<HTMLElement>('button') ?? [];
    return (
      [...all].find(
        (one) => words.test(one.textContent?.trim() ?? '') && one.getAttribute('aria-disabled') !== 'true',
      ) ?? null
    );
  }

  /** Whether a text is still there for the user: in sight, or kept for the next time. */
  holds(text: string): boolean {
    const root = this.element.shadowRoot;
    const fields = root?.querySelectorAll('textarea') ?? [];
    return (
      [...fields].some(({ value }) => value.includes(text)) ||
      Boolean(root?.textContent?.includes(text)) ||
      this.kept.text.includes(text)
    );
  }
}
