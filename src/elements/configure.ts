import { createContext, type ContextCallback, type ContextEvent } from '@lit/context';
import { rest } from '../adapters/rest.js';
import type { Backend, Call } from '../core/backend.js';
import { createDesk, type Desk } from '../core/desk.js';
import type { User } from '../core/model.js';
import type { Policy } from '../core/policy.js';
import type { Words } from '../locales/registry.js';
import { warnOnce } from './warn.js';

/** What {@link configure} takes. Give `backend` or `endpoint`; or neither, for words and icons only. */
export interface Configuration {
  backend?: Backend;
  /** Base URL of a server that speaks the REST contract. */
  endpoint?: string;
  /** Headers for every request to `endpoint`, such as `Authorization`. */
  headers?: (call: Call) => HeadersInit | Promise<HeadersInit>;
  credentials?: RequestCredentials;
  /** Instead of the browser's, for `endpoint`. */
  fetch?: typeof globalThis.fetch;
  /** Judged by in the page, for a backend that gives no verdict. */
  policy?: Policy;
  user?: User;
  /** Words by message id, before the policy's and the locale's. */
  labels?: Words;
  /** Icons by name: SVG path data in a 24 × 24 box. */
  icons?: Record<string, string>;
  /** @returns the instant to judge and show by */
  clock?: () => Date;
}

/** A configuration with the desk made from it; `desk` is null when there is neither backend nor endpoint. */
export interface Configured extends Configuration {
  desk: Desk | null;
}

/** Plain data behind a shared symbol, so that two copies of the package on one page understand each other. */
export const configurationContext = createContext<Configured>(
  Symbol.for('escalation-elements/configuration@1'),
);

type Asked = ContextEvent<typeof configurationContext>;

/** What a part of the page has been given, and who is told when that changes. */
interface Provided {
  value: Configured;
  readonly stops: Map<ContextCallback<Configured>, () => void>;
}
const provided = new WeakMap<HTMLElement, Provided>();

/** Answers what the elements below ask: the context protocol, at a third of the bytes of a ContextProvider. */
function provide(host: HTMLElement): Provided {
  const stops: Provided['stops'] = new Map();
  const mine: Provided = { value: { desk: null }, stops };
  provided.set(host, mine);
  host.addEventListener('context-request', (event) => {
    const { context, callback, subscribe } = event as Asked;
    if (context !== configurationContext) return;
    event.stopPropagation();
    if (subscribe && !stops.has(callback)) stops.set(callback, () => stops.delete(callback));
    callback(mine.value, stops.get(callback));
  });
  host.dispatchEvent(new Event('context-provider', { bubbles: true, composed: true }));
  return mine;
}

/**
 * The desk that a configuration means; its backend before its endpoint.
 * @returns null: it has neither, or, after a warning, the endpoint cannot be one
 */
export function deskOf(configuration: Configuration): Desk | null {
  const { backend, endpoint } = configuration;
  if (!backend && endpoint === undefined) return null;
  try {
    return createDesk({
      ...configuration,
      backend: backend ?? rest({ ...configuration, endpoint: endpoint ?? '' }),
      platform: async () => (await import('../platform/page.js')).page,
    });
  } catch (error) {
    warnOnce(`endpoint "${endpoint}": ${(error as Error).message}`);
    return null;
  }
}

const complete = (configuration: Configuration): Configured => ({
  ...configuration,
  desk: deskOf(configuration),
});

/**
 * Configures all elements below an element of the page, also those that were there before.
 * @param host the whole page by default; a nearer one wins
 * @returns `desk`; `update` merges a change (a new user is a new desk: nothing of the old one stays); `dispose` takes
 * the configuration back
 */
export function configure(configuration: Configuration, host: HTMLElement = document.documentElement) {
  const set = (next: Configured): void => {
    mine.value = next;
    for (const [callback, stop] of mine.stops) callback(next, stop);
  };
  const mine = provided.get(host) ?? provide(host);
  set(complete(configuration));
  return {
    get desk(): Desk | null {
      return mine.value.desk;
    },
    update(change: Configuration): void {
      const onlyWords = Object.keys(change).every((name) => name === 'labels' || name === 'icons');
      const next = { ...mine.value, ...change };
      set(onlyWords ? next : complete(next));
    },
    dispose: () => set({ desk: null }),
  };
}
