import { noted } from '../../core/case-note.js';
import { isCustomerSide } from '../../core/roles.js';
import { BackendError } from '../../core/backend.js';
import { isOpen } from '../../core/status.js';
import type { Attachment, Case, CaseNote, User } from '../../core/model.js';
import type { EscalationRecord } from '../../core/record.js';

/** A case as the help desk keeps it. `account`: whose it is; absent: every customer may see it. */
export interface CaseRecord {
  case: Case;
  account?: string;
  notes: (CaseNote & { at: string; by: string })[];
}

/** A file as the help desk keeps it. */
export interface FileRecord {
  attachment: Attachment;
  caseId: string;
  /** Id of the user who uploaded it: nobody else may name it. */
  by: string;
  at: string;
  data: Blob;
  /** A request or a message names it: it stays. */
  isNamed?: true;
}

/** Everything that the help desk keeps: JSON, and the bytes of the files as Blobs. */
export interface MemoryState {
  cases: Record<string, CaseRecord>;
  escalations: Record<string, EscalationRecord>;
  /** Answers by idempotency key, with the body that they answered. */
  keys: Record<string, { body: string; id: string }>;
  files: Record<string, FileRecord>;
  feedback: { policy: string; helpful: boolean; text?: string }[];
  /** Ids already given out. */
  count: number;
}

export const emptyState = (cases: readonly (Case | { case: Case; account?: string })[]): MemoryState => ({
  cases: Object.fromEntries(
    cases.map((row) => {
      const { case: kase, account } = 'case' in row ? row : { case: row, account: undefined };
      return [kase.id, { case: kase, account, notes: [] }];
    }),
  ),
  escalations: {},
  keys: {},
  files: {},
  feedback: [],
  count: 0,
});

/** Ids count upwards and sort so: events go on after them, and readings are compared by them. */
export const idOf = (count: number): string => String(count).padStart(9, '0');

export const notFound = (what: string) => new BackendError('not-found', `There is no such ${what}.`);

const recordOf = (state: MemoryState, caseId: string): CaseRecord | undefined =>
  Object.hasOwn(state.cases, caseId) ? state.cases[caseId] : undefined;

/** Whether there is such a case for this user. */
export function mayRead(state: MemoryState, caseId: string, user: User): boolean {
  const record = recordOf(state, caseId);
  return Boolean(record && (!record.account || !isCustomerSide(user) || record.account === user.account));
}

export function caseOf(state: MemoryState, caseId: string, user: User): CaseRecord {
  if (!mayRead(state, caseId, user)) throw notFound('case');
  return recordOf(state, caseId) as CaseRecord;
}

export function escalationOf(state: MemoryState, id: string, user: User): EscalationRecord {
  const record = Object.hasOwn(state.escalations, id) ? state.escalations[id] : undefined;
  if (!record) throw notFound('escalation');
  caseOf(state, record.escalation.caseId, user);
  return record;
}

export const openOf = (state: MemoryState, caseId: string): EscalationRecord | undefined =>
  Object.values(state.escalations).find(
    ({ escalation }) => escalation.caseId === caseId && isOpen(escalation),
  );

/** Keeps a note, and the case as it is after it. */
export function addNote(
  state: MemoryState,
  caseId: string,
  note: CaseNote,
  { user, now }: { user: User; now: Date },
): void {
  const record = state.cases[caseId] as CaseRecord;
  const at = now.toISOString();
  record.notes.push({ ...note, at, by: user.id });
  record.case = noted(record.case, note, user, at);
}
