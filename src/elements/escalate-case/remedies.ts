import { newId } from '../../core/id.js';
import type { Policy, Remedy } from '../../core/policy.js';
import { note } from '../../core/session-actions.js';
import { tell } from '../events.js';
import type { CaseDialog } from './dialog.js';

/** The contact of a policy for whatever has no other way. */
const anyContact = ({ form, contacts }: Policy): string =>
  form.urgent?.contact ?? Object.keys(contacts)[0] ?? '';

/**
 * Carries a remedy out, unless the page does.
 * @param about id of the criterion or reason that it is a way out of
 * @param path the answers to the questions before the form
 */
export function carryOut(
  dialog: CaseDialog,
  about: string,
  remedy: Remedy,
  path: string[],
  event: Event,
): void {
  const { host, policy, state } = dialog;
  if (
    !tell(host, 'escalation-remedy', {
      caseId: dialog.session.caseId,
      criterion: about,
      remedy: remedy.kind,
      path,
    })
  )
    return event.preventDefault();
  if (!policy || event.currentTarget instanceof HTMLAnchorElement) return;
  if (remedy.kind === 'contact') return dialog.set({ contact: remedy.contact });
  const kind = remedy.kind === 'request-priority' ? 'priority-change' : 'reply';
  const text =
    remedy.kind === 'request-priority'
      ? dialog.text(remedy.text)
      : remedy.kind === 'reopen-case'
        ? dialog.say('reopenText')
        : '';
  const was = dialog.filled.reply;
  // Asked for again: what was written so far, and the key of what may have arrived.
  const again = was?.about === about && was.kind === kind;
  dialog.set({ reply: again ? was : { about, kind, text, key: newId(), sending: false } });
  if (kind === 'priority-change' && state?.can.note) void sendReply(dialog);
  // The page has no place to write on the case, and we may not: then there are the words and whom to call.
  else if (!state?.can.note) dialog.set({ contact: anyContact(policy) });
  dialog.focus('[part~="reply"] textarea', '[part~="reply"] pre');
}

/** Puts the text on the case; it stays until it is there. */
export async function sendReply(dialog: CaseDialog): Promise<void> {
  const { reply, sending } = dialog.filled;
  if (!reply || reply.sending || sending) return;
  if (!reply.text.trim()) return dialog.focus('[part~="reply"] textarea');
  dialog.set({ reply: { ...reply, sending: true }, problem: undefined });
  try {
    await note(dialog.session, { kind: reply.kind, text: reply.text }, reply.key);
    dialog.set({ reply: undefined, remedied: reply.kind === 'reply' ? 'replySent' : 'requestPrioritySent' });
    dialog.focus('[part="dialog-title"]');
  } catch (error) {
    dialog.set({ reply: { ...reply, sending: false } });
    dialog.fail(error);
  }
}
