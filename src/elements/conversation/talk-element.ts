import { LitElement, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../../core/desk.js';
import { adoptStyles } from '../adopt-styles.js';
import { isolate } from '../isolate.js';
import { setStates } from '../states.js';
import { warnOnce } from '../warn.js';

/** What an element shows: loaded when the first one is connected, drawn into the element's own root. */
export interface Panel {
  /** The custom states of the element. */
  readonly states: string[];
  readonly unread: number;
  render(): TemplateResult | typeof nothing;
  focus(options?: FocusOptions): void;
  refresh(): Promise<void>;
}

/** What `<escalation-feed>` and `<escalation-review>` have in common before their panels come. */
export abstract class TalkElement extends LitElement {
  static readonly version = '0.1.0';
  // Not decorators: their helpers weigh 3 % of the first chunk.
  static override properties = {
    caseId: { attribute: 'case-id' },
    endpoint: {},
    escalationId: { attribute: 'escalation-id' },
    desk: { attribute: false },
  };

  readonly #internals = this.attachInternals();
  #panel: Panel | undefined;

  /** Id of the case in the help desk. */
  declare caseId: string;

  /** Base URL of a server that speaks the REST contract. */
  declare endpoint: string;

  /** A past escalation; else the open one, else the last. */
  declare escalationId: string;

  /** A desk made by `createDesk`; before `endpoint` and `configure`. */
  declare desk: Desk | undefined;

  constructor() {
    super();
    this.caseId = this.endpoint = this.escalationId = '';
  }

  /** The panel comes on demand: a page with only the button does not pay for it. */
  protected abstract load: () => Promise<new (host: this) => Panel>;

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this);
    void this.#load();
  }

  protected override performUpdate(): void {
    isolate(this, () => super.performUpdate());
  }

  override updated(): void {
    setStates(this.#internals, this.#panel?.states ?? ['loading']);
  }

  override render(): TemplateResult | typeof nothing {
    return this.#panel?.render() ?? nothing;
  }

  async #load(): Promise<void> {
    try {
      const Panel = await this.load();
      this.#panel ??= new Panel(this);
      this.requestUpdate();
    } catch {
      // The next connection, or refresh(), tries again.
      warnOnce('panel.js could not be loaded.');
    }
  }

  /** How many entries of the escalation the user has not read. */
  get unread(): number {
    return this.#panel?.unread ?? 0;
  }

  /** Puts the keyboard into the composer, else onto the conversation. */
  override focus(options?: FocusOptions): void {
    this.#panel?.focus(options);
  }

  /** Asks the help desk now. */
  async refresh(): Promise<void> {
    await (this.#panel ? this.#panel.refresh() : this.#load());
  }
}
