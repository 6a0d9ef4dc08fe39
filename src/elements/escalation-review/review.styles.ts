import { css } from 'lit';

/**
 * The owner's side of one escalation.
 *
 * @csspart back - The way back to the queue, or to the request.
 * @csspart case-line - Which case it is.
 * @csspart review - The request, its criteria, and what can be done.
 * @csspart request - The request as it was made.
 * @csspart request-title - What unfolds it, or the criteria.
 * @csspart request-row - One thing that was asked, with the answer.
 * @csspart contact - A number or an address to reach the requester, as a link.
 * @csspart judged - The criteria as they are now.
 * @csspart actions - What can be done, and the form of what was chosen.
 * @csspart legend - The label of several fields.
 * @csspart choice - A radio button or a checkbox, with its label.
 * @csspart radio - A control for one of few.
 * @csspart checkbox - A control for yes or no.
 * @csspart also-on-case - Whether a message goes on the case, too.
 * @csspart priorities - The priorities by importance and urgency.
 * @csspart priority - One of them.
 * @csspart priority-low - A low one.
 * @csspart priority-medium - A medium one.
 * @csspart priority-high - A high one.
 * @csspart priority-current - The one that was chosen.
 * @csspart priority-icon - Its bars.
 * @csspart priority-result - The priority that was chosen, in words.
 * @csspart icon-priority-low - One bar.
 * @csspart icon-priority-medium - Two bars.
 * @csspart icon-priority-high - Three bars.
 * @csspart step-row - A next step that is being written.
 * @csspart open-promises - The promises that are not kept yet.
 * @csspart entry-internal - A note that only those who review read.
 */
export const reviewStyles = css`
  [part='back'] {
    margin-block-end: calc(2 * var(--_space));
  }
  [part='case-line'] {
    margin-block-start: calc(-3 * var(--_space));
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  [part='review'] {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: calc(5 * var(--_space));
    padding: var(--_pad);
    border-block-end: var(--_line) solid var(--_border);
  }
  .beside {
    display: flex;
    flex-wrap: wrap;
    gap: calc(4 * var(--_space)) calc(10 * var(--_space));
  }
  .beside > * {
    flex: 1 1 20em;
    min-inline-size: 0;
  }
  [part='request'] > :not(summary),
  [part='criteria'] {
    margin-block-start: calc(3 * var(--_space));
  }
  dl,
  .stack,
  [part='actions'],
  [part='criteria'],
  [part='open-promises'] {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
  }
  header > dl {
    flex-direction: row;
  }
  [part='request-row'] {
    display: grid;
    grid-template-columns: minmax(6em, 9em) minmax(0, 1fr);
    gap: 0 calc(3 * var(--_space));
    overflow-wrap: anywhere;
  }
  @container (max-width: 420px) {
    [part='request-row'] {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  [part~='criterion'] {
    overflow-wrap: anywhere;
  }
  fieldset {
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  [part~='choice'] {
    display: inline-flex;
    align-items: baseline;
    gap: calc(2 * var(--_space));
    min-block-size: var(--_control);
    overflow-wrap: anywhere;
  }
  [type='radio'],
  [type='checkbox'] {
    flex: none;
    inline-size: auto;
    min-block-size: 0;
    margin: 0;
    accent-color: var(--_accent);
  }
  [part~='field'] > .error {
    margin-block-start: var(--_space);
  }
  [part='priorities'] {
    border-collapse: separate;
    border-spacing: calc(var(--_space) / 2);
    table-layout: fixed;
    inline-size: 100%;
    font-size: var(--_small);
  }
  legend {
    padding: 0;
  }
  th {
    padding: var(--_space);
    font-weight: var(--_strong);
    text-align: start;
  }
  th > .muted {
    display: block;
    font-size: inherit;
  }
  [part~='priority'] {
    padding: calc(1.5 * var(--_space)) var(--_space);
    border: 2px solid var(--_hair);
    border-radius: var(--_radius);
    background: var(--_surface);
    color: var(--_muted);
    overflow-wrap: anywhere;
  }
  [part~='priority-current'] {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_text);
    font-weight: var(--_strong);
  }
  [part~='priority-icon'] {
    inline-size: 1.1em;
    block-size: 1.1em;
    vertical-align: -0.15em;
  }
  @container (max-width: 420px) {
    [part='priorities'] {
      font-size: 0.75em;
    }
    [part~='priority'] svg {
      display: block;
    }
  }
  [part='step-row'] {
    padding-inline-start: calc(3 * var(--_space));
    border-inline-start: 3px solid var(--_accent);
  }
  .fields {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
    margin-block: var(--_space);
  }
  .fields > * {
    flex: 1 1 11em;
    min-inline-size: 0;
  }
  .fields > :first-child {
    flex-basis: 100%;
  }
  [part='open-promises'] > .row {
    justify-content: space-between;
  }
  [part='actions'] [part='unsent'] {
    padding: 0;
  }
  [data-form='note'],
  [part~='entry-internal'] [part='entry-text'] {
    border: var(--_line) dashed var(--_warning);
    background: var(--_warning-soft);
  }
  [part~='also-on-case'] {
    align-items: center;
    margin-inline-start: auto;
  }
  [part~='also-on-case'] + button {
    margin-inline-start: 0;
  }
  [href^='tel:'] {
    direction: ltr;
    unicode-bidi: isolate;
  }
  /* An icon with a colour of its own would keep it. */
  @media (forced-colors: active) {
    [part~='criterion'] > svg {
      color: inherit;
    }
  }
  @media print {
    [part='actions'],
    [part='back'] {
      display: none;
    }
  }
`;
