import { html, nothing, type TemplateResult } from 'lit';
import { calendarFile } from '../../core/reminder.js';
import { safeLine } from '../../core/text.js';
import { download } from '../download.js';
import { countdown, moment } from '../format.js';
import { submit } from './actions.js';
import { renderFiles } from './attaching.js';
import { elsewhereOf } from './drafts.js';
import type { DialogView, FormScreen } from './view.js';

/** Always there: where to go when it is urgent (G23). */
export function renderUrgent({ policy, text }: DialogView): TemplateResult | typeof nothing {
  const { urgent } = policy.form;
  if (!urgent) return nothing;
  return html`<div part="urgent" class="muted">
    <p>${text(urgent.text)}</p>
    ${policy.contacts[urgent.contact]?.phones.map(
      ({ number, hours }) =>
        html`<p><a href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a> ${hours && text(hours)}</p>`,
    )}
  </div>`;
}

/** A calendar file for the moment from which the case can be escalated. */
export function renderRemind({ state, say }: DialogView, at: Date): TemplateResult {
  const { case: kase } = state;
  const number = safeLine(kase.number ?? kase.id);
  const title = say('reminder', { number });
  const reminder = { id: `${kase.id} escalation-elements`, at, title, url: location.href };
  return html`<button
    type="button"
    part="remind button button-secondary"
    class="button"
    @click=${() => download(`case-${number}.ics`, 'text/calendar', calendarFile(reminder, new Date()))}
  >
    ${say('remind')}
  </button>`;
}

/** That the case cannot be escalated yet; from when on, where that is known. */
export function renderVerdict(screen: FormScreen): TemplateResult {
  const { say, now, language, view } = screen;
  const { availableAt } = view.state.verdict;
  if (!availableAt)
    return html`<p part="verdict verdict-blocked"><strong>${say('cannotEscalate')}</strong></p>`;
  const at = new Date(availableAt);
  const left = countdown(at, view.now);
  return html`<div part="verdict verdict-blocked">
    <p>
      <strong part="available-at"
        ><time datetime=${availableAt}
          >${say('availableFrom', { time: moment(at, now, language) })}</time
        ></strong
      >
      ${left ? html` <span part="countdown">(${say(...left)})</span>` : nothing}
    </p>
    ${renderRemind(view, at)}
  </div>`;
}

/** Whether what is typed would survive a reload, and whether it is being written elsewhere, too; below the field. */
function renderDraftStatus({ draft, dialog, say }: DialogView): TemplateResult | typeof nothing {
  if (!draft.details.trim()) return nothing;
  return html`<p part="draft-status" class="muted">
      ${say(dialog.filled.kept ? 'draftKept' : 'draftInPage')}
    </p>
    ${
      elsewhereOf(dialog).is
        ? html`<p part="draft-status draft-elsewhere" class="muted">${say('elsewhere')}</p>`
        : nothing
    }`;
}

/** What stands below the details: whether they are kept, and where files are added to the request. */
export const renderBelowDetails = (view: DialogView): TemplateResult =>
  html`${renderDraftStatus(view)}
  ${renderFiles(view, view.frozen, () => void submit(view.dialog, view, new Event('submit')))}`;

/** All reasons beside each other: when to select each, and what happens then. */
export function renderComparison({ reasons, say, text }: DialogView): TemplateResult | typeof nothing {
  if (reasons.length < 2) return nothing;
  return html`<details class="compare">
    <summary>${say('compare')}</summary>
    <dl>
      ${reasons.map(
        ({ label, whenToSelect, action }) =>
          html`<dt class="label">${text(label)}</dt>
            ${whenToSelect ? html`<dd>${text(whenToSelect)}</dd>` : nothing}
            ${action ? html`<dd class="muted">${text(action)}</dd>` : nothing}`,
      )}
    </dl>
  </details>`;
}
