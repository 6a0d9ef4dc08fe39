import { html, nothing, type TemplateResult } from 'lit';
import { BackendError } from '../../core/backend.js';
import type { Attachment } from '../../core/model.js';
import type { Session } from '../../core/session.js';
import { asProblem } from '../../core/talk.js';
import { linkButton } from '../buttons.js';
import { download } from '../download.js';
import { renderFile } from './attach-list.js';
import { nameOf, type FileView } from './words.js';

/** Downloads of attachments: fetched through the adapter, with its sign-in, and saved; never opened in the page. */
export class Saving {
  readonly #onChange: () => void;
  /** By session, then id of the file: on its way, or what went wrong. */
  readonly #states = new WeakMap<Session, Map<string, 'busy' | BackendError>>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  stateOf(session: Session, id: string): 'busy' | BackendError | undefined {
    return this.#states.get(session)?.get(id);
  }

  async save(session: Session, { id, name }: Attachment): Promise<void> {
    const states = this.#states.get(session) ?? new Map<string, 'busy' | BackendError>();
    this.#states.set(session, states);
    if (states.get(id) === 'busy') return;
    states.set(id, 'busy');
    this.#onChange();
    const { backend, user, languages } = session.desk;
    const asked = backend.download?.(session.caseId, id, { user, languages });
    const data = await asked?.catch(asProblem);
    if (data instanceof Blob) {
      states.delete(id);
      // Whatever it says that it is: nothing that a page would show.
      download(nameOf({ name }), 'application/octet-stream', data);
    } else states.set(id, data ?? new BackendError('not-found'));
    this.#onChange();
  }
}

/** Why it was not saved. */
function whyNotSaved({ code, retryable }: BackendError): string {
  if (code === 'signed-out') return 'files.notSavedSignedOut';
  if (code === 'not-found' || code === 'forbidden') return 'files.notSavedGone';
  return retryable ? 'files.notSavedNetwork' : 'files.notSaved';
}

function renderSaving({ say }: FileView, state: 'busy' | BackendError | undefined, onRetry: () => void) {
  if (!state) return nothing;
  if (state === 'busy') return html`<span class="muted">${say('files.downloading')}</span>`;
  const retry = ({ target }: Event) => {
    // The button goes with the error.
    (target as Element).closest('li')?.querySelector<HTMLElement>('[part~="file-name"]')?.focus();
    onRetry();
  };
  return html`<p part="error" class="error" role="alert">
    ${say(whyNotSaved(state))} ${linkButton(say('files.retry'), retry)}
  </p>`;
}

/** Files that are there: each a button that saves it; where the help desk gives none, its name. */
export function renderAttachments(
  view: FileView,
  saving: Saving,
  session: Session | undefined,
  attachments: readonly Attachment[],
): TemplateResult {
  const { say } = view;
  return html`<ul part="files" aria-label=${say('files')}>
    ${attachments.map((attachment) => {
      const name = nameOf(attachment);
      const state = session && saving.stateOf(session, attachment.id);
      const onClick = () => session && void saving.save(session, attachment);
      const shown = session?.desk.backend.download
        ? html`<button
            type="button"
            part="file-name button button-link ${state === 'busy' ? 'button-busy' : ''}"
            class="link"
            aria-label=${say('files.download', { name })}
            aria-disabled=${state === 'busy' ? 'true' : nothing}
            @click=${onClick}
          >
            <bdi>${name}</bdi>
          </button>`
        : html`<bdi part="file-name">${name}</bdi>`;
      return html`<li part="file">
        ${renderFile(view, attachment, shown)} ${renderSaving(view, state, onClick)}
      </li>`;
    })}
  </ul>`;
}
