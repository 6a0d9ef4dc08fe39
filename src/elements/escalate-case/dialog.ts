import type { CSSResult, TemplateResult } from 'lit';
import { BackendError, isBackendError } from '../../core/backend.js';
import { typedText } from '../../core/draft.js';
import { localText } from '../../core/facts.js';
import { isDialogState } from '../../core/guard-policy.js';
import type { Escalation, JudgedState } from '../../core/model.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import type { Policy, Text } from '../../core/policy.js';
import { blocking, reasonsFor } from '../../core/request.js';
import { policyOf } from '../../core/session-policy.js';
import type { Session } from '../../core/session.js';
import { enCountdown } from '../../locales/en-countdown.js';
import { enDialog } from '../../locales/en-dialog.js';
import type { Values, Words } from '../../locales/registry.js';
import { controls } from '../controls.styles.js';
import { tell } from '../events.js';
import { LocaleController } from '../locale-controller.js';
import type { SessionController } from '../session-controller.js';
import { dialogStyles } from './dialog.styles.js';
import type { EscalateCase } from './escalate-case.js';
import { nothingFilled, type Filled } from './filled.js';
import { controlId } from './form.js';
import { renderFrame, type Screen } from './frame.js';
import type * as Later from './later.js';
import type { DialogView } from './view.js';

/**
 * The dialog of an `<escalate-case>`: loaded when first wanted, drawn into the element's own root. It keeps what was
 * typed until it was sent, whatever happens to the verdict meanwhile. What people do in it is in `actions.ts`.
 */
export class CaseDialog {
  readonly session: Session;
  readonly host: EscalateCase;
  readonly #controller: SessionController;
  policy: Policy | undefined;
  readonly locale: LocaleController;
  #policyLabels: Words = {};
  filled: Filled = nothingFilled;
  #known: JudgedState | undefined;
  #tick: ReturnType<typeof setInterval> | undefined;
  /** What comes once somebody reads or types on; on its way as soon as the dialog is open. */
  #later: typeof Later | undefined;

  constructor(host: EscalateCase, session: Session, controller: SessionController) {
    this.host = host;
    this.#controller = controller;
    this.session = session;
    this.locale = new LocaleController(host, { ...enCountdown, ...enDialog }, () => [
      controller.configuration?.labels,
      this.#policyLabels,
    ]);
    this.#adopt(controls);
    this.#adopt(dialogStyles);
  }

  /** Adds a sheet to the element's root; several dialogs of one element share it. */
  #adopt({ styleSheet }: CSSResult): void {
    const sheets = (this.host.renderRoot as ShadowRoot).adoptedStyleSheets;
    if (styleSheet && !sheets.includes(styleSheet)) sheets.push(styleSheet);
  }

  get open(): boolean {
    return this.#element?.open ?? false;
  }

  /** A request is on its way. */
  get busy(): boolean {
    return this.filled.sending;
  }

  get #element(): HTMLDialogElement | null {
    return this.host.renderRoot.querySelector('dialog');
  }

  async show(): Promise<void> {
    if (this.open) return;
    if (this.filled.sent) this.filled = nothingFilled;
    this.set({});
    await this.host.updateComplete;
    this.#element?.showModal();
    this.focus('[part="dialog-title"]');
    tell(this.host, 'escalation-open', {});
    this.#tick = setInterval(() => this.set({}), 15_000);
    this.set({});
    void this.#loadPolicy();
    void this.#loadLater().catch(() => undefined); // Asked for again by who needs it.
  }

  close(): void {
    this.#element?.close();
  }

  /** Goes on with a request that waited for a sign-in. */
  async resume(): Promise<void> {
    if (this.filled.problem?.code === 'signed-out' && this.session.attempt)
      await this.#with((later) => later.send(this));
  }

  render(): TemplateResult {
    return renderFrame(this.#screen());
  }

  /** Changes what was filled in, and draws again. */
  set(change: Partial<Filled>): void {
    this.filled = { ...this.filled, ...change };
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
    if (!isBackendError(error)) throw error;
    this.set({ problem: error });
    const { code, retryable, details } = error;
    tell(this.host, 'escalation-error', { code, retryable, traceId: details.traceId });
  }

  /** A text of the policy in the element's language. */
  readonly text = (text: Text): string =>
    localText(text, [this.locale.language], this.policy?.language ?? 'en');

  readonly #say = (id: string, values?: Values): string => this.locale.say(id, values);

  async #loadLater(): Promise<typeof Later> {
    if (!this.#later) {
      this.#later = await import('./later.js');
      this.locale.english = { ...this.locale.english, ...this.#later.words };
      this.#later.quiet(this.host.renderRoot);
      this.#adopt(this.#later.notices);
      this.#adopt(this.#later.laterStyles);
      this.set({});
    }
    return this.#later;
  }

  /** Does what needs the later part; where that cannot be loaded, it says so. */
  async #with(act: (later: typeof Later) => unknown): Promise<void> {
    const later = await this.#loadLater().catch(() => undefined);
    if (later) await act(later);
    else this.fail(new BackendError('network'));
  }

  async #loadPolicy(): Promise<void> {
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
  get #state(): JudgedState | undefined {
    const state = (this.#known = this.session.snapshot.state ?? this.#known);
    return state && isDialogState(state) ? state : undefined;
  }

  #screen(): Screen {
    const state = this.#state;
    const { policy, filled } = this;
    const { problem, copied, sending, sent, added } = filled;
    const later = this.#later;
    const screen = {
      say: this.#say,
      language: this.locale.language,
      now: this.session.now(),
      caseLine: state?.case,
      problem,
      later,
      text: typedText(filled.draft),
      copied,
      sending,
      onClose: () => this.close(),
      onClosed: this.#onClosed,
      onCopy: () => void this.#with(({ copy }) => copy(this)),
      onRetry: () => void (this.session.attempt ? this.#with(({ send }) => send(this)) : this.#loadPolicy()),
    };
    if (sent && later) {
      const reason = policy?.reasons.find(({ id }) => id === sent.reason.id);
      const next = [reason?.action, policy?.form.sent].filter((text) => text !== undefined).map(this.text);
      return { ...screen, kind: 'sent', later, next, onView: this.#viewOf(sent) };
    }
    const escalation = state?.openEscalation;
    if (escalation && later && !sending) {
      const onAdd = () => void later.addTo(this, escalation);
      return {
        ...screen,
        kind: 'existing',
        later,
        escalation,
        added,
        onAdd,
        onView: this.#viewOf(escalation),
      };
    }
    if (!policy || !state || escalation) return { ...screen, kind: problem ? 'failed' : 'loading' };
    const view = this.#view(policy, state);
    const blocked = blocking(policy, view.criteria, filled.draft.contested).length > 0;
    const { urgent } = policy.form;
    const unconfirmed = this.session.attempt !== undefined;
    return {
      ...screen,
      kind: 'form',
      view,
      blocked,
      // What was typed is never taken from under the caret.
      showForm: !blocked || sending || unconfirmed || screen.text !== '',
      availableAt: state.verdict.availableAt,
      remedied: filled.remedied,
      contact: policy.contacts[filled.contact],
      urgent: urgent && { text: urgent.text, contact: policy.contacts[urgent.contact] },
      unconfirmed,
      onSubmit: () => void this.#with(({ submit }) => submit(this, view)),
      onFault: (pointer) => this.focus(`#${CSS.escape(controlId(pointer))}`),
    };
  }

  #view(policy: Policy, state: JudgedState): DialogView {
    const { draft, faults, sending } = this.filled;
    return {
      policy,
      state,
      criteria: state.verdict.criteria ?? [],
      reasons: reasonsFor(policy, state),
      draft,
      faults,
      frozen: sending || this.session.attempt !== undefined,
      now: this.session.now(),
      language: this.locale.language,
      icons: this.#controller.configuration?.icons,
      later: this.#later,
      say: this.#say,
      text: this.text,
      onDraft: (change) =>
        this.set({
          draft: { ...this.filled.draft, ...change },
          // A fault is taken back when its field changes; the others stay until the next try.
          faults: this.filled.faults.filter(
            ({ pointer }) => !Object.keys(change).some((name) => changes(name, pointer)),
          ),
        }),
      onRemedy: (criterion, remedy, event) => this.#later?.carryOut(this, criterion, remedy, event),
      onContest: (id) => this.set({ draft: { ...draft, contested: [...draft.contested, id] } }),
    };
  }

  readonly #viewOf = (escalation: Escalation) =>
    this.host.canView ? () => this.host.viewEscalation(escalation.id) : undefined;

  readonly #onClosed = (): void => {
    clearInterval(this.#tick);
    tell(this.host, 'escalation-close', {});
    const { problem } = this.filled;
    this.set({ copied: false, problem: problem && isOutcomeUnknown(problem) ? problem : undefined });
    // The page may have moved the focus on, to the feed for one; a lost one goes to the button or what replaced it.
    const at = document.activeElement;
    if (!at || at === document.body || at === this.host)
      this.focus('[part~="trigger"]', '[part~="note-link"]', '[part~="note"]');
  };
}

/** Whether a change of a member of the draft is a change of what a pointer means. */
const changes = (member: string, pointer: string): boolean =>
  pointer.startsWith(`/${member}`) || (member === 'answers' && pointer.startsWith('/confirmed'));
