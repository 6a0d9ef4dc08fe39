import { nothing, type LitElement } from 'lit';
import type { Conversation } from '../../core/conversation.js';
import type { Session } from '../../core/session.js';
import type { Words } from '../../locales/registry.js';
import { adoptStyles } from '../adopt-styles.js';
import type { FileHolder } from './attaching.js';
import type { Files } from './part.js';

/** What files need of the element that shows them. */
export interface FileHost {
  readonly host: LitElement;
  readonly holder: FileHolder;
  /** The case whose files can be had. */
  session(): Session | undefined;
  /** Takes up the words of the part. */
  learn(words: Words): void;
  /** Whose messages may have lost their files on the way. */
  conversation?(): Conversation | undefined;
}

/** The door to all that has to do with files: loaded where some can be attached, or there are some to show. */
export class FileRoom {
  /** Undefined: not needed so far, or on its way. */
  part: Files | undefined;
  readonly #host: FileHost;
  #loading = false;

  constructor(host: FileHost) {
    this.#host = host;
  }

  /** @param needed whether there is something to draw; if so, and the part is not there, it comes */
  draw(needed: unknown, draw: (part: Files) => unknown): unknown {
    if (!needed) return nothing;
    if (!this.part) void this.#load();
    return this.part ? draw(this.part) : nothing;
  }

  /** Not every file that goes with the text is there. */
  get pending(): boolean {
    return this.#host.holder.read().some(({ id }) => !id);
  }

  /** Waits until every file is there. @returns whether the text may be sent */
  async settled(): Promise<boolean> {
    if (!this.part) await this.#load();
    return this.part?.settled() ?? false;
  }

  async #load(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const { host, learn } = this.#host;
    try {
      const { Files, words, styles } = await import('./part.js');
      learn(words);
      adoptStyles(host, ...styles);
      this.part = new Files(this.#host);
      host.requestUpdate();
    } catch {
      // Asked for again at the next drawing.
      this.#loading = false;
    }
  }
}
