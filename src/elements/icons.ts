import { html, type TemplateResult } from 'lit';

/** Path data, in a 24 × 24 box, of the icon that the button has; the others come with the parts that show them. */
export const escalatePath = 'M5 21V4h9l.6 2H20v9h-6.6l-.6-2H7v8z';

/**
 * An icon in `currentColor`: decoration, always beside words.
 * @param custom the page's own icons by name: path data, which can draw but nothing else
 */
export function icon(
  name: string,
  path: string,
  part: string,
  custom?: Record<string, string>,
): TemplateResult {
  return html`<svg part="${part} icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${custom?.[name] ?? path}></path>
  </svg>`;
}
