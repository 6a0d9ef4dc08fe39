import { html, nothing, type TemplateResult } from 'lit';
import { matches } from '../../core/facts.js';
import { safeHref } from '../../core/href.js';
import { calendarFile } from '../../core/reminder.js';
import { safeLine } from '../../core/text.js';
import { download } from '../download.js';
import type { DialogView } from './view.js';

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

/** Guidance for this product and this audience (G8, G42). */
export function renderHelp({ policy, state, text, say }: DialogView): TemplateResult {
  const { audience } = state.user;
  const links = policy.help.filter(({ products, audiences }) =>
    matches({ product: products, audience: audiences }, { case: state.case, user: state.user }),
  );
  return html`<slot name="help"
    >${
      links.length && audience
        ? html`<nav part="help" aria-label=${say('help')}>
            ${links.map(({ label, href }) => {
              const safe = safeHref(href);
              return safe
                ? html`<a href=${safe} target="_blank" rel="noopener noreferrer">${text(label)}</a>`
                : nothing;
            })}
          </nav>`
        : nothing
    }</slot
  >`;
}

/** Whether what is typed would survive a reload, below the field. */
export function renderDraftStatus({ draft, dialog, say }: DialogView): TemplateResult | typeof nothing {
  if (!draft.details.trim()) return nothing;
  return html`<p part="draft-status" class="muted">
    ${say(dialog.filled.kept ? 'draftKept' : 'draftInPage')}
  </p>`;
}

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
