import { LitElement, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../../core/desk.js';
import { adoptStyles } from '../adopt-styles.js';
import { isolate } from '../isolate.js';
import { setStates } from '../states.js';
import { warnOnce } from '../warn.js';
import type { FeedPanel } from './panel.js';

/**
 * The status of an escalation and the conversation with its owner.
 *
 * @tag escalation-feed
 * @slot empty - Replaces what is said when there is no escalation.
 * @slot help - Replaces the policy's links to guidance.
 * @fires {CustomEvent<{escalationId: string, entryId?: string}>} escalation-move-to-case - Before a text is put on the case itself; cancelable.
 * @fires {CustomEvent<{caseId: string, verdict: string}>} escalation-verdict - The verdict has changed.
 * @fires {CustomEvent<{caseId: string}>} escalation-auth-required - Nobody is signed in; cancelable.
 * @fires {CustomEvent<{escalationId: string, entryId: string}>} escalation-message - A message of the user has arrived.
 * @fires {CustomEvent<{escalationId: string, status: string, previous: string}>} escalation-change - The status of the escalation has changed.
 * @fires {CustomEvent<{caseId: string, count: number}>} escalation-unread - How much the user has not read has changed.
 * @fires {CustomEvent<{code: string, retryable: boolean, traceId?: string}>} escalation-error - Something failed.
 * @cssState loading - No answer yet.
 * @cssState empty - There is no escalation.
 * @cssState requested - Nobody has taken it yet.
 * @cssState under-review - The owner looks at the request.
 * @cssState accepted - The owner works on it.
 * @cssState declined - It was declined.
 * @cssState resolved - It is resolved.
 * @cssState withdrawn - It was withdrawn.
 * @cssState off - Communication is by e-mail.
 * @cssState unknown - No usable answer came.
 * @cssState signed-out - Nobody is signed in.
 * @cssState refused - The case is not for this user.
 * @cssState unconfigured - There is no help desk.
 * @cssState overdue - The promised update is late.
 * @cssState unread - There is something that the user has not read.
 * @cssState sending - A message is on its way.
 * @cssState offline - The last look failed; what is shown was known before.
 */
export class EscalationFeed extends LitElement {
  static readonly version = '0.1.0';
  // Not decorators: their helpers weigh 3 % of the first chunk.
  static override properties = {
    caseId: { attribute: 'case-id' },
    endpoint: {},
    escalationId: { attribute: 'escalation-id' },
    desk: { attribute: false },
  };

  readonly #internals = this.attachInternals();
  #panel: FeedPanel | undefined;

  /** Id of the case in the help desk. Empty: draws nothing yet. */
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

  /** The panel comes on demand: a page with only the button does not pay for it. */
  async #load(): Promise<void> {
    try {
      const { FeedPanel } = await import('./panel.js');
      this.#panel ??= new FeedPanel(this);
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

declare global {
  interface HTMLElementTagNameMap {
    'escalation-feed': EscalationFeed;
  }
}
