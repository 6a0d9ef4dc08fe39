import type { Process } from '../../desk/policies.js';

/** Edits that are not in force: kept in the tab, so that a reload loses nothing. */
export interface Draft {
  text: string;
  /** In force when the edits began. */
  version: string;
}

const nameOf = (process: Process) => `escalation-demo policy ${process}`;
const inPage = new Map<Process, Draft>();

export function keepDraft(process: Process, draft: Draft | null): void {
  if (draft) inPage.set(process, draft);
  else inPage.delete(process);
  try {
    if (draft) sessionStorage.setItem(nameOf(process), JSON.stringify(draft));
    else sessionStorage.removeItem(nameOf(process));
  } catch {
    // Lasts as long as the page.
  }
}

export function draftOf(process: Process): Draft | null {
  try {
    const kept = sessionStorage.getItem(nameOf(process));
    return kept ? (JSON.parse(kept) as Draft) : null;
  } catch {
    return inPage.get(process) ?? null;
  }
}

/** The demo was reset. */
export const forgetDrafts = (): void => {
  for (const process of ['pulse-secure', 'genesys'] as const) keepDraft(process, null);
};
