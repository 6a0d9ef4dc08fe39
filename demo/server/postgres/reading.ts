import type { Case, CaseState, Escalation, Guarantees, User } from 'escalation-elements';
import {
  BackendError,
  hashOf,
  isOpen,
  mayReadNotes,
  seesEntry,
  summaryOf,
  type Backend,
  type Call,
  type FileLimits,
  type Tagged,
} from 'escalation-elements/backend';
import { caseOf } from './cases.js';
import { pageOf, type Reader } from './entries.js';
import { readFile } from './files.js';
import { queueOf } from './queue.js';
import { escalationOf, escalationsFor, shown, type Found } from './records.js';
import type { Db } from './schema.js';

/** What the methods of the backend work with. */
export interface Desk {
  db: Db;
  clock: () => Date;
  attach: FileLimits | null;
}

/** What this help desk really keeps. */
export const guarantees: Guarantees = { dedup: 'key', unique: 'store', live: true, pollSeconds: 5 };

/** @throws BackendError `signed-out` */
export const signedIn = ({ user }: Call): User => {
  if (user) return user;
  throw new BackendError('signed-out', 'Nobody is signed in.');
};

/** Where the policy comes with the call, what it keeps from this user is not found either (P9). */
export const readerOf = (user: User, policy: Call['policy'], kase: Case): Reader => ({
  user,
  notes: mayReadNotes(user) && (!policy || seesEntry(policy, { kind: 'internal' }, user, kase)),
});

/** An escalation with its tag: the version, and a hash of what is this user's. */
export const taggedOf = (found: Found, user: User): Required<Tagged<Escalation>> => {
  const value = shown(found, user);
  const { version, followers, following, unread } = value;
  const hash = hashOf([user.id, followers, following, unread, found.entries]);
  return { value, etag: `${version}.${hash}` };
};

const fresh = <T>({ etag }: Call, answer: Required<Tagged<T>>): Tagged<T> | 'not-modified' =>
  answer.etag === etag ? 'not-modified' : answer;

/** The open one, and the past, newest first: of one moment, so that one that is just ended or reopened is in one of them. */
async function allOf(
  db: Db,
  caseId: string,
  user: User,
): Promise<Pick<CaseState, 'openEscalation' | 'past'>> {
  const rows = await escalationsFor(db, user)
    .where('escalations.case_id', '=', caseId)
    .orderBy('escalations.requested_at', 'desc')
    .execute();
  const open = rows.find(({ record }) => isOpen(record.escalation));
  const past = rows.flatMap(({ record }) => (isOpen(record.escalation) ? [] : [summaryOf(record)]));
  return { openEscalation: open ? shown(open, user) : null, past };
}

/** The methods that change nothing. */
export const reading = ({
  db,
  clock,
  attach,
}: Desk): Required<Pick<Backend, 'load' | 'escalation' | 'entries' | 'queue' | 'download'>> => ({
  async load(caseId, call) {
    const user = signedIn(call);
    const [{ document }, escalations] = await Promise.all([
      caseOf(db, caseId, user),
      allOf(db, caseId, user),
    ]);
    const lasting = {
      case: document,
      ...escalations,
      can: { review: false, note: true, feed: true, attach },
      guarantees,
    };
    return fresh(call, {
      value: { ...lasting, serverTime: clock().toISOString() },
      etag: hashOf(lasting),
    });
  },

  async escalation(id, call) {
    const user = signedIn(call);
    return fresh(call, taggedOf(await escalationOf(db, id, user), user));
  },

  async entries(escalationId, query, call) {
    const user = signedIn(call);
    const { document } = await escalationOf(db, escalationId, user);
    const value = await pageOf(db, escalationId, query, readerOf(user, call.policy, document));
    return fresh(call, { value, etag: hashOf([query, value]) });
  },

  async queue(query, call) {
    const user = signedIn(call);
    const value = await queueOf(db, query, user);
    return fresh(call, { value, etag: hashOf([user.id, value]) });
  },

  download: (caseId, fileId, call) => readFile(db, caseId, fileId, signedIn(call)),
});
