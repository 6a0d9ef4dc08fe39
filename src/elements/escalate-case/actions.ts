import { checkRequest } from '../../core/check-request.js';
import { BackendError, isBackendError } from '../../core/backend.js';
import { toRequest } from '../../core/draft-request.js';
import { emptyDraft, typedText } from '../../core/draft.js';
import { newId } from '../../core/id.js';
import type { Escalation } from '../../core/model.js';
import { isOutcomeUnknown } from '../../core/outcome.js';
import { faultsOf } from '../../core/refused-fields.js';
import { act, callOf } from '../../core/session-actions.js';
import { escalate, release } from '../../core/submission.js';
import { ledgerOf } from '../../platform/submissions.js';
import { copyText } from '../copy.js';
import { tell } from '../events.js';
import { pathOf, unanswered } from './answers.js';
import { filesPending, filesRenewed, filesSettled } from './attaching.js';
import type { CaseDialog } from './dialog.js';
import { wasLeft } from './drafts.js';
import { screenOf } from './screen.js';
import type { DialogView } from './view.js';

const SUMMARY = '[part~="error-summary"]';

/** Checks what was filled in, asks the page, and sends. */
export async function submit(dialog: CaseDialog, view: DialogView, event: Event): Promise<void> {
  if (dialog.filled.sending) return;
  // A click that was meant for what was there before the dialog (T14); a key has no place that it was meant for.
  if (event.isTrusted && (event as UIEvent).detail > 0 && performance.now() - dialog.openedAt < 300) return;
  const request = toRequest(dialog.filled.draft, view.policy);
  const checked = checkRequest(view.policy, view.state, view.criteria, request);
  const faults = [...unanswered(view, checked), ...checked];
  dialog.set({ faults });
  if (faults.length) return dialog.focus(SUMMARY);
  if (filesPending(dialog)) return submitLater(dialog, event);
  const { host, session } = dialog;
  const goes = tell(host, 'escalation-submit', {
    caseId: session.caseId,
    reasonId: request.reasonId,
    path: pathOf(view),
  });
  if (goes) await send(dialog);
}

/** Once its files are there; what was filled in may be another by then. */
async function submitLater(dialog: CaseDialog, event: Event): Promise<void> {
  if (!(await filesSettled(dialog))) return;
  const screen = screenOf(dialog);
  if (screen.kind === 'form') await submit(dialog, screen.view, event);
}

/** Sends, or sends again what may have arrived already: then with the same key and body. */
export async function send(dialog: CaseDialog, renewed = false): Promise<void> {
  const { policy, filled, session } = dialog;
  if (!policy || filled.sending) return;
  dialog.set({ sending: true, problem: undefined });
  try {
    const request = toRequest(filled.draft, policy);
    const { escalation, replayed } = await escalate(session, request, ledgerOf(session));
    confirm(dialog, escalation, replayed);
  } catch (error) {
    const known = isBackendError(error) && error.code === 'open-escalation-exists' && arrived(dialog);
    // Once: a help desk that never finds them is not asked for ever.
    if (!renewed && filesRenewed(dialog, error)) {
      const goes = await filesSettled(dialog);
      dialog.set({ sending: false });
      return goes ? send(dialog, true) : undefined;
    }
    if (known) confirm(dialog, known, true);
    else dialog.fail(error);
    if (isBackendError(error) && error.code === 'invalid') dialog.set({ faults: faultsOf(error) });
  }
  dialog.set({ sending: false });
  dialog.focus(dialog.filled.faults.length ? SUMMARY : '[data-outcome]');
}

function confirm(dialog: CaseDialog, escalation: Escalation, replayed: boolean): void {
  const { host, session } = dialog;
  dialog.set({ sent: escalation, declined: undefined, problem: undefined, draft: emptyDraft });
  tell(host, 'escalation-requested', { caseId: session.caseId, escalationId: escalation.id, replayed });
}

/** What was typed, as an escalation that is open by now: its answer was lost, or it was sent in another tab. */
function arrived({ state, filled: { draft } }: CaseDialog): Escalation | undefined {
  const open = state?.openEscalation;
  const isSame = open?.reason.id === draft.reasonId && (open.details ?? '').trim() === draft.details.trim();
  return isSame && open.requestedBy?.me ? open : undefined;
}

/** A text is added to it by following it: no files can go along. */
export const isJoined = ({ can }: Escalation): boolean => can.act.includes('follow');

/** The text as a message to the owner of an open escalation; a colleague's text also makes a follower. @returns the entry's id */
async function addText({ session, filled }: CaseDialog, to: Escalation, text: string, key: string) {
  const { backend } = session.desk;
  // Tried before, and a follower by now: it has arrived.
  if (filled.addKey && to.following) return to.latestEntryId ?? '';
  if (isJoined(to)) {
    const joined = await act(session, to, { kind: 'follow', impact: text }, key);
    return joined.latestEntryId ?? '';
  }
  if (!backend.post) throw new BackendError('not-found');
  const attachmentIds = filled.draft.files?.flatMap(({ id }) => id ?? []);
  const draft = { clientId: key, text, ...(attachmentIds?.length && { attachmentIds }) };
  return (await backend.post(to.id, draft, callOf(session, { key }))).id;
}

/** Somebody was faster: the typed text is added to that escalation. */
export async function addTo(dialog: CaseDialog, escalation: Escalation): Promise<void> {
  const { session, filled, host } = dialog;
  if (filled.added === 'adding') return;
  if (isJoined(escalation)) {
    // First it is said that the files stay behind.
    if (filled.draft.files?.length && !filled.late) {
      dialog.set({ late: true });
      return dialog.focus('[part="existing"]');
    }
  } else if (filesPending(dialog)) {
    if (await filesSettled(dialog)) await addTo(dialog, escalation);
    return;
  }
  // Whose outcome is not known, it may be there already: then with the same key.
  const clientId = filled.addKey || newId();
  dialog.set({ late: true, added: 'adding' });
  try {
    const entryId = await addText(dialog, escalation, typedText(filled.draft), clientId);
    dialog.set({ added: 'added', addKey: '', draft: emptyDraft, problem: undefined });
    dialog.focus('[part="existing"]');
    tell(host, 'escalation-message', { escalationId: escalation.id, entryId });
    void session.refresh();
  } catch (error) {
    const unknown = isBackendError(error) && isOutcomeUnknown(error);
    dialog.set({ added: 'no', addKey: unknown ? clientId : '' });
    dialog.fail(error);
  }
}

/** Whether a help desk knows a request again by its key: where it does not, a second one could be a second escalation. */
export const isRepeatable = ({ state }: CaseDialog): boolean => state?.guarantees.dedup !== 'none';

/** Asks again for what could not be had, or sends again what may have arrived. */
export async function retry(dialog: CaseDialog): Promise<void> {
  const { session } = dialog;
  if (session.snapshot.phase !== 'ready') await session.refresh();
  dialog.checkUser();
  if (session.attempt && dialog.policy) return isRepeatable(dialog) ? send(dialog) : check(dialog);
  await dialog.loadPolicy();
  if (session.attempt && dialog.policy) dialog.set({ problem: wasLeft() });
}

/** Goes on with a request that waited for a sign-in. */
export async function resume(dialog: CaseDialog): Promise<void> {
  dialog.checkUser();
  if (dialog.filled.problem?.code === 'signed-out' && dialog.session.attempt) await send(dialog);
}

/** Looks whether a request has arrived that nobody knows of; if not, the user may send it again. */
async function check(dialog: CaseDialog): Promise<void> {
  const { session } = dialog;
  await session.again();
  const { problem, state } = session.snapshot;
  if (problem || !state) return;
  release(session, ledgerOf(session));
  const known = arrived(dialog);
  if (known) confirm(dialog, known, true);
  else dialog.set({ problem: undefined, late: true, remedied: state.openEscalation ? '' : 'notArrived' });
  dialog.focus('[data-outcome]', '[part="dialog-title"]');
}

/** Copies a text; where the page may not, selects it where it is shown. */
export async function copy(
  dialog: CaseDialog,
  name: string,
  text: string,
  from: HTMLElement | null,
): Promise<void> {
  const done = await copyText(
    text,
    from ?? dialog.host.renderRoot.querySelector<HTMLElement>('pre') ?? undefined,
  );
  dialog.set({ copied: done ? name : `${name}?` });
}
