import { css } from 'lit';

/** What is known of the escalation. */
export const headerStyles = css`
  header {
    display: flex;
    flex-direction: column;
    gap: calc(4 * var(--_space));
    padding: var(--_pad);
    border-block-end: var(--_line) solid var(--_border);
  }
  h2 {
    font-size: var(--escalation-font-size-title, 1.25em);
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  [part='steps'] {
    display: flex;
  }
  [part~='step'] {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: calc(1.5 * var(--_space));
    color: var(--_muted);
    font-size: var(--_small);
    --_dot: var(--escalation-step-todo-color, var(--_edge));
  }
  [part='step-icon'] {
    display: flex;
    align-items: center;
  }
  [part='step-icon']::before {
    content: '';
    box-sizing: border-box;
    inline-size: 14px;
    block-size: 14px;
    border: 2px solid var(--_dot);
    border-radius: 50%;
    background: none;
  }
  [part='step-icon']::after {
    content: '';
    flex: 1;
    block-size: 2px;
    background: var(--_border);
  }
  [part~='step']:last-child [part='step-icon']::after {
    display: none;
  }
  [part~='step']:last-child {
    flex: none;
  }
  [part~='step-done'],
  [part~='step-current'] {
    color: var(--_text);
    --_dot: var(--escalation-step-done-color, var(--_success));
  }
  [part~='step-done'] [part='step-icon']::before {
    background: var(--_dot);
  }
  [part~='step-done'] [part='step-icon']::after {
    background: var(--_dot);
  }
  [part~='step-current'] {
    font-weight: var(--_strong);
    --_dot: var(--escalation-step-current-color, var(--_accent));
  }
  [part~='step-current'] [part='step-icon']::before {
    border-width: 4px;
  }
  [part~='step-stopped'] {
    --_dot: var(--_muted);
  }
  .step-short {
    display: none;
    font-weight: var(--_strong);
  }
  @container (max-width: 420px) {
    .step-short {
      display: block;
    }
    [part='step-label'] {
      display: none;
    }
  }
  [part='facts'] {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space)) calc(8 * var(--_space));
  }
  [part~='fact'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  dt {
    color: var(--_muted);
  }
  [part~='next-update-overdue'] {
    color: var(--escalation-next-update-overdue-color, var(--_warning));
    font-weight: var(--_strong);
  }
  [part='promises'] ul {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    margin-block-start: var(--_space);
  }
  [part~='promise'] {
    overflow-wrap: anywhere;
    display: flex;
    gap: calc(2 * var(--_space));
  }
  [part~='promise'] > svg {
    margin-block-start: 0.12em;
    color: var(--_muted);
  }
  [part~='promise-kept'] > svg {
    color: var(--_success);
  }
`;
