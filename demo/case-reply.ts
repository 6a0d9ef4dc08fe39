import type { Reply } from './case-parts.js';
import { write } from './connect.js';

/** The reply on the case: posted as a note by the contract, kept where it could not be. */
export interface ReplyPart {
  readonly view: Reply;
  /** Another case. */
  clear(): void;
}

/**
 * @param post to the notes of the shown case
 * @param draw draws the page again
 * @param onDone called after every attempt
 */
export function replyPart(
  post: (init: RequestInit) => Promise<Response>,
  draw: () => void,
  onDone: () => void,
): ReplyPart {
  let sending = false;
  let problem = '';

  async function send(text: string): Promise<boolean> {
    sending = true;
    problem = '';
    draw();
    const answer = await post(write({ kind: 'reply', text })).catch(() => null);
    sending = false;
    if (answer?.status === 422) problem = 'Communication for this case is by e-mail.';
    else if (!answer?.ok) problem = 'Not posted: the help desk did not answer. Your text is still here.';
    draw();
    onDone();
    return answer?.ok ?? false;
  }

  return {
    get view() {
      return { sending, problem, send };
    },
    clear: () => void (problem = ''),
  };
}
