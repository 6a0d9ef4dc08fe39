import { checkRequest } from '../../core/check-request.js';
import { isBackendError } from '../../core/backend.js';
import { emptyDraft, toRequest, typedText } from '../../core/draft.js';
import { newId } from '../../core/id.js';
import type { Escalation } from '../../core/model.js';
import type { Remedy } from '../../core/policy.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import { escalate, note } from '../../core/session-actions.js';
import { tell } from '../events.js';
import type { CaseDialog } from './dialog.js';
import { faultsOf } from './outcome.js';
import type { DialogView } from './view.js';

const SUMMARY = '[part~="error-summary"]';

/** Checks what was filled in, asks the page, and sends. */
export async function submit(dialog: CaseDialog, view: DialogView): Promise<void> {
  if (dialog.filled.sending) return;
  const request = toRequest(dialog.filled.draft, view.policy);
  const faults = checkRequest(view.policy, view.state, view.criteria, request);
  dialog.set({ faults });
  if (faults.length) return dialog.focus(SUMMARY);
  const { host } = dialog;
  const goes = tell(host, 'escalation-submit', { caseId: host.caseId, reasonId: request.reasonId, path: [] });
  if (goes) await send(dialog);
}

/** Sends, or sends again what may have arrived already: then with the same key and body. */
export async function send(dialog: CaseDialog): Promise<void> {
  const { policy, filled, session, host } = dialog;
  if (!policy || filled.sending) return;
  dialog.set({ sending: true, problem: undefined });
  try {
    const { escalation, replayed } = await escalate(session, toRequest(filled.draft, policy));
    dialog.set({ sent: escalation, draft: emptyDraft });
    tell(host, 'escalation-requested', { caseId: host.caseId, escalationId: escalation.id, replayed });
  } catch (error) {
    dialog.fail(error);
    if (isBackendError(error) && error.code === 'invalid') dialog.set({ faults: faultsOf(error) });
  }
  dialog.set({ sending: false });
  dialog.focus(dialog.filled.faults.length ? SUMMARY : '[data-outcome]');
}

/** Somebody was faster: the typed text becomes a message to the owner of that escalation. */
export async function addTo(dialog: CaseDialog, { id: escalationId }: Escalation): Promise<void> {
  const { session, filled, host } = dialog;
  const { backend, user, policy } = session.desk;
  if (!backend.post || filled.added === 'adding') return;
  // Whose outcome is not known, it may be there already: then with the same key.
  const clientId = filled.addKey || newId();
  dialog.set({ added: 'adding', addKey: clientId });
  try {
    const draft = { clientId, text: typedText(filled.draft) };
    const entry = await backend.post(escalationId, draft, { user, policy, key: clientId });
    dialog.set({ added: 'added', addKey: '', draft: emptyDraft, problem: undefined });
    tell(host, 'escalation-message', { escalationId, entryId: entry.id });
    void session.refresh();
  } catch (error) {
    const unknown = isBackendError(error) && isOutcomeUnknown(error);
    dialog.set({ added: 'no', ...(!unknown && { addKey: '' }) });
    dialog.fail(error);
  }
}

/** Carries a remedy out, unless the page does. */
export function carryOut(dialog: CaseDialog, criterion: string, remedy: Remedy, event: Event): void {
  const { host, session } = dialog;
  if (!tell(host, 'escalation-remedy', { caseId: host.caseId, criterion, remedy: remedy.kind, path: [] }))
    return event.preventDefault();
  if (remedy.kind === 'contact') dialog.set({ contact: remedy.contact });
  if (remedy.kind === 'request-priority')
    void note(session, { kind: 'priority-change', text: dialog.text(remedy.text) })
      .then(() => dialog.set({ remedied: 'requestPrioritySent' }))
      .catch((error: unknown) => dialog.fail(error));
}

/** Copies what was typed. */
export async function copy(dialog: CaseDialog): Promise<void> {
  const done = await navigator.clipboard
    ?.writeText(typedText(dialog.filled.draft))
    .then(() => true)
    .catch(() => false);
  dialog.set({ copied: done ?? false });
}
