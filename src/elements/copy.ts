/** Selects all that an element shows, or that a field holds, so that Ctrl+C, or ⌘C, copies it. */
function select(shown: HTMLElement): void {
  if (shown instanceof HTMLTextAreaElement || shown instanceof HTMLInputElement) {
    shown.focus();
    shown.select();
    return;
  }
  // Inside a shadow root `removeAllRanges` and `addRange` are not reliable everywhere; this one is.
  getSelection()?.selectAllChildren(shown);
}

/**
 * Puts a text into the clipboard.
 * @param show what shows the text: selected where the page may not write to the clipboard (plain http, a frame without
 * permission), so that the reader can copy it; the caller says how
 * @returns whether it is in the clipboard
 */
export async function copyText(text: string, show?: HTMLElement): Promise<boolean> {
  try {
    // Not there on plain http: a TypeError, which means the same as a refusal.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    if (show) select(show);
    return false;
  }
}
