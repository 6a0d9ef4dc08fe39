const told = new Set<string>();

/** One warning for the people who build the page; the same text is said once. */
export function warnOnce(message: string): void {
  if (told.has(message)) return;
  told.add(message);
  console.warn(`escalation-elements: ${message}`);
}
