import { BackendError } from './backend.js';
import type { Case, CaseNote, Entry, User } from './model.js';
import { personOf } from './record.js';
import { isCustomerSide } from './roles.js';

/** Characters of a note that the case shows of it. */
const EXCERPT = 140;

/**
 * The case after a note: an update by its author (G4); a customer's reply also ends the waiting for them (G5).
 * @param at when it was written, RFC 3339 in UTC
 */
export function noted(kase: Case, { kind, text }: CaseNote, user: User, at: string): Case {
  const lastUpdate = { at, by: personOf(user), excerpt: text.slice(0, EXCERPT) };
  if (!isCustomerSide(user)) return { ...kase, lastUpdate, lastSupportUpdate: lastUpdate };
  const isAnswer = kind === 'reply' && kase.waitingOn === 'customer';
  return {
    ...kase,
    lastUpdate,
    // What support wrote last stays: the customer's own reply must not restart its clock.
    lastSupportUpdate: kase.lastSupportUpdate ?? kase.lastUpdate,
    ...(isAnswer && { waitingOn: 'support' as const, waitingSince: null, waitingFor: null }),
  };
}

/**
 * The text of an entry that everybody on the case will read (G41): an internal note never is (P9).
 * @throws BackendError `invalid`
 */
export function textToMove({ entries }: { entries: readonly Entry[] }, entryId: string): string {
  const found = entries.find(({ id, kind }) => id === entryId && kind !== 'internal');
  if (found) return found.text;
  throw new BackendError('invalid', 'This entry cannot be moved.', {
    errors: [{ pointer: '/entryId', detail: 'must be the id of an entry that everybody may read' }],
  });
}
