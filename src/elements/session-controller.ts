import { ContextEvent } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Desk } from '../core/desk.js';
import { nothingYet, shown, type Session, type Shown, type Snapshot } from '../core/session.js';
import { configurationContext, deskOf, type Configured } from './configure.js';
import { tell } from './events.js';
import { warnOnce } from './warn.js';

/** An element that shows a case of a desk. */
export interface SessionHost extends ReactiveControllerHost, HTMLElement {
  caseId: string;
  endpoint: string;
  desk: Desk | undefined;
  readonly hasUpdated: boolean;
}

/** One desk per sign-in (the page's `headers`, else the document), absolute URL and user, whatever the number of elements. */
const endpointDesks = new WeakMap<object, Map<string, Desk | null>>();

/** How long after its load a page may take to configure itself. */
const SETTLE_MS = 3000;

/** The controllers that follow a session: elements of the same session find each other here. */
const following = new Set<SessionController>();

/**
 * Finds the desk of an element (property, else endpoint, else the nearest `configure`), follows the session of its
 * case, and tells the page what changes: of several elements that share a session, only the first.
 */
export class SessionController implements ReactiveController {
  session: Session | undefined;
  readonly #host: SessionHost;
  /** Of the nearest `configure`. */
  configuration: Configured | undefined;
  #stopConfiguration: (() => void) | undefined;
  #unsubscribe: (() => void) | undefined;
  /** The page has had its time to configure itself. */
  tooLate = false;

  constructor(host: SessionHost) {
    this.#host = host;
    host.addController(this);
  }

  get snapshot(): Snapshot {
    return this.session?.snapshot ?? nothingYet;
  }

  /** What the element shows. */
  get shown(): Shown | 'unconfigured' {
    if (!this.session && this.tooLate && this.#host.caseId) return 'unconfigured';
    return shown(this.snapshot);
  }

  /** Elements of this page that show the same case, this one too, in the order in which they came. */
  get peers(): HTMLElement[] {
    return [...following].filter(({ session }) => session === this.session).map((peer) => peer.#host);
  }

  hostConnected(): void {
    this.#askPage();
    if (this.#host.hasUpdated) this.#follow();
    // A configuration that comes after the element, or nearer, announces itself: then it is asked.
    document.addEventListener('context-provider', this.#askPage);
    const late = () => {
      this.tooLate = true;
      this.#host.requestUpdate();
    };
    const loaded = () => setTimeout(late, SETTLE_MS);
    if (document.readyState === 'complete') loaded();
    else addEventListener('load', loaded, { once: true });
  }

  hostDisconnected(): void {
    document.removeEventListener('context-provider', this.#askPage);
    this.#stopConfiguration?.();
    this.#leave();
  }

  /** For its configuration, now and whenever that changes, by the context protocol. */
  readonly #askPage = (): void => {
    const host = this.#host;
    host.dispatchEvent(new ContextEvent(configurationContext, host, this.#onConfiguration, true));
  };

  readonly #onConfiguration = (configuration: Configured, stop?: () => void): void => {
    // Another provider, nearer than the first.
    if (stop !== this.#stopConfiguration) this.#stopConfiguration?.();
    this.#stopConfiguration = stop;
    this.configuration = configuration;
    this.#host.requestUpdate();
  };

  hostUpdate(): void {
    this.#follow();
  }

  /** The desk of the element, whatever its case; null: there is none. */
  get desk(): Desk | null {
    const { desk, endpoint } = this.#host;
    if (desk) return desk;
    if (!endpoint) return this.configuration?.desk ?? null;
    // Absolute, and never thrown on.
    const url = Object.assign(document.createElement('a'), { href: endpoint }).href;
    const name = `${url} ${this.configuration?.user?.id ?? ''}`;
    const signIn = this.configuration?.headers ?? document;
    const desks = endpointDesks.get(signIn) ?? new Map<string, Desk | null>();
    endpointDesks.set(signIn, desks);
    if (!desks.has(name)) desks.set(name, deskOf({ ...this.configuration, backend: undefined, endpoint }));
    return desks.get(name) ?? null;
  }

  #follow(): void {
    const { caseId, isConnected } = this.#host;
    const desk = caseId && isConnected ? this.desk : null;
    // A wrong endpoint has been told already.
    if (!desk && caseId && this.tooLate && !this.#host.endpoint)
      warnOnce('no help desk: set "endpoint" or "desk", or call configure().');
    const session = desk?.session(caseId);
    if (session === this.session) return;
    this.#leave();
    this.session = session;
    if (!session) return;
    this.#unsubscribe = session.subscribe((snapshot, previous, first) => {
      this.#host.requestUpdate();
      if (first) this.#tell(snapshot, previous);
    });
    following.add(this);
    for (const peer of this.peers) if (peer !== this.#host) (peer as SessionHost).requestUpdate();
    if (this.peers[0] === this.#host) this.#tell(session.snapshot, nothingYet);
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    following.delete(this);
    this.session = undefined;
  }

  #tell(snapshot: Snapshot, previous: Snapshot): void {
    const host = this.#host;
    const { caseId } = host;
    const verdict = shown(snapshot);
    if (verdict !== shown(previous)) {
      tell(host, 'escalation-verdict', { caseId, verdict });
      if (verdict === 'signed-out') tell(host, 'escalation-auth-required', { caseId });
    }
    const { problem, state } = snapshot;
    if (problem && problem.code !== previous.problem?.code)
      tell(host, 'escalation-error', {
        code: problem.code,
        retryable: problem.retryable,
        traceId: problem.details.traceId,
      });
    const was = previous.state?.openEscalation;
    const count = state?.openEscalation?.unread ?? 0;
    if (count !== (was?.unread ?? 0)) tell(host, 'escalation-unread', { caseId, count });
    const now = was && [state?.openEscalation, ...(state?.past ?? [])].find((one) => one?.id === was.id);
    if (now && now.status !== was.status)
      tell(host, 'escalation-change', { escalationId: now.id, status: now.status, previous: was.status });
  }
}
