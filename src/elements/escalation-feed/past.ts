import { html, nothing, type TemplateResult } from 'lit';
import { isSummary } from '../../core/guard-escalation.js';
import type { Escalation, EscalationSummary } from '../../core/model.js';
import { safeLine } from '../../core/text.js';
import { linkButton } from '../buttons.js';
import { day } from '../format.js';
import type { CustomerView } from './customer-view.js';

/** The session's guard has not looked at all that is drawn of them. */
const pastOf = ({ state }: CustomerView): EscalationSummary[] => (state?.past ?? []).filter(isSummary);

/** That this is not the one that the page would show, and the way back. */
export const renderBack = ({ say, state, isChosen, onChoose }: CustomerView) =>
  isChosen
    ? html`<p part="chosen" class="row">
        ${say('chosen')}
        ${linkButton(say(state?.openEscalation ? 'backCurrent' : 'backLatest'), () => onChoose())}
      </p>`
    : nothing;

/** The declined request that this one corrects (G34). */
export function renderCorrects(view: CustomerView, { corrects }: Escalation) {
  const { say, now, language, onChoose } = view;
  const found = corrects && pastOf(view).find(({ id }) => id === corrects);
  if (!found || found.status !== 'declined' || !found.closed) return nothing;
  return html`<p part="corrects" class="row">
    ${say('corrects', { date: day(new Date(found.closed.at), now, language) })}
    ${linkButton(say('correctsShow'), () => onChoose(found.id))}
  </p>`;
}

function renderItem({ say, now, language, onChoose }: CustomerView, summary: EscalationSummary, i: number) {
  const { id, reason, status, requestedAt, closed, owner } = summary;
  const date = day(new Date(closed?.at ?? requestedAt), now, language);
  return html`<li part="past-item">
    <button
      type="button"
      part="button button-link"
      class="link"
      aria-describedby="past-${i}"
      @click=${() => onChoose(id)}
    >
      <bdi>${safeLine(reason.label)}</bdi>
    </button>
    <span class="muted" id="past-${i}"
      >${say(`status.${status}`)} ·
      ${closed ? date : `${say('requestedOn')} ${date}`}${
        owner ? html` · <bdi>${safeLine(owner.name)}</bdi>` : nothing
      }</span
    >
  </li>`;
}

/** What came before on this case: one at a time is open, and the others can still be read. */
export function renderPast(view: CustomerView): TemplateResult | typeof nothing {
  const rows = pastOf(view).filter(({ id }) => id !== view.talk.escalation?.id);
  if (!rows.length) return nothing;
  return html`<details part="past">
    <summary part="past-title">${view.say('past', { count: rows.length })}</summary>
    <ul>
      ${rows.map((row, i) => renderItem(view, row, i))}
    </ul>
  </details>`;
}
