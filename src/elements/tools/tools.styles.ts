import { css } from 'lit';

/**
 * What can be opened above a long conversation.
 *
 * @csspart tool - One of the tools, open.
 * @csspart tool-day - The one that goes to a day.
 * @csspart tool-save - The one that saves or prints.
 * @csspart search - The one that searches.
 * @csspart search-count - How much was found.
 * @csspart hits - What was found.
 * @csspart hit - One of it: who, when, and the words around.
 * @csspart icon-search - Searching.
 * @csspart icon-day - A day.
 * @csspart icon-save - Saving and printing.
 */
export const toolStyles = css`
  [part~='tool'] {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
    padding-block: calc(3 * var(--_space));
  }
  [part~='tool'] [role='search'],
  .fields {
    display: flex;
    flex-direction: column;
    align-items: start;
    gap: calc(2 * var(--_space));
  }
  .fields input {
    inline-size: auto;
    min-inline-size: 10em;
  }
  [part='hits'] {
    align-self: stretch;
    max-block-size: min(30vh, 16em);
    overflow: auto;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
  }
  [part='hits'] > li + li {
    border-block-start: var(--_line) solid var(--_border);
  }
  [part~='hit'] {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    inline-size: 100%;
    min-block-size: var(--_control);
    padding: calc(2 * var(--_space)) calc(3 * var(--_space));
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    text-align: start;
    overflow-wrap: anywhere;
  }
  [part~='hit']:hover {
    background: var(--_accent-soft);
  }
  [part~='hit']:focus-visible {
    outline-offset: calc(-1 * var(--escalation-focus-width, 2px));
  }
  mark {
    background: var(--escalation-color-warning-soft, light-dark(#fff4e0, #33250b));
    color: inherit;
    font-weight: var(--_strong);
  }
  .end {
    align-self: end;
  }
`;
