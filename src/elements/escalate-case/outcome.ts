import { html, nothing, type TemplateResult } from 'lit';
import type { BackendError } from '../../core/backend.js';
import type { RequestFault } from '../../core/request.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import type { ContactBlock } from '../../core/policy.js';
import { safeHref } from '../../core/href.js';
import { isolated, safeBody, safeLine } from '../../core/text.js';
import { ago } from '../format.js';
import { errorText } from './form-extras.js';
import type { Base, FormScreen, Screen } from './frame.js';
import type { DialogView } from './view.js';

const KNOWN_FAULTS: RequestFault['code'][] = [
  'missing',
  'too-short',
  'too-long',
  'not-offered',
  'elsewhere',
  'not-confirmed',
];

/** Field faults that a server has found, in the form's own terms. */
export const faultsOf = (error: BackendError): RequestFault[] =>
  (error.details.errors ?? []).map(({ pointer, detail }) => {
    const [code, limit] = detail.split(': ');
    const known = KNOWN_FAULTS.find((name) => name === code);
    return { pointer, code: known ?? 'not-offered', ...(limit && { limit: Number(limit) }) };
  });

export const renderDetails = (screen: Base, problem: BackendError) =>
  html`<details part="notice-details" class="muted">
    <summary>${screen.say('details')}</summary>
    <p class="foreign">
      ${problem.code}${problem.details.traceId ? ` · ${safeLine(problem.details.traceId)}` : ''}
    </p>
    <p class="foreign">${safeBody(problem.message, 2000).text}</p>
  </details>`;

/** What went wrong with sending, and the ways on. The text is in the form, or shown here to be copied. */
export function renderProblem(screen: Base & { unconfirmed?: boolean }): TemplateResult | typeof nothing {
  const { problem, say } = screen;
  if (!problem) return nothing;
  const { code, details } = problem;
  const words =
    code === 'signed-out'
      ? say('signedOut')
      : code === 'criteria-not-met' || code === 'channel-not-offered'
        ? say('criteriaChanged')
        : code === 'invalid'
          ? say('changedInvalid')
          : isOutcomeUnknown(problem) && screen.unconfirmed
            ? say('notConfirmed')
            : say('notSent');
  const wait = details.retryAfter
    ? ` ${say('retryIn', { minutes: Math.ceil(details.retryAfter / 60) })}`
    : '';
  return html`<div part="notice notice-danger" class="notice danger" role="alert" tabindex="-1" data-outcome>
    <p>${words}${wait}</p>
    ${
      screen.text
        ? html`<button type="button" part="button button-link" class="link" @click=${screen.onCopy}>
            ${say(screen.copied ? 'copied' : 'copyText')}
          </button>`
        : nothing
    }
    ${renderDetails(screen, problem)}
  </div>`;
}

export function renderFaults(screen: FormScreen & Base): TemplateResult | typeof nothing {
  const { view, say } = screen;
  if (!view.faults.length) return nothing;
  return html`<div
    part="error-summary notice notice-danger"
    class="notice danger"
    role="group"
    tabindex="-1"
    aria-labelledby="error-title"
  >
    <p part="error-summary-title" id="error-title">${say('errorTitle', { count: view.faults.length })}</p>
    <ul>
      ${view.faults.map(
        ({ pointer }) =>
          html`<li>
            <button
              type="button"
              part="error-summary-item"
              class="link"
              @click=${() => screen.onFault(pointer)}
            >
              ${errorText(view, pointer)}
            </button>
          </li>`,
      )}
    </ul>
  </div>`;
}

export function renderSent(screen: Extract<Screen, { kind: 'sent' }>): TemplateResult {
  return html`<div part="confirmation" tabindex="-1" data-outcome>
    <p part="confirmation-title" class="label">${screen.say('sentTitle')}. ${screen.say('sentText')}</p>
    ${
      screen.next.length
        ? html`<div part="promise">
            <span class="label">${screen.say('next')}</span>
            ${screen.next.map((line) => html`<span part="confirmation-text">${line}</span>`)}
          </div>`
        : nothing
    }
  </div>`;
}

/** Somebody was faster. What was typed is shown, can be copied, and can become a message. */
export function renderExisting(screen: Extract<Screen, { kind: 'existing' }>): TemplateResult {
  const { say, escalation, now, language, text } = screen;
  const when = ago(new Date(escalation.requestedAt), now, language);
  const by = escalation.requestedBy;
  const line = by?.me
    ? say('existsMine', { ago: when })
    : by
      ? say('existsBy', { name: isolated(by.name), ago: when })
      : say('existsUnnamed', { ago: when });
  return html`<div part="existing" tabindex="-1" data-outcome>
      <p>${line} ${text && escalation.can?.post ? say('existsAdd') : nothing}</p>
    </div>
    ${screen.problem && screen.problem.code !== 'open-escalation-exists' ? renderProblem(screen) : nothing}
    ${text ? html`<pre class="foreign" tabindex="0" role="region" aria-label=${say('copyText')}>${text}</pre>` : nothing}
    ${screen.added === 'added' ? html`<p part="notice notice-success" class="notice" role="status">${say('added')}</p>` : nothing}`;
}

export function renderContactBlock(contact: ContactBlock, view: Pick<DialogView, 'text'>): TemplateResult {
  return html`<div part="channel channel-contact contact">
    <p part="contact-name" class="label">${view.text(contact.name)}</p>
    ${contact.phones.map(({ label, number, hours }) => {
      const href = safeHref(`tel:${number.replace(/[^\d+]/g, '')}`, true);
      return html`<p>
        ${label ? html`<span>${view.text(label)}</span>` : nothing}
        ${href ? html`<a part="contact-phone" href=${href}>${number}</a>` : number}
        ${hours ? html`<span part="contact-hours" class="muted">${view.text(hours)}</span>` : nothing}
      </p>`;
    })}
    ${contact.alternative ? html`<p part="contact-alternative" class="muted">${view.text(contact.alternative)}</p>` : nothing}
  </div>`;
}
