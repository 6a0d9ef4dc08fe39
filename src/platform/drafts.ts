import type { Session } from '../core/session.js';

/** What is being written: a request in the dialog, or a message in the feed. */
export type DraftKind = 'request' | 'message';

/** Texts of somebody who does not come back are gone after a day (T29). */
const DAY = 24 * 60 * 60 * 1000;

/** Who writes is read at every access: what one user typed is never shown to the next. Null: nobody is known. */
function nameOf({ snapshot, caseId }: Session, kind: DraftKind): string | null {
  const { user, policy } = snapshot.state ?? {};
  return user ? ['escalation-elements draft', user.id, policy?.id, caseId, kind].join(' ') : null;
}

/** What was kept for this user and case in this tab, checked by nobody; null: nothing. */
export function readDraft(session: Session, kind: DraftKind): unknown {
  const name = nameOf(session, kind);
  try {
    const kept = name && (JSON.parse(sessionStorage.getItem(name) ?? 'null') as unknown);
    if (!kept || typeof kept !== 'object' || !('at' in kept) || !('value' in kept)) return null;
    const age = Date.now() - Number(kept.at);
    if (age >= 0 && age < DAY) return kept.value;
    sessionStorage.removeItem(name);
    return null;
  } catch {
    // Blocked storage, or somebody else's text under our name.
    return null;
  }
}

/**
 * Keeps what was typed in this tab, so that it survives a reload; only where the user is known.
 * @param value JSON; null: forgets it
 * @returns false: it is kept as long as the page only
 */
export function keepDraft(session: Session, kind: DraftKind, value: unknown): boolean {
  const name = nameOf(session, kind);
  if (!name) return false;
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify({ at: Date.now(), value }));
    return true;
  } catch {
    return false;
  }
}
