import { css } from 'lit';

/**
 * What is done with an escalation: buttons, the form that one of them unfolds, and what came of it.
 *
 * @csspart act-form - The form of an action, unfolded in place.
 * @csspart field - A field with its label.
 * @csspart field-invalid - One that is missing or wrong.
 * @csspart hint - What to write there.
 * @csspart optional - That a field may be left out.
 * @csspart textbox - A control for one line.
 * @csspart notice-details - The id to find a fault by.
 */
export const actsStyles = css`
  /* An article is a message: that has its own. */
  .row:not(article) {
    display: flex;
    inline-size: auto;
    max-inline-size: none;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }
  [part='act-form'] {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
    padding: calc(4 * var(--_space));
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius-large);
    background: var(--_sunken);
  }
  [part~='field'] {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
  }
  [data-done]:focus {
    outline: none;
  }
`;
