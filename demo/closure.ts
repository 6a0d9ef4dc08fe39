import { html, nothing, render } from 'lit';
import { live } from 'lit/directives/live.js';
import type { Case } from 'escalation-elements';

/**
 * The portal's window for closing a case. One of its options is an escalation (G27): it leads into the dialog of the
 * element.
 */
export interface Closure {
  case: Case;
  /** An escalation can be requested, or followed. */
  canEscalate: boolean;
  onEscalate: () => void;
  onClosure: (reason: string) => void;
}

const REASONS = ['The problem is solved.', 'We do not need this any more.', 'We have found another way.'];
const ESCALATE = 'escalate';

export function openClosure({ case: kase, canEscalate, onEscalate, onClosure }: Closure): void {
  const dialog = document.querySelector<HTMLDialogElement>('#closure')!;
  let chosen = '';

  const option = (value: string, label: string, hint = '') =>
    html`<label class="choice">
      <input
        type="radio"
        name="closure"
        value=${value}
        required
        .checked=${live(chosen === value)}
        @change=${() => {
          chosen = value;
          draw();
        }}
      />
      <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span>
    </label>`;

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    dialog.close();
    if (chosen === ESCALATE) onEscalate();
    else onClosure(chosen);
  }

  function draw(): void {
    render(
      html`<form @submit=${submit}>
        <h2 id="closure-title" tabindex="-1" autofocus>Request Case Closure</h2>
        <p class="muted">Case ${kase.number} · <span dir="auto">${kase.subject}</span></p>
        <fieldset>
          <legend>Why should this case be closed?</legend>
          ${REASONS.map((reason) => option(reason, reason))}
          ${
            canEscalate
              ? option(
                  ESCALATE,
                  'Escalation Request',
                  'It is not solved: ask for attention instead. The case stays open.',
                )
              : nothing
          }
        </fieldset>
        <div class="closure-buttons">
          <button type="button" class="button" @click=${() => dialog.close()}>Cancel</button>
          <button class="button brand-button">${chosen === ESCALATE ? 'Continue' : 'Request closure'}</button>
        </div>
      </form>`,
      dialog,
    );
  }
  draw();
  dialog.showModal();
}
