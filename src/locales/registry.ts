/** Values that a message may name in braces. */
export type Values = Record<string, string | number>;

/** One message: a text with `{names}`, or a function where a language needs to count. */
export type Message = string | ((values: Values) => string);

/** Messages by id. English comes in pieces, each with the part of the page that speaks it. */
export type Words = Record<string, Message>;

const languages = new Map<string, Words>();
const listeners = new Set<() => void>();

/**
 * Adds a language; what it leaves out is said in English. A later call for the same language adds to it.
 * @param language a BCP 47 tag such as `de` or `pt-BR`
 */
export function registerLocale(language: string, words: Words): void {
  languages.set(language.toLowerCase(), { ...languages.get(language.toLowerCase()), ...words });
  for (const listener of listeners) listener();
}

/** Calls back when a language was added. @returns stops it */
export function onLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Says a message.
 * @param sources of words, best first; the last is English
 */
export function say(sources: readonly Words[], id: string, values: Values = {}): string {
  const message = sources.find((words) => Object.hasOwn(words, id))?.[id] ?? id;
  return typeof message === 'function'
    ? message(values)
    : message.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

/** The words of a language, the exact tag before its base language. */
export function wordsOf(language: string): Words {
  const tag = language.toLowerCase();
  return { ...languages.get(tag.split('-')[0] as string), ...languages.get(tag) };
}
