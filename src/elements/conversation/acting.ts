import type { BackendError } from '../../core/backend.js';
import type { Conversation } from '../../core/conversation.js';
import type { Action, ActionKind } from '../../core/model.js';
import { recordOf, text } from '../../core/shape.js';
import { asProblem } from '../../core/talk.js';
import { keepDraft, readDraft } from '../../platform/drafts.js';
import { tell } from '../events.js';

/** What has been done, as a message id with its values. */
export interface Done {
  id: string;
  values?: Record<string, string | number>;
}

const isTyped = recordOf(text) as (value: unknown) => value is Record<string, string>;

/**
 * What somebody does with an escalation: one form is open at a time, and what was typed into any of them stays until it
 * was done, also over a reload of the tab. Whether it was done, the help desk says.
 */
export class Acting {
  /** The action whose form is open. */
  form: ActionKind | '' = '';
  /** The action on its way. */
  busy: ActionKind | '' = '';
  /** The action that was refused, or whose outcome nobody knows. */
  failed: ActionKind | '' = '';
  problem: BackendError | undefined;
  done: Done | undefined;
  /** Names of fields that are missing or wrong, by form and name, with the id of the message that says so. */
  readonly faults = new Map<string, string>();
  /** Raised whenever somebody wanted to send: then what is wrong takes the focus, not while it is being mended. */
  checks = 0;
  readonly #typed = new Map<string, string>();
  readonly #host: HTMLElement;
  readonly #onChange: () => void;
  #conversation: Conversation | undefined;
  #userId: string | undefined;

  constructor(host: HTMLElement, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
  }

  /** Another escalation, or another user: what was typed for this one is not for that one (A04). */
  attach(conversation: Conversation | undefined): void {
    const userId = conversation?.session.snapshot.state?.user.id;
    const isSame =
      conversation === this.#conversation && (!userId || !this.#userId || userId === this.#userId);
    const wasKnown = this.#userId !== undefined;
    this.#conversation = conversation;
    this.#userId = userId ?? this.#userId;
    if (!isSame) {
      this.#typed.clear();
      this.faults.clear();
      Object.assign(this, { form: '', busy: '', failed: '', problem: undefined, done: undefined });
    }
    if (userId && (!isSame || !wasKnown)) this.#recall();
  }

  /** What was typed before a reload of the tab; what has been typed since stays. */
  #recall(): void {
    const { session, escalationId } = this.#conversation ?? {};
    if (!session?.snapshot.state?.can.feed) return this.#keep();
    const kept = readDraft(session, 'action', isTyped, escalationId);
    for (const [field, value] of Object.entries(kept ?? {}))
      if (!this.#typed.has(field)) this.#typed.set(field, value);
  }

  /** Keeps what is typed in this tab; where all is by e-mail, nothing (G14). */
  #keep(): void {
    const { session, escalationId } = this.#conversation ?? {};
    const { user, can } = session?.snapshot.state ?? session?.plain ?? {};
    if (!session || user?.id !== this.#userId) return;
    const may = can?.feed && this.#typed.size > 0;
    keepDraft(session, 'action', may ? Object.fromEntries(this.#typed) : null, escalationId);
  }

  /** Opens a form, or closes it. */
  toggle(kind: ActionKind): void {
    this.form = this.form === kind ? '' : kind;
    this.faults.clear();
    if (!this.busy) Object.assign(this, { failed: '', problem: undefined, done: undefined });
    this.#onChange();
  }

  /** What is typed into a field of a form; `start`: what stands there before anybody types. */
  value(kind: ActionKind, name: string, start = ''): string {
    return this.#typed.get(`${kind} ${name}`) ?? start;
  }

  write(kind: ActionKind, name: string, value: string): void {
    this.#typed.set(`${kind} ${name}`, value);
    this.faults.delete(`${kind} ${name}`);
    this.#keep();
    this.#onChange();
  }

  /** What is wrong with a field; undefined: nothing is. */
  fault(kind: ActionKind, name: string): string | undefined {
    return this.faults.get(`${kind} ${name}`);
  }

  /**
   * Marks what is missing.
   * @param missing names of the fields, each with the id of the message that says what to do
   * @returns whether nothing is
   */
  check(kind: ActionKind, missing: Readonly<Record<string, string | false | undefined>>): boolean {
    this.faults.clear();
    this.checks++;
    for (const [name, message] of Object.entries(missing))
      if (message) this.faults.set(`${kind} ${name}`, message);
    this.#onChange();
    return this.faults.size === 0;
  }

  /** Carries an action out; one at a time. @returns whether it was done */
  async act(action: Action, done: Done): Promise<boolean> {
    const conversation = this.#conversation;
    const { kind } = action;
    if (!conversation || this.busy) return false;
    Object.assign(this, { busy: kind, failed: '', problem: undefined, done: undefined });
    this.#onChange();
    try {
      await conversation.act(action);
      if (conversation === this.#conversation) this.#finish(kind, done);
      return true;
    } catch (error) {
      if (conversation === this.#conversation) this.#fail(kind, asProblem(error));
      return false;
    }
  }

  #finish(kind: ActionKind, done: Done): void {
    Object.assign(this, { busy: '', done });
    this.forget(kind);
  }

  /** Drops what was typed for an action, and closes its form. */
  forget(kind: ActionKind): void {
    for (const name of [...this.#typed.keys()]) if (name.startsWith(`${kind} `)) this.#typed.delete(name);
    this.#keep();
    Object.assign(this, { form: this.form === kind ? '' : this.form, failed: '', problem: undefined });
    this.#onChange();
  }

  #fail(kind: ActionKind, problem: BackendError): void {
    Object.assign(this, { busy: '', failed: kind, problem });
    this.#onChange();
    const { code, retryable, details } = problem;
    tell(this.#host, 'escalation-error', { code, retryable, traceId: details.traceId });
  }
}

/** What of an action the focus follows. */
export type Acted = Pick<Acting, 'form' | 'done' | 'checks'>;

/** A form that opens takes the focus; what was done takes it where its button has gone, and what is wrong in a form. */
export function focusAfter(root: ParentNode, was: Acted, { form, done, checks }: Acted): void {
  const focus = (selector: string) => root.querySelector<HTMLElement>(selector)?.focus();
  if (form && form !== was.form) focus(`[data-form="${form}"] :is(textarea, input, select)`);
  else if (done && done !== was.done) focus('[data-done]');
  else if (!form && was.form) focus(`[data-act="${was.form}"]`);
  else if (checks !== was.checks) focus(`[data-form="${form}"] [aria-invalid="true"]`);
}
