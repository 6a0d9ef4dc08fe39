import { css } from 'lit';

/**
 * A criterion as it was judged, for whoever asks and for whoever decides.
 *
 * @csspart criteria - The list of criteria.
 * @csspart criterion - One criterion; with its result.
 * @csspart criterion-met - Met.
 * @csspart criterion-not-met - Not yet.
 * @csspart criterion-ask - The requester decides.
 * @csspart criterion-unknown - Not known.
 * @csspart criterion-icon - Its icon.
 * @csspart criterion-title - What it asks for.
 * @csspart criterion-result - Its result in a word.
 * @csspart criterion-evidence - Why it came out so.
 * @csspart icon-ask - The requester decides.
 * @csspart icon-unknown - Not known.
 */
export const criteriaStyles = css`
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
`;
