import { randomUUID } from 'node:crypto';
import type { User } from 'escalation-elements';
import {
  actOn,
  addMessage,
  BackendError,
  fileRequest,
  textToMove,
  visibleEntries,
  type Backend,
  type Call,
  type Change,
} from 'escalation-elements/backend';
import { lockCase, notFound } from './cases.js';
import { entryOf } from './entries.js';
import { isSecondOpen } from './errors.js';
import { keepFile, takeFiles } from './files.js';
import { claim } from './keys.js';
import { addNote } from './notes.js';
import { signedIn, taggedOf, type Desk } from './reading.js';
import {
  caseIdOf,
  escalationOf,
  idOf,
  idsAfter,
  insertRecord,
  lockEscalation,
  openOf,
  recordOf,
  saveRecord,
  shown,
} from './records.js';
import type { Trx } from './schema.js';

/**
 * One write on a case, in one transaction, which begins with the lock of the case: so that no two wait for each other in
 * a circle. The unique index decides which of two escalations is open; the loser is shown the winner.
 */
async function write<T>(
  { db }: Desk,
  caseId: string,
  user: User,
  work: (trx: Trx) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction().execute(async (trx) => {
      await lockCase(trx, caseId, user);
      return work(trx);
    });
  } catch (error) {
    if (!isSecondOpen(error)) throw error;
    const open = await openOf(db, caseId, user);
    if (!open) throw new BackendError('unavailable', 'The other escalation has just ended: try again.');
    throw new BackendError('open-escalation-exists', 'This case already has an open escalation.', {
      escalation: shown(open, user),
    });
  }
}

function changeBy(call: Call, { clock }: Desk): Omit<Change, 'newId'> {
  if (!call.policy) throw new BackendError('server-error', 'This backend needs the policy in every call.');
  return { user: signedIn(call), policy: call.policy, now: clock(), languages: call.languages };
}

/** What the same write made before; undefined: it is the first, or has no key. */
const replayOf = async (
  trx: Trx,
  { user, now }: Pick<Change, 'user' | 'now'>,
  key: string | undefined,
  { what, body, made }: { what: string; body: unknown; made: string },
): Promise<string | undefined> =>
  key === undefined ? undefined : claim(trx, { scope: `${user.id} ${what} ${key}`, body, made, now });

const escalate =
  (desk: Desk): Backend['escalate'] =>
  async (caseId, request, call) => {
    const change = changeBy(call, desk);
    const { user, now } = change;
    return write(desk, caseId, user, async (trx) => {
      const id = randomUUID();
      const what = { what: `escalate ${caseId}`, body: request, made: id };
      const known = await replayOf(trx, change, call.key, what);
      if (known === undefined) {
        const files = await takeFiles(trx, caseId, request.attachmentIds, change, { escalation_id: id });
        const record = fileRequest(id, caseId, request, { ...change, newId: idsAfter(0) }, files);
        await insertRecord(trx, record, now);
      }
      const made = await escalationOf(trx, known ?? id, user);
      return { escalation: shown(made, user), replayed: known !== undefined };
    });
  };

const post =
  (desk: Desk): Required<Backend>['post'] =>
  async (escalationId, draft, call) => {
    const change = changeBy(call, desk);
    const { user } = change;
    const caseId = await caseIdOf(desk.db, escalationId);
    return write(desk, caseId, user, async (trx) => {
      const found = await lockEscalation(trx, escalationId, user);
      const number = found.entries + 1;
      const what = { what: `post ${escalationId}`, body: draft, made: idOf(number) };
      const known = await replayOf(trx, change, draft.clientId, what);
      if (known === undefined) {
        const names = { escalation_id: escalationId, entry: number };
        const files = await takeFiles(trx, caseId, draft.attachmentIds, change, names);
        const newId = idsAfter(found.entries);
        const changed = addMessage(recordOf(found), draft, { ...change, newId }, files);
        await saveRecord(trx, found, changed, changed.entries, change);
      }
      const made = await entryOf(trx, escalationId, known ?? idOf(number));
      const [entry] = visibleEntries({ entries: made ? [made] : [] }, user);
      if (!entry) throw notFound('entry');
      return entry;
    });
  };

const act =
  (desk: Desk): Required<Backend>['act'] =>
  async (escalationId, action, call) => {
    const change = changeBy(call, desk);
    const { user } = change;
    const caseId = await caseIdOf(desk.db, escalationId);
    return write(desk, caseId, user, async (trx) => {
      const found = await lockEscalation(trx, escalationId, user);
      const what = { what: `act ${escalationId}`, body: action, made: escalationId };
      if ((await replayOf(trx, change, call.key, what)) !== undefined) return taggedOf(found, user);
      if (call.etag !== undefined && call.etag.split('.')[0] !== found.record.escalation.version)
        throw new BackendError('version-changed', 'The escalation changed in the meantime.');
      const named = 'entryId' in action && (await entryOf(trx, escalationId, action.entryId));
      const record = recordOf(found, named ? [named] : []);
      const changed = actOn(record, action, { ...change, newId: idsAfter(found.entries) });
      await saveRecord(trx, found, changed, changed.entries.slice(record.entries.length), change);
      if (action.kind === 'move-to-case-feed')
        await addNote(trx, caseId, { kind: 'moved', text: textToMove(record, action.entryId) }, change);
      return taggedOf(await escalationOf(trx, escalationId, user), user);
    });
  };

const note =
  (desk: Desk): Required<Backend>['note'] =>
  async (caseId, text, call) => {
    const change = { user: signedIn(call), now: desk.clock() };
    await write(desk, caseId, change.user, async (trx) => {
      const what = { what: `note ${caseId}`, body: text, made: caseId };
      const known = await replayOf(trx, change, call.key, what);
      if (known === undefined) await addNote(trx, caseId, text, change);
    });
  };

/** The methods that change something. */
export const writing = (
  desk: Desk,
): Required<Pick<Backend, 'escalate' | 'post' | 'act' | 'note' | 'feedback' | 'upload'>> => ({
  escalate: escalate(desk),
  post: post(desk),
  act: act(desk),
  note: note(desk),

  async upload(caseId, file, call) {
    const { db, clock, attach } = desk;
    if (!attach) throw notFound('way for files');
    return keepFile(db, caseId, file, { user: signedIn(call), now: clock(), limits: attach });
  },

  async feedback(policy, feedback, { user }) {
    await desk.db
      .insertInto('feedback')
      .values({ policy, at: desk.clock(), by_id: user?.id, feedback: JSON.stringify(feedback) })
      .execute();
  },
});
