import type { Session } from '../core/session.js';
import { isFresh, nameOf } from './kept.js';

/**
 * What is being written: a request in the dialog, a message in the feed, what is typed to act on an escalation; and a
 * request whose outcome is not known.
 */
export type DraftKind = 'request' | 'message' | 'action' | 'attempt';

/**
 * What was kept for this user and case in this tab; null: nothing.
 * @param is whether it is what this version keeps; anything else is removed (S03)
 * @param about what it is about besides the case, such as an escalation
 */
export function readDraft<T>(
  session: Session,
  kind: DraftKind,
  is: (value: unknown) => value is T,
  about = '',
): T | null {
  const name = nameOf(session, `draft ${kind}`, about);
  try {
    const text = name && sessionStorage.getItem(name);
    if (!name || text === null) return null;
    const kept = parsed(text);
    // Texts of somebody who does not come back are gone after a day (T29).
    if (kept && isFresh(kept.at) && is(kept.value)) return kept.value;
    sessionStorage.removeItem(name);
  } catch {
    // Blocked storage: nothing is there.
  }
  return null;
}

function parsed(text: string): { at?: unknown; value?: unknown } | null {
  try {
    return JSON.parse(text) as object;
  } catch {
    return null;
  }
}

/**
 * Keeps what was typed in this tab, so that it survives a reload; only where the user is known.
 * @param value JSON; null: forgets it
 * @returns false: it is kept as long as the page only
 */
export function keepDraft(session: Session, kind: DraftKind, value: unknown, about = ''): boolean {
  const name = nameOf(session, `draft ${kind}`, about);
  if (!name) return false;
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), value }));
    return true;
  } catch {
    return false;
  }
}
