import { isBackendError } from '../../core/backend.js';
import type { Conversation } from '../../core/conversation.js';
import type { DraftFile } from '../../core/draft.js';
import { newId } from '../../core/id.js';
import { isFiles } from '../../core/kept-draft.js';
import type { Attachment } from '../../core/model.js';
import { note } from '../../core/session-actions.js';
import type { Session } from '../../core/session.js';
import { flag, list, number, object, optional, text } from '../../core/shape.js';
import type { Outgoing } from '../../core/talk.js';
import { keepDraft, readDraft } from '../../platform/drafts.js';
import { Elsewhere } from '../../platform/elsewhere.js';
import { tell } from '../events.js';
import type { TalkHost } from './talk-host.js';

/** What the contract takes, in characters. */
export const LIMIT = 10_000;

/** Characters, as the contract counts them; of a text that is much too long its length will do. */
export const lengthOf = (text: string): number => (text.length > 2 * LIMIT ? text.length : [...text].length);

/** What is kept of a feed: what is being written, and what was sent and has not arrived, each with its key. */
interface Kept {
  text: string;
  unsent: (Omit<Outgoing, 'state'> & { escalationId: string })[];
  files?: readonly DraftFile[];
}

const isAttachment = object({ id: text, name: text, bytes: number, type: text, href: text });
const isKept = object({
  text,
  unsent: list(
    object({
      clientId: text,
      text,
      escalationId: text,
      alsoOnCase: optional(flag),
      attachments: optional(list(isAttachment)),
    }),
  ),
  files: optional(isFiles),
}) as (value: unknown) => value is Kept;

const keptOf = (session: Session): Kept => readDraft(session, 'message', isKept) ?? { text: '', unsent: [] };

/** Writing in a feed: the text, kept over a reload of the tab, and what becomes of it. */
export class Composing {
  text = '';
  /** Id of the message that says what is wrong with the text. */
  error: 'emptyText' | 'tooLong' | '' = '';
  /** The text is on its way to the case. */
  moving = false;
  /** Id of the message that says what became of it there. */
  outcome = '';
  /** Whether the text survives a reload. */
  kept = true;
  /** Files that go with the text. */
  files: readonly DraftFile[] = [];
  readonly #host: TalkHost;
  readonly #onChange: () => void;
  #elsewhere: Elsewhere | undefined;
  #conversation: Conversation | undefined;
  #userId: string | undefined;
  /** Of the text that goes to the case: kept until it is known what became of it, so that it is put there once. */
  #moveKey: string | undefined;

  constructor(host: TalkHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.addController({
      hostConnected: () => this.#announce(),
      hostDisconnected: () => this.#elsewhere?.writes(false),
    });
  }

  /** The same user is writing a message for the same case in another tab. */
  get elsewhere(): boolean {
    return this.#elsewhere?.is ?? false;
  }

  #announce(): void {
    this.#elsewhere?.writes(this.text !== '' && this.#host.isConnected);
  }

  /** Takes up what was being written, once it is known by whom; what another user wrote is gone (A04). */
  attach(conversation: Conversation): void {
    const { session } = conversation;
    const { state } = session.snapshot;
    if (!state) return;
    // Where nothing may be said, nothing is kept (G14).
    if (!state.can.feed) keepDraft(session, 'message', null);
    if (conversation === this.#conversation && state.user.id === this.#userId) return;
    this.#conversation = conversation;
    this.#userId = state.user.id;
    this.#moveKey = undefined;
    const { text, unsent, files = [] } = keptOf(session);
    Object.assign(this, { text, files, error: '', outcome: '', moving: false });
    this.#elsewhere?.writes(false);
    this.#elsewhere = state.can.feed ? new Elsewhere(session, 'message', this.#onChange) : undefined;
    this.#announce();
    // What was written for an escalation that has ended is not for the next one.
    conversation.outbox.restore(
      unsent.flatMap(({ escalationId, ...row }) => (escalationId === conversation.escalationId ? row : [])),
    );
  }

  /** Keeps the text, and what has not arrived. */
  keep(written?: string, changed?: readonly DraftFile[]): void {
    const { session, talk, escalationId = '' } = this.#conversation ?? {};
    // Somebody else may have signed in since.
    const { user, can } = session?.snapshot.state ?? session?.plain ?? {};
    if (!session || !talk || user?.id !== this.#userId || !can?.feed) return;
    const known = keptOf(session);
    // What another feed of this case is writing stays.
    const text = written ?? (this.text || known.text);
    const unsent = [
      ...known.unsent.filter((row) => row.escalationId !== escalationId),
      ...talk.outbox.map(({ clientId, text, alsoOnCase, attachments }) => ({
        clientId,
        text,
        alsoOnCase,
        attachments,
        escalationId,
      })),
    ];
    const files = changed ?? (this.files.length ? this.files : (known.files ?? []));
    const some = text || unsent.length || files.length;
    this.kept = keepDraft(session, 'message', some ? { text, unsent, files } : null);
  }

  /** For the list of files: the case that they are for, and those that go with the text. */
  get session(): Session | undefined {
    return this.#conversation?.session;
  }

  read(): readonly DraftFile[] {
    return this.files;
  }

  /** Takes over what has become of the files. */
  put(files: readonly DraftFile[]): void {
    this.files = files;
    this.keep(undefined, files);
  }

  write(text: string): void {
    this.#moveKey = undefined;
    Object.assign(this, { text, error: '', outcome: '' });
    this.keep(text);
    this.#announce();
    this.#onChange();
  }

  /**
   * @param alsoOnCase of an owner's message: whether it goes on the case too
   * @returns the client id of the message; undefined: there is nothing that can be sent
   */
  send(alsoOnCase?: boolean): string | undefined {
    if (this.moving || !this.isFine()) return undefined;
    const attachments = this.files.filter(isThere);
    const options = { alsoOnCase, ...(attachments.length && { attachments }) };
    const clientId = this.#conversation?.outbox.send(this.text, options);
    this.put([]);
    this.write('');
    return clientId;
  }

  /** Puts the text on the case itself (G41), unless the page does. */
  async move(): Promise<void> {
    const conversation = this.#conversation;
    if (!conversation || this.moving || !this.isFine()) return;
    const { escalationId, session } = conversation;
    if (!tell(this.#host, 'escalation-move-to-case', { escalationId })) return;
    const { text } = this;
    this.moving = true;
    this.outcome = '';
    this.#onChange();
    this.#moveKey ??= newId();
    const sent = note(session, { kind: 'moved', text }, this.#moveKey);
    const outcome = await sent.then(() => 'movedText', whyNotMoved);
    // Another case may be shown by now: its text is not touched.
    if (conversation !== this.#conversation) return;
    this.moving = false;
    if (outcome === 'notMovedRefused') this.#moveKey = undefined;
    if (outcome === 'movedText') this.write('');
    this.outcome = outcome;
    this.#onChange();
  }

  /** Whether the text can be sent; if not, it is said why. */
  isFine(): boolean {
    this.error = !this.text.trim() ? 'emptyText' : lengthOf(this.text) > LIMIT ? 'tooLong' : '';
    this.#onChange();
    return !this.error;
  }
}

const isThere = (file: DraftFile): file is Attachment => file.id !== undefined;

function whyNotMoved(error: unknown): string {
  if (isBackendError(error) && error.code === 'signed-out') return 'notMovedSignedOut';
  return isBackendError(error) && error.retryable ? 'notMoved' : 'notMovedRefused';
}
