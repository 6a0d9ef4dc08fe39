import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addBusinessDays,
  addBusinessHours,
  businessDayNumber,
  instantOf,
  isBusinessTime,
  localParts,
  nextBusinessTime,
  type Calendar,
} from '../../src/core/business-time.js';

const QUARTER = 15 * 60_000;
const HOUR = 4 * QUARTER;

const office = (timeZone: string, more: Partial<Calendar> = {}): Calendar => ({
  timeZone,
  days: [1, 2, 3, 4, 5],
  hours: { from: '09:00', to: '17:00' },
  holidays: [],
  ...more,
});
const newYork = office('America/New_York', { holidays: ['2024-05-27', '2024-07-04', '2024-12-25'] });
const berlin = office('Europe/Berlin', { hours: { from: '08:30', to: '18:00' }, holidays: ['2024-10-03'] });
const kathmandu = office('Asia/Kathmandu', { days: [7, 1, 2, 3, 4, 5] });
const lordHowe = office('Australia/Lord_Howe');
const apia = office('Pacific/Apia', { hours: { from: '07:30', to: '16:45' } });
const always = (timeZone: string) =>
  office(timeZone, { days: [1, 2, 3, 4, 5, 6, 7], hours: { from: '00:00', to: '24:00' } });

/** The oracle: another locale, another Intl method, and only comparisons of strings. */
const oracleFormats = new Map<string, Intl.DateTimeFormat>();
function wallClock(at: Date, timeZone: string): string {
  if (!oracleFormats.has(timeZone)) {
    const options = { dateStyle: 'short', timeStyle: 'medium', timeZone } as const;
    oracleFormats.set(timeZone, new Intl.DateTimeFormat('sv-SE', options));
  }
  return oracleFormats.get(timeZone)!.format(at);
}

function oracleIsBusinessTime(at: Date, { timeZone, days, hours, holidays }: Calendar): boolean {
  const [date = '', time = ''] = wallClock(at, timeZone).split(' ');
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
  return days.includes(weekday) && !holidays.includes(date) && time >= hours.from && time < hours.to;
}

/** Every opening and closing time of the calendars above is on a quarter of an hour. */
function oracleNext(at: Date, calendar: Calendar): Date {
  let time = at.getTime();
  while (!oracleIsBusinessTime(new Date(time), calendar)) time = (Math.floor(time / QUARTER) + 1) * QUARTER;
  return new Date(time);
}

const anInstant = (from: string, to: string) =>
  fc.date({ min: new Date(from), max: new Date(to), noInvalidDate: true });
// Around the changes of clocks of 2024 and around the day that Samoa skipped, where mistakes live.
const anyInstant = fc.oneof(
  anInstant('2024-01-01', '2025-12-31'),
  anInstant('2024-03-08', '2024-04-12'),
  anInstant('2024-10-01', '2024-11-08'),
  anInstant('2011-12-24', '2012-01-06'),
);
const anyCalendar = fc.constantFrom(newYork, berlin, kathmandu, lordHowe, apia);
const anyZone = fc.constantFrom(
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/St_Johns',
  'America/Havana',
  'Antarctica/Troll',
);

describe('local time', () => {
  it.each([
    ['2024-05-09T13:00:00Z', 'America/New_York', [2024, 5, 9, 9, 0, 0, 4]],
    ['2024-12-31T23:30:15Z', 'Europe/Berlin', [2025, 1, 1, 0, 30, 15, 3]],
    ['2024-05-11T18:15:00Z', 'Asia/Kathmandu', [2024, 5, 12, 0, 0, 0, 7]],
    ['2024-07-01T13:29:59.999Z', 'Australia/Lord_Howe', [2024, 7, 1, 23, 59, 59, 1]],
    ['2024-12-31T13:00:00Z', 'Australia/Lord_Howe', [2025, 1, 1, 0, 0, 0, 3]],
    ['2011-12-30T10:00:00Z', 'Pacific/Apia', [2011, 12, 31, 0, 0, 0, 6]],
    ['1969-12-31T23:59:59.500Z', 'UTC', [1969, 12, 31, 23, 59, 59, 3]],
  ])('localParts: %s in %s', (at, timeZone, parts) => {
    const [year, month, day, hour, minute, second, weekday] = parts;
    const expected = { year, month, day, hour, minute, second, weekday };
    expect(localParts(new Date(at), timeZone)).toEqual(expected);
  });

  it.each([
    ['no change of clocks', 'America/New_York', [2024, 5, 9, 9, 0], '2024-05-09T13:00:00Z'],
    ['gap: forward by an hour', 'America/New_York', [2024, 3, 10, 2, 30], '2024-03-10T07:30:00Z'],
    ['just before the gap', 'America/New_York', [2024, 3, 10, 1, 59], '2024-03-10T06:59:00Z'],
    ['just after the gap', 'America/New_York', [2024, 3, 10, 3, 0], '2024-03-10T07:00:00Z'],
    ['overlap: the earlier', 'America/New_York', [2024, 11, 3, 1, 30], '2024-11-03T05:30:00Z'],
    ['just after the overlap', 'America/New_York', [2024, 11, 3, 2, 0], '2024-11-03T07:00:00Z'],
    ['gap, east of Greenwich', 'Europe/Berlin', [2024, 3, 31, 2, 15], '2024-03-31T01:15:00Z'],
    ['overlap, east of Greenwich', 'Europe/Berlin', [2024, 10, 27, 2, 15], '2024-10-27T00:15:00Z'],
    ['gap of half an hour', 'Australia/Lord_Howe', [2024, 10, 6, 2, 15], '2024-10-05T15:45:00Z'],
    ['overlap of half an hour', 'Australia/Lord_Howe', [2024, 4, 7, 1, 45], '2024-04-06T14:45:00Z'],
    ['gap at midnight', 'Africa/Cairo', [2024, 4, 26, 0, 15], '2024-04-25T22:15:00Z'],
    ['a skipped day', 'Pacific/Apia', [2011, 12, 30, 12, 0], '2011-12-30T22:00:00Z'],
    ['the day before the skipped one', 'Pacific/Apia', [2011, 12, 29, 23, 59], '2011-12-30T09:59:00Z'],
    ['the day after the skipped one', 'Pacific/Apia', [2011, 12, 31, 0, 0], '2011-12-30T10:00:00Z'],
    [
      'beyond their range, fields carry over',
      'Asia/Kathmandu',
      [2024, 12, 32, 24, 75],
      '2025-01-01T19:30:00Z',
    ],
    ['the first century', 'UTC', [70, 1, 1, 0, 0], '0070-01-01T00:00:00Z'],
  ])('instantOf: %s, %s', (_, timeZone, [year = 0, month = 0, day = 0, hour, minute], instant) => {
    expect(instantOf({ year, month, day, hour, minute }, timeZone)).toEqual(new Date(instant));
  });

  it('instantOf: what is left out is 0', () => {
    const midnight = instantOf({ year: 2024, month: 5, day: 9 }, 'Asia/Kathmandu');
    expect(midnight).toEqual(new Date('2024-05-08T18:15:00Z'));
  });

  it('localParts agrees with another formatter', () => {
    fc.assert(
      fc.property(anInstant('1990-01-01', '2037-12-31'), anyZone, (at, timeZone) => {
        const { year, month, day, hour, minute, second } = localParts(at, timeZone);
        const [date, time] = [
          [year, month, day],
          [hour, minute, second],
        ].map((numbers) => numbers.map((n) => String(n).padStart(2, '0')));
        expect(`${date!.join('-')} ${time!.join(':')}`).toBe(wallClock(at, timeZone));
      }),
    );
  });

  it('instantOf undoes localParts, and names the earliest instant with these parts', () => {
    fc.assert(
      fc.property(fc.oneof(anyInstant, anInstant('1990-01-01', '2037-12-31')), anyZone, (at, timeZone) => {
        const second = Math.floor(at.getTime() / 1000) * 1000;
        const same = Array.from({ length: 13 }, (_, n) => second - n * QUARTER).filter(
          (time) => wallClock(new Date(time), timeZone) === wallClock(at, timeZone),
        );
        expect(instantOf(localParts(at, timeZone), timeZone)).toEqual(new Date(Math.min(...same)));
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses what is no date and no zone', () => {
    expect(() => localParts(new Date(NaN), 'UTC')).toThrow(RangeError);
    expect(() => instantOf({ year: NaN, month: 1, day: 1 }, 'UTC')).toThrow(RangeError);
    expect(() => localParts(new Date(0), 'Mars/Olympus_Mons')).toThrow(RangeError);
  });
});

describe('business time', () => {
  it.each([
    ['at opening', '2024-05-09T13:00:00Z', newYork, true],
    ['a millisecond before opening', '2024-05-09T12:59:59.999Z', newYork, false],
    ['a millisecond before closing', '2024-05-09T20:59:59.999Z', newYork, true],
    ['at closing', '2024-05-09T21:00:00Z', newYork, false],
    ['Saturday', '2024-05-11T15:00:00Z', newYork, false],
    ['holiday', '2024-05-27T15:00:00Z', newYork, false],
    ['Sunday, where it is a business day', '2024-05-12T06:00:00Z', kathmandu, true],
    ['still Friday here, Saturday in UTC', '2024-05-10T23:30:00Z', office('Pacific/Honolulu'), true],
    ['the second 01:30 of that night', '2024-11-03T06:30:00Z', always('America/New_York'), true],
    ['23:59:59.999 until 24:00', '2024-05-10T03:59:59.999Z', always('America/New_York'), true],
  ])('isBusinessTime: %s', (_, at, calendar, expected) => {
    expect(isBusinessTime(new Date(at), calendar)).toBe(expected);
  });

  it.each([
    ['within hours: itself', '2024-05-09T13:00:00.001Z', newYork, '2024-05-09T13:00:00.001Z'],
    ['before opening', '2024-05-09T04:00:00Z', newYork, '2024-05-09T13:00:00Z'],
    ['at closing: the next day', '2024-05-09T21:00:00Z', newYork, '2024-05-10T13:00:00Z'],
    ['weekend and holiday', '2024-05-24T21:00:00Z', newYork, '2024-05-28T13:00:00Z'],
    ['over a change of clocks', '2024-03-08T22:00:00Z', newYork, '2024-03-11T13:00:00Z'],
    ['Friday 30 December 2011 never came', '2011-12-30T09:00:00Z', apia, '2012-01-01T17:30:00Z'],
    [
      'hours that begin in a gap begin later',
      '2024-03-10T05:30:00Z',
      gapHours('06:00'),
      '2024-03-10T07:30:00Z',
    ],
    ['hours that a gap swallows', '2024-03-10T05:30:00Z', gapHours('03:15'), '2024-03-11T06:30:00Z'],
  ])('nextBusinessTime: %s', (_, at, calendar, expected) => {
    expect(nextBusinessTime(new Date(at), calendar)).toEqual(new Date(expected));
  });

  function gapHours(to: string): Calendar {
    return { ...always('America/New_York'), hours: { from: '02:30', to } };
  }

  it('hours that end in a gap end later, even after midnight', () => {
    // Nuuk, Saturday 2024-03-30 23:00 → Sunday 00:00: 23:30 is 00:30.
    const hours = { from: '09:00', to: '23:30' };
    const calendar = office('America/Nuuk', { days: [6], hours });
    const [open, closed] = [new Date('2024-03-31T01:15:00Z'), new Date('2024-03-31T01:30:00Z')];
    expect([isBusinessTime(open, calendar), isBusinessTime(closed, calendar)]).toEqual([true, false]);
    expect(nextBusinessTime(open, calendar)).toEqual(open);
    expect(addBusinessHours(open, 0.5, calendar)).toEqual(new Date('2024-04-06T10:15:00Z'));
    expect(businessDayNumber(open, open, calendar)).toBe(1);
  });

  it('isBusinessTime and nextBusinessTime agree with a walk in quarters of an hour', () => {
    fc.assert(
      fc.property(anyInstant, anyCalendar, (at, calendar) => {
        expect(isBusinessTime(at, calendar)).toBe(oracleIsBusinessTime(at, calendar));
        expect(nextBusinessTime(at, calendar)).toEqual(oracleNext(at, calendar));
      }),
      { numRuns: 300 },
    );
  });

  it('around the clock is business time always, whatever the clocks do', () => {
    fc.assert(
      fc.property(anyInstant, anyZone, (at, timeZone) => {
        expect(isBusinessTime(at, always(timeZone))).toBe(true);
        expect(nextBusinessTime(at, always(timeZone))).toEqual(at);
      }),
      { numRuns: 300 },
    );
  });

  it('where clocks go back over midnight, the two hours agree', () => {
    // St John's, 2010-11-07 00:01 → 2010-11-06 23:01: Sunday begins twice.
    const calendar = { ...always('America/St_Johns'), days: [7] };
    for (let at = Date.UTC(2010, 10, 7, 2); at < Date.UTC(2010, 10, 7, 5); at += 30_000) {
      const next = nextBusinessTime(new Date(at), calendar);
      expect(isBusinessTime(new Date(at), calendar)).toBe(next.getTime() === at);
      expect(isBusinessTime(next, calendar)).toBe(true);
    }
  });
});

describe('business days', () => {
  it.each([
    ['Thu 9 May 09:00, 5 days', '2024-05-09T13:00:00Z', 5, newYork, '2024-05-16T13:00:00Z'],
    ['the seconds stay too', '2024-05-09T13:30:15.250Z', 1, newYork, '2024-05-10T13:30:15.250Z'],
    ['0 days in hours: itself', '2024-05-09T13:30:00Z', 0, newYork, '2024-05-09T13:30:00Z'],
    ['0 days at night: the opening', '2024-05-10T01:00:00Z', 0, newYork, '2024-05-10T13:00:00Z'],
    ['from Saturday: counts from Monday', '2024-05-11T15:00:00Z', 5, newYork, '2024-05-20T13:00:00Z'],
    ['from after closing: from the next day', '2024-05-09T21:00:00Z', 5, newYork, '2024-05-17T13:00:00Z'],
    ['over a holiday (Memorial Day)', '2024-05-23T13:00:00Z', 5, newYork, '2024-05-31T13:00:00Z'],
    ['7 days for premise', '2024-05-09T13:00:00Z', 7, newYork, '2024-05-20T13:00:00Z'],
    ['same wall clock in spring', '2024-03-07T14:00:00Z', 5, newYork, '2024-03-14T13:00:00Z'],
    ['same wall clock in autumn', '2024-10-24T07:00:00Z', 5, berlin, '2024-10-31T08:00:00Z'],
    ['half an hour of summer', '2024-10-03T22:30:00Z', 3, lordHowe, '2024-10-08T22:00:00Z'],
    ['a Sunday counts where they work', '2024-05-09T05:00:00Z', 5, kathmandu, '2024-05-15T05:00:00Z'],
    ['the skipped Friday does not count', '2011-12-29T18:00:00Z', 1, apia, '2012-01-01T18:00:00Z'],
    ['the hour that does not exist there', '2024-03-09T07:40:00Z', 1, nightShift(), '2024-03-11T05:00:00Z'],
    [
      'the second 01:30 of the night: 0 days',
      '2024-11-03T06:30:00Z',
      0,
      nightShift(),
      '2024-11-03T06:30:00Z',
    ],
  ])('G7: %s', (_, start, days, calendar, expected) => {
    expect(addBusinessDays(new Date(start), days, calendar)).toEqual(new Date(expected));
  });

  /** 01:00 to 03:00: 02:40 on 10 March 2024 becomes 03:40, after closing. */
  function nightShift(): Calendar {
    return { ...always('America/New_York'), hours: { from: '01:00', to: '03:00' } };
  }

  it.each([
    ['Thu 9 May, the moment itself', '2024-05-09T13:00:00Z', '2024-05-09T13:00:00Z', 1],
    ['the evening before: not yet', '2024-05-09T13:00:00Z', '2024-05-09T03:59:59Z', 0],
    ['that day, after closing', '2024-05-09T13:00:00Z', '2024-05-10T03:59:59Z', 1],
    ['Friday, before opening', '2024-05-09T13:00:00Z', '2024-05-10T04:00:00Z', 2],
    ['Saturday: as Friday', '2024-05-09T13:00:00Z', '2024-05-11T15:00:00Z', 2],
    ['Monday: "Today is day 3"', '2024-05-09T13:00:00Z', '2024-05-13T15:00:00Z', 3],
    ['Thu 16 May', '2024-05-09T13:00:00Z', '2024-05-16T13:00:00Z', 6],
    ['from Saturday, on Sunday: not yet', '2024-05-11T15:00:00Z', '2024-05-12T15:00:00Z', 0],
    ['from Saturday, on Monday', '2024-05-11T15:00:00Z', '2024-05-13T05:00:00Z', 1],
    ['from after closing, that night', '2024-05-09T21:00:00Z', '2024-05-09T22:00:00Z', 0],
    ['from after closing, the next morning', '2024-05-09T21:00:00Z', '2024-05-10T11:00:00Z', 1],
    ['Memorial Day: as Friday', '2024-05-24T13:00:00Z', '2024-05-27T15:00:00Z', 1],
  ])('G7: %s', (_, start, now, expected) => {
    expect(businessDayNumber(new Date(start), new Date(now), newYork)).toBe(expected);
  });

  it('G7: n days later it is day n + 1, in business time, at the same time of day, monotone in start and n', () => {
    const aDistance = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(anyInstant, anyInstant, aDistance, anyCalendar, (a, b, days, calendar) => {
        const end = addBusinessDays(a, days, calendar);
        const time = (at: Date) => wallClock(at, calendar.timeZone).slice(11);
        expect(oracleIsBusinessTime(end, calendar)).toBe(true);
        expect(time(end)).toBe(time(oracleNext(a, calendar)));
        expect(businessDayNumber(a, end, calendar)).toBe(days + 1);
        expect(addBusinessDays(a, days + 1, calendar).getTime()).toBeGreaterThan(end.getTime());
        const [first, last] = a <= b ? [a, b] : [b, a];
        const ends = [first, last].map((start) => addBusinessDays(start, days, calendar).getTime());
        expect(ends[0]).toBeLessThanOrEqual(ends[1]!);
      }),
      { numRuns: 200 },
    );
  });

  it('G7: as many dates with business time lie in between as were added', () => {
    const aDistance = fc.integer({ min: 0, max: 12 });
    fc.assert(
      fc.property(anyInstant, aDistance, anyCalendar, (start, days, calendar) => {
        const end = addBusinessDays(start, days, calendar);
        const dates = new Set<string>();
        for (let at = oracleNext(start, calendar); at <= end; at = new Date(at.getTime() + HOUR)) {
          if (oracleIsBusinessTime(at, calendar)) dates.add(wallClock(at, calendar.timeZone).slice(0, 10));
        }
        dates.add(wallClock(end, calendar.timeZone).slice(0, 10));
        expect(dates.size).toBe(days + 1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('business hours', () => {
  it.each([
    ['within a day', '2024-05-09T13:00:00Z', 4, newYork, '2024-05-09T17:00:00Z'],
    ['overnight', '2024-05-09T19:00:00Z', 4, newYork, '2024-05-10T15:00:00Z'],
    ['over a weekend and a holiday', '2024-05-24T20:00:00Z', 24, newYork, '2024-05-30T20:00:00Z'],
    ['up to closing: the next opening', '2024-05-09T13:00:00Z', 8, newYork, '2024-05-10T13:00:00Z'],
    ['from the night', '2024-05-09T03:00:00Z', 1, newYork, '2024-05-09T14:00:00Z'],
    ['fractions', '2024-05-09T13:00:00Z', 0.1, newYork, '2024-05-09T13:06:00Z'],
    ['0 hours at night: the opening', '2024-05-09T03:00:00Z', 0, newYork, '2024-05-09T13:00:00Z'],
    ['a night of 23 hours', '2024-03-10T04:00:00Z', 24, always('America/New_York'), '2024-03-11T04:00:00Z'],
    ['a day of 23 hours', '2024-03-09T05:00:00Z', 47, always('America/New_York'), '2024-03-11T04:00:00Z'],
    ['a day of 25 hours', '2024-11-03T04:00:00Z', 25, always('America/New_York'), '2024-11-04T05:00:00Z'],
  ])('G9, clock business: %s', (_, start, hours, calendar, expected) => {
    expect(addBusinessHours(new Date(start), hours, calendar)).toEqual(new Date(expected));
  });

  it('G9, clock business: agrees with counting quarters of an hour', () => {
    const quarters = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(anyInstant, quarters, anyCalendar, (any, count, calendar) => {
        const start = new Date(Math.floor(any.getTime() / QUARTER) * QUARTER);
        let at = oracleNext(start, calendar);
        for (let left = count; left > 0; left--) {
          at = oracleNext(new Date(at.getTime() + QUARTER), calendar);
        }
        expect(addBusinessHours(start, count / 4, calendar)).toEqual(at);
      }),
      { numRuns: 200 },
    );
  });

  it('G9, clock business: in business time, monotone, and in two steps as in one', () => {
    const someHours = fc.integer({ min: 0, max: 200 * 60 }).map((minutes) => minutes / 60);
    const calendars = fc.oneof(anyCalendar, anyZone.map(always));
    fc.assert(
      fc.property(anyInstant, someHours, someHours, calendars, (start, a, b, calendar) => {
        const once = addBusinessHours(start, a + b, calendar);
        const step = addBusinessHours(start, a, calendar);
        expect(isBusinessTime(once, calendar)).toBe(true);
        expect(step.getTime()).toBeLessThanOrEqual(once.getTime());
        const twice = addBusinessHours(step, b, calendar);
        // Each step is rounded to the millisecond.
        expect(Math.abs(nextBusinessTime(twice, calendar).getTime() - once.getTime())).toBeLessThanOrEqual(1);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a calendar that cannot be right', () => {
  const start = new Date('2024-05-09T13:00:00Z');
  const years = Array.from({ length: 4_400 }, (_, n) =>
    new Date(start.getTime() + (n - 10) * 24 * HOUR).toISOString().slice(0, 10),
  );

  it.each([
    ['no business days', { ...newYork, days: [] }],
    ['twelve years of holidays', { ...newYork, holidays: years }],
  ])('%s: says so instead of searching for ever', (_, calendar) => {
    const message = /^Not enough business time within 3700 days of 2024-05-09: check .*days and holidays/;
    expect(isBusinessTime(start, calendar)).toBe(false);
    expect(businessDayNumber(start, new Date('2024-06-01'), calendar)).toBe(0);
    expect(() => nextBusinessTime(start, calendar)).toThrow(RangeError);
    expect(() => nextBusinessTime(start, calendar)).toThrow(message);
    expect(() => addBusinessDays(start, 1, calendar)).toThrow(message);
    expect(() => addBusinessHours(start, 1, calendar)).toThrow(message);
  });

  it('nine years of holidays are waited for', () => {
    const calendar = { ...newYork, holidays: years.slice(0, 3_300) };
    expect(nextBusinessTime(start, calendar).getUTCFullYear()).toBe(2033);
  });

  it('an amount without end, a now without end', () => {
    expect(() => addBusinessDays(start, 1e12, newYork)).toThrow(RangeError);
    expect(() => addBusinessHours(start, Infinity, newYork)).toThrow(RangeError);
    const aDecade = businessDayNumber(start, new Date('9999-01-01'), newYork);
    expect(aDecade).toBeGreaterThan(2_600);
    expect(aDecade).toBeLessThan(2_700);
  });

  it.each([
    ['09:00', '09:00'],
    ['17:00', '09:00'],
    ['09:00', '24:01'],
    ['09:00', '17:60'],
    ['9:00', '17:00'],
    ['', '17:00'],
    ['09:00:00', '17:00'],
  ])('hours from %j to %j', (from, to) => {
    const calendar = { ...newYork, hours: { from, to } };
    expect(() => isBusinessTime(start, calendar)).toThrow(/'HH:MM' with 'to' after 'from'/);
    expect(() => nextBusinessTime(start, calendar)).toThrow(RangeError);
  });

  it.each([-1, 1.5, NaN, Infinity])('%d business days', (days) => {
    expect(() => addBusinessDays(start, days, newYork)).toThrow(/whole number, 0 or more/);
  });

  it.each([-0.1, NaN])('%d business hours', (hours) => {
    expect(() => addBusinessHours(start, hours, newYork)).toThrow(/0 or more/);
  });

  it('an invalid date', () => {
    const never = new Date(NaN);
    expect(() => isBusinessTime(never, newYork)).toThrow(RangeError);
    expect(() => nextBusinessTime(never, newYork)).toThrow(RangeError);
    expect(() => addBusinessDays(never, 1, newYork)).toThrow(RangeError);
    expect(() => businessDayNumber(start, never, newYork)).toThrow(RangeError);
  });
});
