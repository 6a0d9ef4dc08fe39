import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Desk } from '../../core/desk.js';
import type { Escalation } from '../../core/model.js';
import type { Shown } from '../../core/session.js';
import { isolated, safeLine } from '../../core/text.js';
import { en } from '../../locales/en.js';
import type { Words } from '../../locales/registry.js';
import { adoptStyles } from '../adopt-styles.js';
import { tell } from '../events.js';
import { escalatePath, icon } from '../icons.js';
import { oneOf, pageAddress } from '../attributes.js';
import { isolate } from '../isolate.js';
import { LocaleController } from '../locale-controller.js';
import { SessionController } from '../session-controller.js';
import { setStates } from '../states.js';
import { tokens } from '../tokens.styles.js';
import type { CaseDialog } from './dialog.js';
import { styles } from './escalate-case.styles.js';

/** Verdicts with a button. */
const ESCALATES: readonly string[] = ['available', 'blocked', 'elsewhere'];

/**
 * A button and a dialog to escalate a support case: says whether and why the case can be escalated, and files the
 * request. While an escalation is open there is no button, but a note that says so.
 *
 * @tag escalate-case
 * @slot - Replaces the label of the button.
 * @slot icon - Replaces the icon of the button.
 * @slot intro - Replaces the policy's introduction in the dialog.
 * @slot contact - Replaces whom to contact when it is urgent, in the dialog and beside "Try again".
 * @slot help - Replaces the policy's links to guidance.
 * @fires {CustomEvent<{caseId: string, reasonId: string, path: string[]}>} escalation-submit - Before a request is sent; cancelable.
 * @fires {CustomEvent<{caseId: string, criterion: string, remedy: string, path: string[]}>} escalation-remedy - Before a remedy is carried out; cancelable.
 * @fires {CustomEvent<{caseId: string, escalationId: string}>} escalation-view - Before the page is taken to the escalation; cancelable.
 * @fires {CustomEvent<{caseId: string}>} escalation-auth-required - Nobody is signed in; cancelable.
 * @fires {CustomEvent<{caseId: string, verdict: string}>} escalation-verdict - The verdict has changed.
 * @fires {CustomEvent<{caseId: string, escalationId: string, replayed: boolean}>} escalation-requested - A request was filed.
 * @fires {CustomEvent<{escalationId: string, entryId: string}>} escalation-message - What was typed is a message now.
 * @fires {CustomEvent<{escalationId: string, status: string, previous: string}>} escalation-change - The status of the escalation has changed.
 * @fires {CustomEvent<{}>} escalation-open - The dialog has opened; does not bubble.
 * @fires {CustomEvent<{}>} escalation-close - The dialog has closed; does not bubble.
 * @fires {CustomEvent<{caseId: string, count: number}>} escalation-unread - How much the user has not read has changed.
 * @fires {CustomEvent<{code: string, retryable: boolean, traceId?: string}>} escalation-error - Something failed.
 * @cssState loading - No answer yet.
 * @cssState available - The case can be escalated.
 * @cssState blocked - A criterion is not met yet.
 * @cssState elsewhere - Another channel is the right one.
 * @cssState open-escalation - An escalation is open: no button.
 * @cssState not-offered - The process is not for this case.
 * @cssState unknown - No usable answer came.
 * @cssState signed-out - Nobody is signed in.
 * @cssState refused - The case is not for this user.
 * @cssState unconfigured - There is no help desk.
 * @cssState dialog-open - The dialog is open.
 * @cssState dialog-sheet - It is a sheet from the bottom.
 * @cssState draft - Something is typed that has not been sent.
 * @cssState busy - A request is on its way.
 * @cssState offline - The last look failed; what is shown was known before.
 */
export class EscalateCase extends LitElement {
  static readonly version = '0.1.0';
  // Not decorators: their helpers weigh 3 % of the first chunk.
  static override properties = {
    caseId: { attribute: 'case-id' },
    endpoint: {},
    whenOpen: { attribute: 'when-open' },
    trigger: {},
    label: {},
    feedHref: { attribute: 'feed-href' },
    desk: { attribute: false },
  };

  readonly #session = new SessionController(this);
  readonly #locale = new LocaleController(this, en, () => [
    this.#session.configuration?.labels,
    this.#buttonLabel,
  ]);
  readonly #internals = this.attachInternals();
  #dialog: CaseDialog | undefined;
  /** The dialog's code is on its way, or could not be loaded. */
  #opening: 'no' | 'yes' | 'failed' = 'no';

  /** Id of the case in the help desk. Empty: draws nothing yet. */
  declare caseId: string;

  /** Base URL of a server that speaks the REST contract. */
  declare endpoint: string;

  /** While an escalation is open: one line that says so, or nothing. */
  declare whenOpen: 'note' | 'hide';

  /** What is drawn in the page: the button, its icon alone, or nothing, for a page that calls `show()` itself. */
  declare trigger: 'button' | 'icon' | 'none';

  /** Accessible name of the icon; else the words of the button. */
  declare label: string;

  /** Where "View escalation" leads; else to a feed of the same case on the page. */
  declare feedHref: string;

  /** A desk made by `createDesk`; before `endpoint` and `configure`. */
  declare desk: Desk | undefined;

  constructor() {
    super();
    this.caseId = this.endpoint = this.label = this.feedHref = '';
    this.whenOpen = 'note';
    this.trigger = 'button';
    // A button of the page: commandfor="…" command="--show".
    this.addEventListener('command', (event) => {
      if ((event as CommandEvent).command === '--show') void this.show();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    adoptStyles(this, tokens, styles);
  }

  protected override performUpdate(): void {
    isolate(this, () => super.performUpdate());
  }

  override updated(): void {
    const { shown, snapshot } = this.#session;
    const inPage = this.renderRoot.querySelector('[part~="trigger"], [part~="note"], [part="placeholder"]');
    setStates(this.#internals, [
      shown,
      // Not displayed, the host of an open dialog would make the page inert, unseen.
      !inPage && !this.open && '_nothing',
      this.#opening === 'yes' && 'busy',
      ...(this.#dialog?.states ?? []),
      snapshot.state && snapshot.problem && 'offline',
    ]);
  }

  override render(): TemplateResult {
    return html`${this.#renderInPage()}${this.#dialog?.render()}`;
  }

  #renderInPage(): TemplateResult | undefined {
    const { shown, snapshot } = this.#session;
    if (!this.caseId) return;
    if (shown === 'loading') return html`<span part="placeholder" aria-hidden="true"></span>`;
    if (ESCALATES.includes(shown)) return this.#renderTrigger();
    if (shown === 'open-escalation') return this.#renderOpen();
    const text =
      shown === 'not-offered'
        ? safeLine(snapshot.state?.verdict.policyReason ?? '', 500)
        : this.#locale.say(shown);
    const retry = html`<button type="button" class="link" part="note-retry" @click=${() => this.refresh()}>
        ${this.#locale.say('retry')}</button
      ><slot name="contact"></slot>`;
    return text
      ? this.#note(shown, text, shown === 'unknown' || shown === 'signed-out' ? retry : '')
      : undefined;
  }

  #renderTrigger(): TemplateResult {
    const trigger = oneOf('trigger', this.trigger, ['button', 'icon', 'none']);
    const words = this.#locale.say('button');
    return html`${
      trigger === 'none'
        ? ''
        : html`<button
            type="button"
            part="trigger"
            aria-haspopup="dialog"
            aria-busy=${this.#opening === 'yes'}
            aria-label=${trigger === 'icon' ? this.label || words : nothing}
            @click=${() => this.show()}
          >
            <slot name="icon">${this.#icon('trigger-icon')}</slot>
            ${trigger === 'icon' ? '' : html`<span part="trigger-label"><slot>${words}</slot></span>`}
          </button>`
    }${this.#opening === 'failed' ? this.#note('unknown', this.#locale.say('notLoaded')) : ''}`;
  }

  #renderOpen(): TemplateResult | undefined {
    const escalation = this.#open;
    if (!escalation || oneOf('when-open', this.whenOpen, ['note', 'hide']) === 'hide') return;
    const { id, requestedAt, owner, status } = escalation;
    const values = {
      date: new Date(requestedAt).toLocaleDateString(this.#locale.language, {
        day: 'numeric',
        month: 'long',
      }),
      owner: isolated(owner?.name ?? ''),
    };
    const link = html`<a
      part="note-link"
      href=${this.#feedUrl || '#'}
      @click=${(event: Event) => this.viewEscalation(id, event)}
      >${this.#locale.say('view')}</a
    >`;
    return this.#note(
      'open',
      this.#locale.say(owner ? status : 'requested', values),
      this.canView ? link : '',
    );
  }

  #note(kind: string, text: string, action: TemplateResult | string = ''): TemplateResult {
    return html`<p part="note note-${kind}" tabindex="-1">
      ${this.#icon('note-icon')}<span part="note-text" dir="auto">${text}</span> ${action}
    </p>`;
  }

  #icon(part: string): TemplateResult {
    return icon('escalate', escalatePath, part, this.#session.configuration?.icons);
  }

  /** What is shown: the verdict, or why there is none. */
  get verdict(): Shown | 'unconfigured' {
    return this.#session.shown;
  }

  /** Id of the open escalation, else null. */
  get escalationId(): string | null {
    return this.#open?.id ?? null;
  }

  /** The dialog is open. */
  get open(): boolean {
    return this.#dialog?.open ?? false;
  }

  /**
   * Opens the dialog.
   * @returns false, after `escalation-view`, while an escalation is open; false where there is nothing to open
   */
  async show(): Promise<boolean> {
    const { session, shown } = this.#session;
    if (this.#open) this.viewEscalation(this.#open.id);
    if (!session || !ESCALATES.includes(shown)) return false;
    try {
      this.#opens('yes');
      const { CaseDialog } = await import('./dialog.js');
      if (this.#dialog?.session !== session) this.#dialog = new CaseDialog(this, session, this.#session);
      this.#opens('no');
      await this.#dialog.show();
      return true;
    } catch {
      this.#opens('failed');
      return false;
    }
  }

  #opens(opening: 'no' | 'yes' | 'failed'): void {
    this.#opening = opening;
    this.requestUpdate();
  }

  /** Closes the dialog; what was typed stays. */
  close(): void {
    this.#dialog?.close();
  }

  /** Asks the help desk now; goes on with a request that waited for a sign-in, with its key. */
  async refresh(): Promise<void> {
    await this.#session.session?.refresh();
    await this.#dialog?.resume();
  }

  /** Whether there is somewhere to view an escalation. */
  get canView(): boolean {
    return Boolean(this.#feedUrl || this.#feed);
  }

  /**
   * Takes the page to the escalation, unless `escalation-view` was prevented; for the dialog's link.
   * @param event of a link that has the address already: the browser follows it
   */
  viewEscalation(escalationId: string, event?: Event): void {
    const go = tell(this, 'escalation-view', { caseId: this.caseId, escalationId });
    if (!go || !this.#feedUrl) event?.preventDefault();
    if (!go) return;
    this.close();
    if (!this.#feedUrl) {
      this.#feed?.scrollIntoView();
      this.#feed?.focus();
    } else if (!event) location.assign(this.#feedUrl);
  }

  get #open(): Escalation | null {
    return this.#session.snapshot.state?.openEscalation ?? null;
  }

  get #feedUrl(): string {
    return pageAddress(this.feedHref);
  }

  get #feed(): HTMLElement | undefined {
    return this.#session.peers.find(({ localName }) => localName !== this.localName);
  }

  get #buttonLabel(): Words | undefined {
    const label = this.#session.snapshot.state?.verdict.button?.label;
    return label ? { button: safeLine(label) } : undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'escalate-case': EscalateCase;
  }
}
