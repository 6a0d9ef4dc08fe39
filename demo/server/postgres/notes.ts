import type { CaseNote, User } from 'escalation-elements';
import { noted } from 'escalation-elements/backend';
import { caseOf } from './cases.js';
import type { Trx } from './schema.js';
import { tellOf } from './telling.js';

/**
 * Keeps a note on a locked case, and the case as it is after it.
 * @throws BackendError `not-found`
 */
export async function addNote(
  trx: Trx,
  caseId: string,
  note: CaseNote,
  { user, now }: { user: User; now: Date },
): Promise<void> {
  const { document } = await caseOf(trx, caseId, user);
  await trx
    .insertInto('notes')
    .values({ case_id: caseId, at: now, by_id: user.id, note: JSON.stringify(note) })
    .execute();
  const changed = noted(document, note, user, now.toISOString());
  await trx
    .updateTable('cases')
    .set({ document: JSON.stringify(changed) })
    .where('id', '=', caseId)
    .execute();
  await tellOf(trx, caseId, [{ kind: 'case' }], now);
}
