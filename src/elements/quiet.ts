const NAMES = ['input', 'change', 'paste', 'keydown', 'keyup', 'keypress'];
/** Keys that the page and the browser may need: leaving, moving on, shortcuts. */
const PASSES = /^(Escape|Tab|F\d+)$/;

/**
 * Keeps what happens in our text fields from the page, so that its autosave and its shortcuts stay quiet.
 * @param root of the element; our own listeners below it still hear everything
 */
export function quiet(root: EventTarget): void {
  for (const name of NAMES)
    root.addEventListener(name, (event) => {
      const { key, ctrlKey, metaKey } = event as KeyboardEvent;
      const passes = key !== undefined && (ctrlKey || metaKey || PASSES.test(key));
      if (!passes) event.stopPropagation();
    });
}
