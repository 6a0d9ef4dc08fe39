import { BackendError } from '../../core/backend.js';
import type { Entry, EntryPage, EntryQuery } from '../../core/model.js';
import { soughtIn, soughtWords } from '../../core/sought.js';

/** The entries that have every word, in their text or the name of their author. */
function search(all: readonly Entry[], words: string): readonly Entry[] {
  const wanted = soughtWords(words);
  return all.filter((entry) => {
    const told = soughtIn(entry);
    return wanted.every((word) => told.includes(word));
  });
}

/** The position after a cursor's entry; '0' is before the first. */
function positionOf(found: readonly Entry[], id: string): number {
  const index = found.findIndex((entry) => entry.id === id);
  if (index < 0 && id !== '0') throw new BackendError('bad-cursor', 'The cursor is not one of this feed.');
  return index;
}

function rangeOf(found: readonly Entry[], query: EntryQuery, cursor: string | undefined) {
  const limit = Math.min(Math.max(query.limit ?? 50, 1), 500);
  const newest = { from: Math.max(found.length - limit, 0), to: found.length };
  if (query.at !== undefined) {
    const from = found.findIndex(({ at }) => Date.parse(at) >= Date.parse(query.at as string));
    return from < 0 ? newest : { from, to: Math.min(from + limit, found.length) };
  }
  if (cursor === undefined) return newest;
  const index = positionOf(found, cursor);
  if (query.before === undefined) return { from: index + 1, to: Math.min(index + 1 + limit, found.length) };
  return { from: Math.max(index - limit, 0), to: Math.max(index, 0) };
}

/**
 * The page that a query asks for. A cursor is the id of an entry, in a search with a space and its words after it.
 * @param all what this user may see, oldest first
 * @throws BackendError `bad-cursor`
 */
export function pageOf(all: readonly Entry[], query: EntryQuery): EntryPage {
  const [cursor, ...rest] = (query.before ?? query.after)?.split(' ') ?? [];
  const words = rest.length > 0 ? rest.join(' ') : query.q;
  const found = words === undefined ? all : search(all, words);
  const { from, to } = rangeOf(found, query, cursor);
  const cursorOf = (id: string) => (words === undefined ? id : `${id} ${words}`);
  const first = found[from];
  return {
    entries: found.slice(from, to),
    before: from > 0 && first ? cursorOf(first.id) : null,
    after: cursorOf(found[to - 1]?.id ?? '0'),
  };
}
