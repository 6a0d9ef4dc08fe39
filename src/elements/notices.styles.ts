import { css } from 'lit';

/**
 * Tones and notices, for the parts that come later.
 *
 * @csspart notice - What has to be said; with its tone.
 * @csspart notice-warning - What to take care of.
 */
export const notices = css`
  :host {
    --_warning: var(--escalation-color-warning, light-dark(#8a5300, #f5bf60));
    --_warning-soft: var(--escalation-color-warning-soft, light-dark(#fff4e0, #33250b));
    --_success: var(--escalation-color-success, light-dark(#1a6b3c, #7ed3a0));
    --_success-soft: var(--escalation-color-success-soft, light-dark(#e6f5ec, #12301f));
  }
  .notice {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_line) solid var(--escalation-notice-info-border-color, var(--_accent));
    border-radius: var(--_radius);
    background: var(--escalation-notice-info-background, var(--_accent-soft));
    color: var(--escalation-notice-info-color, var(--_accent));
  }
  .notice > p {
    flex: 1 1 16em;
    margin: 0;
  }
  [part~='notice-success'] {
    border-color: var(--escalation-notice-success-border-color, var(--_success));
    background: var(--escalation-notice-success-background, var(--_success-soft));
    color: var(--escalation-notice-success-color, var(--_success));
  }
  [part~='notice-warning'] {
    border-color: var(--escalation-notice-warning-border-color, var(--_warning));
    background: var(--escalation-notice-warning-background, var(--_warning-soft));
    color: var(--escalation-notice-warning-color, var(--_warning));
  }
  [part~='notice-danger'] {
    border-color: var(--escalation-notice-danger-border-color, var(--_danger));
    background: var(--escalation-notice-danger-background, var(--_danger-soft));
    color: var(--escalation-notice-danger-color, var(--_danger));
  }
  .foreign {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
    unicode-bidi: isolate;
  }
  @media (prefers-contrast: more) {
    :host {
      --_warning-soft: var(--_surface);
      --_success-soft: var(--_surface);
    }
  }
`;
