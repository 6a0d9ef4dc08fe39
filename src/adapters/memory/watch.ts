import type { CaseEvent } from '../../core/backend.js';
import { hashOf } from '../../core/hash.js';
import type { User } from '../../core/model.js';
import { present, visibleEntries, type EscalationRecord } from '../../core/record.js';
import { isOpen } from '../../core/status.js';
import { caseOf, idOf, type MemoryState } from './state.js';

/**
 * Events without a log: ids count upwards, so the id of an event is a position in the append-only feeds of a case.
 * What is new is found by comparing with what was told before.
 */

/** Whoever goes on after more entries than these loads anew. */
const MOST = 500;

/** How far one watcher has been told. */
interface Told {
  /** Entries with a greater id are new. */
  position: string;
  /** A hash of the case and of each escalation, by id, as this user saw them. */
  seen: Map<string, string>;
}

const CASE = 'case';

/** Entries that are new for this user, of all escalations, in the order in which they were made. */
const newEntries = (records: readonly EscalationRecord[], user: User, position: string): CaseEvent[] =>
  records
    .flatMap((record) =>
      visibleEntries(record, user)
        .filter(({ id }) => id > position)
        .map(
          (entry) => ({ kind: 'entry', id: entry.id, escalationId: record.escalation.id, entry }) as const,
        ),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));

/** One look at the case: what is new since the last, which `told` then knows. */
function look(state: MemoryState, caseId: string, user: User, told: Told): CaseEvent[] {
  const { case: kase } = caseOf(state, caseId, user);
  const records = Object.values(state.escalations).filter(({ escalation }) => escalation.caseId === caseId);
  const id = idOf(state.count);
  const entries = newEntries(records, user, told.position);
  told.position = id;
  const isNew = (of: string, value: unknown): boolean => {
    const hash = hashOf(value);
    const before = told.seen.get(of);
    told.seen.set(of, hash);
    return hash !== before;
  };
  const escalations = records.map((record) => present(record, user));
  return [
    ...entries,
    ...escalations
      .filter((escalation) => isNew(`escalation ${escalation.id}`, escalation))
      .map((escalation) => ({ kind: 'escalation', id, escalation }) as const),
    ...(isNew(CASE, kase) ? [{ kind: 'case', id, case: kase } as const] : []),
  ];
}

/** The first look: what happened after `since`, and how it stands now; or, from nowhere, a `reset`. */
function firstLook(
  state: MemoryState,
  caseId: string,
  user: User,
  since: string | undefined,
  told: Told,
): CaseEvent[] {
  const isPosition = since !== undefined && /^\d{9}$/.test(since) && since <= idOf(state.count);
  if (isPosition) told.position = since;
  const events = look(state, caseId, user, told);
  const entries = events.filter(({ kind }) => kind === 'entry');
  if (!isPosition || entries.length > MOST) return [{ kind: 'reset', id: told.position }];
  // A closed escalation without a new entry was closed before.
  const moved = new Set(entries.map((event) => event.kind === 'entry' && event.escalationId));
  return events.filter(
    (event) => event.kind !== 'escalation' || isOpen(event.escalation) || moved.has(event.escalation.id),
  );
}

/** The help desk as a watcher needs it. */
export interface Watched {
  read(): Promise<MemoryState>;
  /** Called after every change. */
  listeners: Set<() => void>;
}

/**
 * Tells of a case until the signal is aborted.
 * @throws BackendError `not-found`, also when the case is no longer for this user
 */
export async function watchCase(
  { read, listeners }: Watched,
  caseId: string,
  since: string | undefined,
  { user, signal }: { user: User; signal?: AbortSignal },
  tell: (event: CaseEvent) => void,
): Promise<true> {
  let wake = () => undefined as void;
  let isStale = true;
  const stir = () => {
    isStale = true;
    wake();
  };
  const told: Told = { position: '', seen: new Map() };
  let next = (state: MemoryState) => firstLook(state, caseId, user, since, told);
  listeners.add(stir);
  signal?.addEventListener('abort', stir);
  try {
    while (!signal?.aborted) {
      if (isStale) {
        isStale = false;
        const state = await read();
        for (const event of signal?.aborted ? [] : next(state)) tell(event);
        next = (later) => look(later, caseId, user, told);
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    return true;
  } finally {
    listeners.delete(stir);
    signal?.removeEventListener('abort', stir);
  }
}
