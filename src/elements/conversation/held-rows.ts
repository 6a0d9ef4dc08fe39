/** More selected rows than these are not all kept. */
const MOST = 500;

interface OlderRoot extends ShadowRoot {
  /** Chromium's, before there were composed ranges. */
  getSelection?(): Selection | null;
}

/** Where a selection begins and ends; inside of a shadow root that is told only to who names the root. */
function selected(root: ShadowRoot): (Node | null)[] {
  const selection = root.ownerDocument.getSelection();
  if (!selection || selection.isCollapsed) {
    // A selection inside of a shadow root may look collapsed from outside.
    const inner = (root as OlderRoot).getSelection?.();
    return inner && !inner.isCollapsed ? [inner.anchorNode, inner.focusNode] : [];
  }
  const [range] = selection.getComposedRanges?.({ shadowRoots: [root] }) ?? [];
  return range ? [range.startContainer, range.endContainer] : [selection.anchorNode, selection.focusNode];
}

/**
 * The rows of a list that stay although nobody sees them: the one with the focus, and those with what is selected.
 * @returns their places among the children of the list
 */
export function heldRows(list: HTMLElement): number[] {
  const root = list.getRootNode() as ShadowRoot;
  const children = [...list.children];
  const placeOf = (node: Node | null | undefined) =>
    node && list.contains(node) ? children.findIndex((row) => row.contains(node)) : -1;
  const focus = placeOf(root.activeElement);
  const ends = selected(root)
    .map(placeOf)
    .filter((place) => place >= 0);
  const [from = -1, to = -1] = [Math.min(...ends), Math.max(...ends)].filter(Number.isFinite);
  const between = from < 0 ? [] : to - from > MOST ? ends : [...children.keys()].slice(from, to + 1);
  return [...new Set([...(focus < 0 ? [] : [focus]), ...between])];
}
