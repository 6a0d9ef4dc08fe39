import { css } from 'lit';

/**
 * The dialog, at narrow widths a sheet from the bottom.
 *
 * @csspart dialog - The dialog; its backdrop is `::part(dialog)::backdrop`.
 * @csspart dialog-header - Its title and what it is about.
 * @csspart dialog-title - Its title.
 * @csspart dialog-subtitle - Number and subject of the case.
 * @csspart dialog-close - The button that closes it.
 * @csspart close-icon - Its icon.
 * @csspart icon-close - The same.
 * @csspart dialog-body - What scrolls.
 * @csspart dialog-footer - The ways on.
 * @csspart last-update - The last update of the case.
 * @csspart last-update-excerpt - How it begins.
 * @csspart pending-party - What to expect while somebody else works on the case.
 * @csspart verdict - Whether the case can be escalated.
 * @csspart verdict-blocked - It cannot, yet.
 * @csspart verdict-available - It can: the criteria, folded.
 * @csspart available-at - From when on it can.
 * @csspart countdown - In how long.
 * @csspart remind - A calendar file for that moment.
 * @csspart intro - The policy's introduction.
 * @csspart form - The form.
 * @csspart field - A label with its control; with field-invalid and a name of its own.
 * @csspart field-invalid - A field with an error.
 * @csspart field-<id> - A field by its name: field-reasonId, field-details, field-impact, field-confirmed-….
 * @csspart legend - The label of a group of choices.
 * @csspart optional - The word after the label of what may be left out.
 * @csspart hint - What helps to fill a field in.
 * @csspart choice - A radio button with its words.
 * @csspart select - A control to choose one of a list.
 * @csspart radio - A control to choose one of few.
 * @csspart urgent - Where to go when it is urgent.
 */
export const dialogStyles = css`
  dialog {
    inline-size: min(var(--escalation-dialog-inline-size, 40rem), 100vw - 2rem);
    max-block-size: var(--escalation-dialog-max-block-size, min(100dvh - 4rem, 48rem));
    padding: 0;
    border: var(--_line) solid var(--escalation-dialog-border-color, var(--_border));
    border-radius: var(--escalation-dialog-border-radius, var(--_radius-large));
    background: var(--escalation-dialog-background, var(--_surface));
    color: var(--escalation-dialog-color, var(--_text));
    box-shadow: var(--escalation-dialog-shadow, var(--escalation-shadow, 0 12px 40px rgb(0 0 0 / 0.28)));
    font-weight: normal;
    text-align: start;
    --_pad: var(--escalation-dialog-padding, calc(6 * var(--_space)));
  }
  dialog[open] {
    display: flex;
    flex-direction: column;
    animation: appear var(--_duration) var(--_easing);
  }
  @keyframes appear {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
  dialog::backdrop {
    background: var(
      --escalation-backdrop-color,
      var(--escalation-color-backdrop, light-dark(rgb(10 14 20 / 0.5), rgb(0 0 0 / 0.65)))
    );
  }
  header {
    display: flex;
    align-items: start;
    gap: calc(4 * var(--_space));
    padding: calc(5 * var(--_space)) var(--_pad) calc(4 * var(--_space));
    border-block-end: var(--_line) solid var(--_border);
    background: var(--escalation-dialog-header-background, none);
  }
  header > div {
    flex: 1;
    min-inline-size: 0;
  }
  h2 {
    margin: 0;
    font-size: var(--escalation-font-size-title, 1.25em);
    line-height: 1.3;
    outline-offset: 4px;
  }
  h2:focus:not(:focus-visible) {
    outline: none;
  }
  header p {
    margin: var(--_space) 0 0;
    overflow-wrap: anywhere;
  }
  [part~='dialog-close'] {
    min-inline-size: var(--_control);
    padding-inline: 0;
    border-color: transparent;
    background: none;
    color: var(--_muted);
  }
  [part~='dialog-body'] {
    overflow-wrap: anywhere;
    display: flex;
    flex-direction: column;
    gap: calc(5 * var(--_space));
    padding: calc(5 * var(--_space)) var(--_pad);
    overflow: auto;
    overscroll-behavior: contain;
  }
  [part~='dialog-body'] p {
    margin: 0;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: end;
    gap: calc(3 * var(--_space));
    padding: calc(4 * var(--_space)) var(--_pad);
    border-block-start: var(--_line) solid var(--_border);
    background: var(--escalation-dialog-footer-background, var(--_sunken));
  }
  form {
    display: flex;
    flex-direction: column;
    gap: calc(5 * var(--_space));
  }
  fieldset,
  [part~='field'] {
    display: flex;
    flex-direction: column;
    gap: calc(1.5 * var(--_space));
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  .group {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
  }
  legend {
    padding: 0;
    margin-block-end: calc(1.5 * var(--_space));
  }
  [part~='choice'] {
    display: flex;
    align-items: start;
    gap: calc(2.5 * var(--_space));
    min-block-size: var(--_control);
    padding-block: var(--_space);
    cursor: pointer;
  }
  [part~='choice'] input {
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0.2em 0 0;
    accent-color: var(--_accent);
    flex: none;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space)) calc(6 * var(--_space));
  }
  [part~='verdict'] {
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_line) solid var(--_hair);
    border-radius: var(--_radius);
    background: var(--escalation-verdict-background, var(--_sunken));
    color: var(--escalation-verdict-color, var(--_text));
  }
  [part~='countdown'] {
    color: var(--_muted);
    font-variant-numeric: tabular-nums;
  }
  summary {
    min-block-size: var(--_control);
    align-content: center;
    color: var(--_muted);
  }
  [part~='urgent'] {
    padding-block-start: calc(4 * var(--_space));
    border-block-start: var(--_line) solid var(--_border);
  }
  .skeleton {
    block-size: 1em;
    border: var(--_line) solid transparent;
    border-radius: var(--_radius);
    background: var(--_border);
    opacity: 0.6;
  }
  @media (max-width: 480px) {
    dialog {
      inline-size: 100vw;
      max-inline-size: 100vw;
      max-block-size: 94dvh;
      margin: auto 0 0;
      border-end-start-radius: 0;
      border-end-end-radius: 0;
      border-inline: 0;
      border-block-end: 0;
      --_pad: calc(4 * var(--_space));
    }
    footer > .button {
      flex: 1;
    }
  }
`;
