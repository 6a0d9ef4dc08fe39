import { html, nothing, type TemplateResult } from 'lit';
import type { Case } from '../../core/model.js';
import { isolated, safeLine } from '../../core/text.js';
import { ago } from '../format.js';
import { icon } from '../icons.js';
import { renderForm } from './form.js';
import type { Base, FormScreen, Screen } from './view.js';

const CLOSE = 'm12 10.6 5-5L18.4 7l-5 5 5 5-1.4 1.4-5-5-5 5L5.6 17l5-5-5-5L7 5.6z';

export const button = (label: string, part: string, onClick: (event: Event) => void, busy = false) =>
  html`<button
    type="button"
    part="button ${part} ${busy ? 'button-busy' : ''}"
    class=${part === 'button-link' ? 'link' : `button ${part === 'button-primary' ? 'primary' : ''}`}
    aria-disabled=${busy ? 'true' : 'false'}
    @click=${(event: Event) => (busy ? undefined : onClick(event))}
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
  return html`<p part="last-update" class="muted" tabindex="-1">
    <time datetime=${update.at}>${line}</time>
    ${update.excerpt ? html`<bdi part="last-update-excerpt">“${safeLine(update.excerpt, 140)}”</bdi>` : nothing}
  </p>`;
}

/** What is known before anybody types: the criteria, folded away where nothing is in the way. */
function renderWay(screen: FormScreen): TemplateResult | typeof nothing {
  const { view, say, way, later } = screen;
  const { criteria, policy } = view;
  if (way === 'blocked' && !screen.keeps)
    return html`${later?.renderVerdict(screen)}${later?.renderBlockers(view, criteria)}`;
  if (way !== 'available' && way !== 'asked') return nothing;
  return html`<slot name="intro"
      >${policy.form.intro ? html`<p part="intro">${view.text(policy.form.intro)}</p>` : nothing}</slot
    >
    ${
      criteria.length
        ? html`<details part="verdict verdict-available">
            <summary part="criteria-summary">${say('canEscalate')}</summary>
            ${later?.renderCriteria(view, criteria)}
          </details>`
        : nothing
    }`;
}

function renderFormBody(screen: FormScreen): TemplateResult {
  const { view, say, later, dialog } = screen;
  const { state, policy, text } = view;
  const { problem, contact } = dialog.filled;
  const expectation = policy.expectations.find(({ waitingOn }) =>
    waitingOn.includes(state.case.waitingOn ?? ''),
  );
  return html`
    ${later?.renderNews(screen) ?? (problem ? html`<p role="alert">${say('loadFailed')}</p>` : nothing)}
    ${renderLastUpdate(screen, state.case)}
    ${expectation ? html`<p part="pending-party notice notice-info" class="notice">${text(expectation.text)}</p>` : nothing}
    ${renderWay(screen)} ${later?.renderDoors(screen)} ${later?.renderReply(view)}
    ${later?.renderContactBlock(view, policy.contacts[contact])}
    ${screen.showForm ? renderForm(view) : nothing}
    <slot name="contact">${later?.renderUrgent(view)}</slot>
    ${later?.renderHelp(dialog.host, policy, state, text)} ${later?.renderArticle(view)}
  `;
}

function renderBody(screen: Screen): TemplateResult {
  const { say, later, dialog } = screen;
  switch (screen.kind) {
    case 'loading':
      return html`${[1, 2, 3, 4].map(() => html`<span class="skeleton"></span>`)}`;
    case 'failed':
      return html`<div part="notice notice-danger" class="notice" role="alert">
        <p>${say('loadFailed')}</p>
        ${later?.renderDetails(screen, dialog.filled.problem)}
      </div>`;
    case 'sent':
      return screen.later.renderSent(screen);
    case 'existing':
      return screen.later.renderExisting(screen);
    case 'channel':
      return screen.later.renderChannel(screen.view);
    case 'form':
      return renderFormBody(screen);
  }
}

/** The ways on, at the bottom: of the form, its own; of all else what comes later. */
function renderActions(screen: Screen): TemplateResult | typeof nothing {
  const { say, dialog, later } = screen;
  const { sending } = dialog.filled;
  const retry = () => void dialog.with(({ retry }) => retry(dialog));
  if (screen.kind === 'failed') return button(say('retry'), 'button-primary', retry);
  if (screen.kind !== 'form') return later?.renderWaysOn(screen) ?? nothing;
  if (!screen.showForm) return nothing;
  const { view, way, unconfirmed } = screen;
  const submit = (event: Event) => void dialog.with(({ submit }) => submit(dialog, view, event));
  const [label, onClick] = sending
    ? [say('sending'), submit]
    : way === 'available' && !unconfirmed
      ? [view.text(view.policy.form.submit), submit]
      : (later?.otherWayOn(screen) ?? []);
  // One template for all of them: the button that was pressed keeps the focus.
  return html`${label && onClick ? button(label, 'button-primary', onClick, sending) : nothing}`;
}

function titleOf({ say, later, ...screen }: Screen): string {
  if (screen.kind === 'channel') return later?.channelTitle(screen.view) ?? '';
  return screen.kind === 'form' ? screen.view.text(screen.view.policy.form.title) : say('dialogTitle');
}

/** The dialog's frame: what it is about, one scrolling body, the ways on. */
export function renderFrame(screen: Screen): TemplateResult {
  const { say, later, dialog, state } = screen;
  const { id, subject, number = id } = state?.case ?? {};
  const name = { number: safeLine(number ?? ''), subject: isolated(subject ?? '') };
  return html`<dialog part="dialog" aria-labelledby="dialog-title" @close=${dialog.onClosed}>
    <header part="dialog-header">
      <div>
        <h2 part="dialog-title" id="dialog-title" tabindex="-1">${titleOf(screen)}</h2>
        ${
          id
            ? html`<p part="dialog-subtitle" class="muted" dir="auto">
                ${say(subject ? 'caseLineSubject' : 'caseLine', name)}
              </p>`
            : nothing
        }
      </div>
      <button
        type="button"
        part="button dialog-close"
        class="button"
        aria-label=${say('close')}
        @click=${() => dialog.close()}
      >
        ${icon('close', CLOSE, 'close-icon', dialog.icons)}
      </button>
    </header>
    <p class="hidden" role="status">${later ? later.statusOf(screen) : say('loading')}</p>
    <div part="dialog-body">${renderBody(screen)}</div>
    <footer part="dialog-footer">
      ${later?.renderDiscard(screen)}${button(say('close'), 'button-secondary', () => dialog.close())}${renderActions(screen)}
    </footer>
  </dialog>`;
}
