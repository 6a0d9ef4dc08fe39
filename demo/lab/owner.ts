import { html, type TemplateResult } from 'lit';
import { icons } from '../icons.js';
import { labFrame, type Frame } from './frame.js';

/** The owner's side beside the customer's page: a request, its answer and the way back, in one window. */
export interface OwnerPane {
  readonly frame: Frame;
  /** In the lab: the way to the pane, or to a tab of its own where there is no room. */
  renderPart(toggle: () => void): TemplateResult;
  /** Comes to this escalation, unless somebody works in the pane. */
  follow(escalationId: string): void;
}

/** What its Escape key says, from inside the frame: the key stays there. */
export const CLOSE_OWNER = 'escalation-demo close owner';

/**
 * @param href the owner's side, with the escalation of the case in front
 * @param onToggle called when it was opened or closed
 */
export function ownerPane(href: () => string, onToggle: () => void): OwnerPane {
  const inside = document.createElement('iframe');
  inside.title = 'Escalation desk';
  inside.className = 'owner-frame';
  const frame = labFrame(document.querySelector<HTMLDialogElement>('#owner')!, {
    title: 'Owner’s side',
    from: 1200,
    onToggle: () => {
      show();
      onToggle();
    },
  });

  function show(): void {
    if (!frame.open) return;
    if (!inside.src) inside.src = href();
    frame.draw(html`${inside}`);
  }

  addEventListener('message', ({ data, origin }) => {
    if (origin === location.origin && data === CLOSE_OWNER && frame.open) frame.close();
  });
  show();
  return {
    frame,
    renderPart: (toggle) =>
      html`<section class="lab-part lab-line">
        <h3 class="lab-label">Owner’s side</h3>
        ${
          frame.beside
            ? html`<button
                type="button"
                class="button"
                aria-controls="owner"
                aria-expanded=${frame.open ? 'true' : 'false'}
                @click=${toggle}
              >
                ${frame.open ? 'Close the pane' : 'Open the pane'}
              </button>`
            : html`<a class="aside-link" href=${href()} target="escalation-owner"
                >Open in a new tab${icons.newTab}</a
              >`
        }
      </section>`,
    follow(escalationId) {
      if (!frame.open || document.activeElement === inside || !escalationId) return;
      inside.contentWindow?.location.replace(`${href().split('#')[0]}#${escalationId}`);
    },
  };
}
