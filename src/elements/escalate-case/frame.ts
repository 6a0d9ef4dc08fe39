import { html, nothing, type TemplateResult } from 'lit';
import type { BackendError } from '../../core/backend.js';
import type { Case, Escalation } from '../../core/model.js';
import type { ContactBlock, Text } from '../../core/policy.js';
import { isolated, safeLine } from '../../core/text.js';
import type { Values } from '../../locales/registry.js';
import { ago, countdown, moment } from '../format.js';
import { icon } from '../icons.js';
import { renderForm } from './form.js';
import type * as Later from './later.js';
import type { DialogView } from './view.js';

export interface Base {
  say(id: string, values?: Values): string;
  language: string;
  now: Date;
  caseLine: Case | undefined;
  problem: BackendError | undefined;
  /** What comes once somebody reads or types on; there soon after the dialog has opened. */
  later: typeof Later | undefined;
  /** What was typed. */
  text: string;
  copied: boolean;
  sending: boolean;
  onClose(): void;
  onClosed(): void;
  onCopy(): void;
  onRetry(): void;
}

/** What the dialog shows; exactly one. */
export type Screen = Base &
  (
    | { kind: 'loading' | 'failed' }
    | { kind: 'sent'; later: typeof Later; next: string[]; onView: (() => void) | undefined }
    | {
        kind: 'existing';
        later: typeof Later;
        escalation: Escalation;
        added: 'no' | 'adding' | 'added';
        onAdd(): void;
        onView: (() => void) | undefined;
      }
    | FormScreen
  );
export interface FormScreen {
  kind: 'form';
  view: DialogView;
  blocked: boolean;
  showForm: boolean;
  availableAt: string | undefined;
  remedied: string;
  contact: ContactBlock | undefined;
  urgent: { text: Text; contact: ContactBlock | undefined } | undefined;
  /** A request was sent and nobody knows whether it arrived. */
  unconfirmed: boolean;
  onSubmit(): void;
  onFault(pointer: string): void;
}

const CLOSE = 'm12 10.6 5-5L18.4 7l-5 5 5 5-1.4 1.4-5-5-5 5L5.6 17l5-5-5-5L7 5.6z';

const button = (label: string, part: string, onClick: () => void, busy = false) =>
  html`<button
    type="button"
    part="button ${part} ${busy ? 'button-busy' : ''}"
    class="button ${part === 'button-primary' ? 'primary' : ''}"
    aria-disabled=${busy ? 'true' : 'false'}
    @click=${() => (busy ? undefined : onClick())}
  >
    ${label}
  </button>`;

/** The last update of the case, in case it was missed (G4). */
function renderLastUpdate({ say, now, language }: Base, kase: Case): TemplateResult | typeof nothing {
  const update = kase.lastUpdate;
  if (!update) return nothing;
  const when = ago(new Date(update.at), now, language);
  const line = update.by
    ? say('lastUpdate', { ago: when, name: isolated(update.by.name) })
    : say('lastUpdateUnnamed', { ago: when });
  return html`<p part="last-update" class="muted">
    <time datetime=${update.at}>${line}</time>
    ${update.excerpt ? html`<bdi part="last-update-excerpt">“${safeLine(update.excerpt, 140)}”</bdi>` : nothing}
  </p>`;
}

function renderVerdict({ say, now, language, availableAt, view }: FormScreen & Base): TemplateResult {
  if (!availableAt)
    return html`<p part="verdict verdict-blocked"><strong>${say('cannotEscalate')}</strong></p>`;
  const at = new Date(availableAt);
  const left = countdown(at, view.now);
  return html`<p part="verdict verdict-blocked">
    <strong part="available-at"
      ><time datetime=${availableAt}
        >${say('availableFrom', { time: moment(at, now, language) })}</time
      ></strong
    >
    ${left ? html` <span part="countdown">(${say(...left)})</span>` : nothing}
  </p>`;
}

function renderFormBody(screen: FormScreen & Base): TemplateResult {
  const { view, say } = screen;
  const { criteria, state, policy } = view;
  const expectation = policy.expectations.find(({ waitingOn }) =>
    waitingOn.includes(state.case.waitingOn ?? ''),
  );
  return html`
    ${screen.later?.renderProblem(screen) ?? (screen.problem ? html`<p role="alert">${say('loadFailed')}</p>` : nothing)}
    ${screen.later?.renderFaults(screen)} ${renderLastUpdate(screen, state.case)}
    ${expectation ? html`<p part="pending-party notice notice-info" class="notice">${view.text(expectation.text)}</p>` : nothing}
    ${
      screen.blocked
        ? html`${renderVerdict(screen)}${screen.later?.renderCriteria(view, criteria)}`
        : html`<slot name="intro"
              >${policy.form.intro ? html`<p part="intro">${view.text(policy.form.intro)}</p>` : nothing}</slot
            >
            ${
              criteria.length
                ? html`<details part="verdict verdict-available">
                    <summary part="criteria-summary">${say('canEscalate')}</summary>
                    ${screen.later?.renderCriteria(view, criteria)}
                  </details>`
                : nothing
            }`
    }
    ${screen.remedied ? html`<p part="notice notice-success" class="notice">${say(screen.remedied)}</p>` : nothing}
    ${screen.contact ? screen.later?.renderContactBlock(screen.contact, view) : nothing}
    ${screen.showForm ? renderForm(view) : nothing}
    ${
      screen.urgent
        ? html`<div part="urgent" class="muted">
            <p>${view.text(screen.urgent.text)}</p>
            ${screen.urgent.contact?.phones.map(
              ({ number, hours }) =>
                html`<p>
                  <a href="tel:${number.replace(/[^\d+]/g, '')}">${number}</a>
                  ${hours && view.text(hours)}
                </p>`,
            )}
          </div>`
        : nothing
    }
  `;
}

function renderBody(screen: Screen): TemplateResult {
  switch (screen.kind) {
    case 'loading':
      return html`<p class="hidden" role="status">${screen.say('loading')}</p>
        ${[1, 2, 3, 4].map(() => html`<span class="skeleton"></span>`)}`;
    case 'failed':
      return html`<div part="notice notice-danger" class="notice danger" role="alert">
        <p>${screen.say('loadFailed')}</p>
        ${screen.problem ? screen.later?.renderDetails(screen, screen.problem) : nothing}
      </div>`;
    case 'sent':
      return screen.later.renderSent(screen);
    case 'existing':
      return screen.later.renderExisting(screen);
    case 'form':
      return renderFormBody(screen);
  }
}

function renderActions(screen: Screen): TemplateResult | typeof nothing {
  const { say } = screen;
  switch (screen.kind) {
    case 'failed':
      return button(say('retry'), 'button-primary', screen.onRetry);
    case 'sent':
      return screen.onView ? button(say('view'), 'button-primary', screen.onView) : nothing;
    case 'existing': {
      const adds = screen.text && screen.escalation.can?.post;
      return html`${
        screen.text
          ? button(say(screen.copied ? 'copied' : 'copyText'), 'button-secondary', screen.onCopy)
          : nothing
      }
      ${
        adds
          ? button(say('addText'), 'button-primary', screen.onAdd, screen.added === 'adding')
          : screen.onView
            ? button(say('view'), 'button-primary', screen.onView)
            : nothing
      }`;
    }
    case 'form': {
      if (!screen.showForm) return nothing;
      const again = screen.unconfirmed && !screen.sending;
      const label = screen.sending
        ? say('sending')
        : again
          ? say('retry')
          : screen.view.text(screen.view.policy.form.submit);
      return button(label, 'button-primary', again ? screen.onRetry : screen.onSubmit, screen.sending);
    }
    default:
      return nothing;
  }
}

/** The dialog's frame: what it is about, one scrolling body, the ways on. */
export function renderFrame(screen: Screen): TemplateResult {
  const { say, caseLine } = screen;
  const number = safeLine(caseLine?.number ?? caseLine?.id ?? '');
  const title = screen.kind === 'form' ? screen.view.text(screen.view.policy.form.title) : say('dialogTitle');
  return html`<dialog part="dialog" aria-labelledby="dialog-title" @close=${screen.onClosed}>
    <header part="dialog-header">
      <div>
        <h2 part="dialog-title" id="dialog-title" tabindex="-1">${title}</h2>
        ${
          caseLine
            ? html`<p part="dialog-subtitle" class="muted" dir="auto">
                ${
                  caseLine.subject
                    ? say('caseLineSubject', { number, subject: isolated(caseLine.subject) })
                    : say('caseLine', { number })
                }
              </p>`
            : nothing
        }
      </div>
      <button
        type="button"
        part="button dialog-close"
        class="button"
        aria-label=${say('close')}
        @click=${screen.onClose}
      >
        ${icon('close', CLOSE, 'close-icon')}
      </button>
    </header>
    <div part="dialog-body">${renderBody(screen)}</div>
    <footer part="dialog-footer">
      ${button(say('close'), 'button-secondary', screen.onClose)}${renderActions(screen)}
    </footer>
  </dialog>`;
}
