import type { TemplateResult } from 'lit';
import { BackendError, isBackendError } from '../../core/backend.js';
import { localText } from '../../core/facts.js';
import { isDialogState } from '../../core/guard-policy.js';
import type { JudgedState } from '../../core/model.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import type { Policy, Text } from '../../core/policy.js';
import { policyOf } from '../../core/session-policy.js';
import type { Session } from '../../core/session.js';
import { en } from '../../locales/en.js';
import { enDialog } from '../../locales/en-dialog.js';
import type { Values, Words } from '../../locales/registry.js';
import { adoptStyles } from '../adopt-styles.js';
import { controls } from '../controls.styles.js';
import { tell } from '../events.js';
import { LocaleController } from '../locale-controller.js';
import type { SessionController } from '../session-controller.js';
import { dialogStyles } from './dialog.styles.js';
import type { EscalateCase } from './escalate-case.js';
import { nothingFilled, type Filled } from './filled.js';
import { renderFrame } from './frame.js';
import type * as Later from './later.js';
import { screenOf } from './screen.js';

/**
 * The dialog of an `<escalate-case>`: loaded when first wanted, drawn into the element's own root. It keeps what was
 * typed until it was sent, whatever happens to the verdict meanwhile. What it shows is in `screen.ts`, what people do in
 * it in `actions.ts`.
 */
export class CaseDialog {
  readonly session: Session;
  readonly host: EscalateCase;
  readonly #controller: SessionController;
  readonly locale: LocaleController;
  #policyLabels: Words = {};
  policy: Policy | undefined;
  filled: Filled = nothingFilled;
  /** What comes once somebody reads or types on; on its way as soon as the dialog is open. */
  later: typeof Later | undefined;
  /** Since it was opened the case could not be escalated for a while. */
  waited = false;
  /** When it was opened, by `performance.now()`. */
  openedAt = 0;
  #known: JudgedState | undefined;
  /** Id of who typed. */
  #user = '';
  #screen = '';
  #lastScreen = '';
  #tick: ReturnType<typeof setInterval> | undefined;
  #shownOrNot: ResizeObserver | undefined;

  constructor(host: EscalateCase, session: Session, controller: SessionController) {
    this.host = host;
    this.#controller = controller;
    this.session = session;
    this.locale = new LocaleController(host, { ...en, ...enDialog }, () => [
      controller.configuration?.labels,
      this.#policyLabels,
    ]);
    adoptStyles(host, controls, dialogStyles);
  }

  get open(): boolean {
    return this.#element?.open ?? false;
  }

  /** A request is on its way. */
  get busy(): boolean {
    return this.filled.sending;
  }

  /** What the element is, besides its verdict. */
  get states(): (string | false)[] {
    return [
      this.open && 'dialog-open',
      this.open && matchMedia('(max-width: 480px)').matches && 'dialog-sheet',
      this.busy && 'busy',
      this.hasDraft && 'draft',
    ];
  }

  /** Something is typed that has not been sent. */
  get hasDraft(): boolean {
    const { details, impact, files } = this.filled.draft;
    return Boolean(details || impact || files?.length);
  }

  get icons(): Record<string, string> | undefined {
    return this.#controller.configuration?.icons;
  }

  get #element(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector('dialog');
  }

  async show(): Promise<void> {
    if (this.open) return;
    this.host.addController(this);
    if (this.filled.sent || this.filled.added === 'added') this.filled = nothingFilled;
    this.waited = false;
    this.set({});
    await this.host.updateComplete;
    const element = this.#element;
    if (!element) return;
    element.showModal();
    this.openedAt = performance.now();
    this.focus('[part="dialog-title"]');
    tell(this.host, 'escalation-open', {});
    this.#tick = setInterval(() => this.set({}), 15_000);
    // Hidden with a part of the page, an open dialog would leave all of the page inert.
    this.#shownOrNot = new ResizeObserver(() => element.checkVisibility() || this.close());
    this.#shownOrNot.observe(element);
    this.set({});
    void this.loadPolicy();
    void this.#loadLater()
      .then(({ recall }) => recall(this))
      .catch(() => this.fail(new BackendError('network'))); // Asked for again by who needs it.
  }

  close(): void {
    this.#element?.close();
    // Its own event comes later, when it may have been opened again.
    this.onClosed();
  }

  /** Another case or another user: what was typed for this one is kept for it, and not shown any more. */
  hostUpdate(): void {
    this.checkUser();
    const isSame = this.#controller.session === this.session;
    // What becomes of a request on its way is still told (C03).
    if (isSame || this.busy || (this.open && this.filled.sent)) return;
    this.close();
    this.host.removeController(this);
  }

  /** Where what had the focus is gone with the screen that it was on, the new screen begins at its news, else at its title. */
  hostUpdated(): void {
    if (this.#screen === this.#lastScreen) return;
    this.#lastScreen = this.#screen;
    // By e-mail by now: what was kept may not be (G14).
    if (this.hasDraft) this.later?.keep(this);
    void this.host.updateComplete.then(() => {
      if (this.open && document.activeElement === document.body)
        this.focus('[data-outcome]', '[part="dialog-title"]');
    });
  }

  /** Goes on with a request that waited for a sign-in. */
  async resume(): Promise<void> {
    await this.later?.resume(this);
  }

  /** Somebody else is signed in: what was typed is not theirs, and not to be sent for them (A04). */
  checkUser(): void {
    const id = this.session.snapshot.state?.user.id;
    if (!id || id === this.#user) return;
    if (this.#user) {
      this.session.attempt = undefined;
      this.filled = nothingFilled;
      this.close();
    }
    this.#user = id;
  }

  render(): TemplateResult {
    const screen = screenOf(this);
    this.#screen = screen.kind === 'form' ? screen.way : screen.kind;
    if (this.#screen === 'blocked') this.waited = true;
    return renderFrame(screen);
  }

  /** Changes what was filled in, and draws again. */
  set(change: Partial<Filled>): void {
    this.filled = { ...this.filled, ...change };
    if (change.draft) this.later?.keep(this);
    this.host.requestUpdate();
  }

  /** Focuses what the first selector that finds something finds, once it is drawn. */
  focus(...selectors: string[]): void {
    void this.host.updateComplete.then(() => {
      const { renderRoot } = this.host;
      selectors
        .map((one) => renderRoot.querySelector<HTMLElement>(one))
        .find(Boolean)
        ?.focus();
    });
  }

  /** Shows what went wrong, and tells the page. */
  fail(error: unknown): void {
    const problem = isBackendError(error) ? error : new BackendError('server-error', String(error));
    this.set({ problem, late: this.filled.late || problem.code === 'open-escalation-exists' });
    const { code, retryable, details } = problem;
    tell(this.host, 'escalation-error', { code, retryable, traceId: details.traceId });
  }

  /** A text of the policy in the element's language. */
  readonly text = (text: Text): string =>
    localText(text, [this.locale.language], this.policy?.language ?? 'en');

  readonly say = (id: string, values?: Values): string => this.locale.say(id, values);

  async #loadLater(): Promise<typeof Later> {
    if (!this.later) {
      const later = (this.later = await import('./later.js'));
      this.locale.english = { ...this.locale.english, ...later.words };
      later.quiet(this.host.renderRoot);
      adoptStyles(this.host, ...later.styles);
      this.set({});
    }
    return this.later;
  }

  /** Does what needs the later part; where that cannot be loaded, it says so. */
  async with(act: (later: typeof Later) => unknown): Promise<void> {
    const later = await this.#loadLater().catch(() => undefined);
    if (later) await act(later);
    else this.fail(new BackendError('network'));
  }

  async loadPolicy(): Promise<void> {
    if (!this.filled.sending) this.set({ problem: undefined });
    try {
      this.policy = await policyOf(this.session);
      const labels = Object.entries(this.policy.labels).map(([id, text]) => [id, this.text(text)]);
      this.#policyLabels = Object.fromEntries(labels) as Words;
    } catch (error) {
      this.fail(error);
    }
    this.set({});
  }

  /**
   * The case as this dialog may rely on it: the button has looked at a few members only. Signed out, as it was: what was
   * typed stays in sight.
   */
  get state(): JudgedState | undefined {
    const state = (this.#known = this.session.snapshot.state ?? this.#known);
    return state && isDialogState(state) ? state : undefined;
  }

  readonly onClosed = (): void => {
    if (this.open || !this.#shownOrNot) return;
    clearInterval(this.#tick);
    this.#shownOrNot.disconnect();
    this.#shownOrNot = undefined;
    tell(this.host, 'escalation-close', {});
    const { problem } = this.filled;
    this.set({
      copied: '',
      left: false,
      late: false,
      discarded: undefined,
      problem: problem && isOutcomeUnknown(problem) ? problem : undefined,
    });
    // The page may have moved the focus on, to the feed for one; a lost one goes to the button or what replaced it.
    void this.host.updateComplete.then(() => {
      const at = document.activeElement;
      if (!at || at === document.body || at === this.host)
        this.focus('[part~="trigger"]', '[part~="note-link"]', '[part~="note"]');
    });
  };
}
