import type { Case, CaseNote, Entry, Feedback, Status } from 'escalation-elements';
import type { EscalationRecord } from 'escalation-elements/backend';
import type { KeptAnswer } from 'escalation-elements/gateway';
import type { ColumnType, Generated, JSONColumnType, Kysely, Transaction } from 'kysely';

/**
 * What is kept, as the migrations make it. Foreign text is in columns of type `json`, which keep every character that
 * JSON can say; `text` and `jsonb` take no U+0000.
 */

/** The schema that the tables are in, beside whatever else the database holds. */
export const SCHEMA = 'escalation_desk';
/** Where notifications come; each carries the id of a case. */
export const CHANNEL = 'escalation_desk';

type Instant = ColumnType<Date, string | Date, string | Date>;

/** A case as the portal told of it. */
export interface CaseRow {
  id: string;
  /** Whose it is; null: every customer may see it. */
  account: string | null;
  document: JSONColumnType<Case>;
  /** The number of its last event, drawn under the lock of this row: who has the lock, writes next. */
  events: Generated<number>;
}

/** An escalation without what has rows of its own: entries, followers, reads. */
export type Kept = Pick<EscalationRecord, 'escalation' | 'requester' | 'nudgedAt'>;

export interface EscalationRow {
  id: string;
  case_id: string;
  /** As in the record; a unique index over the open ones keeps a case at one. */
  status: Status;
  /** Place in the queue: `rankOf`, then when the next update is due, or `infinity`. */
  rank: number;
  due_at: Instant;
  requested_at: Instant;
  record: JSONColumnType<Kept>;
  /** The number of its last entry, drawn under the lock of this row: a sequence would show 7 before 6 is there. */
  entries: number;
}

/** Never changed, never deleted: a trigger sees to that. */
export interface EntryRow {
  escalation_id: string;
  number: number;
  kind: string;
  author_id: string;
  at: Instant;
  entry: JSONColumnType<Entry>;
  /** What a search looks through: `soughtIn`. */
  sought: string;
}

export interface FollowerRow {
  escalation_id: string;
  user_id: string;
}

export interface ReadRow extends FollowerRow {
  /** The last entry read. */
  number: number;
}

export interface NoteRow {
  case_id: string;
  at: Instant;
  by_id: string;
  note: JSONColumnType<CaseNote>;
}

/** An idempotency key of a write: what it made. Scope and body as hashes. */
export interface KeyRow {
  scope: string;
  body: string;
  made: string;
  expires_at: Instant;
}

/** An idempotency key of the gateway: the answer, once there is one. */
export interface AnswerRow {
  scope: string;
  body: string;
  /** Who works on it. */
  claim: string;
  answer: JSONColumnType<KeptAnswer> | null;
  expires_at: Instant;
}

export interface FileRow {
  id: string;
  case_id: string;
  by_id: string;
  at: Instant;
  /** `name` and `type`. */
  about: JSONColumnType<{ name: string; type: string }>;
  data: Buffer;
  /** What names it; null: nothing does yet. */
  escalation_id: string | null;
  /** The entry that does; null: the request. */
  entry: number | null;
}

/** Something that happened on a case: ids only, the rest is read where it is kept. */
export interface EventRow {
  case_id: string;
  number: number;
  at: Instant;
  kind: 'case' | 'escalation' | 'entry';
  escalation_id: string | null;
  entry: number | null;
  /** The one user whom it concerns; null: everybody. */
  user_id: string | null;
}

export interface FeedbackRow {
  policy: string;
  at: Instant;
  by_id: string | null;
  feedback: JSONColumnType<Feedback>;
}

export interface Tables {
  cases: CaseRow;
  escalations: EscalationRow;
  entries: EntryRow;
  followers: FollowerRow;
  reads: ReadRow;
  notes: NoteRow;
  keys: KeyRow;
  answers: AnswerRow;
  files: FileRow;
  events: EventRow;
  feedback: FeedbackRow;
}

export type Db = Kysely<Tables>;
export type Trx = Transaction<Tables>;
