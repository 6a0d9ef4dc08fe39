import { html, nothing, type TemplateResult } from 'lit';
import type { Escalation } from '../../core/model.js';
import { actButton } from '../conversation/acts.js';
import type { FeedView } from '../conversation/view.js';
import { renderCustomerAct } from './customer-act.js';

const VALUES = [1, 2, 3, 4, 5];

/** One question, five answers in words. */
function renderQuestion({ say, acting }: FeedView): TemplateResult {
  const fault = acting.fault('rate', 'value');
  const chosen = acting.value('rate', 'value');
  return html`<fieldset
    part="rating"
    role="radiogroup"
    tabindex="-1"
    aria-required="true"
    aria-invalid=${fault ? 'true' : nothing}
    aria-describedby=${fault ? 'act-rate-value-error' : nothing}
  >
    <legend part="legend" class="label">${say('rateQuestion')}</legend>
    ${VALUES.map(
      (value) =>
        html`<label part="choice">
          <input
            part="control radio"
            type="radio"
            name="rating"
            .value=${String(value)}
            .checked=${chosen === String(value)}
            @change=${() => acting.write('rate', 'value', String(value))}
          />
          ${say(`rate.${value}`)}
        </label>`,
    )}
    ${fault ? html`<p part="error" class="error" id="act-rate-value-error">${say(fault)}</p>` : nothing}
  </fieldset>`;
}

/** What the rating was; who gave it is known of this page's own, and taken for the requester's. */
function renderRated({ say, acting }: FeedView, { closed, requestedBy }: Escalation) {
  const value = closed?.rating;
  if (!value || !VALUES.includes(value)) return nothing;
  const isDone = acting.done?.id === 'rateDone';
  return html`<p part="rated" tabindex="-1" ?data-done=${isDone}>
    ${say(isDone || requestedBy?.me ? 'rateDone' : 'rated', { value })}
  </p>`;
}

/** How well it was handled: asked once, of the customer's side. */
export function renderRating(view: FeedView, escalation: Escalation): TemplateResult | typeof nothing {
  const { say, acting } = view;
  if (!escalation.can.act.includes('rate')) return renderRated(view, escalation);
  const value = () => Number(acting.value('rate', 'value'));
  return html`<div class="row">${actButton(view, 'rate', say('rate'))}</div>
    ${renderCustomerAct(view, 'rate', {
      lines: false,
      above: renderQuestion(view),
      more: () => ({ value: value() }),
      missing: () => ({ value: !value() && 'rateEmpty' }),
    })}`;
}
