import { css } from 'lit';

/** Styles of what comes later: criteria, promises, errors, outcomes. */
export const laterStyles = css`
  ul {
    display: flex;
    flex-direction: column;
    gap: var(--escalation-criterion-gap, calc(4 * var(--_space)));
    margin: 0;
    padding: 0;
    list-style: none;
  }
  details > ul {
    margin-block-start: calc(3 * var(--_space));
  }
  [part~='promise'] {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border-inline-start: 3px solid var(--escalation-promise-border-color, var(--_accent));
    border-radius: var(--_radius);
    background: var(--escalation-promise-background, var(--_accent-soft));
    color: var(--escalation-promise-color, var(--_text));
  }
  [part~='criterion'] {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 calc(3 * var(--_space));
  }
  [part~='criterion'] > * {
    grid-column: 2;
  }
  [part~='criterion'] > svg {
    grid-column: 1;
    grid-row: 1;
    margin-block-start: 0.12em;
  }
  [part~='criterion-result'] {
    font-weight: var(--_strong);
    margin-inline-end: calc(2 * var(--_space));
  }
  [part~='criterion-met'] > svg,
  [part~='criterion-met'] [part='criterion-result'] {
    color: var(--escalation-criterion-met-color, var(--_success));
  }
  [part~='criterion-not-met'] > svg,
  [part~='criterion-not-met'] [part='criterion-result'] {
    color: var(--escalation-criterion-not-met-color, var(--_muted));
  }
  [part~='criterion-ask'] > svg,
  [part~='criterion-ask'] [part='criterion-result'] {
    color: var(--escalation-criterion-ask-color, var(--_accent));
  }
  [part~='criterion-unknown'] > svg,
  [part~='criterion-unknown'] [part='criterion-result'] {
    color: var(--escalation-criterion-unknown-color, var(--_warning));
  }
  .remedies {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space));
    margin-block-start: calc(2 * var(--_space));
  }
  [part~='error-summary'] {
    display: block;
  }
  [part~='error-summary'] ul {
    gap: var(--_space);
  }
  [part~='error-summary'] li > button {
    min-block-size: 24px;
    color: inherit;
    text-align: start;
  }
  [part='error-summary-title'] {
    font-weight: var(--_strong);
  }
  [part~='counter-over'] {
    color: var(--_danger);
  }
  [part~='contact-phone'] {
    font-size: var(--escalation-contact-phone-font-size, 1.5em);
    min-block-size: 44px;
    align-content: center;
    color: var(--_accent);
    font-variant-numeric: tabular-nums;
  }
  pre {
    max-block-size: 12lh;
    overflow: auto;
    margin: 0;
    padding: calc(3 * var(--_space));
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    font: inherit;
  }
`;
