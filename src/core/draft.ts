import type { Attachment, Contact } from './model.js';
import type { Policy } from './policy.js';

/** A file that goes with a text: an attachment once the help desk has it; without an id it is not there (yet). */
export type DraftFile = Pick<Attachment, 'name' | 'bytes' | 'type'> & Partial<Attachment>;

/** What somebody has filled in so far. */
export interface Draft {
  reasonId: string;
  details: string;
  impact: string;
  contact: Contact | null;
  fields: Readonly<Record<string, string>>;
  /** Answers to the questions, by criterion. */
  answers: Readonly<Record<string, 'yes' | 'no'>>;
  /** Criteria that the requester says are met after all (G5). */
  contested: readonly string[];
  onBehalfOf: string;
  /** Id of the declined escalation that this one is to put right; else empty. */
  corrects: string;
  files?: readonly DraftFile[];
}

export const emptyDraft: Draft = Object.freeze({
  reasonId: '',
  details: '',
  impact: '',
  contact: null,
  fields: {},
  answers: {},
  contested: [],
  onBehalfOf: '',
  corrects: '',
});

/** Typed text that must not be lost. */
export const typedText = (draft: Draft): string =>
  [draft.details, draft.impact].filter((text) => text.trim()).join('\n\n');

/** The answer that lets a request go on: of a question the policy's, of a missing fact "yes". */
export function expectedAnswer(policy: Policy, criterionId: string): 'yes' | 'no' {
  const criterion = policy.criteria.find(({ id }) => id === criterionId);
  return criterion?.kind === 'confirm' ? criterion.expects : 'yes';
}
