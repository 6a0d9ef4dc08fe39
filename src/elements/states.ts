/** Makes the custom states of an element exactly these. */
export function setStates(
  internals: ElementInternals,
  words: readonly (string | false | null | undefined)[],
): void {
  internals.states.clear();
  for (const word of words) if (word) internals.states.add(word);
}
