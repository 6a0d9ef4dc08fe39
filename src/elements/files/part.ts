import { nothing, type ReactiveController } from 'lit';
import type { Outgoing } from '../../core/conversation.js';
import type { DraftFile } from '../../core/draft.js';
import type { Attachment } from '../../core/model.js';
import { enFiles } from '../../locales/en-files.js';
import { Attaching } from './attaching.js';
import { renderAttachments, Saving } from './attachments.js';
import { renderAttaching } from './attach-list.js';
import { takeDrops } from './drops.js';
import { filesStyles } from './files.styles.js';
import { Resending } from './resending.js';
import type { FileHost } from './room.js';
import type { FileView } from './words.js';

export const words = enFiles;
export const styles = [filesStyles];

/** All that an element has to do with files: those that are added to a text, and those that are there. */
export class Files implements ReactiveController {
  readonly #host: FileHost;
  readonly #attaching: Attaching;
  readonly #saving: Saving;
  readonly #resending: Resending;
  #dragged = false;
  #view: FileView | undefined;

  constructor(host: FileHost) {
    this.#host = host;
    const update = () => host.host.requestUpdate();
    this.#attaching = new Attaching(host.holder, update);
    this.#saving = new Saving(update);
    this.#resending = new Resending(update);
    takeDrops(host.host, host.host.renderRoot, {
      isOn: () => this.#attaching.limits !== null,
      onFiles: (files) => this.#attaching.add(files),
      onDrag: (dragged) => {
        if (dragged === this.#dragged) return;
        this.#dragged = dragged;
        update();
      },
      nameOf: (time) => this.#view?.say('files.pasted', { time }) ?? time,
    });
    host.host.addController(this);
  }

  hostUpdate(): void {
    if (this.#host.host.isConnected) this.#attaching.sync();
    const conversation = this.#host.conversation?.();
    if (conversation) this.#resending.look(conversation);
  }

  hostDisconnected(): void {
    // An element that is only moved comes back within the microtask.
    queueMicrotask(() => this.#host.host.isConnected || this.#attaching.stop());
  }

  /** See {@link FileRoom.settled}. */
  async settled(): Promise<boolean> {
    const goes = await this.#attaching.settled();
    if (!goes) this.#focus('[data-files]');
    return goes;
  }

  /** The text is not sent after all, if it waits to be. */
  stay(): void {
    if (this.#attaching.waits) this.#attaching.stay();
  }

  /** See {@link Attaching.renew}. */
  renew(errors: readonly { pointer: string }[] | undefined): boolean {
    return this.#attaching.renew(errors);
  }

  /**
   * Where files are added to a text.
   * @param frozen the text is on its way
   * @param onSend sends after all
   */
  renderAttaching(view: FileView, frozen: boolean, onSend: () => void): unknown {
    this.#view = view;
    const attaching = this.#attaching;
    if (!attaching.limits && !attaching.files.length) return nothing;
    return renderAttaching(view, attaching, {
      frozen,
      dragged: this.#dragged,
      onAdd: (files) => attaching.add(files),
      onRemove: (...files) => this.#remove(files),
      onSend,
    });
  }

  /** Files that are there. */
  renderAttachments(view: FileView, attachments: readonly Attachment[]): unknown {
    return renderAttachments(view, this.#saving, this.#host.session(), attachments);
  }

  /** What is said of a message that was refused because its files were dropped; undefined: it was not. */
  renderGone(view: FileView, row: Outgoing): unknown {
    const conversation = this.#host.conversation?.();
    return conversation && this.#resending.render(view, row, conversation);
  }

  /** The focus goes on with the next file, else to the button. */
  #remove(files: readonly DraftFile[]): void {
    const at = this.#attaching.files.indexOf(files[0] as DraftFile);
    this.#attaching.remove(...files);
    this.#focus(`[part="attaching"] li:nth-child(${at + 1}) .acts > button:last-child`, '[part~="attach"]');
  }

  #focus(...selectors: string[]): void {
    const { host } = this.#host;
    void host.updateComplete.then(() => {
      const found = selectors.map((one) => host.renderRoot.querySelector<HTMLElement>(one));
      found.find(Boolean)?.focus();
    });
  }
}
