import { css } from 'lit';

/**
 * The conversation.
 *
 * @csspart conversation - The conversation; scrolls where the feed has a limited height.
 * @csspart tools - What helps in a long conversation, above it.
 * @csspart tool-icon - The icon of one of them.
 * @csspart entries - The list of entries.
 * @csspart older - The button that shows older ones.
 * @csspart newer - The button that shows newer ones, of an earlier day.
 * @csspart new-messages - The button that leads to what came while the reader was further up.
 * @csspart unread-line - Where begins what was not read when the feed was opened.
 * @csspart day - A new day.
 * @csspart entry - One entry; with what it is.
 * @csspart entry-mine - Written by this user.
 * @csspart entry-theirs - Written by somebody else.
 * @csspart entry-event - Something that happened, in one line.
 * @csspart entry-decision - The decision of the owner.
 * @csspart entry-next-steps - What comes next.
 * @csspart entry-notice - Somebody asked for an update.
 * @csspart entry-pinned - The newest next steps.
 * @csspart entry-unread - Not read when the feed was opened.
 * @csspart entry-found - The one that was looked for.
 * @csspart entry-sending - On its way.
 * @csspart entry-failed - Not sent.
 * @csspart entry-line - What happened, and when.
 * @csspart entry-avatar - Initials of the author.
 * @csspart entry-header - Who, and when.
 * @csspart entry-author - Name of the author.
 * @csspart entry-role - The badge of their role.
 * @csspart entry-time - When it was written.
 * @csspart entry-tag - What it is, in a word.
 * @csspart entry-text - What was written.
 * @csspart entry-link - A link in it.
 * @csspart entry-actions - What can be done with it.
 * @csspart entry-status - Whether it was sent.
 */
export const entriesStyles = css`
  [part='conversation'] {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
    padding: var(--_pad);
    min-block-size: 8em;
    overflow: auto;
  }
  [part='entries'] {
    display: flex;
    flex-direction: column;
    gap: var(--escalation-entry-gap, calc(4 * var(--_space)));
  }
  [part='tools'] {
    flex: none;
    padding: calc(2 * var(--_space)) var(--_pad);
    font-size: var(--_small);
  }
  [part='tools']:has(+ [part='conversation']) {
    border-block-end: var(--_line) solid var(--_border);
  }
  [part='tools']:has([part~='tool']) {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    /* Where the height is limited it gives way, so that the conversation stays in sight. */
    flex: 0 10 auto;
    min-block-size: 18em;
    overflow: auto;
    background: var(--escalation-feed-background, var(--_surface));
  }
  [part='tools'] .link {
    display: inline-flex;
    align-items: center;
    gap: var(--_space);
  }
  [part~='tool-icon'] {
    inline-size: 1.25em;
    block-size: 1.25em;
    fill: currentColor;
  }
  [part~='older'],
  .edge {
    align-self: center;
  }
  .edge {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: calc(2 * var(--_space)) calc(4 * var(--_space));
  }
  [part~='new-messages'] {
    position: sticky;
    inset-block-end: calc(2 * var(--_space));
    align-self: center;
    box-shadow: 0 2px 8px rgb(0 0 0 / 0.25);
  }
  [part='unread-line'] {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    margin-block-end: calc(3 * var(--_space));
    color: var(--escalation-unread-color, var(--_accent));
    font-size: var(--_small);
    font-weight: var(--_strong);
  }
  [part='unread-line']::after {
    content: '';
    flex: 1;
    border-block-start: var(--_line) solid;
  }
  [part~='entry-found'] {
    border-radius: var(--_radius);
    outline: 2px solid var(--_accent);
    outline-offset: var(--_space);
  }
  [part='day'] {
    display: flex;
    align-items: center;
    gap: calc(3 * var(--_space));
    color: var(--_muted);
    font-size: var(--_small);
    margin-block: var(--_space) calc(3 * var(--_space));
  }
  [part='day']::before,
  [part='day']::after {
    content: '';
    flex: 1;
    border-block-start: var(--_line) solid var(--_border);
  }
  .row {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    column-gap: calc(3 * var(--_space));
    inline-size: fit-content;
    max-inline-size: min(85%, 44rem);
  }
  [part='entry-avatar'] {
    display: grid;
    place-items: center;
    inline-size: var(--escalation-avatar-size, 32px);
    block-size: var(--escalation-avatar-size, 32px);
    overflow: hidden;
    border-radius: 50%;
    background: var(--escalation-avatar-background, var(--_sunken));
    border: var(--_line) solid var(--_border);
    color: var(--escalation-avatar-color, var(--_muted));
    font-size: 0.75em;
    font-weight: var(--_strong);
  }
  [part='entry-header'] {
    overflow-wrap: anywhere;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(2 * var(--_space));
    margin-block-end: var(--_space);
    font-size: var(--_small);
    color: var(--_muted);
  }
  [part='entry-author'] {
    color: var(--_text);
    font-weight: var(--_strong);
  }
  [part='entry-time'] {
    color: var(--escalation-entry-time-color, var(--_muted));
    font-variant-numeric: tabular-nums;
  }
  [part='entry-role'] {
    padding-inline: calc(1.5 * var(--_space));
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
  }
  [part='entry-text'] {
    padding: calc(2.5 * var(--_space)) calc(3.5 * var(--_space));
    border: var(--_line) solid var(--_hair);
    border-radius: var(--escalation-entry-border-radius, var(--_radius-large));
    background: var(--escalation-entry-theirs-background, var(--_sunken));
    color: var(--escalation-entry-theirs-color, inherit);
    inline-size: fit-content;
    max-inline-size: 100%;
  }
  [part~='entry-mine'] .row {
    margin-inline-start: auto;
    grid-template-columns: minmax(0, 1fr);
  }
  [part~='entry-mine'] [part='entry-avatar'] {
    display: none;
  }
  [part~='entry-mine'] [part='entry-header'],
  [part~='entry-mine'] [part='entry-actions'] {
    justify-content: end;
  }
  [part~='entry-mine'] [part='entry-text'] {
    margin-inline-start: auto;
    background: var(--escalation-entry-mine-background, var(--_accent-soft));
    color: var(--escalation-entry-mine-color, inherit);
  }
  [part~='entry-failed'] [part='entry-text'] {
    border-color: var(--escalation-entry-failed-border-color, var(--_danger));
  }
  [part~='entry-sending'] [part='entry-text'] {
    opacity: 0.75;
  }
  [part~='entry-next-steps'] [part='entry-text'],
  [part~='entry-decision'] [part='entry-text'] {
    border-inline-start: 3px solid var(--_accent);
  }
  [part='entry-line'] {
    color: var(--_muted);
    font-size: var(--_small);
    text-align: center;
    overflow-wrap: anywhere;
  }
  [part~='notice'].muted {
    text-align: center;
  }
  [part='entry-line'] + .row {
    margin-block-start: calc(2 * var(--_space));
  }
  [part='entry-actions'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: calc(3 * var(--_space));
    margin-block-start: var(--_space);
    font-size: var(--_small);
  }
  [part~='entry-event'] + [part~='entry-event'] {
    margin-block-start: calc(-2 * var(--_space));
  }
  [part='entry-actions'] .link {
    min-block-size: 24px;
  }
  @container (max-width: 420px) {
    [part~='entry-theirs'] .row {
      max-inline-size: 100%;
      column-gap: calc(2 * var(--_space));
    }
    [part='entry-avatar'] {
      inline-size: min(var(--escalation-avatar-size, 32px), 26px);
      block-size: min(var(--escalation-avatar-size, 32px), 26px);
    }
  }
  @media (pointer: coarse) {
    [part='entry-actions'] .link {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
`;
