import type { CSSResult, ReactiveElement } from 'lit';

const adopted = new WeakMap<ReactiveElement, Set<CSSResult>>();

/**
 * Gives styles to an element's root, each once. Called at every connection: after a move to another document all of them
 * are made anew, since a sheet belongs to the document that made it, and Lit forgets them (https://github.com/lit/lit/issues/5162).
 */
export function adoptStyles(host: ReactiveElement, ...styles: CSSResult[]): void {
  const all = adopted.get(host) ?? new Set();
  adopted.set(host, all);
  for (const style of styles) all.add(style);
  const { ownerDocument } = host;
  const view = ownerDocument.defaultView as Window & typeof globalThis;
  (host.renderRoot as ShadowRoot).adoptedStyleSheets = [...all].map(({ cssText, styleSheet }) => {
    if (styleSheet && ownerDocument === document) return styleSheet;
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(cssText);
    return sheet;
  });
}
