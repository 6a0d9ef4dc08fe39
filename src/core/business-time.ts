/**
 * Business time: business days and hours of a calendar in its own time zone (rules G7, G9).
 *
 * Inside, a moment is a number: an *instant* is milliseconds since 1970 UTC, a *wall* is what the clock on
 * the wall shows, written down as if it were UTC, and a *day* is the wall of a local midnight. So the zone is
 * asked in two places only, `wallOf` and `instantAt`, and all the rest is plain arithmetic.
 */

/** When the people behind a policy work. Dates and times are local to `timeZone`. */
export interface Calendar {
  /** IANA name, for example 'America/New_York'. */
  timeZone: string;
  /** ISO weekdays, 1 = Monday … 7 = Sunday. */
  days: number[];
  /** 'HH:MM', `to` after `from`, or '24:00' for `to`. The minute `to` itself is no longer business time. */
  hours: { from: string; to: string };
  /** 'YYYY-MM-DD'. */
  holidays: string[];
}

/** A local date and time as people write it. What is left out is 0, what is beyond its range carries over. */
export interface LocalTime {
  year: number;
  /** 1 = January … 12 = December. */
  month: number;
  day: number;
  hour?: number;
  minute?: number;
  second?: number;
}

/** A complete local date and time with its ISO weekday, 1 = Monday … 7 = Sunday. */
export type LocalParts = Required<LocalTime> & { weekday: number };

/** The hours of one business day. */
interface Opening {
  day: number;
  open: number;
  close: number;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** Ten years of holidays are a mistake in the calendar, and the year 1 is one in the data: do not hang. */
const MAX_DAYS = 3_700;

// Making a formatter costs about a hundred times as much as using it.
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

function wallFrom(year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number {
  // Not Date.UTC, which takes the years 0–99 for 1900–1999.
  const wall = new Date(0);
  wall.setUTCFullYear(year, month - 1, day);
  return wall.setUTCHours(hour, minute, second);
}

function wallOf(instant: number, timeZone: string): number {
  const part = {} as Record<Intl.DateTimeFormatPartTypes, number>;
  for (const { type, value } of formatter(timeZone).formatToParts(instant)) part[type] = Number(value);
  const seconds = wallFrom(part.year, part.month, part.day, part.hour, part.minute, part.second);
  // Intl shows no milliseconds, and no zone shifts by a part of a second.
  return seconds + (((instant % 1000) + 1000) % 1000);
}

function instantAt(wall: number, timeZone: string): number {
  const offset = (instant: number) => wallOf(instant, timeZone) - instant;
  // A change of clocks near `wall` lies between these two, whatever the zone: offsets are less than a day.
  const before = offset(wall - DAY);
  const after = offset(wall + DAY);
  // In an overlap both hold, and `before` is the earlier. In a gap neither does, and `before` moves forward.
  const isLater = before !== after && offset(wall - before) !== before && offset(wall - after) === after;
  return wall - (isLater ? after : before);
}

function dayOf(wall: number): number {
  return Math.floor(wall / DAY) * DAY;
}

function minutesOf(time: string): number {
  const [, hour, minute] = /^(\d\d):([0-5]\d)$/.exec(time) ?? [];
  return Number(hour) * 60 + Number(minute);
}

/** The hours of one local date, or null when it is no business day. */
function openingOn(day: number, calendar: Calendar): Opening | null {
  const { days, hours, holidays, timeZone } = calendar;
  const from = minutesOf(hours.from);
  const to = minutesOf(hours.to);
  if (!(from < to && to <= 1440)) {
    throw new RangeError(
      `Calendar hours must be 'HH:MM' with 'to' after 'from', not '${hours.from}' to '${hours.to}'.`,
    );
  }
  const date = new Date(day);
  if (!days.includes(date.getUTCDay() || 7)) return null;
  if (holidays.includes(date.toISOString().slice(0, 10))) return null;
  const open = instantAt(day + from * MINUTE, timeZone);
  const close = instantAt(day + to * MINUTE, timeZone);
  // A date that the zone skipped (Pacific/Apia 2011-12-30) lands on the next one: nobody worked on it.
  return open < close && dayOf(wallOf(open, timeZone)) === day ? { day, open, close } : null;
}

/** The openings that end after `at`, the first of which may have begun already. */
function* openingsAfter(at: Date, calendar: Calendar): Generator<Opening, never> {
  const today = dayOf(wallOf(at.getTime(), calendar.timeZone));
  // From yesterday: where clocks change around midnight, its hours can reach into today.
  for (let n = -1; n < MAX_DAYS; n++) {
    const opening = openingOn(today + n * DAY, calendar);
    if (opening && opening.close > at.getTime()) yield opening;
  }
  const date = new Date(today).toISOString().slice(0, 10);
  throw new RangeError(
    `Not enough business time within ${MAX_DAYS} days of ${date}: check the calendar's days and holidays.`,
  );
}

/**
 * The local date and time of an instant.
 * @param at - the instant; its milliseconds are left out
 * @param timeZone - IANA name
 * @throws RangeError for an invalid date or an unknown zone
 */
export function localParts(at: Date, timeZone: string): LocalParts {
  const wall = new Date(wallOf(at.getTime(), timeZone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
    weekday: wall.getUTCDay() || 7,
  };
}

/**
 * The instant of a local date and time. Where clocks go forward, a time in the gap moves forward by the gap;
 * where they go back, a time that comes twice means the earlier one (RFC 5545, 3.3.5).
 * @param local - the local date and time
 * @param timeZone - IANA name
 * @throws RangeError for an invalid date or an unknown zone
 */
export function instantOf(local: LocalTime, timeZone: string): Date {
  const { year, month, day, hour, minute, second } = local;
  return new Date(instantAt(wallFrom(year, month, day, hour, minute, second), timeZone));
}

/**
 * Whether somebody works at this instant: a business day, at or after `from` and before `to`.
 * @throws RangeError for an invalid date or calendar
 */
export function isBusinessTime(at: Date, calendar: Calendar): boolean {
  const today = dayOf(wallOf(at.getTime(), calendar.timeZone));
  // The neighbours for the same reason as in openingsAfter.
  return [-DAY, 0, DAY].some((step) => {
    const opening = openingOn(today + step, calendar);
    return opening !== null && opening.open <= at.getTime() && at.getTime() < opening.close;
  });
}

/**
 * The first business instant at or after `at`: `at` itself in business time, else the next opening.
 * @throws RangeError for an invalid date or calendar, or when nobody works within 3,700 days
 */
export function nextBusinessTime(at: Date, calendar: Calendar): Date {
  return new Date(Math.max(at.getTime(), openingsAfter(at, calendar).next().value.open));
}

/**
 * The same local wall-clock time a number of business days later (G7: requested Thu 9 May 09:00, 5 business
 * days, gives Thu 16 May 09:00). A start outside business hours counts from the next opening.
 * @param start - from when on
 * @param days - whole business days, 0 or more; 0 gives the start or its next opening
 * @returns always a business instant
 * @throws RangeError for an invalid date, calendar or number, or a result more than 3,700 days away
 */
export function addBusinessDays(start: Date, days: number, calendar: Calendar): Date {
  if (!Number.isInteger(days) || days < 0) {
    throw new RangeError(`Business days must be a whole number, 0 or more, not ${days}.`);
  }
  const first = nextBusinessTime(start, calendar);
  if (days === 0) return first;
  const wall = wallOf(first.getTime(), calendar.timeZone);
  const openings = openingsAfter(first, calendar);
  let { day } = openings.next().value;
  for (let left = days; left > 0; left--) day = openings.next().value.day;
  const result = new Date(instantAt(day + wall - dayOf(wall), calendar.timeZone));
  // Where clocks go forward on that day, the hour can have moved past the end of business.
  return nextBusinessTime(result, calendar);
}

/**
 * Which business day it is (G7, "Today is day 3"): the day of the start, or of its next opening, is day 1; a
 * weekend or holiday has the number of the business day before it.
 * @returns 0 before day 1 has begun, for example on the Saturday of the request itself; counting stops 3,700
 * days after the start
 * @throws RangeError for an invalid date or calendar
 */
export function businessDayNumber(start: Date, now: Date, calendar: Calendar): number {
  const first = dayOf(wallOf(start.getTime(), calendar.timeZone));
  const today = dayOf(wallOf(now.getTime(), calendar.timeZone));
  let number = 0;
  for (let day = first - DAY; day <= Math.min(today, first + MAX_DAYS * DAY); day += DAY) {
    const opening = openingOn(day, calendar);
    if (opening && opening.close > start.getTime()) number++;
  }
  return number;
}

/**
 * The instant by which so many hours of business time have passed, hours that really elapse: the night when
 * clocks change counts as long as it is. A start outside business hours counts from the next opening, and
 * what ends exactly at closing time ends at the next opening.
 * @param hours - 0 or more, fractions allowed, to the millisecond
 * @returns always a business instant
 * @throws RangeError for an invalid date, calendar or number, or a result more than 3,700 days away
 */
export function addBusinessHours(start: Date, hours: number, calendar: Calendar): Date {
  if (!(hours >= 0)) throw new RangeError(`Business hours must be 0 or more, not ${hours}.`);
  let left = Math.round(hours * 60 * MINUTE);
  let at = start.getTime();
  for (const { open, close } of openingsAfter(start, calendar)) {
    at = Math.max(at, open);
    if (at + left < close) break;
    left -= close - at;
    at = close;
  }
  return new Date(at + left);
}
