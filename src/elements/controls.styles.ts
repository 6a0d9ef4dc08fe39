import { css } from 'lit';

/**
 * Tones, buttons and fields of the dialog and the feed.
 *
 * @csspart button - Every button but the one in the page.
 * @csspart button-primary - The one that goes on.
 * @csspart button-secondary - Any other.
 * @csspart button-link - One that looks like a link.
 * @csspart label - The label of a field.
 * @csspart control - Where something is typed or chosen.
 * @csspart textarea - A control for several lines.
 * @csspart error - What is wrong with a field.
 * @csspart icon - Every icon; with its name, as in icon-check.
 * @csspart icon-check - Met, kept, done.
 * @csspart icon-pending - Not yet.
 */
export const controls = css`
  :host {
    --_duration: var(--escalation-duration, 160ms);
    --_easing: var(--escalation-easing, ease-out);
    --_hair: transparent;
    --_sunken: var(--escalation-color-surface-sunken, light-dark(#f3f5f9, #0f1216));
    --_accent-hover: var(--escalation-color-accent-hover, light-dark(#0848aa, #a3caff));
    --_on-accent: var(--escalation-color-on-accent, light-dark(#ffffff, #0b1a33));
    --_danger: var(--escalation-color-danger, light-dark(#b3261e, #ff9d94));
    --_danger-soft: var(--escalation-color-danger-soft, light-dark(#fdecea, #3a1714));
    --_radius-large: var(--escalation-radius-large, 8px);
    --_small: var(--escalation-font-size-small, 0.875em);
    --_strong: var(--escalation-font-weight-strong, 600);
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  button,
  a[href],
  summary {
    cursor: pointer;
    touch-action: manipulation;
  }
  a {
    color: var(--escalation-button-link-color, var(--_accent));
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space));
    min-block-size: var(--_control);
    padding-inline: calc(4 * var(--_space));
    border: var(--_line) solid var(--escalation-button-secondary-border-color, var(--_edge));
    border-radius: var(--escalation-button-secondary-border-radius, var(--_radius));
    background: var(--escalation-button-secondary-background, var(--_surface));
    color: var(--escalation-button-secondary-color, var(--_accent));
    text-decoration: none;
    transition: background var(--_duration) var(--_easing);
  }
  .button:hover {
    background: var(--escalation-button-secondary-background-hover, var(--_accent-soft));
  }
  .primary {
    border-color: var(--escalation-button-primary-border-color, transparent);
    border-radius: var(--escalation-button-primary-border-radius, var(--_radius));
    background: var(--escalation-button-primary-background, var(--_accent));
    color: var(--escalation-button-primary-color, var(--_on-accent));
  }
  .primary:hover {
    background: var(--escalation-button-primary-background-hover, var(--_accent-hover));
  }
  [aria-disabled='true'] {
    opacity: 0.7;
    cursor: default;
  }
  /* :where(), so that hover and error, below, win by their order. */
  :where(input:not([type='radio']), select, textarea) {
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: var(--escalation-control-padding, calc(1.5 * var(--_space)) calc(2.5 * var(--_space)));
    border: var(--_line) solid var(--escalation-control-border-color, var(--_edge));
    border-radius: var(--escalation-control-border-radius, var(--_radius));
    background: var(--escalation-control-background, var(--_surface));
    color: var(--escalation-control-color, var(--_text));
    font: inherit;
  }
  textarea {
    field-sizing: content;
    min-block-size: 5lh;
    max-block-size: 16lh;
    resize: vertical;
  }
  :where(input, select, textarea):hover {
    border-color: var(--escalation-control-border-color-hover, var(--_edge));
  }
  [aria-invalid='true'] {
    border-color: var(--escalation-control-border-color-invalid, var(--_danger));
    border-width: 2px;
  }
  .link {
    min-block-size: 24px;
  }
  .label {
    overflow-wrap: anywhere;
    font-weight: var(--escalation-label-font-weight, var(--_strong));
    color: var(--escalation-label-color, inherit);
  }
  .muted {
    color: var(--escalation-hint-color, var(--_muted));
    font-size: var(--_small);
    font-weight: normal;
  }
  .error {
    color: var(--escalation-error-color, var(--_danger));
    font-size: var(--_small);
  }
  .hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-contrast: more) {
    :host {
      --_border: var(--_edge);
      --_hair: var(--_edge);
      --_muted: var(--_text);
      --_sunken: var(--_surface);
      --_accent-soft: var(--_surface);
      --_danger-soft: var(--_surface);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --_duration: 0s;
    }
  }
  @media (pointer: coarse) {
    input,
    select,
    textarea {
      font-size: max(16px, 1em);
    }
    .link {
      min-block-size: var(--_control);
    }
  }
`;
