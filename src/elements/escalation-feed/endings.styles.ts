import { css } from 'lit';

/**
 * What customers do with an escalation besides writing.
 *
 * @csspart actions - What can be done with an open escalation.
 * @csspart asked - That the update was asked for, and when it can be again.
 * @csspart join - Who follows it, and the way to do so.
 * @csspart rating - How well it was handled: the question.
 * @csspart legend - The label of a group of choices.
 * @csspart choice - A radio button with its words.
 * @csspart radio - A control to choose one of few.
 * @csspart rated - What the rating was.
 * @csspart corrects - Which declined request this one corrects.
 * @csspart chosen - That this is an earlier escalation, and the way back.
 * @csspart past - Earlier escalations of the case.
 * @csspart past-title - What unfolds them.
 * @csspart past-item - One of them.
 * @csspart printed - On paper: when it was printed, and how much was loaded.
 */
export const endingsStyles = css`
  [part='actions'],
  [part='join'],
  [part='past'] ul {
    display: flex;
    flex-direction: column;
    gap: calc(3 * var(--_space));
  }
  [part='actions'] > .link {
    align-self: start;
    font-size: var(--_small);
  }
  [part='join'],
  [part='past'] {
    flex: none;
    padding: calc(3 * var(--_space)) var(--_pad);
  }
  [part='join'] {
    border-block-end: var(--_line) solid var(--_border);
  }
  [part='join'] .row > p {
    flex: 1 1 16em;
  }
  [part='past'] {
    border-block-start: var(--_line) solid var(--_border);
  }
  [part='past'] ul {
    margin-block-start: calc(2 * var(--_space));
  }
  [part='past-item'] {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 0 calc(3 * var(--_space));
    overflow-wrap: anywhere;
  }
  [part='past-item'] > .link {
    text-align: start;
    overflow-wrap: anywhere;
  }
  [part='feed'] > .row {
    padding: 0 var(--_pad) var(--_pad);
  }
  [part='rating'] {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(6 * var(--_space));
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  [part='rating'] > .error {
    flex-basis: 100%;
  }
  [part='choice'] {
    display: flex;
    align-items: center;
    gap: calc(2 * var(--_space));
    min-block-size: var(--_control);
    cursor: pointer;
  }
  [part='choice'] input {
    inline-size: 1.15em;
    block-size: 1.15em;
    margin: 0;
    accent-color: var(--_accent);
  }
  [part='printed'] {
    display: none;
    padding: var(--_pad) var(--_pad) 0;
  }
  @container (max-width: 420px) {
    [part='rating'] {
      flex-direction: column;
    }
  }
  @media print {
    [part='printed'] {
      display: block;
    }
    [part='actions'],
    [part='act-form'],
    [part='past'] {
      display: none;
    }
  }
`;
