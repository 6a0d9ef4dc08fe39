const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat>();
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const name = language + JSON.stringify(options);
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat(language, options));
  return formats.get(name) as Intl.DateTimeFormat;
}
/** `always` counts, "0 min. ago"; `auto` has words, "this minute", "today". */
function relativeFormat(language: string, numeric: 'always' | 'auto'): Intl.RelativeTimeFormat {
  const name = language + numeric;
  if (!formats.has(name))
    formats.set(name, new Intl.RelativeTimeFormat(language, { style: 'short', numeric }));
  return formats.get(name) as Intl.RelativeTimeFormat;
}

const isSameDay = (a: Date, b: Date) => a.toDateString() === b.toDateString();

/** Day and month, with the year when it is another one: "12 May". */
export const day = (at: Date, now: Date, language: string): string =>
  dateFormat(language, {
    day: 'numeric',
    month: 'long',
    ...(at.getFullYear() !== now.getFullYear() && { year: 'numeric' }),
  }).format(at);

/** Hours and minutes: "14:05". */
export const clockTime = (at: Date, language: string): string =>
  dateFormat(language, { hour: 'numeric', minute: '2-digit' }).format(at);

/** A moment as a promise says it, in the reader's own zone: "today 14:05", "Tue 14:05", beyond six days "Thu 16 May 09:00". */
export function moment(at: Date, now: Date, language: string): string {
  if (isSameDay(at, now)) {
    return `${relativeFormat(language, 'auto').format(0, 'day')} ${clockTime(at, language)}`;
  }
  const near = Math.abs(at.getTime() - now.getTime()) < 6 * DAY;
  return dateFormat(language, {
    weekday: 'short',
    hour: 'numeric',
    minute: '2-digit',
    ...(!near && { day: 'numeric', month: 'short' }),
  }).format(at);
}

/** How long ago, in the largest unit that fits: "3 hr. ago". */
export function ago(at: Date, now: Date, language: string): string {
  const ms = Math.max(now.getTime() - at.getTime(), 0);
  if (ms < MINUTE) return relativeFormat(language, 'auto').format(0, 'minute');
  const relative = relativeFormat(language, 'always');
  if (ms < HOUR) return relative.format(-Math.floor(ms / MINUTE), 'minute');
  if (ms < 2 * DAY) return relative.format(-Math.floor(ms / HOUR), 'hour');
  return relative.format(-Math.floor(ms / DAY), 'day');
}

/**
 * What a countdown says: minutes only, nothing beyond 48 hours.
 * @returns the id of a message of `locales/en-countdown` and its values; null: no countdown
 */
export function countdown(until: Date, now: Date): [id: string, values: Record<string, number>] | null {
  const ms = until.getTime() - now.getTime();
  if (ms <= 0 || ms > 2 * DAY) return null;
  if (ms < MINUTE) return ['inLessThanAMinute', {}];
  const minutes = Math.floor(ms / MINUTE);
  return minutes < 60
    ? ['inMinutes', { minutes }]
    : ['inHoursMinutes', { hours: Math.floor(minutes / 60), minutes: minutes % 60 }];
}
