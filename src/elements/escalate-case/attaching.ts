import { html, nothing } from 'lit';
import { isBackendError } from '../../core/backend.js';
import { FileRoom } from '../files/room.js';
import type { CaseDialog } from './dialog.js';
import type { Base } from './view.js';

const rooms = new WeakMap<CaseDialog, FileRoom>();

/** Whether the element still shows the case that a dialog is for. */
const isCurrent = ({ host, session }: CaseDialog): boolean =>
  host.caseId === session.caseId && (host.desk ?? session.desk) === session.desk;

/** The files of a dialog's draft. */
function roomOf(dialog: CaseDialog): FileRoom {
  const known = rooms.get(dialog);
  if (known) return known;
  const { host, locale } = dialog;
  const session = () => (isCurrent(dialog) ? dialog.session : undefined);
  const room = new FileRoom({
    host,
    session,
    holder: {
      get session() {
        return session();
      },
      read: () => (isCurrent(dialog) && dialog.filled.draft.files) || [],
      put: (files) => dialog.set({ draft: { ...dialog.filled.draft, files } }),
    },
    learn: (words) => (locale.english = { ...locale.english, ...words }),
  });
  // What nobody looks at any more is not sent unasked.
  host.addEventListener('escalation-close', () => room.part?.stay());
  rooms.set(dialog, room);
  return room;
}

/** Where files are added to the request, where they can be. */
export function renderFiles({ dialog, say, language }: Base, frozen: boolean, onSend: () => void): unknown {
  const { icons, state } = dialog;
  return roomOf(dialog).draw(state?.can.attach || dialog.filled.draft.files?.length, (part) =>
    part.renderAttaching({ say, language, icons }, frozen, onSend),
  );
}

/** Somebody was faster: the files that go with the text, or that they cannot. @param onAdd adds them after all */
export function renderFilesToAdd(screen: Base, canGo: boolean, onAdd: () => void): unknown {
  const { dialog, say } = screen;
  const { draft, added } = dialog.filled;
  if (!draft.files?.length) return nothing;
  if (canGo) return renderFiles(screen, added === 'adding', onAdd);
  const words = () => html`<p part="notice notice-warning" class="notice">${say('files.notAdded')}</p>`;
  return roomOf(dialog).draw(true, words);
}

/** Not every file that goes with the request is there. */
export const filesPending = (dialog: CaseDialog): boolean => roomOf(dialog).pending;

/** Waits until every file is there. @returns whether the request may be sent */
export const filesSettled = (dialog: CaseDialog): Promise<boolean> => roomOf(dialog).settled();

/** A request was refused because files of it are not there any more: they are on their way again, or told to be lost. */
export const filesRenewed = (dialog: CaseDialog, error: unknown): boolean =>
  isBackendError(error) && (roomOf(dialog).part?.renew(error.details.errors) ?? false);
