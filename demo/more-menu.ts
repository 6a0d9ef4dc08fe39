import { html, nothing, type TemplateResult } from 'lit';
import { icons } from './icons.js';

/** The menu at the bottom of the case page on a phone (G26). */
export interface MoreMenu {
  /** What the process calls it; none: there is nothing to escalate. */
  escalate: string;
  closed: boolean;
  onEscalate: () => void;
  onReply: () => void;
  onReopen: () => void;
  onClosure: () => void;
}

const ID = 'more-menu';

const item = (icon: TemplateResult, label: string, act: () => void): TemplateResult => {
  const onClick = () => {
    // Before it acts: what it opens gives the focus back to the button of this menu.
    document.getElementById(ID)?.hidePopover();
    act();
  };
  return html`<li>
    <button type="button" @click=${onClick}>${icon}<span>${label}</span></button>
  </li>`;
};

export const renderMoreMenu = (menu: MoreMenu): TemplateResult =>
  html`<button type="button" class="button more-button" popovertarget=${ID}>
      ${icons.more}<span>More</span>
    </button>
    <div popover id=${ID} class="more-menu">
      <ul aria-label="More to do with this case">
        ${menu.escalate ? item(icons.ready, menu.escalate, menu.onEscalate) : nothing}
        ${
          menu.closed
            ? item(icons.reply, 'Reopen the case', menu.onReopen)
            : html`${item(icons.reply, 'Reply', menu.onReply)}
              ${item(icons.open, 'Request case closure', menu.onClosure)}`
        }
      </ul>
    </div>`;
