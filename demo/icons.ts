import { html, svg, type TemplateResult } from 'lit';

const draw = (paths: TemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths}</svg>`;
const path = (d: string) => draw(svg`<path d=${d} />`);

/** Each goes with words: none of them means anything on its own. */
export const icons = {
  logo: draw(svg`<path d="M12 1.5 22.5 12 12 22.5 1.5 12z" /><path class="hole" d="M12 7.5 16.5 12 12 16.5 7.5 12z" />`),
  case: path('M9 4h6a2 2 0 0 1 2 2v1h3a1 1 0 0 1 1 1v11a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1h3V6a2 2 0 0 1 2-2m0 3h6V6H9z'),
  ready: path('M5 3h2v1h11l-2.5 4L18 12H7v9H5z'),
  wait: path('M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18m0 2a7 7 0 1 0 0 14 7 7 0 0 0 0-14m1 2.5v4.1l3 1.8-1 1.7-4-2.4V7.5z'),
  open: path('M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18m4.3 5.3L10.6 14l-2.9-2.9-1.4 1.4 4.3 4.3 7.1-7.1z'),
  elsewhere: path('M14 4h6v6h-2V7.4l-8.3 8.3-1.4-1.4L16.6 6H14zM5 6h5v2H6v10h10v-4h2v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1'),
  none: path('M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18m-5.6 4.8a7 7 0 0 0 9.8 9.8zm1.4-1.4 9.8 9.8a7 7 0 0 0-9.8-9.8'),
  close: path('M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z'),
  more: path('M5 10a2 2 0 1 1 0 4 2 2 0 0 1 0-4m7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4m7 0a2 2 0 1 1 0 4 2 2 0 0 1 0-4'),
  reply: path('M10 5v4c7 .5 10 4 11 10-2.500-3.500-6-5-11-5v4.200L3 11.500z'),
  newTab: path('M14 4h6v6h-2V7.4l-8.3 8.3-1.4-1.4L16.6 6H14zM5 6h5v2H6v10h10v-4h2v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1'),
}; // prettier-ignore
