import { css } from 'lit';

/**
 * What is known of the escalation.
 *
 * @csspart header - What is known of the escalation.
 * @csspart title - What it is about.
 * @csspart steps - The steps that it takes.
 * @csspart step - One step; with how far it is.
 * @csspart step-done - A step that is done.
 * @csspart step-current - The step where it is.
 * @csspart step-todo - A step to come.
 * @csspart step-stopped - The end of one that was declined or withdrawn.
 * @csspart step-icon - Its mark.
 * @csspart step-label - Its word.
 * @csspart icon-close - The mark of an escalation that was declined or withdrawn.
 * @csspart closed - How it ended, by whom and when.
 * @csspart closed-summary - What came of it.
 * @csspart decision - Why it was declined.
 * @csspart decision-text - The answer of the owner.
 * @csspart decision-criterion - A criterion, with what the owner says of it.
 * @csspart facts - Owner, priority, reason and request.
 * @csspart fact - One of them.
 * @csspart fact-owner - Who owns it.
 * @csspart fact-priority - Its priority.
 * @csspart fact-reason - Why it was requested.
 * @csspart fact-files - The files of the request.
 * @csspart fact-requested - When, and by whom.
 * @csspart next-update - When the next update is due.
 * @csspart next-update-overdue - It is late.
 * @csspart pinned - What comes next and what was promised; folded where there is little room.
 * @csspart pinned-title - What unfolds it.
 * @csspart next-step - One thing that comes next, with who does it and by when.
 * @csspart promises - What was promised.
 * @csspart promise - One promise.
 * @csspart promise-kept - It was kept.
 * @csspart promise-open - It was not kept yet.
 * @csspart promise-icon - Its icon.
 */
export const headerStyles = css`
  header {
    display: flex;
    flex: none;
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
  .steps {
    position: relative;
  }
  [part='steps'] {
    display: flex;
  }
  [part~='step'] {
    flex: 1;
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    color: var(--_muted);
    font-size: var(--_small);
    --_dot: var(--escalation-step-todo-color, var(--_edge));
  }
  [part='step-icon'] {
    display: flex;
    align-items: center;
    position: relative;
    color: var(--_surface);
  }
  /* Ring, line and dot are borders: they are still there in forced colours. */
  [part='step-icon']::before {
    content: '';
    inline-size: 1.25rem;
    block-size: 1.25rem;
    border: 2px solid var(--_dot);
    border-radius: 50%;
  }
  [part='step-icon']::after {
    content: '';
    flex: 1;
    border-block-start: 2px solid var(--_border);
  }
  [part='step-icon'] > svg {
    position: absolute;
    inset-inline-start: 0;
    inline-size: 1.25rem;
    block-size: 1.25rem;
    padding: 3px;
  }
  [part~='step']:last-child {
    flex: none;
  }
  [part~='step']:last-child [part='step-icon']::after {
    display: none;
  }
  [part~='step-done'],
  [part~='step-current'],
  [part~='step-stopped'] {
    color: var(--_text);
  }
  [part~='step-done'] {
    --_dot: var(--escalation-step-done-color, var(--_success));
  }
  [part~='step-done'] [part='step-icon']::before {
    background: var(--_dot);
  }
  [part~='step-done'] [part='step-icon']::after {
    border-color: var(--_dot);
  }
  [part~='step-current'],
  [part~='step-stopped'] {
    font-weight: var(--_strong);
  }
  [part~='step-current'] {
    --_dot: var(--escalation-step-current-color, var(--_accent));
  }
  [part~='step-current'] [part='step-icon']::before {
    border-width: 6px;
  }
  [part~='step-stopped'] {
    --_dot: var(--_muted);
  }
  [part~='step-stopped'] [part='step-icon'] {
    color: var(--_dot);
  }
  .step-short {
    display: none;
    margin-block-end: calc(2 * var(--_space));
    font-weight: var(--_strong);
  }
  /* Words that do not fit are still there to be read aloud. */
  @container (max-width: 420px) {
    .step-short {
      display: block;
    }
    [part='step-label'] {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      /* Nor do they stick out. */
      font-size: 1px;
      white-space: nowrap;
    }
  }
  [part='closed'] {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_line) solid var(--_hair);
    border-inline-start: 3px solid var(--_edge);
    border-radius: var(--_radius);
    background: var(--_sunken);
    overflow-wrap: anywhere;
  }
  [part='decision'],
  [part='decision'] ul {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
  }
  [part='facts'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(8 * var(--_space));
  }
  [part~='fact'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(2 * var(--_space));
    min-inline-size: 0;
    overflow-wrap: anywhere;
  }
  @container (max-width: 420px) {
    /* The title has said it. */
    [part~='fact-reason'] {
      display: none;
    }
  }
  dt {
    color: var(--_muted);
  }
  .late,
  [part~='next-update-overdue'] {
    color: var(--escalation-next-update-overdue-color, var(--_warning));
    font-weight: var(--_strong);
  }
  summary {
    inline-size: fit-content;
    font-weight: var(--_strong);
  }
  .plan {
    display: flex;
    flex-wrap: wrap;
    gap: calc(3 * var(--_space)) calc(8 * var(--_space));
    margin-block-start: calc(2 * var(--_space));
  }
  .plan > * {
    flex: 1 1 16em;
    min-inline-size: 0;
  }
  /* The summary has said it. */
  .alone p {
    display: none;
  }
  .plan ul {
    display: flex;
    flex-direction: column;
    gap: calc(1.5 * var(--_space));
    margin-block-start: var(--_space);
    overflow-wrap: anywhere;
  }
  [part='next-step'] {
    padding-inline-start: calc(3 * var(--_space));
    border-inline-start: 3px solid var(--_accent);
  }
  [part='next-step'] > .muted {
    display: block;
  }
  [part~='promise'] {
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
  @media (pointer: coarse) {
    summary {
      padding-block: calc((44px - 1lh) / 2);
      margin-block: calc(-2 * var(--_space));
    }
  }
`;
