import { css } from 'lit';

/**
 * The public tokens that the button needs, each read once into a private one (the others: `controls.styles.ts`). They
 * are never declared here: a declaration on `:host` would beat what the page inherits to us. `color-scheme` is the page's, too.
 */
export const tokens = css`
  :host {
    --_surface: var(--escalation-color-surface, light-dark(#ffffff, #16191f));
    --_text: var(--escalation-color-text, light-dark(#181b20, #eceff4));
    --_muted: var(--escalation-color-text-muted, light-dark(#545c69, #a9b2c0));
    --_border: var(--escalation-color-border, light-dark(#d5dae2, #2f3641));
    --_edge: var(--escalation-color-border-control, light-dark(#7c8594, #7a8392));
    --_accent: var(--escalation-color-accent, light-dark(#0a5ad4, #7db4ff));
    --_accent-soft: var(--escalation-color-accent-soft, light-dark(#e8f0fe, #16294a));
    --_focus: var(--escalation-color-focus, light-dark(#0a5ad4, #ffd166));
    --_space: var(--escalation-space, 4px);
    --_control: var(--escalation-control-size, 32px);
    --_icon: var(--escalation-icon-size, 1.25em);
    --_radius: var(--escalation-radius, 4px);
    --_line: var(--escalation-border-width, 1px);
    font-family: var(--escalation-font-family, inherit);
    font-size: var(--escalation-font-size, 1rem);
    line-height: var(--escalation-line-height, 1.5);
    color: var(--_text);
  }
  :host([hidden]) {
    display: none !important;
  }
  button {
    font: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: var(--escalation-focus-width, 2px) solid var(--_focus);
    outline-offset: var(--escalation-focus-offset, 2px);
  }
  svg {
    inline-size: var(--_icon);
    block-size: var(--_icon);
    flex: none;
    fill: currentColor;
  }
  .link {
    padding: 0;
    border: 0;
    background: none;
    color: var(--escalation-button-link-color, var(--_accent));
    text-decoration: underline;
  }
  @media (pointer: coarse) {
    :host {
      --_control: max(var(--escalation-control-size, 32px), 44px);
    }
  }
`;
