import { css } from 'lit';

/** The other channels, and what stands above and below the form. */
export const waysStyles = css`
  /* Who types further down sees it, too. */
  .news {
    position: sticky;
    /* The body's padding. */
    inset-block-start: calc(-5 * var(--_space));
    z-index: 1;
  }
  [part~='channel'],
  [part='confirmation'],
  .fields {
    display: flex;
    flex-direction: column;
    gap: calc(4 * var(--_space));
  }
  .phones {
    gap: 0;
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
  }
  .phones > li {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: var(--_space) calc(4 * var(--_space));
    padding: calc(2 * var(--_space)) calc(4 * var(--_space));
  }
  .phones > li + li {
    border-block-start: var(--_line) solid var(--_border);
  }
  .phones > li > span {
    display: flex;
    flex-direction: column;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(2 * var(--_space)) calc(3 * var(--_space));
  }
  .line > pre {
    flex: 1 1 100%;
    order: 1;
  }
  .line > p {
    flex: 1;
  }
  [part='email'] {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
    padding: calc(4 * var(--_space));
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
    background: var(--_sunken);
  }
  [part='email'] pre {
    background: var(--_surface);
  }
  [part='reply'] {
    margin-block-start: calc(3 * var(--_space));
    align-items: start;
  }
  [part='reply'] > * {
    inline-size: 100%;
  }
  [part='reply'] > button {
    inline-size: auto;
  }
  [part='help'] {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_space)) calc(5 * var(--_space));
    font-size: var(--_small);
  }
  [part~='remind'] {
    margin-block-start: calc(3 * var(--_space));
  }
  [part~='draft-status'] {
    margin-block-start: calc(-4 * var(--_space));
  }
  dl {
    margin: calc(2 * var(--_space)) 0 0;
    padding-inline-start: calc(4 * var(--_space));
    border-inline-start: 3px solid var(--_border);
  }
  dd {
    margin: 0;
  }
  dd + dt {
    margin-block-start: calc(3 * var(--_space));
  }
  footer > .link {
    margin-inline-end: auto;
    min-block-size: var(--_control);
  }
  @media (max-width: 480px) {
    footer > .link {
      flex: 1 0 100%;
    }
  }
`;
