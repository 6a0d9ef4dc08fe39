import { html, nothing, type TemplateResult } from 'lit';
import type { Entry, Escalation } from '../../core/model.js';
import { summing } from '../../core/summing.js';
import { isolated } from '../../core/text.js';
import { enReview } from '../../locales/en-review.js';
import { adoptStyles } from '../adopt-styles.js';
import { linkButton } from '../buttons.js';
import { criteriaStyles } from '../criteria/criteria.styles.js';
import { renderComposer } from '../conversation/composer.js';
import { renderHeader } from '../conversation/header.js';
import { renderLoading } from '../conversation/plain.js';
import { TalkPanel } from '../conversation/talk-panel.js';
import type { FeedView } from '../conversation/view.js';
import { tell } from '../events.js';
import { renderHelp } from '../help.js';
import { renderActions } from './actions.js';
import { renderCriteria } from './criteria.js';
import type { EscalationReview } from './escalation-review.js';
import { QueueRoom } from './queue.js';
import { line, renderRequest } from './request.js';
import { queueStyles } from './queue.styles.js';
import { reviewStyles } from './review.styles.js';

/** What an `<escalation-review>` shows: the queue, or one escalation with what its owner does. */
export class ReviewPanel {
  readonly #host: EscalationReview;
  readonly #panel: TalkPanel;
  readonly #queue: QueueRoom;
  /** Ids of the messages that are on the case by now. */
  readonly #moved = summing(
    () => new Set<unknown>(),
    (moved, { kind, about }) => (kind === 'moved' ? moved.add(about) : moved),
  );
  /** The row of the queue that was opened: there is a way back to it. */
  #row: Escalation | undefined;
  /** What takes the focus as soon as it is there. */
  #focus = '';
  #hadLeft = false;
  /** Whether the next message goes on the case, too; undefined: as the policy says. */
  #alsoOnCase: boolean | undefined;

  constructor(host: EscalationReview) {
    this.#host = host;
    this.#panel = new TalkPanel(host, enReview);
    this.#queue = new QueueRoom(host, this.#panel.talking, (row) => this.#open(row));
    adoptStyles(host, criteriaStyles, reviewStyles, queueStyles);
    host.addController(this);
  }

  get states(): string[] {
    return this.#host.caseId ? this.#panel.states : this.#queue.states;
  }

  get unread(): number {
    return (this.#host.caseId ? this.#panel : this.#queue).unread;
  }

  focus(options?: FocusOptions): void {
    (this.#host.caseId ? this.#panel : this.#queue).focus(options);
  }

  refresh(): Promise<void> {
    return (this.#host.caseId ? this.#panel : this.#queue).refresh();
  }

  #open(row: Escalation): void {
    const { id: escalationId, caseId } = row;
    if (!tell(this.#host, 'escalation-view', { caseId, escalationId })) return;
    this.#row = row;
    this.#focus = '[part="title"]';
    Object.assign(this.#host, { caseId, escalationId });
  }

  #back(): void {
    this.#focus = `[data-row="${CSS.escape(this.#row?.id ?? '')}"], [part="title"]`;
    Object.assign(this.#host, { caseId: '', escalationId: '' });
  }

  /** Looks at another escalation of the case, or back at this one. */
  #choose(escalationId?: string): void {
    this.#focus = '[part="title"]';
    this.#panel.talking.choose(escalationId);
  }

  /** Whoever was taken elsewhere by a button is there; whoever has gone elsewhere meanwhile stays. */
  hostUpdated(): void {
    const root = this.#host.renderRoot as ShadowRoot;
    const { activeElement } = root;
    const isLost = !activeElement && document.activeElement === document.body;
    const left = root.querySelector<HTMLElement>('[data-left]');
    // The conversation has caught the focus of a form that went.
    if (left && !this.#hadLeft && (isLost || activeElement?.matches('[part="conversation"]'))) left.focus();
    this.#hadLeft = left !== null;
    if (!this.#focus || root.querySelector('[aria-busy]')) return;
    const target =
      root.querySelector<HTMLElement>(this.#focus.split(', ')[0] ?? '') ??
      root.querySelector<HTMLElement>('[part="title"]');
    this.#focus = '';
    if (isLost || activeElement) target?.focus();
  }

  render(): TemplateResult | typeof nothing {
    if (!this.#host.caseId) return this.#queue.render();
    const instead = this.#panel.renderInstead(() => this.#help());
    if (!instead) return this.#renderReview();
    return this.#panel.talking.shown === 'loading' ? instead : html`${this.#renderBack()}${instead}`;
  }

  #renderBack(): TemplateResult | typeof nothing {
    const { talking } = this.#panel;
    const arrow = html`<span aria-hidden="true">‹ </span>`;
    const back = (id: string, onBack: () => void) =>
      html`<p part="back">${arrow}${linkButton(talking.say(id), onBack)}</p>`;
    if (talking.isChosen) return back('review.backTo', () => this.#choose());
    return this.#row?.caseId === this.#host.caseId ? back('review.back', () => this.#back()) : nothing;
  }

  #renderReview(): TemplateResult {
    const { talking } = this.#panel;
    const base = this.#panel.view();
    const { escalation } = base.talk;
    if (!escalation) return renderLoading(base.say);
    const moved = this.#moved(base.talk.entries);
    const view: FeedView = { ...base, below: (entry) => this.#renderBelow(base, entry, escalation, moved) };
    return html`${this.#renderBack()}
      <section part="feed" aria-label=${view.say('feedTitle')}>
        ${renderHeader(view, escalation, { top: this.#renderCase(view) })}
        <div part="review">
          <div class="beside">
            ${renderRequest(view, escalation, (id) => this.#choose(id))} ${renderCriteria(view, escalation)}
          </div>
          ${renderActions(view, escalation)}
        </div>
        ${
          talking.isOn
            ? this.#renderTalk(view, escalation)
            : html`<p part="off" class="plain">${talking.offText}</p>`
        }
        ${this.#help()} ${this.#panel.renderSpeaker()}
      </section>`;
  }

  /** Which case it is: the page around may show none. */
  #renderCase({ say, state }: FeedView): TemplateResult | typeof nothing {
    if (!state) return nothing;
    const { id, number, subject, customer } = state.case;
    const words = [say('queue.case', { number: line(number) || id })];
    for (const text of [subject, customer?.name]) if (line(text)) words.push(isolated(line(text)));
    return html`<p part="case-line">${words.join(' · ')}</p>`;
  }

  #renderTalk(view: FeedView, escalation: Escalation): TemplateResult {
    const { policy, state, text, say } = view;
    const hint = policy?.feed.hint;
    if (!escalation.can.post)
      return html`${this.#panel.renderEntries(view)}${this.#panel.renderReadOnly(view)}`;
    const { requestedBy: to } = escalation;
    const isOnCase = this.#alsoOnCase ?? policy?.feed.alsoOnCase ?? false;
    // What is for the owners only stays apart from the case (P9).
    const offered = Boolean(policy && state?.can.note) && escalation.visibility !== 'owner-only';
    const onSend = () => {
      this.#panel.send(policy ? offered && isOnCase : undefined);
      if (!this.#panel.writing.error) this.#alsoOnCase = undefined;
    };
    return html`${this.#panel.renderEntries(view)}
    ${renderComposer(view, this.#panel.writing, {
      hint: hint && text(hint),
      label: to ? say('messageTo', { name: isolated(to.name) }) : say('messageToRequester'),
      more: offered
        ? html`<label part="choice also-on-case">
            <input
              part="control checkbox"
              type="checkbox"
              .checked=${isOnCase}
              @change=${(event: Event) => {
                this.#alsoOnCase = (event.target as HTMLInputElement).checked;
                this.#panel.update();
              }}
            />
            ${say('review.alsoOnCase')}
          </label>`
        : nothing,
      movable: state?.can.note ?? false,
      onSend,
      onMove: () => void this.#panel.move(),
    })}`;
  }

  /** Of a message: that it is on the case, or a way there (G41). */
  #renderBelow(view: FeedView, entry: Entry, { id, can }: Escalation, moved: ReadonlySet<unknown>) {
    const { say, acting } = view;
    if (entry.kind !== 'message') return nothing;
    if (entry.alsoOnCase || moved.has(entry.id))
      return html`<span part="entry-status" class="muted">${say('review.onCase')}</span>`;
    const kind = 'move-to-case-feed';
    if (!can.act.includes(kind)) return nothing;
    return linkButton(say('review.toCase'), () => {
      const { id: entryId } = entry;
      if (acting.busy || !tell(this.#host, 'escalation-move-to-case', { escalationId: id, entryId })) return;
      void acting.act({ kind, entryId }, { id: `review.done.${kind}` });
    });
  }

  #help(): TemplateResult {
    const { policy, session, text } = this.#panel.talking;
    return renderHelp(this.#host, policy, session.snapshot.state, text);
  }
}
