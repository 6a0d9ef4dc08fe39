import { html, nothing, type TemplateResult } from 'lit';
import type { BackendError } from '../../core/backend.js';
import type { Escalation } from '../../core/model.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import { isolated, safeBody, safeLine } from '../../core/text.js';
import { ago } from '../format.js';
import { controlId } from './form.js';
import { errorText } from './form-extras.js';
import { copyWord, renderCopy } from './copy-button.js';
import { addTo, copy, isJoined } from './actions.js';
import { renderFilesToAdd } from './attaching.js';
import { button } from './frame.js';
import type { Base, FormScreen, Screen } from './view.js';

type Ended = Extract<Screen, { escalation: Escalation }>;

export const renderDetails = (screen: Base, problem: BackendError | undefined) =>
  problem &&
  html`<details part="notice-details" class="muted">
    <summary>${screen.say('details')}</summary>
    <p class="foreign">
      ${problem.code}${problem.details.traceId ? ` · ${safeLine(problem.details.traceId)}` : ''}
    </p>
    <p class="foreign">${safeBody(problem.message, 2000).text}</p>
  </details>`;

/** What went wrong with sending, and the ways on. The text is in the form, or shown here to be copied. */
export function renderProblem(screen: Base): TemplateResult | typeof nothing {
  const { say, dialog } = screen;
  const { problem } = dialog.filled;
  if (!problem) return nothing;
  const { code, details } = problem;
  const words =
    code === 'signed-out'
      ? say('signedOut')
      : code === 'criteria-not-met' || code === 'channel-not-offered'
        ? say('criteriaChanged')
        : code === 'invalid'
          ? say('changedInvalid')
          : code === 'unconfirmed' || (isOutcomeUnknown(problem) && screen.unconfirmed)
            ? say('notConfirmed')
            : say(code === 'request-in-progress' ? 'fromOtherTab' : 'notSent');
  const wait = details.retryAfter
    ? ` ${say('retryIn', { minutes: Math.ceil(details.retryAfter / 60) })}`
    : '';
  return html`<div part="notice notice-danger" class="notice danger" role="alert" tabindex="-1" data-outcome>
    <p>${words}${wait}</p>
    ${screen.typed ? renderCopy(screen) : nothing} ${renderDetails(screen, problem)}
  </div>`;
}

export function renderFaults(screen: FormScreen): TemplateResult | typeof nothing {
  const { view, say, dialog } = screen;
  const { faults } = dialog.filled;
  if (!faults.length) return nothing;
  return html`<div
    part="error-summary notice notice-danger"
    class="notice danger"
    role="group"
    tabindex="-1"
    aria-labelledby="error-title"
  >
    <p part="error-summary-title" id="error-title">${say('errorTitle', { count: faults.length })}</p>
    <ul>
      ${faults.map(
        ({ pointer }) =>
          html`<li>
            <button
              type="button"
              part="error-summary-item"
              class="link"
              @click=${() => dialog.focus(`#${CSS.escape(controlId(pointer))}`)}
            >
              ${errorText(view, pointer)}
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
}

/** What has been requested, and what comes next (P2, P16). */
export function renderSent({ say, dialog, escalation }: Ended): TemplateResult {
  const { policy, text } = dialog;
  const reason = policy?.reasons.find(({ id }) => id === escalation.reason.id);
  const next = [reason?.action, policy?.form.sent].filter((line) => line !== undefined).map(text);
  return html`<div part="confirmation" tabindex="-1" data-outcome>
    <p part="confirmation-title" class="label">${say('sentTitle')}. ${say('sentText')}</p>
    ${
      next.length
        ? html`<div part="promise">
            <span class="label">${say('next')}</span>
            ${next.map((line) => html`<span part="confirmation-text">${line}</span>`)}
          </div>`
        : nothing
    }
  </div>`;
}

/** Who has escalated the case, as far as this user may know. */
export function existingLine({ say, now, language }: Base, escalation: Escalation | null): string {
  if (!escalation) return '';
  const when = ago(new Date(escalation.requestedAt), now, language);
  const by = escalation.requestedBy;
  if (by?.me) return say('existsMine', { ago: when });
  return by ? say('existsBy', { name: isolated(by.name), ago: when }) : say('existsUnnamed', { ago: when });
}

/** Somebody was faster. What was typed is shown, can be copied, and can become a message. */
export function renderExisting(screen: Ended): TemplateResult {
  const { say, escalation, typed, dialog } = screen;
  const { problem, added } = dialog.filled;
  return html`<div part="existing" tabindex="-1" data-outcome>
      <p>${existingLine(screen, escalation)} ${typed && escalation.can.post ? say('existsAdd') : nothing}</p>
    </div>
    ${problem && problem.code !== 'open-escalation-exists' ? renderProblem(screen) : nothing}
    ${typed ? html`<pre class="foreign" tabindex="0" role="region" aria-label=${say('yourText')}>${typed}</pre>` : nothing}
    ${renderFilesToAdd(screen, escalation.can.post && !isJoined(escalation), () => void addTo(dialog, escalation))}
    ${added === 'added' ? html`<p part="notice notice-success" class="notice">${say('added')} ${escalation.following ? say('addedFollowing') : nothing}</p>` : nothing}`;
}

/** The ways on once there is an escalation: to it, or with what was typed. */
export function renderWaysOn(screen: Screen): TemplateResult | typeof nothing {
  if (screen.kind !== 'existing' && screen.kind !== 'sent') return nothing;
  const { say, typed, dialog, escalation } = screen;
  const { host, filled } = dialog;
  const copyTyped = () => void copy(dialog, 'text', typed, null);
  const add = () => void addTo(dialog, escalation);
  return html`${typed ? button(say(copyWord(filled, 'text', 'copyText')), 'button-secondary', copyTyped) : nothing}
  ${
    typed && escalation.can.post
      ? button(say('addText'), 'button-primary', add, filled.added === 'adding')
      : host.canView
        ? button(say('view'), 'button-primary', () => host.viewEscalation(escalation.id))
        : nothing
  }`;
}
