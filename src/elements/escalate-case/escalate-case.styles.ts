import { css } from 'lit';

/**
 * The button and the notes in the page; the dialog brings its own.
 *
 * @csspart trigger - The button in the page.
 * @csspart trigger-icon - Its icon.
 * @csspart trigger-label - Its label.
 * @csspart placeholder - The outline that keeps the place of the button while loading.
 * @csspart icon-escalate - The icon of the button and of the notes.
 * @csspart note - One line instead of the button; with what it says:
 * @csspart note-open - An escalation is open.
 * @csspart note-not-offered - The process is not for this case.
 * @csspart note-unknown - No usable answer came.
 * @csspart note-signed-out - Nobody is signed in.
 * @csspart note-refused - The case is not for this user.
 * @csspart note-unconfigured - There is no help desk.
 * @csspart note-icon - Its icon.
 * @csspart note-text - Its text.
 * @csspart note-link - Its link to the escalation.
 * @csspart note-retry - Its "Try again".
 */
export const styles = css`
  :host {
    display: inline-block;
    max-inline-size: 100%;
  }
  :host(:state(_nothing)) {
    display: none;
  }
  [part~='trigger'],
  [part~='placeholder'] {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    /* On the baseline the empty outline would stand higher than the button: the page would jump. */
    vertical-align: top;
    box-sizing: border-box;
    gap: var(--escalation-trigger-gap, calc(2 * var(--_space)));
    min-block-size: var(--escalation-trigger-min-block-size, var(--_control));
    padding-inline: var(--escalation-trigger-padding-inline, calc(4 * var(--_space)));
    border: var(--escalation-trigger-border-width, var(--_line)) solid
      var(--escalation-trigger-border-color, var(--_edge));
    border-radius: var(--escalation-trigger-border-radius, var(--_radius));
    background: var(--escalation-trigger-background, var(--_surface));
    color: var(--escalation-trigger-color, var(--_accent));
    font-size: var(--escalation-trigger-font-size, inherit);
    font-weight: var(--escalation-trigger-font-weight, inherit);
  }
  [part~='trigger']:hover {
    background: var(--escalation-trigger-background-hover, var(--_accent-soft));
    color: var(--escalation-trigger-color-hover, var(--escalation-trigger-color, var(--_accent)));
  }
  [part~='placeholder'] {
    inline-size: 9.5em;
    border-style: dashed;
    border-color: var(--_border);
    background: none;
  }
  [part~='note'] {
    margin: 0;
    overflow-wrap: anywhere;
    color: var(--escalation-note-color, var(--_muted));
    font-size: var(--escalation-note-font-size, inherit);
  }
  [part~='note-icon'] {
    margin-inline-end: calc(2 * var(--_space));
    vertical-align: text-bottom;
    color: var(--escalation-note-icon-color, inherit);
  }
  [part~='note-link'] {
    color: var(--escalation-note-link-color, var(--_accent));
  }
  @media print {
    [part~='trigger'],
    [part~='note-retry'] {
      display: none;
    }
  }
`;
