import { html, type TemplateResult } from 'lit';
import { now } from './desk/clock.js';

/** Times as people say them, in the reader's zone. */

const MINUTE = 60_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'narrow' });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' });
const weekday = new Intl.DateTimeFormat('en-GB', { weekday: 'short' });
const seconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

export function ago(iso: string): string {
  const minutes = Math.round((Date.parse(iso) - now()) / MINUTE);
  if (minutes > -1) return 'just now';
  if (minutes > -60) return relative.format(minutes, 'minute');
  if (minutes > -24 * 60) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 60 / 24), 'day');
}

/** “Tue 12 May, 14:05”. */
export const moment = (iso: string): string =>
  `${day.format(Date.parse(iso))}, ${clock.format(Date.parse(iso))}`;
/** “Tue 14:05”. */
export const dayTime = (at: number): string => `${weekday.format(at)} ${clock.format(at)}`;
/** “14:05:09”. */
export const second = (at: number): string => seconds.format(at);
export const date = (iso: string): string => full.format(Date.parse(iso));

export const timeOf = (iso: string, words: string): TemplateResult =>
  html`<time datetime=${iso}>${words}</time>`;

export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

export const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((part) => part.charAt(0))
    .slice(0, 2)
    .join('');
