/** What is seen of something that scrolls: the scroller, and its visible band in client coordinates (pixels). */
export interface Viewport {
  scroller: Element;
  top: number;
  bottom: number;
}

/** The parent as it is drawn: across slots and shadow roots. */
const parentOf = (node: Node): Node | null =>
  (node as Element).assignedSlot ?? node.parentNode ?? (node as ShadowRoot).host ?? null;

/** Whether an element scrolls its content; the overflow of a body is, as a rule, the window's. */
function scrolls(element: Element, view: Window): boolean {
  if (element.scrollHeight <= element.clientHeight + 1) return false;
  const { body, documentElement } = element.ownerDocument;
  if (element === documentElement) return false;
  if (element === body && view.getComputedStyle(documentElement).overflowY === 'visible') return false;
  return /auto|scroll|hidden/.test(view.getComputedStyle(element).overflowY);
}

/** Through what an element is seen: the nearest scroller around it, else the window. */
export function viewportOf(element: Element): Viewport {
  const { ownerDocument } = element;
  const view = ownerDocument.defaultView ?? window;
  for (let node: Node | null = element; node; node = parentOf(node)) {
    if (node.nodeType !== Node.ELEMENT_NODE || !scrolls(node as Element, view)) continue;
    const scroller = node as Element;
    const top = scroller.getBoundingClientRect().top + scroller.clientTop;
    const bottom = top + scroller.clientHeight;
    if (scroller.clientHeight < 2 * view.innerHeight) return { scroller, top, bottom };
    // Much higher than the window: of that only what is in the window counts.
    const from = Math.min(Math.max(top, 0), bottom);
    return { scroller, top: from, bottom: Math.max(Math.min(bottom, view.innerHeight), from) };
  }
  const scroller = ownerDocument.scrollingElement ?? ownerDocument.documentElement;
  return { scroller, top: 0, bottom: view.innerHeight };
}

/** Every root from an element up to its document: a scroll is heard only in the one where it happens. */
export function rootsOf(element: Element): Node[] {
  const roots: Node[] = [element.ownerDocument];
  for (let node: Node | null = element; node; node = parentOf(node))
    if (node.nodeType === Node.DOCUMENT_FRAGMENT_NODE) roots.push(node);
  return roots;
}
