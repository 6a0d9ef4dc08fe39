import type { Session } from '../core/session.js';

/** Names and ages of what a device keeps for us. */

const PREFIX = 'escalation-elements';
const DAY = 24 * 60 * 60 * 1000;

/** Whether what was kept at that time is not older than a day, nor of the future. */
export function isFresh(at: unknown): boolean {
  const age = Date.now() - Number(at);
  return age >= 0 && age < DAY;
}

/**
 * The name of something that is kept for a user, a help desk and a case. Who it is for is read at every access: what one
 * user typed is never shown to the next. Signed out, it is whoever was known last.
 * @returns null: nobody is known
 */
export function nameOf({ snapshot, plain, desk, caseId }: Session, kind: string, about = ''): string | null {
  const { user, policy } = snapshot.state ?? plain ?? {};
  if (!user) return null;
  const whose = [user.id, desk.backend.address ?? '', policy?.id ?? '', caseId, about];
  return `${PREFIX} ${kind} ${JSON.stringify(whose)}`;
}

/** Whose it is, by its name; undefined: none of ours. */
function userOf(name: string, kind: string): unknown {
  const start = `${PREFIX} ${kind} `;
  if (!name.startsWith(start)) return undefined;
  return (JSON.parse(name.slice(start.length)) as unknown[])[0];
}

/**
 * Removes what is older than a day, and what was somebody else's.
 * @param storage gives where it is kept; may throw
 * @param kind of things whose value says when it was kept, as `at`
 */
export function sweep(storage: () => Storage, kind: string, userId: string): void {
  try {
    const kept = storage();
    for (const name of Object.keys(kept)) {
      const user = userOf(name, kind);
      if (user === undefined) continue;
      const { at } = JSON.parse(kept.getItem(name) ?? '{}') as { at?: unknown };
      if (user !== userId || !isFresh(at)) kept.removeItem(name);
    }
  } catch {
    // Blocked, or not ours: what is read is looked at again.
  }
}
