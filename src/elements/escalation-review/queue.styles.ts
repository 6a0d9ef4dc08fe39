import { css } from 'lit';

/**
 * The owner's queue.
 *
 * @csspart queue - The list of open escalations.
 * @csspart queue-count - How many there are.
 * @csspart queue-filter - Which of them are shown.
 * @csspart queue-row - One escalation.
 * @csspart queue-row-overdue - One whose promised update is late.
 * @csspart queue-open - The button that opens it: its case.
 * @csspart queue-priority - Its priority, by shape and word.
 * @csspart queue-status - Its status, and who owns it.
 * @csspart queue-unread - How much of it is unread.
 */
export const queueStyles = css`
  [part='queue-count'] {
    margin-inline-start: calc(2 * var(--_space));
  }
  fieldset[part='queue-filter'] {
    gap: 0 calc(6 * var(--_space));
  }
  [part='queue'] {
    overflow: auto;
  }
  [part~='queue-row'] {
    position: relative;
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(4 * var(--_space));
    padding: calc(3 * var(--_space)) var(--_pad);
    border-inline-start: 4px solid transparent;
    overflow-wrap: anywhere;
  }
  [part~='queue-row'] + [part~='queue-row'] {
    border-block-start: var(--_line) solid var(--_border);
  }
  [part~='queue-row']:hover {
    background: var(--_sunken);
  }
  [part~='queue-row-overdue'] {
    border-inline-start-color: var(--escalation-next-update-overdue-color, var(--_warning));
  }
  [part='queue-priority'] {
    flex: 0 0 8.5em;
  }
  [part='queue-priority'] + div {
    flex: 3 1 18em;
    min-inline-size: 0;
  }
  [part='queue-priority'] ~ div:last-child {
    flex: 1 1 12em;
    min-inline-size: 0;
  }
  [part='queue-open'] {
    font-weight: var(--_strong);
    text-align: start;
    text-decoration: none;
  }
  [part='queue-open']:hover {
    text-decoration: underline;
  }
  /* All of the row opens it. */
  [part='queue-open']::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  [part='queue-unread'] {
    margin-inline-start: calc(2 * var(--_space));
    padding-inline: calc(2 * var(--_space));
    border: var(--_line) solid var(--_hair);
    border-radius: 1em;
    background: var(--escalation-queue-unread-background, var(--_accent));
    color: var(--_on-accent);
    font-size: var(--_small);
    white-space: nowrap;
  }
`;
