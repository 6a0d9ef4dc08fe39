import { emptyDraft } from '../../core/draft.js';
import { isDraft } from '../../core/kept-draft.js';
import { keepDraft, readDraft } from '../../platform/drafts.js';
import type { CaseDialog } from './dialog.js';

/** Keeps what is typed in this tab; where all is by e-mail, nothing (G14). */
export function keep(dialog: CaseDialog): void {
  const { session, filled, policy, state, hasDraft } = dialog;
  const channel = policy?.channels.find(({ id }) => id === state?.verdict.channel);
  const may = hasDraft && channel?.use !== 'email';
  const kept = keepDraft(session, 'request', may ? filled.draft : null) && may;
  if (kept !== filled.kept) dialog.set({ kept });
}

const isStarted = ({ hasDraft, filled }: CaseDialog): boolean => hasDraft || filled.draft.reasonId !== '';

/** Brings back what was typed before a reload; else, after a refusal, what was declined (G34). */
export async function recall(dialog: CaseDialog): Promise<void> {
  const { session, filled, state } = dialog;
  if (filled.sent) return;
  const kept = readDraft(session, 'request');
  if (isDraft(kept) && !isStarted(dialog)) dialog.set({ draft: kept });
  const last = state?.past[0];
  if (last?.status === 'declined' && filled.declined?.id !== last.id) await recallDeclined(dialog, last.id);
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
