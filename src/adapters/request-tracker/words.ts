import { isBackendError, type Call } from '../../core/backend.js';
import { htmlToText } from './html-text.js';
import { PAGE, type AttachmentRow, type RtWire } from './wire.js';

/** What people wrote: the parts that are attached to a transaction, which may be several. */

/** Transactions whose words are asked for at once. */
const AT_ONCE = PAGE / 2;
/** Stands for the words of one message that no answer can hold. */
const TOO_LONG = '[too long to be shown here]';

/** The words of a transaction, in the order of its parts: plain, else made plain of what was written as HTML. */
export function textOf(words: readonly AttachmentRow[], transaction: string): string {
  const parts = words
    .filter((row) => row.TransactionId === transaction)
    .sort((a, b) => Number(a.id) - Number(b.id));
  const told = (type: string, make: (content: string) => string): string =>
    parts
      .filter(({ ContentType }) => ContentType === type)
      .map(({ Content }) => make(Content))
      .join('\n')
      // A mail ends with a line break that nobody means.
      .trimEnd();
  return told('text/plain', (content) => content.trimEnd()) || told('text/html', htmlToText);
}

/**
 * The words of these transactions, some at a time. An answer that cannot be read may be too large: then for fewer of them,
 * and of one alone for all but its words, which also tells a long message from a page that is none.
 */
export async function wordsOf(
  wire: RtWire,
  transactions: readonly string[],
  call: Call,
  most = AT_ONCE,
): Promise<AttachmentRow[]> {
  const found: AttachmentRow[] = [];
  for (let from = 0; from < transactions.length; from += most) {
    const some = transactions.slice(from, from + most);
    const rows = await allOf(wire, some, call).catch((error: unknown) => {
      if (!isBackendError(error) || error.code !== 'protocol') throw error;
      return some.length > 1
        ? wordsOf(wire, some, call, Math.ceil(some.length / 2))
        : wire.parts(some, { limit: 1 }, call).then(([part]) => part && [{ ...part, Content: TOO_LONG }]);
    });
    found.push(...(rows ?? []));
  }
  return found;
}

async function allOf(wire: RtWire, transactions: readonly string[], call: Call): Promise<AttachmentRow[]> {
  const found: AttachmentRow[] = [];
  for (let page = 1, got = PAGE; got === PAGE; page++) {
    const more = await wire.words(transactions, { page }, call);
    found.push(...more);
    got = more.length;
  }
  return found;
}
