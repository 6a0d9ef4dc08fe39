import type { Session } from '../core/session.js';
import { isAttempt, isSubmitRecord, type Ledger } from '../core/submission.js';
import { keepDraft, readDraft } from './drafts.js';
import { isFresh, nameOf, sweep } from './kept.js';

/** Where a browser lets nothing be kept, or the help desk has no name that tabs could share: as long as the page. */
const inPage = new Map<string, string>();

/** Each tab has it for a moment. One that was frozen with it must not keep anybody from asking. */
const LONGEST_WAIT_MS = 3_000;

function stored(name: string, isShared: boolean): string | null {
  try {
    return (isShared && localStorage.getItem(name)) || (inPage.get(name) ?? null);
  } catch {
    return inPage.get(name) ?? null;
  }
}

function store(name: string, text: string | null, isShared: boolean): void {
  inPage.delete(name);
  try {
    if (!isShared) throw new Error();
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    if (text !== null) inPage.set(name, text);
  }
}

/**
 * What the tabs of this browser know of the requests of this user for this case: the record in `localStorage`, without any
 * text (T23); what was sent in `sessionStorage` of the tab (T24). Each read and write in one step under a Web Lock where
 * there is one; without, the help desk has the last word.
 */
export function ledgerOf(session: Session): Ledger {
  // Fixed: an answer that comes after somebody else has signed in is not about them.
  const name = nameOf(session, 'submit');
  const isShared = session.desk.backend.address !== undefined;
  return {
    now: () => Date.now(),
    read() {
      try {
        const record: unknown = JSON.parse((name && stored(name, isShared)) || 'null');
        return isSubmitRecord(record) && isFresh(record.at) ? record : null;
      } catch {
        return null;
      }
    },
    write: (record) => void (name && store(name, record && JSON.stringify(record), isShared)),
    attempt: () => (name === nameOf(session, 'submit') ? readDraft(session, 'attempt', isAttempt) : null),
    keep(attempt) {
      if (name === nameOf(session, 'submit')) keepDraft(session, 'attempt', attempt);
    },
    async alone(work) {
      if (name && isShared) {
        let done: { value: ReturnType<typeof work> } | undefined;
        // A sandbox has locks, and refuses them.
        await navigator.locks
          ?.request(name, { signal: AbortSignal.timeout(LONGEST_WAIT_MS) }, () => (done = { value: work() }))
          .catch(() => undefined);
        if (done) return done.value;
      }
      return work();
    },
  };
}

/** Forgets what is older than a day, and what another user was about to send. */
export function forgetOthers(userId: string): void {
  sweep(() => localStorage, 'submit', userId);
  sweep(() => sessionStorage, 'draft attempt', userId);
}
