import type {
  Action,
  Attachment,
  Case,
  CaseNote,
  CaseState,
  CriterionResult,
  Entry,
  EntryDraft,
  EntryPage,
  EntryQuery,
  Escalation,
  EscalationRequest,
  Feedback,
  Guarantees,
  Queue,
  QueueQuery,
  User,
} from './model.js';
import type { Policy } from './policy.js';

/** What goes with every call to a help desk. */
export interface Call {
  /** In a browser the signed-in user, where known; in the gateway whoever `authenticate` returned. */
  user?: User;
  signal?: AbortSignal;
  /** Idempotency key of a write: the same key and body again give the same answer, not a second thing. */
  key?: string;
  /** Of an earlier answer. Reads answer `'not-modified'` when nothing changed; writes refuse with `version-changed`. */
  etag?: string;
  /**
   * The policy in force, given by whoever judges (gateway or desk), so that a plain help desk can freeze
   * what was promised and set a priority. A backend whose server judges ignores it.
   */
  policy?: Policy;
  /** BCP 47 tags, best first, for texts that a server chooses. */
  languages?: readonly string[];
  /** Nobody waits for the answer: asked once, and again at the next look. */
  background?: boolean;
  /** A write that the help desk would not know again (`dedup: 'none'`): never repeated, key or not. */
  once?: boolean;
  /** Of a file: told how many bytes have gone, of how many, where the adapter can know. */
  onProgress?: (sent: number, total: number) => void;
}

/** A file to be uploaded. */
export interface FileUpload {
  name: string;
  /** With its media type; may be empty. */
  data: Blob;
}

/** Something that happened on a case, as the user who watches may see it. `id`: where to go on from after a break. */
export type CaseEvent = { id?: string } & (
  | { kind: 'case'; case: Case }
  | { kind: 'escalation'; escalation: Escalation }
  | { kind: 'entry'; escalationId: string; entry: Entry }
  /** From here on events come, and what was known may be out of date: look again. */
  | { kind: 'reset' }
);

/** An answer with the tag to ask again with. */
export interface Tagged<T> {
  value: T;
  etag?: string;
}

/**
 * The port to a help desk, implemented by adapters. `load` and `escalate` are required; every other method is
 * a capability that is there or not. All methods reject with a {@link BackendError}; one with code `protocol` where the
 * answer is not what was asked for: not JSON, a redirect, another shape. No such answer reads as "nothing there".
 */
export interface Backend {
  readonly guarantees: Guarantees;
  /** Names the help desk to the other tabs of the page's origin, such as its URL; without it tabs share nothing. */
  readonly address?: string;
  /** @returns the state of the case as this user may see it. Rejects `not-found`, `signed-out`. */
  load(caseId: string, call: Call): Promise<Tagged<CaseState> | 'not-modified'>;
  /**
   * Files an escalation.
   * Rejects `open-escalation-exists` (with `escalation`), `criteria-not-met`, `channel-not-offered`, `not-entitled`,
   * `forbidden`, `invalid`.
   */
  escalate(
    caseId: string,
    request: EscalationRequest,
    call: Call,
  ): Promise<{ escalation: Escalation; replayed: boolean }>;
  policy?(id: string, version: string, call: Call): Promise<Policy>;
  escalation?(id: string, call: Call): Promise<Tagged<Escalation> | 'not-modified'>;
  entries?(escalationId: string, query: EntryQuery, call: Call): Promise<Tagged<EntryPage> | 'not-modified'>;
  /** Adds a message. Rejects `escalation-closed`, `invalid`. */
  post?(escalationId: string, draft: EntryDraft, call: Call): Promise<Entry>;
  /** Rejects `transition-not-allowed`, `version-changed`, `forbidden`, `open-escalation-exists` (reopen). */
  act?(escalationId: string, action: Action, call: Call): Promise<Tagged<Escalation>>;
  /** Puts a text on the case itself: its own feed or work notes (G12, G41). */
  note?(caseId: string, note: CaseNote, call: Call): Promise<void>;
  /**
   * Open escalations of every case that this user may review, by priority, then by how long they are overdue
   * ({@link compareUrgency}). Rejects `forbidden`, `bad-cursor`.
   */
  queue?(query: QueueQuery, call: Call): Promise<Tagged<Queue> | 'not-modified'>;
  /** Answers "Was this article helpful?" (P20). */
  feedback?(policyId: string, feedback: Feedback, call: Call): Promise<void>;
  /**
   * Keeps a file for a request or a message that names it within the hour.
   * Rejects `file-too-large` (with `maxBytes`), `file-type-refused` (with `allowed`).
   */
  upload?(caseId: string, file: FileUpload, call: Call): Promise<Attachment>;
  /** @returns the bytes of a file that an escalation or an entry of this case names */
  download?(caseId: string, fileId: string, call: Call): Promise<Blob>;
  /**
   * Tells of what happens on a case, in order, until `call.signal` is aborted or the help desk ends it. Without `since`, or
   * where it cannot go on from there, it begins with a `reset`. Rejects like a read.
   * @param since id of the last event that was heard
   * @returns false: there are no events here, poll; true: it has ended, and can be watched again
   */
  watch?(
    caseId: string,
    since: string | undefined,
    call: Call,
    tell: (event: CaseEvent) => void,
  ): Promise<boolean>;
}

/** Every code that a {@link BackendError} can carry. The contract's problem codes, and four of the client's own. */
export type ErrorCode =
  | 'signed-out'
  | 'forbidden'
  | 'not-entitled'
  | 'not-found'
  | 'open-escalation-exists'
  | 'escalation-closed'
  | 'criteria-not-met'
  | 'channel-not-offered'
  | 'invalid'
  | 'invalid-json'
  | 'transition-not-allowed'
  | 'version-changed'
  | 'if-match-missing'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'request-in-progress'
  /** The help desk may have taken it, and did not say so: look before it is sent again, with a new key. */
  | 'unconfirmed'
  | 'rate-limited'
  | 'bad-cursor'
  | 'cursor-expired'
  | 'too-large'
  | 'file-too-large'
  | 'file-type-refused'
  | 'unsupported-media-type'
  | 'method-not-allowed'
  | 'unavailable'
  | 'server-error'
  /** Client: no connection, or the browser refused the request (CORS, CSP). */
  | 'network'
  /** Client: no complete answer in time. */
  | 'timeout'
  /** Client: the answer is not what the contract says, such as a redirect, or a login page with status 200. */
  | 'protocol'
  /** Client: an id or an address that cannot be sent. */
  | 'bad-address';

/** What an error may carry besides its code: the members of the contract's problem documents. */
export interface ErrorDetails {
  status?: number;
  traceId?: string;
  /** Seconds to wait before the next try. */
  retryAfter?: number;
  escalation?: Escalation;
  criteria?: CriterionResult[];
  channel?: string;
  plan?: string | null;
  requiredPlans?: string[];
  /** Field errors: JSON pointers into the body, with words. */
  errors?: { pointer: string; detail: string }[];
  from?: string;
  allowed?: string[];
  /** Of a file, in bytes. */
  maxBytes?: number;
}

const RETRYABLE = new Set<ErrorCode>([
  'network',
  'timeout',
  'rate-limited',
  'unavailable',
  'request-in-progress',
]);

/** The one error that leaves a backend. Recognise it with {@link isBackendError}, never by `instanceof`. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, message: string = code, details: ErrorDetails = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }

  /** The same call may go through later. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}

/** By field, because two copies of the package may meet on one page. */
export const isBackendError = (error: unknown): error is BackendError =>
  (error as BackendError | null)?.name === 'BackendError';
