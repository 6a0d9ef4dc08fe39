import { BackendError } from '../../core/backend.js';
import { emptyDraft, type Draft } from '../../core/draft.js';
import { isDraft } from '../../core/kept-draft.js';
import { openSubmission, recallAttempt, type Ledger } from '../../core/submission.js';
import { keepDraft, readDraft } from '../../platform/drafts.js';
import { Elsewhere } from '../../platform/elsewhere.js';
import { forgetOthers, ledgerOf } from '../../platform/submissions.js';
import type { CaseDialog } from './dialog.js';

/** All is by e-mail: nothing is kept, nor told to other tabs (G14). */
function isByMail({ policy, state }: CaseDialog): boolean {
  return policy?.channels.find(({ id }) => id === state?.verdict.channel)?.use === 'email';
}

/** Keeps what is typed in this tab. */
export function keep(dialog: CaseDialog): void {
  const { session, filled, hasDraft } = dialog;
  const byMail = isByMail(dialog);
  const may = hasDraft && !byMail;
  const kept = keepDraft(session, 'request', may ? filled.draft : null) && may;
  if (byMail) forget(ledgerOf(session));
  announce(dialog);
  if (kept !== filled.kept) dialog.set({ kept });
}

function forget(ledger: Ledger): void {
  ledger.keep(null);
  ledger.write(null);
}

const announce = (dialog: CaseDialog): void =>
  elsewhereOf(dialog).writes(dialog.hasDraft && dialog.open && !isByMail(dialog));

const isStarted = ({ hasDraft, filled }: CaseDialog): boolean => hasDraft || filled.draft.reasonId !== '';

/** Brings back what was typed before a reload; else, after a refusal, what was declined (G34). */
export async function recall(dialog: CaseDialog): Promise<void> {
  const { session, filled, state } = dialog;
  if (filled.sent) return;
  const sent = recallRequest(dialog);
  const kept = readDraft(session, 'request', isDraft) ?? sent;
  if (kept && !isStarted(dialog)) dialog.set({ draft: kept });
  else announce(dialog);
  const last = state?.past[0];
  if (last?.status === 'declined' && filled.declined?.id !== last.id) await recallDeclined(dialog, last.id);
}

/** Nobody knows what became of a request that was on its way. */
export const wasLeft = () => new BackendError('timeout', 'The page was left before the answer came.');

/**
 * Takes up a request that was on its way when the page was reloaded; else makes the key of the next one.
 * @returns what was sent, where nobody knows what became of it
 */
function recallRequest(dialog: CaseDialog): Draft | undefined {
  const { session, state } = dialog;
  if (!state) return undefined;
  forgetOthers(state.user.id);
  const ledger = ledgerOf(session);
  const found = recallAttempt(session, ledger, state);
  if (found === 'filed') keepDraft(session, 'request', null);
  if (state.verdict.kind !== 'elsewhere') void openSubmission(ledger);
  if (found !== 'unknown') return undefined;
  dialog.set({ problem: wasLeft() });
  const { reasonId, details = '', impact = '' } = session.attempt?.request ?? emptyDraft;
  return { ...emptyDraft, reasonId, details, impact };
}

const writing = new WeakMap<CaseDialog, Elsewhere>();

/** Whether the same user is writing a request for the same case in another tab. */
export function elsewhereOf(dialog: CaseDialog): Elsewhere {
  const known = writing.get(dialog);
  if (known) return known;
  const { host, session } = dialog;
  const made = new Elsewhere(session, 'request', () => host.requestUpdate());
  writing.set(dialog, made);
  const hostDisconnected = () => made.writes(false);
  host.addController({ hostDisconnected });
  host.addEventListener('escalation-close', hostDisconnected);
  return made;
}

async function recallDeclined(dialog: CaseDialog, id: string): Promise<void> {
  const { backend, user } = dialog.session.desk;
  // Without it the form is empty, which is no reason to trouble anybody.
  const found = await backend.escalation?.(id, { user }).catch(() => null);
  if (!found || found === 'not-modified') return;
  const { reason, details = '', impact = '', contact, fields, requestedBy } = found.value;
  dialog.set({ declined: found.value });
  if (isStarted(dialog) || !requestedBy?.me) return;
  dialog.set({
    draft: {
      ...emptyDraft,
      reasonId: reason.id,
      details,
      impact,
      contact: contact ?? null,
      fields: fields ?? {},
      corrects: id,
    },
  });
}

/** Throws the draft away; until something else is typed it can be had back. */
export function discard(dialog: CaseDialog): void {
  const { draft } = dialog.filled;
  dialog.set({ draft: emptyDraft, faults: [], problem: undefined });
  dialog.set({ discarded: draft });
  dialog.focus('[part="dialog-title"]');
}

export function undoDiscard(dialog: CaseDialog): void {
  const { discarded } = dialog.filled;
  if (discarded) dialog.set({ draft: discarded, discarded: undefined });
}
