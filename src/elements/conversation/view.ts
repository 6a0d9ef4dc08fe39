import type { Outgoing, Talk } from '../../core/conversation.js';
import type { Attachment, Entry, JudgedState } from '../../core/model.js';
import type { Policy, Text } from '../../core/policy.js';
import type { Values } from '../../locales/registry.js';
import type { Acting } from './acting.js';

/** What the parts of the feed, and of the owner's side, draw from. */
export interface FeedView {
  talk: Talk;
  /** What is known of the case; null: not yet, or not any more. */
  state: JudgedState | null;
  /** Undefined: not known yet. */
  policy: Policy | undefined;
  /** A text of the policy in the element's language. */
  text(text: Text): string;
  /** What is being done with the escalation. */
  acting: Acting;
  now: Date;
  language: string;
  icons: Record<string, string> | undefined;
  say(id: string, values?: Values): string;
  /** The label of an actor; empty: the policy does not know such a one. */
  role(role: string): string;
  /** The title of a criterion of the policy. */
  criterion(id: string): string | undefined;
  /** What can be done with an entry, or has to be said of it. */
  below?(entry: Entry): unknown;
  /** Whether the next steps are unfolded: where there is room, unless somebody has chosen. */
  unfolded: boolean;
  onFold(open: boolean): void;
  /** The newest next steps. */
  nextSteps: Entry | undefined;
  /** Id of the newest message of this user. */
  newestOwn: string | undefined;
  /** A page that was asked for is on its way. */
  loading: 'older' | 'newer' | undefined;
  onOlder(): void;
  onNewer(): void;
  /** Back from an earlier day. */
  onNewest(): void;
  /** Ids of what had not been read when the conversation was opened; oldest first. */
  unread: readonly string[];
  /** How much came since the reader has left the end. */
  came: number;
  onCame(): void;
  /** Id of the entry that was looked for. */
  found: string | undefined;
  /** How many characters of an entry are shown; undefined: the first few. */
  shown(entryId: string): number | undefined;
  onShow(entryId: string, characters: number | undefined): void;
  /** Client id of the message whose text was just copied, or selected to be copied by hand. */
  copied: { clientId: string; done: boolean } | undefined;
  onCopy(clientId: string, text: string, shown?: HTMLElement | null): void;
  /** Draws files that are there; nothing where there are none. */
  attachments(files: readonly Attachment[] | undefined): unknown;
  /** Draws where files are added to what is being written, where they can be. */
  attaching(onSend: () => void): unknown;
  /** What is said of a message that was refused because its files were dropped, with the way on; undefined: it was not. */
  filesGone(row: Outgoing): unknown;
  onRetry(clientId: string): void;
  onDiscard(clientId: string): void;
}
