import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import type { ActionKind } from '../../core/model.js';
import { linkButton } from '../buttons.js';
import { renderCounter } from '../counter.js';
import { clockTime } from '../format.js';
import { lengthOf, LIMIT } from './compose.js';
import type { FeedView } from './view.js';

/** How an action is asked for, filled in and refused: the same for customers and owners. */

/** A button for an action: with a form of its own it unfolds that, else it acts at once. */
export function actButton(
  { acting }: FeedView,
  kind: ActionKind,
  label: string,
  options: { primary?: boolean; onAct?: () => void; describedBy?: string } = {},
): TemplateResult {
  const { primary = false, onAct, describedBy } = options;
  const busy = acting.busy === kind;
  return html`<button
    type="button"
    part="button ${primary ? 'button-primary' : 'button-secondary'} ${busy ? 'button-busy' : ''}"
    class="button ${primary ? 'primary' : ''}"
    data-act=${kind}
    aria-expanded=${onAct ? nothing : String(acting.form === kind)}
    aria-disabled=${acting.busy ? 'true' : nothing}
    aria-describedby=${describedBy ?? nothing}
    @click=${() => (acting.busy ? undefined : onAct ? onAct() : acting.toggle(kind))}
  >
    ${label}
  </button>`;
}

/** Words for why an action was not done. */
function whyNot({ say, acting, now, language }: FeedView): string {
  const { code, retryable, details } = acting.problem ?? {};
  if (code === 'signed-out') return say('actSignedOut');
  if (code === 'version-changed' || code === 'transition-not-allowed') return say('actChanged');
  if (code === 'unconfirmed') return say('actUnsure');
  if (code === 'open-escalation-exists') return say('actOpenExists');
  if (code === 'rate-limited') {
    const at = new Date(now.getTime() + (details?.retryAfter ?? 0) * 1000);
    return say('actTooSoon', { time: clockTime(at, language) });
  }
  if (code === 'invalid' || code === 'too-large') return say('actRefused');
  return say(retryable ? 'actLost' : 'actFailed');
}

/** That an action was not done, and why; what was typed is still in its form. */
export function renderActProblem(view: FeedView, kind: ActionKind): TemplateResult | typeof nothing {
  const { acting, say } = view;
  const { traceId } = acting.problem?.details ?? {};
  if (acting.failed !== kind) return nothing;
  return html`<div part="notice notice-danger" class="notice danger" role="alert">
    <p>${whyNot(view)}</p>
    ${
      traceId
        ? html`<details part="notice-details">
            <summary>${say('details')}</summary>
            ${traceId}
          </details>`
        : nothing
    }
  </div>`;
}

/** A text of a form: label, hint, its control, what is wrong with it, and a counter near its limit. */
export function actText(
  view: FeedView,
  kind: ActionKind,
  name: string,
  options: {
    label: string;
    hint?: string;
    start?: string;
    optional?: boolean;
    lines?: boolean;
    type?: string;
    max?: number;
  },
): TemplateResult {
  const { acting, say, language } = view;
  const { label, hint, start = '', optional = false, lines = true, type = 'text', max = LIMIT } = options;
  const id = `act-${kind}-${name}`;
  const value = acting.value(kind, name, start);
  const fault = acting.fault(kind, name);
  const described = [hint && `${id}-hint`, fault && `${id}-error`].filter(Boolean).join(' ') || nothing;
  const onInput = (event: Event) => acting.write(kind, name, (event.target as HTMLInputElement).value);
  const frozen = acting.busy !== '';
  return html`<div part="field ${fault ? 'field-invalid' : ''}">
    <label part="label" class="label" for=${id}
      >${label}${optional ? html` <span part="optional" class="muted">${say('optional')}</span>` : nothing}</label
    >
    ${hint ? html`<p part="hint" class="muted" id="${id}-hint">${hint}</p>` : nothing}
    ${
      lines
        ? html`<textarea
            part="control textarea"
            id=${id}
            dir="auto"
            rows="3"
            .value=${value}
            ?readonly=${frozen}
            aria-required=${String(!optional)}
            aria-invalid=${ifDefined(fault && 'true')}
            aria-describedby=${described}
            @input=${onInput}
          ></textarea>`
        : html`<input
            part="control textbox"
            id=${id}
            type=${type}
            dir=${type === 'text' ? 'auto' : nothing}
            .value=${value}
            ?readonly=${frozen}
            aria-required=${String(!optional)}
            aria-invalid=${ifDefined(fault && 'true')}
            aria-describedby=${described}
            @input=${onInput}
          />`
    }
    ${fault ? html`<p part="error" class="error" id="${id}-error">${say(fault, { limit: max.toLocaleString(language) })}</p>` : nothing}
    ${renderCounter(view, lengthOf(value), max)}
  </div>`;
}

/** What is wrong with a text that has to be there; undefined: nothing is. */
export const faultOf = (text: string, max = LIMIT): string | undefined =>
  !text.trim() ? 'actEmpty' : lengthOf(text) > max ? 'tooLong' : undefined;

/**
 * The form of an action, where it was unfolded; empty while it is not. Escape folds it away, with what was typed kept;
 * Ctrl or ⌘ with Enter sends it.
 */
export function renderActForm(
  view: FeedView,
  kind: ActionKind,
  options: { title: string; submit: string; body: unknown; onSubmit: () => void },
): TemplateResult | typeof nothing {
  const { acting, say } = view;
  if (acting.form !== kind) return nothing;
  const busy = acting.busy === kind;
  const { title, submit, body, onSubmit } = options;
  const onKey = (event: KeyboardEvent) => {
    const sends = event.key === 'Enter' && (event.ctrlKey || event.metaKey);
    if (!sends && event.key !== 'Escape') return;
    event.preventDefault();
    // Not the page's: its own dialog would close, too.
    event.stopPropagation();
    if (sends) onSubmit();
    else if (!busy) acting.toggle(kind);
  };
  return html`<div part="act-form" role="group" aria-label=${title} data-form=${kind} @keydown=${onKey}>
    ${renderActProblem(view, kind)} ${body}
    <div class="row">
      <button
        type="button"
        part="button button-primary ${busy ? 'button-busy' : ''}"
        class="button primary"
        aria-disabled=${acting.busy ? 'true' : nothing}
        @click=${() => (acting.busy ? undefined : onSubmit())}
      >
        ${busy ? say('actBusy') : submit}
      </button>
      ${linkButton(say('actCancel'), () => (acting.busy ? undefined : acting.toggle(kind)))}
    </div>
  </div>`;
}

/** What has been done, above everything else; it takes the focus that its button has lost. */
export function renderDone({ acting, say }: FeedView): TemplateResult | typeof nothing {
  const { done } = acting;
  return done
    ? html`<p part="notice notice-success" class="notice" tabindex="-1" data-done>
        ${say(done.id, done.values)}
      </p>`
    : nothing;
}
