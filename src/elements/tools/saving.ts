import { html, nothing, type TemplateResult } from 'lit';
import { linkButton } from '../buttons.js';
import type { FeedView } from '../conversation/view.js';
import { download } from '../download.js';
import type { ToolHost } from './room.js';
import { transcript } from './transcript.js';

/** Entries asked for at once. */
const PAGE = 500;

type Way = 'saveText' | 'saveJson' | 'print';
const WAYS: readonly Way[] = ['saveText', 'saveJson', 'print'];

/** Takes a conversation along, whole: older pages are loaded before. */
export class Saving {
  readonly #host: ToolHost;
  #busy = false;
  #isCancelled = false;
  /** What is to be said. */
  #note = '';

  constructor(host: ToolHost) {
    this.#host = host;
  }

  cancel(): void {
    this.#isCancelled = true;
  }

  /** @returns what came of it: the id of a message */
  async #loadAll(): Promise<'saveStopped' | 'saveFailed' | undefined> {
    const { host, talking } = this.#host;
    const { conversation } = talking;
    if (!conversation) return 'saveFailed';
    if (conversation.talk.newer !== null) conversation.entries.showNewest();
    for (let { older } = conversation.talk; older !== null;) {
      this.#note = talking.say('saving', { count: conversation.talk.entries.length });
      host.requestUpdate();
      await conversation.entries.showOlder(PAGE);
      if (this.#isCancelled) return 'saveStopped';
      if (conversation !== talking.conversation || conversation.talk.older === older) return 'saveFailed';
      ({ older } = conversation.talk);
    }
    return undefined;
  }

  async #save(way: Way, view: FeedView): Promise<void> {
    const { host, talking, say } = this.#host;
    if (this.#busy) return;
    this.#busy = true;
    this.#isCancelled = false;
    const fault = await this.#loadAll();
    this.#busy = false;
    this.#note = talking.say(fault ?? '');
    host.requestUpdate();
    await host.updateComplete;
    const { talk } = talking;
    if (!fault && talk) {
      const { case: kase } = view.state ?? {};
      // A number is foreign: what would not do as a name of a file is left out.
      const name = `escalation-${(kase?.number ?? kase?.id ?? '').replace(/[^\w-]/g, '') || 'case'}`;
      this.#note = '';
      if (way === 'print') print();
      else if (way === 'saveText') this.#give(`${name}.txt`, 'text/plain', transcript({ ...view, talk }));
      else this.#give(`${name}.json`, 'application/json', json({ ...view, talk }));
    }
    if (this.#note) say(this.#note);
    host.requestUpdate();
  }

  #give(name: string, type: string, content: string): void {
    download(name, type, content);
    this.#note = this.#host.talking.say('saved', { name });
  }

  render(view: FeedView): TemplateResult {
    const { say } = view;
    return html`<div class="row">
        ${WAYS.map(
          (way) =>
            html`<button
              type="button"
              part="button button-secondary"
              class="button"
              aria-disabled=${this.#busy ? 'true' : nothing}
              @click=${() => void this.#save(way, view)}
            >
              ${say(way)}
            </button>`,
        )}
      </div>
      ${
        this.#note
          ? html`<p class="muted">
              ${this.#note} ${this.#busy ? linkButton(say('saveCancel'), () => this.cancel()) : nothing}
            </p>`
          : nothing
      }`;
  }
}

/** The entries as they came, and the escalation. */
const json = ({ talk, now }: FeedView): string =>
  `${JSON.stringify({ savedAt: now.toISOString(), escalation: talk.escalation, entries: talk.entries }, null, 2)}\n`;
