import { css } from 'lit';

/**
 * Styles of what comes later: criteria, promises, errors, outcomes.
 *
 * @csspart criteria-summary - What unfolds it.
 * @csspart criterion-guidance - What can be done.
 * @csspart remedy - A way out of "not yet".
 * @csspart reason-when - When to select a reason.
 * @csspart promise - What will happen, set apart.
 * @csspart promise-text - Its words.
 * @csspart textbox - A control for one line.
 * @csspart counter - How much may still be written.
 * @csspart counter-over - By how much it is too long.
 * @csspart draft-status - Whether what is typed would survive a reload.
 * @csspart draft-elsewhere - With draft-status: it is being written in another tab, too.
 * @csspart error-summary - What is missing or wrong, on top of the form.
 * @csspart error-summary-title - How much of it there is.
 * @csspart error-summary-item - One of it: a button that leads to its field.
 * @csspart button-busy - A button while it works.
 * @csspart channel - Another way to escalate; with channel-contact, channel-email or channel-link.
 * @csspart channel-contact - By calling.
 * @csspart channel-email - By an e-mail that the user sends.
 * @csspart channel-link - In another place.
 * @csspart contact - Whom to call.
 * @csspart contact-name - Its name.
 * @csspart contact-phone - A number, as a link.
 * @csspart contact-hours - When somebody answers.
 * @csspart contact-alternative - For people who cannot use the phone.
 * @csspart warning - What not to do instead.
 * @csspart email - The e-mail as it will be.
 * @csspart email-address - To whom it goes.
 * @csspart email-subject - Its subject.
 * @csspart email-body - Its text.
 * @csspart confirmation - What was requested.
 * @csspart confirmation-title - That it was.
 * @csspart confirmation-text - What comes next.
 * @csspart existing - The escalation that somebody else has requested meanwhile.
 * @csspart notice-info - What is good to know.
 * @csspart notice-success - What went well.
 * @csspart notice-danger - What went wrong.
 * @csspart notice-details - Codes, for those who help.
 * @csspart reply - Where a text for the case is written, or shown to be copied.
 * @csspart copied - A button whose text has just been copied.
 * @csspart questions - The questions that come before the form.
 * @csspart help - Links to guidance.
 * @csspart article - The article that the process comes from.
 * @csspart article-title - Which one.
 * @csspart article-link - A link to it, or to what belongs to it.
 * @csspart article-send - The button that sends what one thinks of it.
 * @csspart article-thanks - That this has arrived.
 */
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
  [part='questions'] {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
  }
  /* Question and answer on one line, where there is room: floated, a legend is a box like any other. */
  [part='questions'] fieldset {
    flex-flow: row wrap;
    align-items: baseline;
    gap: 0 calc(4 * var(--_space));
  }
  [part='questions'] legend {
    float: inline-start;
    flex: 1 1 13em;
    margin: 0;
  }
  [part='questions'] [part='error'] {
    flex: 1 1 100%;
  }
  [part='article'] {
    font-size: var(--_small);
  }
  [part='article'][open] {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
  }
  [part='article'] > * {
    margin-block: calc(2 * var(--_space)) 0;
  }
  [part~='article-send'] {
    margin-block-start: calc(2 * var(--_space));
  }
  [part~='promise'] {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    padding: calc(3 * var(--_space)) calc(4 * var(--_space));
    border: var(--_line) solid var(--_hair);
    border-inline-start: 3px solid var(--escalation-promise-border-color, var(--_accent));
    border-radius: var(--_radius);
    background: var(--escalation-promise-background, var(--_accent-soft));
    color: var(--escalation-promise-color, var(--_text));
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
    color: inherit;
    text-align: start;
  }
  [part='error-summary-title'] {
    font-weight: var(--_strong);
  }
  [part~='counter-over'] {
    color: var(--_danger);
  }
  .compare {
    font-size: var(--_small);
  }
  /* A number runs from left to right in every language. */
  [href^='tel:'] {
    direction: ltr;
    unicode-bidi: isolate;
  }
  [part~='contact-phone'] {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    font-size: var(--escalation-contact-phone-font-size, 1.5em);
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
  .notice > details {
    flex-basis: 100%;
  }
  [part='notice-details'] p {
    white-space: normal;
    font-family: var(--escalation-font-family-mono, ui-monospace, monospace);
  }
  @media (pointer: coarse) {
    [part='urgent'] a,
    [part='help'] a {
      display: inline-flex;
      align-items: center;
      min-block-size: 44px;
    }
  }
  /* An icon with a colour of its own would keep it. */
  @media (forced-colors: active) {
    [part~='criterion'] > svg {
      color: inherit;
    }
  }
  @media print {
    [part='dialog'] {
      position: static;
      inline-size: auto;
      max-block-size: none;
      box-shadow: none;
      color-scheme: light;
    }
    [part='dialog-body'] {
      overflow: visible;
    }
    textarea {
      max-block-size: none;
    }
    [part='dialog-footer'],
    [part~='button'] {
      display: none;
    }
  }
`;
