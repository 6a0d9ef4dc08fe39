import type { BackendError } from '../../core/backend.js';
import { emptyDraft, type Draft } from '../../core/draft.js';
import type { CaseNote, Escalation } from '../../core/model.js';
import type { RequestFault } from '../../core/request.js';

/** A text for the case itself, being written as a way out of "not yet". */
export interface Reply extends CaseNote {
  /** Id of the criterion or reason that it is a way out of. */
  about: string;
  /** Of the text, whatever it takes to arrive. */
  key: string;
  sending: boolean;
}

/** What somebody thinks of the article that the process comes from (P20). */
export interface Opinion {
  helpful: '' | 'yes' | 'no';
  text: string;
  state: '' | 'sending' | 'sent' | 'failed';
}

/** What somebody has done in the dialog so far. */
export interface Filled {
  draft: Draft;
  /** This tab keeps the draft when the page is reloaded. */
  kept: boolean;
  /** Thrown away a moment ago. */
  discarded: Draft | undefined;
  /** Declined before: what this request puts right. */
  declined: Escalation | undefined;
  faults: readonly RequestFault[];
  problem: BackendError | undefined;
  sending: boolean;
  sent: Escalation | undefined;
  /** Somebody else was faster: what was typed can be added to theirs. */
  late: boolean;
  /** What became of the text after somebody else was faster. */
  added: 'no' | 'adding' | 'added';
  /** Key of that message, while it is not known whether it has arrived. */
  addKey: string;
  /** Id of the message that says what a remedy has done. */
  remedied: string;
  reply: Reply | undefined;
  /** Id of the contact that a remedy has opened. */
  contact: string;
  /** What was copied, by name; with a "?" it could only be selected. */
  copied: string;
  /** What was typed into the e-mail, by field. Never kept, never sent by us (G14). */
  mail: Readonly<Record<string, string>>;
  opinion: Opinion;
  /** The form was left for another channel, though something is typed in it. */
  left: boolean;
}

export const nothingFilled: Filled = {
  draft: emptyDraft,
  kept: false,
  discarded: undefined,
  declined: undefined,
  faults: [],
  problem: undefined,
  sending: false,
  sent: undefined,
  late: false,
  added: 'no',
  addKey: '',
  remedied: '',
  reply: undefined,
  contact: '',
  copied: '',
  mail: {},
  opinion: { helpful: '', text: '', state: '' },
  left: false,
};
