import type { Entry } from './model.js';

/**
 * Sums up the entries of a conversation, and looks only at those that were added at its end since the last time.
 * @param start what is known of no entries
 * @param step adds an entry to what is known; the oldest comes first
 */
export function summing<T>(
  start: () => T,
  step: (known: T, entry: Entry) => T,
): (entries: readonly Entry[]) => T {
  let known = start();
  let seen: readonly Entry[] = [];
  return (entries) => {
    const { length } = seen;
    const grown = length > 0 && entries[0] === seen[0] && entries[length - 1] === seen[length - 1];
    if (!grown) known = start();
    for (let i = grown ? length : 0; i < entries.length; i++) known = step(known, entries[i] as Entry);
    seen = entries;
    return known;
  };
}

/** The newest entry of which something holds. */
export const newestOf = (is: (entry: Entry) => boolean): ((entries: readonly Entry[]) => Entry | undefined) =>
  summing<Entry | undefined>(
    () => undefined,
    (known, entry) => (is(entry) ? entry : known),
  );
