import { html, type TemplateResult } from 'lit';

/** Path data, in a 24 × 24 box, of the icon that the button has; the others come with the parts that show them. */
export const escalatePath = 'M5 21V4h9l.6 2H20v9h-6.6l-.6-2H7v8z';

/** Path data can draw, and nothing else. */
const PATH_DATA = /^[MmLlHhVvCcSsQqTtAaZz\d ,.eE+-]+$/;

/**
 * An icon in `currentColor`: decoration, always beside words.
 * @param custom the page's own icons by name; what is not path data is left out
 */
export function icon(
  name: string,
  path: string,
  part: string,
  custom?: Record<string, string>,
): TemplateResult {
  const own = custom?.[name] ?? '';
  return html`<svg part="${part} icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATH_DATA.test(own) ? own : path}></path>
  </svg>`;
}
