import { css } from 'lit';

/**
 * Files: on their way to a text, and there.
 *
 * @csspart attaching - Where files are added to a text.
 * @csspart attach - The button that chooses files.
 * @csspart attach-icon - Its icon.
 * @csspart icon-attach - The same.
 * @csspart attach-hint - What may be attached.
 * @csspart drop-target - Where files can be dropped, while some are dragged.
 * @csspart files - A list of files.
 * @csspart file - One file.
 * @csspart file-uploading - It is on its way.
 * @csspart file-done - It is there.
 * @csspart file-failed - It could not be attached.
 * @csspart file-icon - Its kind.
 * @csspart icon-file - A file of any kind.
 * @csspart icon-image - A picture.
 * @csspart file-name - Its name; where it can be saved, the button that does.
 * @csspart file-size - Its size.
 * @csspart file-progress - How far its upload is.
 * @csspart file-count - How many are there.
 */
export const filesStyles = css`
  [part='attaching'] {
    display: flex;
    flex-direction: column;
    gap: calc(2 * var(--_space));
  }
  .attach {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(3 * var(--_space));
  }
  .attach > p {
    flex: 1 1 16em;
  }
  [part='attaching'] p {
    margin: 0;
  }
  [part='files'] {
    display: flex;
    flex-direction: column;
    gap: var(--_space);
    margin: 0;
    padding: 0;
    list-style: none;
  }
  [part~='file'] {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_space) calc(2 * var(--_space));
    min-inline-size: 0;
    font-size: var(--_small);
  }
  [part='attaching'] [part~='file'] {
    padding: calc(1.5 * var(--_space)) calc(3 * var(--_space));
    border: var(--_line) solid var(--_border);
    border-radius: var(--_radius);
  }
  [part='attaching'] [part~='file-failed'] {
    border-color: var(--_danger);
  }
  [part~='file-icon'] {
    color: var(--_muted);
  }
  [part~='file-name'] {
    flex: 0 1 auto;
    max-inline-size: calc(100% - var(--_icon) - 2 * var(--_space));
    overflow-wrap: anywhere;
    text-align: start;
  }
  [part~='file-size'] {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  [part~='file'] :is(.muted, .error) {
    font-size: inherit;
  }
  [part~='file'] > .acts {
    display: flex;
    gap: calc(3 * var(--_space));
    margin-inline-start: auto;
  }
  [part~='file'] > .error {
    flex: 1 1 100%;
  }
  [part='file-progress'] {
    flex: 1 1 3em;
    min-inline-size: 3em;
    max-inline-size: 12em;
    accent-color: var(--_accent);
  }
  [part='composer'],
  [part='form'] {
    position: relative;
  }
  [part='drop-target'] {
    position: absolute;
    inset: 0;
    border: 2px dashed var(--_accent);
    border-radius: var(--_radius-large);
    background: color-mix(in srgb, var(--_accent-soft) 92%, transparent);
    color: var(--_accent);
    text-align: center;
    pointer-events: none;
  }
  [part='drop-target'] > span {
    position: sticky;
    inset-block: calc(6 * var(--_space));
    display: block;
    padding: calc(6 * var(--_space));
    font-weight: var(--_strong);
  }
  [part='entry-text'] + [part='files'] {
    margin-block-start: calc(1.5 * var(--_space));
  }
  [part~='entry-mine'] .row [part~='file'] {
    justify-content: end;
  }
  @media (pointer: coarse) {
    [part~='file'] .link {
      min-block-size: 44px;
      min-inline-size: 44px;
    }
  }
  /* A name is still said on paper, where buttons are not drawn. */
  @media print {
    button[part~='file-name'] {
      display: inline;
      color: inherit;
      text-decoration: none;
    }
    [part='attaching'] {
      display: none;
    }
  }
`;
