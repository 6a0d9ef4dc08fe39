import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { DraftFile } from '../../core/draft.js';
import { acceptOf, MOST_FILES, type FileLimits } from '../../core/files.js';
import { linkButton } from '../buttons.js';
import { icon } from '../icons.js';
import type { Attaching, FileState } from './attaching.js';
import { filePaths } from './icon-paths.js';
import { limitWords, mayRetry, nameOf, namesOf, sayLine, sizeOf, whyNot, type FileView } from './words.js';

/** What the drawing of a list needs to know, and whom it tells. */
export interface ListOptions {
  /** The text is on its way: nothing changes any more. */
  frozen: boolean;
  /** Something is being dragged over the element. */
  dragged: boolean;
  onAdd(files: readonly File[]): void;
  onRemove(...files: DraftFile[]): void;
  /** Sends after all, without what could not be attached. */
  onSend(): void;
}

/** A file by its kind; its name; its size. */
export const renderFile = ({ language, icons }: FileView, file: DraftFile, name: unknown): TemplateResult => {
  const kind = file.type.startsWith('image/') ? 'image' : 'file';
  return html`${icon(kind, filePaths[kind], 'file-icon', icons)} ${name}
    <span part="file-size" class="muted">${sizeOf(file.bytes, language)}</span>`;
};

/** How far it is, where that can be known; else that it is on its way. */
function renderProgress({ say }: FileView, file: DraftFile, state: FileState) {
  if (state.state === 'waiting') return html`<span class="muted">${say('files.waiting')}</span>`;
  if (state.state !== 'uploading') return nothing;
  const { sent, total } = state;
  if (!total) return html`<span class="muted">${say('files.uploading')}</span>`;
  return html`<progress
    part="file-progress"
    aria-label=${say('files.progress', { name: nameOf(file) })}
    max=${total}
    .value=${Math.min(sent ?? 0, total)}
  ></progress>`;
}

const act = (label: string, name: string, onClick: () => void) =>
  html`<button type="button" part="button button-link" class="link" aria-label=${name} @click=${onClick}>
    ${label}
  </button>`;

function renderRow(view: FileView, attaching: Attaching, file: DraftFile, options: ListOptions) {
  const { say } = view;
  const state = attaching.stateOf(file);
  const name = nameOf(file);
  const busy = state.state === 'waiting' || state.state === 'uploading';
  const why = whyNot(view, state, attaching);
  const remove = busy ? 'cancel' : 'remove';
  return html`<li part="file file-${busy ? 'uploading' : why === null ? 'done' : 'failed'}">
    ${renderFile(view, file, html`<bdi part="file-name">${name}</bdi>`)} ${renderProgress(view, file, state)}
    ${
      options.frozen
        ? nothing
        : html`<span class="acts"
            >${mayRetry(state) ? act(say('files.retry'), say('files.retryFile', { name }), () => attaching.retry(file)) : nothing}
            ${act(say(`files.${remove}`), say(`files.${remove}File`, { name }), () => options.onRemove(file))}</span
          >`
    }
    ${why === null ? nothing : html`<p part="error" class="error">${why}</p>`}
  </li>`;
}

/** How many are there, where nobody knows how far each is. */
function renderCount({ say }: FileView, attaching: Attaching) {
  const states = attaching.files.map((file) => attaching.stateOf(file));
  const count = states.filter(({ state }) => /waiting|uploading|done/.test(state)).length;
  const blind = states.some((state) => state.state === 'uploading' && !state.total);
  if (count < 2 || !blind) return nothing;
  const done = states.filter(({ state }) => state === 'done').length;
  return html`<p part="file-count" class="muted">${say('files.progressCount', { done, count })}</p>`;
}

/** What becomes of sending while not all files are there. */
function renderSending(view: FileView, attaching: Attaching, { onSend, onRemove }: ListOptions) {
  const { say } = view;
  if (attaching.waits)
    return html`<div part="notice" class="notice">
      <p>${say('files.sendWaits')}</p>
      ${linkButton(say('files.dontSend'), () => attaching.stay())}
    </div>`;
  const { failed } = attaching;
  if (!attaching.held || !failed.length) return nothing;
  const names = namesOf(
    view,
    failed.map(({ name }) => name),
  );
  const without = () => {
    onRemove(...failed);
    onSend();
  };
  return html`<div part="notice notice-warning" class="notice" tabindex="-1" data-files>
    <p>${say('files.held', { names })}</p>
    ${linkButton(say('files.sendWithout'), without)}
  </div>`;
}

function renderButton(
  view: FileView,
  { files }: Attaching,
  limits: FileLimits,
  { frozen, onAdd }: ListOptions,
) {
  const { say, icons } = view;
  const off = frozen || files.length >= MOST_FILES;
  const onClick = ({ target }: Event) =>
    off || (target as Element).closest('div')?.querySelector<HTMLInputElement>('[type=file]')?.click();
  const onChange = ({ target }: Event) => {
    const input = target as HTMLInputElement;
    onAdd([...(input.files ?? [])]);
    // The same file can be chosen again.
    input.value = '';
  };
  const words = limitWords(view, limits);
  return html`<div class="attach">
    <button
      type="button"
      part="attach button button-secondary"
      class="button"
      aria-describedby="attach-hint"
      aria-disabled=${off ? 'true' : nothing}
      @click=${onClick}
    >
      ${icon('attach', filePaths.attach, 'attach-icon', icons)} ${say('files.attach')}
    </button>
    <input type="file" multiple hidden accept=${acceptOf(limits.types)} @change=${onChange} />
    <p part="attach-hint" class="muted" id="attach-hint">
      ${say(words['types'] ? 'files.hint' : 'files.hintAny', words)}
    </p>
  </div>`;
}

/** Where files are added to a text, and how each of them stands. */
export function renderAttaching(view: FileView, attaching: Attaching, options: ListOptions): TemplateResult {
  const { say } = view;
  const { files, limits, told, said, turn } = attaching;
  return html`<div part="attaching" role="group" aria-label=${say('files')}>
    ${
      files.length
        ? html`<ul part="files" aria-label=${say('files')}>
            ${files.map((file) => renderRow(view, attaching, file, options))}
          </ul>`
        : nothing
    }
    ${renderCount(view, attaching)}
    ${told.map((line) => html`<p part="error" class="error">${sayLine(view, line)}</p>`)}
    ${limits ? renderButton(view, attaching, limits, options) : nothing}
    ${renderSending(view, attaching, options)}
    ${options.dragged ? html`<p part="drop-target"><span>${say('files.drop')}</span></p>` : nothing}
    <p class="hidden" aria-live="polite">
      ${repeat(
        said.length ? [turn] : [],
        (n) => n,
        () => html`<span>${said.map((line) => sayLine(view, line)).join(' ')}</span>`,
      )}
    </p>
  </div>`;
}
