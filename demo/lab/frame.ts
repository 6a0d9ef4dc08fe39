import { html, render, type TemplateResult } from 'lit';
import { icons } from '../icons.js';

/** The lab's panel: beside the page where there is room, else a drawer over it. */
export interface Frame {
  readonly open: boolean;
  toggle(): void;
  draw(parts: TemplateResult): void;
}

const NAME = 'escalation-demo lab';
const wide = matchMedia('(width >= 1100px)');

function remember(open: boolean): void {
  try {
    sessionStorage.setItem(NAME, open ? 'open' : '');
  } catch {
    // Closed again on the next page.
  }
}

function wasOpen(): boolean {
  try {
    return sessionStorage.getItem(NAME) === 'open';
  } catch {
    return false;
  }
}

/** @param onToggle called when it was opened or closed, however that happened */
export function labFrame(panel: HTMLDialogElement, onToggle: () => void): Frame {
  const opener = () => document.querySelector<HTMLElement>('[aria-controls="lab"]');

  function toggle(): void {
    if (panel.open) panel.close();
    else {
      if (wide.matches) panel.show();
      else panel.showModal();
      panel.querySelector<HTMLElement>('#lab-title')?.focus();
      remember(true);
      onToggle();
    }
  }

  panel.addEventListener('close', () => {
    remember(false);
    onToggle();
    opener()?.focus();
  });
  // Outside of what the drawer holds is the page behind it.
  panel.addEventListener(
    'click',
    ({ target }) => target === panel && panel.matches(':modal') && panel.close(),
  );
  // A drawer that became a panel would keep the page inert; and the other way round it would cover the page.
  wide.addEventListener('change', () => panel.close());

  // Not show(), which would take the focus; and a drawer would cover what somebody came for.
  panel.open = wasOpen() && wide.matches;

  return {
    get open() {
      return panel.open;
    },
    toggle,
    draw: (parts) =>
      render(
        html`<div class="lab-inner">
          <div class="lab-head">
            <h2 id="lab-title" tabindex="-1">Try it</h2>
            <button type="button" class="icon-button" aria-label="Close" @click=${() => panel.close()}>
              ${icons.close}
            </button>
          </div>
          ${parts}
        </div>`,
        panel,
      ),
  };
}

export const renderLabButton = (frame: Frame): TemplateResult =>
  html`<button
    type="button"
    class="button try"
    aria-controls="lab"
    aria-expanded=${frame.open ? 'true' : 'false'}
    @click=${frame.toggle}
  >
    Try it
  </button>`;
