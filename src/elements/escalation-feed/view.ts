import type { Conversation, Talk } from '../../core/conversation.js';
import type { Values } from '../../locales/registry.js';

/** What the parts of the feed draw from. */
export interface FeedView {
  talk: Talk;
  conversation: Conversation;
  now: Date;
  language: string;
  icons: Record<string, string> | undefined;
  say(id: string, values?: Values): string;
  /** The label of an actor. */
  role(role: string): string;
  /** Client id of the message whose text was just copied. */
  copied: string;
  onCopy(clientId: string, text: string): void;
}
