import { html, type ReactiveController, type TemplateResult } from 'lit';
import type { Escalation } from '../../core/model.js';
import { queueOf, type Queue } from '../../core/queue.js';
import { isOverdue } from '../../core/status.js';
import { renderLoading, renderPlain, renderStale } from '../conversation/plain.js';
import { Speaker } from '../conversation/speaker.js';
import type { Talking } from '../conversation/talking.js';
import { tell } from '../events.js';
import type { EscalationReview } from './escalation-review.js';
import { renderFilter, renderRows, FILTERS, type QueueFilter } from './queue-rows.js';

/** What a failure of the queue is, in the words of the states. */
const STATES: Partial<Record<string, string>> = {
  'signed-out': 'signed-out',
  forbidden: 'refused',
  'not-found': 'refused',
};
/** Other words for what the conversation says of itself. */
const WORDS: Partial<Record<string, string>> = {
  feedTitle: 'queue.title',
  'feed.loading': 'queue.loading',
};

/** The queue of the desk while no case is shown: watched, told of, filtered, and kept in place while it changes. */
export class QueueRoom implements ReactiveController {
  readonly #host: EscalationReview;
  readonly #talking: Talking;
  readonly #speaker = new Speaker();
  readonly #onOpen: (row: Escalation) => void;
  #queue: Queue | undefined;
  #unsubscribe: (() => void) | undefined;
  #filter: QueueFilter = 'all';
  /** Ids of all rows that were ever there. */
  #known: Set<string> | undefined;
  /** There were more than were shown, when they were last looked at. */
  #more = false;
  #looked = 0;
  #problem = '';
  #focused: HTMLElement | null = null;

  constructor(host: EscalationReview, talking: Talking, onOpen: (row: Escalation) => void) {
    this.#host = host;
    this.#talking = talking;
    this.#onOpen = onOpen;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#leave();
  }

  hostUpdate(): void {
    const { isConnected, caseId, renderRoot } = this.#host;
    const { desk } = this.#talking.session;
    if (!isConnected || caseId || !desk) this.#leave();
    else if (this.#queue?.desk !== desk || !this.#unsubscribe) this.#follow(queueOf(desk));
    this.#focused = (renderRoot as ShadowRoot).activeElement as HTMLElement | null;
  }

  /** A row that is moved in its list loses the focus, and so does one that goes. */
  hostUpdated(): void {
    const was = this.#focused;
    this.#focused = null;
    if (!was || this.#host.caseId || (this.#host.renderRoot as ShadowRoot).activeElement) return;
    if (was.isConnected) was.focus({ preventScroll: true });
    else this.focus();
  }

  #leave(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  #follow(queue: Queue): void {
    this.#leave();
    if (this.#queue !== queue) this.#known = undefined;
    this.#queue = queue;
    this.#unsubscribe = queue.subscribe(() => this.#onQueue(queue));
    this.#learn(queue);
  }

  #onQueue(queue: Queue): void {
    const { problem } = queue.view;
    const fresh = this.#learn(queue);
    const { say } = this.#talking;
    if (fresh.length > 1) this.#speaker.say(say('queue.newMany', { count: fresh.length }));
    else if (fresh[0])
      this.#speaker.say(say('queue.new', { number: fresh[0].case?.number ?? fresh[0].caseId }));
    const code = problem?.code ?? '';
    if (problem && code !== this.#problem) {
      const { retryable, details } = problem;
      tell(this.#host, 'escalation-error', { code: problem.code, retryable, traceId: details.traceId });
      if (code === 'signed-out') tell(this.#host, 'escalation-auth-required', { caseId: '' });
    }
    this.#problem = code;
    this.#host.requestUpdate();
  }

  /** @returns requests that have come since the last look; where not all were shown then, only what is younger */
  #learn({ view: { phase, escalations, more }, desk }: Queue): Escalation[] {
    if (phase !== 'ready') return [];
    const known = this.#known;
    const isNew = ({ id, status, requestedAt }: Escalation) =>
      status === 'requested' && !known?.has(id) && (!this.#more || Date.parse(requestedAt) > this.#looked);
    const fresh = known ? escalations.filter(isNew) : [];
    this.#known = new Set([...(known ?? []), ...escalations.map(({ id }) => id)]);
    this.#more = more;
    this.#looked = desk.clock().getTime();
    return fresh;
  }

  get #rows(): readonly Escalation[] {
    return this.#queue?.view.escalations ?? [];
  }

  /** What it shows: `ready`, or why there is nothing. */
  get #shown(): string {
    const { desk, tooLate } = this.#talking.session;
    if (!desk) return tooLate ? 'unconfigured' : 'loading';
    const { phase, problem } = this.#queue?.view ?? { phase: 'loading', problem: null };
    const state = STATES[problem?.code ?? ''];
    // Whoever may not see it does not see what was there before (A04).
    if (state === 'refused') return state;
    return phase === 'failed' ? (state ?? 'unknown') : phase;
  }

  get states(): string[] {
    const shown = this.#shown;
    const now = this.#talking.session.desk?.clock();
    return [
      'queue',
      shown === 'ready' ? (this.#rows.length ? '' : 'empty') : shown,
      now && this.#rows.some((row) => isOverdue(row, now)) ? 'overdue' : '',
      this.unread ? 'unread' : '',
      shown === 'ready' && this.#queue?.view.problem ? 'offline' : '',
    ];
  }

  get unread(): number {
    return this.#rows.reduce((sum, { unread }) => sum + unread, 0);
  }

  focus(options?: FocusOptions): void {
    this.#host.renderRoot.querySelector<HTMLElement>('[part="title"]')?.focus(options);
  }

  async refresh(): Promise<void> {
    await this.#queue?.refresh();
  }

  render(): TemplateResult {
    const shown = this.#shown;
    const { say: sayAny } = this.#talking;
    const say: typeof sayAny = (id, values) => sayAny(WORDS[id] ?? id, values);
    if (shown === 'loading') return renderLoading(say);
    if (shown === 'unconfigured') return renderPlain(say, 'notice', say(shown), '');
    const { problem } = this.#queue?.view ?? {};
    if (shown === 'refused') return renderPlain(say, 'notice', say(`queue.${problem?.code}`), '');
    const retry = () => void this.refresh();
    if (shown !== 'ready') return renderPlain(say, 'notice', say(`queue.${shown}`), '', retry);
    return this.#renderQueue(problem ? renderStale(say, this.#staleText, retry) : '');
  }

  get #staleText(): string {
    const isSignedOut = this.#problem === 'signed-out';
    return this.#talking.say(isSignedOut ? 'staleSignedOut' : 'stale');
  }

  #renderQueue(stale: unknown): TemplateResult {
    const { say, language, session } = this.#talking;
    const rows = this.#rows;
    const more = this.#queue?.view.more ?? false;
    const view = {
      say,
      language,
      now: session.desk?.clock() ?? new Date(),
      icons: session.configuration?.icons,
      onOpen: this.#onOpen,
    };
    const onFilter = (filter: QueueFilter) => {
      this.#filter = filter;
      this.#host.requestUpdate();
    };
    return html`<section part="feed" aria-label=${say('queue.title')}>
      <header part="header">
        <h2 part="title" tabindex="-1">
          ${say('queue.title')}
          <span part="queue-count" class="muted"
            >${say(more ? 'queue.countMore' : 'queue.count', { count: rows.length })}</span
          >
        </h2>
        ${stale} ${rows.length ? renderFilter(view, rows, this.#filter, onFilter) : ''}
      </header>
      ${
        rows.length
          ? renderRows(view, rows.filter(FILTERS[this.#filter]))
          : html`<p part="empty" class="plain"><slot name="empty">${say('queue.empty')}</slot></p>`
      }
      ${
        more
          ? html`<p class="plain">
              <button
                type="button"
                part="button button-secondary"
                class="button"
                @click=${() => void this.#queue?.showMore()}
              >
                ${say('showMore')}
              </button>
            </p>`
          : ''
      }
      ${this.#speaker.render()}
    </section>`;
  }
}
