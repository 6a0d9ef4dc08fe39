import type { Entry } from '../../core/model.js';
import type { Said } from './tickets.js';

/**
 * For help desks whose comments are text and nothing else: what an entry is stands in brackets before its words, so that
 * people read it there as well. `[Accepted] We take it on.`
 */

type Meaning = Pick<Entry, 'kind' | 'status'>;

const MARKS: Record<string, Meaning> = {
  Requested: { kind: 'status', status: 'requested' },
  'Under review': { kind: 'status', status: 'under-review' },
  Resolved: { kind: 'status', status: 'resolved' },
  Withdrawn: { kind: 'status', status: 'withdrawn' },
  Accepted: { kind: 'decision', status: 'accepted' },
  Declined: { kind: 'decision', status: 'declined' },
  'Next steps': { kind: 'next-steps' },
  Promise: { kind: 'promise' },
  'Promise kept': { kind: 'promise' },
  'Update asked for': { kind: 'notice' },
  'Moved to the case': { kind: 'moved' },
  Message: { kind: 'message' },
};
/** What somebody on the customer's side can have said; everything else in brackets is just their text. */
const THEIRS = ['Requested', 'Withdrawn', 'Under review', 'Update asked for', 'Moved to the case', 'Message'];

const PATTERN = new RegExp(`^\\[(${Object.keys(MARKS).join('|')})(?:: ([^\\]\\s]{1,200}))?\\](?: |\\n|$)`);

function markOf({ kind, status, about }: Said): string | undefined {
  if (kind === 'promise' && about !== undefined) return 'Promise kept';
  return Object.keys(MARKS).find(
    (name) =>
      MARKS[name]?.kind === kind && (MARKS[name]?.status === undefined || MARKS[name]?.status === status),
  );
}

/** The text of a comment that says this. A message stays as it is, unless it begins like a mark. */
export function marked(said: Said): string {
  const { kind, text, about } = said;
  if (kind === 'internal' || (kind === 'message' && !PATTERN.test(text))) return text;
  const mark = `[${markOf(said) ?? 'Message'}${about === undefined ? '' : `: ${about}`}]`;
  return text === '' ? mark : `${mark} ${text}`;
}

/**
 * What a comment says.
 * @param isTheirs written on the customer's side: then it decides and promises nothing, whatever it begins with
 */
export function unmarked(
  comment: string,
  isTheirs: boolean,
): Pick<Entry, 'kind' | 'text' | 'status' | 'about'> {
  const [whole, name = '', about] = PATTERN.exec(comment) ?? [];
  const meaning = MARKS[name];
  if (whole === undefined || !meaning || (isTheirs && !THEIRS.includes(name)))
    return { kind: 'message', text: comment };
  return { ...meaning, text: comment.slice(whole.length), ...(about !== undefined && { about }) };
}
