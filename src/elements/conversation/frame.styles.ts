import { css } from 'lit';

/**
 * The feed: status on top, the conversation, and what to write below.
 *
 * @csspart feed - The frame.
 * @csspart composer - Where a message is written.
 * @csspart composer-hint - What belongs here and what in the case feed.
 * @csspart move-to-case - The button that puts the text there instead.
 * @csspart send - The button that sends it.
 * @csspart button-busy - A button while it works.
 * @csspart counter - How much may still be written.
 * @csspart counter-over - By how much it is too long.
 * @csspart draft-status - That the text would not survive a reload.
 * @csspart draft-elsewhere - With draft-status: a message is being written in another tab, too.
 * @csspart closed-note - That no more messages are taken.
 * @csspart unsent - A text that came too late.
 * @csspart notice-success - What went well.
 * @csspart notice-danger - What went wrong.
 * @csspart empty - That there is no escalation.
 * @csspart off - That communication is by e-mail.
 * @csspart skeleton - A line whose words are on their way.
 * @csspart help - Links to guidance.
 */
export const frameStyles = css`
  :host {
    display: block;
  }
  :host(:state(_nothing)) {
    display: none;
  }
  [part='feed'] {
    container-type: inline-size;
    display: flex;
    flex-direction: column;
    border: var(--_line) solid var(--escalation-feed-border-color, var(--_border));
    border-radius: var(--escalation-feed-border-radius, var(--_radius-large));
    background: var(--escalation-feed-background, var(--_surface));
    color: var(--escalation-feed-color, var(--_text));
    max-block-size: var(--escalation-feed-max-block-size, none);
    --_pad: var(--escalation-feed-padding, calc(5 * var(--_space)));
  }
  p,
  h2,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ol,
  ul {
    list-style: none;
  }
  time {
    unicode-bidi: isolate;
  }
  [part='composer'] {
    display: flex;
    flex: none;
    flex-direction: column;
    gap: calc(2 * var(--_space));
    padding: calc(4 * var(--_space)) var(--_pad) var(--_pad);
    border-block-start: var(--_line) solid var(--escalation-composer-border-color, var(--_border));
    border-end-start-radius: inherit;
    border-end-end-radius: inherit;
    background: var(--escalation-composer-background, var(--_surface));
  }
  [part='composer'] textarea {
    min-block-size: calc(3lh + 4 * var(--_space));
    max-block-size: var(--escalation-composer-max-block-size, 40cqb);
  }
  .hint,
  .below {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: var(--_space) calc(4 * var(--_space));
  }
  .hint > p {
    flex: 1 1 20em;
  }
  .below {
    align-items: center;
  }
  [part~='move-to-case'] {
    font-size: var(--_small);
    text-align: start;
  }
  [part~='draft-status'] {
    flex: 1 1 12em;
  }
  [part~='counter-over'] {
    color: var(--escalation-error-color, var(--_danger));
    font-weight: var(--_strong);
  }
  [part~='send'] {
    margin-inline-start: auto;
  }
  [part='unsent'],
  [part='help'] {
    padding: 0 var(--_pad) var(--_pad);
  }
  [part='unsent'] > .foreign {
    padding: calc(2 * var(--_space)) 0;
  }
  [part~='closed-note'],
  [part='off'] {
    border-block-start: var(--_line) solid var(--_border);
  }
  header + [part='off'],
  [part='off']:first-child {
    border: 0;
  }
  [part='help'] {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_space) calc(4 * var(--_space));
    font-size: var(--_small);
  }
  [part='help'][hidden] {
    display: none;
  }
  .plain {
    padding: var(--_pad);
    color: var(--_muted);
  }
  .skeletons {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
    padding: var(--_pad);
  }
  [part='skeleton'] {
    block-size: 1.2em;
    border-radius: var(--_radius);
    background: var(--_border);
    opacity: 0.6;
  }
  [part='skeleton']:nth-child(2n) {
    inline-size: 65%;
  }
  @media (pointer: coarse) {
    [part='help'] a {
      padding-block: calc((44px - 1lh) / 2);
    }
  }
  @media print {
    [part='feed'] {
      color-scheme: light;
      max-block-size: none;
      border: 0;
    }
    [part='composer'],
    [part='tools'],
    [part~='older'],
    [part~='button'],
    .relative {
      display: none;
    }
    [part='conversation'] {
      overflow: visible;
    }
    [part~='entry'] {
      break-inside: avoid;
    }
  }
`;
