import { html, render, type TemplateResult } from 'lit';
import { icons } from '../icons.js';

/** A panel of the lab: beside the page where there is room, else a drawer over it. */
export interface Frame {
  readonly open: boolean;
  /** There is room beside the page. */
  readonly beside: boolean;
  toggle(): void;
  close(): void;
  /** Opens it where there is room, without taking the keyboard. */
  stand(): void;
  draw(parts: TemplateResult): void;
}

export interface FrameOptions {
  title: string;
  /** The least width of the window, in pixels, at which it stands beside the page. */
  from: number;
  /** Called when it was opened or closed, however that happened. */
  onToggle: () => void;
}

const nameOf = (id: string) => `escalation-demo ${id}`;

function remember(id: string, open: boolean): void {
  try {
    sessionStorage.setItem(nameOf(id), open ? 'open' : '');
  } catch {
    // Closed again on the next page.
  }
}

/** @param id of its panel */
export function wasOpen(id: string): boolean {
  try {
    return sessionStorage.getItem(nameOf(id)) === 'open';
  } catch {
    return false;
  }
}

/** What opened it; where that is in a panel that has been closed, what opens that. */
function focusOpener(id: string): void {
  const openers = [id, 'lab'].map((name) => document.querySelector<HTMLElement>(`[aria-controls="${name}"]`));
  openers.find((opener) => opener?.checkVisibility())?.focus();
}

export function labFrame(panel: HTMLDialogElement, options: FrameOptions): Frame {
  const wide = matchMedia(`(width >= ${options.from}px)`);

  function toggle(): void {
    if (panel.open) panel.close();
    else {
      if (wide.matches) panel.show();
      else panel.showModal();
      panel.querySelector<HTMLElement>(`#${panel.id}-title`)?.focus();
      remember(panel.id, true);
      options.onToggle();
    }
  }

  panel.addEventListener('close', () => {
    remember(panel.id, false);
    options.onToggle();
    focusOpener(panel.id);
  });
  // Outside of what the drawer holds is the page behind it.
  panel.addEventListener(
    'click',
    ({ target }) => target === panel && panel.matches(':modal') && panel.close(),
  );
  // A drawer does that by itself.
  panel.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && !panel.matches(':modal')) panel.close();
  });
  // A drawer that became a panel would keep the page inert; and the other way round it would cover the page.
  wide.addEventListener('change', () => {
    panel.close();
    options.onToggle();
  });

  // Not show(), which would take the focus; and a drawer would cover what somebody came for.
  panel.open = wasOpen(panel.id) && wide.matches;

  return {
    get open() {
      return panel.open;
    },
    get beside() {
      return wide.matches;
    },
    toggle,
    close: () => panel.close(),
    stand() {
      if (panel.open || !wide.matches) return;
      panel.open = true;
      remember(panel.id, true);
      options.onToggle();
    },
    draw: (parts) =>
      render(
        html`<div class="lab-inner">
          <div class="lab-head">
            <h2 id="${panel.id}-title" tabindex="-1">${options.title}</h2>
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
