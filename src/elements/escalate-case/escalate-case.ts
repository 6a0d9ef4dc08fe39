import { html, LitElement, type TemplateResult } from 'lit';
import type { Desk } from '../../core/desk.js';
import type { Escalation } from '../../core/model.js';
import type { Shown } from '../../core/session.js';
import { isolated, safeLine } from '../../core/text.js';
import { en } from '../../locales/en.js';
import type { Words } from '../../locales/registry.js';
import { tell } from '../events.js';
import { escalatePath, icon } from '../icons.js';
import { LocaleController } from '../locale-controller.js';
import { SessionController } from '../session-controller.js';
import { setStates } from '../states.js';
import { tokens } from '../tokens.styles.js';
import { warnOnce } from '../warn.js';
import type { CaseDialog } from './dialog.js';
import { styles } from './escalate-case.styles.js';

/**
 * A button and a dialog to escalate a support case: says whether and why the case can be escalated, and files the
 * request. While an escalation is open there is no button, but a note that says so.
 *
 * @tag escalate-case
 * @slot - Replaces the label of the button.
 * @slot icon - Replaces the icon of the button.
 * @slot intro - Replaces the policy's introduction in the dialog.
 * @fires {CustomEvent<{caseId: string, reasonId: string, path: string[]}>} escalation-submit - Before a request is sent; cancelable.
 * @fires {CustomEvent<{caseId: string, criterion: string, remedy: string, path: string[]}>} escalation-remedy - Before a remedy is carried out; cancelable.
 * @fires {CustomEvent<{caseId: string, escalationId: string}>} escalation-view - Before the page is taken to the escalation; cancelable.
 * @fires {CustomEvent<{caseId: string}>} escalation-auth-required - Nobody is signed in; cancelable.
 * @fires {CustomEvent<{caseId: string, verdict: string}>} escalation-verdict - The verdict has changed.
 * @fires {CustomEvent<{caseId: string, escalationId: string, replayed: boolean}>} escalation-requested - A request was filed.
 * @fires {CustomEvent<{escalationId: string, status: string, previous: string}>} escalation-change - The status of the escalation has changed.
 * @fires {CustomEvent<{}>} escalation-open - The dialog has opened; does not bubble.
 * @fires {CustomEvent<{}>} escalation-close - The dialog has closed; does not bubble.
 * @fires {CustomEvent<{code: string, retryable: boolean, traceId?: string}>} escalation-error - Something failed.
 * @csspart trigger - The button in the page.
 * @csspart trigger-icon - Its icon.
 * @csspart trigger-label - Its label.
 * @csspart placeholder - The outline that keeps the place of the button while loading.
 * @csspart note - One line instead of the button; with note-open, note-not-offered, note-unknown, note-signed-out, note-refused or note-unconfigured.
 * @csspart note-text - Its text.
 * @csspart note-link - Its link to the escalation.
 * @csspart note-retry - Its "Try again".
 * @csspart dialog - The dialog.
 * @cssproperty [--escalation-color-accent=#0a5ad4] - Action, links, current step.
 * @cssproperty [--escalation-trigger-background=surface] - Background of the button.
 * @cssproperty [--escalation-trigger-color=accent] - Text of the button.
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
 * @cssState busy - A request is on its way.
 * @cssState offline - The last look failed; what is shown was known before.
 */
export class EscalateCase extends LitElement {
  static readonly version = '0.1.0';
  static override styles = [tokens, styles];
  // Not decorators: their helpers weigh 3 % of the first chunk.
  static override properties = {
    caseId: { attribute: 'case-id' },
    endpoint: {},
    whenOpen: { attribute: 'when-open' },
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

  /** Where "View escalation" leads; else to a feed of the same case on the page. */
  declare feedHref: string;

  /** A desk made by `createDesk`; before `endpoint` and `configure`. */
  declare desk: Desk | undefined;

  constructor() {
    super();
    this.caseId = '';
    this.endpoint = '';
    this.whenOpen = 'note';
    this.feedHref = '';
  }

  override updated(): void {
    const { shown, snapshot } = this.#session;
    const inPage = this.renderRoot.querySelector('[part~="trigger"], [part~="note"], [part="placeholder"]');
    setStates(this.#internals, [
      shown,
      // Not displayed, the host of an open dialog would make the page inert, unseen.
      !inPage && !this.open && '_nothing',
      this.open && 'dialog-open',
      (this.#dialog?.busy || this.#opening === 'yes') && 'busy',
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
    if (shown === 'available' || shown === 'blocked') return this.#renderTrigger();
    if (shown === 'open-escalation') return this.#renderOpen();
    const { note, policyReason } = snapshot.state?.verdict ?? {};
    const text =
      safeLine(note ?? policyReason ?? '', 500) || (shown === 'not-offered' ? '' : this.#locale.say(shown));
    const retry = html`<button type="button" class="link" part="note-retry" @click=${() => this.refresh()}>
      ${this.#locale.say('retry')}
    </button>`;
    return text
      ? this.#note(shown, text, shown === 'unknown' || shown === 'signed-out' ? retry : '')
      : undefined;
  }

  #renderTrigger(): TemplateResult {
    return html`<button
        type="button"
        part="trigger"
        aria-haspopup="dialog"
        aria-busy=${this.#opening === 'yes'}
        @click=${() => this.show()}
      >
        <slot name="icon"
          >${icon('escalate', escalatePath, 'trigger-icon', this.#session.configuration?.icons)}</slot
        >
        <span part="trigger-label"><slot>${this.#locale.say('button')}</slot></span></button
      >${this.#opening === 'failed' ? this.#note('unknown', this.#locale.say('notLoaded')) : ''}`;
  }

  #renderOpen(): TemplateResult | undefined {
    const escalation = this.#open;
    if (!escalation || this.#whenOpen() === 'hide') return;
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
      href=${this.feedHref || '#'}
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
      <span part="note-text" dir="auto">${text}</span> ${action}
    </p>`;
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
    if (!session || (shown !== 'available' && shown !== 'blocked')) return false;
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
    return Boolean(this.feedHref || this.#feed);
  }

  /**
   * Takes the page to the escalation, unless `escalation-view` was prevented; for the dialog's link.
   * @param event of a link that has the address already: the browser follows it
   */
  viewEscalation(escalationId: string, event?: Event): void {
    const go = tell(this, 'escalation-view', { caseId: this.caseId, escalationId });
    if (!go || !this.feedHref) event?.preventDefault();
    if (!go) return;
    this.close();
    if (!this.feedHref) {
      this.#feed?.scrollIntoView();
      this.#feed?.focus();
    } else if (!event) location.assign(this.feedHref);
  }

  get #open(): Escalation | null {
    return this.#session.snapshot.state?.openEscalation ?? null;
  }

  get #feed(): HTMLElement | undefined {
    return this.#session.peers.find(({ localName }) => localName !== this.localName);
  }

  get #buttonLabel(): Words | undefined {
    const label = this.#session.snapshot.state?.verdict.button?.label;
    return label ? { button: safeLine(label) } : undefined;
  }

  #whenOpen(): 'note' | 'hide' {
    if (this.whenOpen === 'hide' || this.whenOpen === 'note') return this.whenOpen;
    warnOnce(`when-open="${String(this.whenOpen)}": must be "note" or "hide".`);
    return 'note';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'escalate-case': EscalateCase;
  }
}
