import { css } from 'lit';

/** The feed: status on top, the conversation, and what to write below. */
export const styles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  :host(:state(_nothing)) {
    display: none;
  }
  [part='feed'] {
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
  [part='composer'] {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
    padding: calc(4 * var(--_space)) var(--_pad) var(--_pad);
    border-block-start: var(--_line) solid var(--escalation-composer-border-color, var(--_border));
    border-end-start-radius: inherit;
    border-end-end-radius: inherit;
    background: var(--escalation-composer-background, var(--_surface));
  }
  [part='composer'] textarea {
    min-block-size: 3lh;
  }
  [part='composer'] .send {
    align-self: end;
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
  @media print {
    [part='composer'],
    [part='older'],
    [part='entry-actions'] {
      display: none;
    }
  }
`;
