import type { BackendError } from '../../core/backend.js';
import { emptyDraft, type Draft } from '../../core/draft.js';
import type { Escalation } from '../../core/model.js';
import type { RequestFault } from '../../core/request.js';

/** What somebody has done in the dialog so far. */
export interface Filled {
  draft: Draft;
  faults: readonly RequestFault[];
  problem: BackendError | undefined;
  sending: boolean;
  sent: Escalation | undefined;
  /** What became of the text after somebody else was faster. */
  added: 'no' | 'adding' | 'added';
  /** Key of that message, while it is not known whether it has arrived. */
  addKey: string;
  /** Id of the message that says what a remedy has done. */
  remedied: string;
  /** Id of the contact that a remedy has opened. */
  contact: string;
  copied: boolean;
}

export const nothingFilled: Filled = {
  draft: emptyDraft,
  faults: [],
  problem: undefined,
  sending: false,
  sent: undefined,
  added: 'no',
  addKey: '',
  remedied: '',
  contact: '',
  copied: false,
};
