import { holidays } from './policies.js';
import type { SeedCase, Story } from './case-file.js';
import { escalatedStories } from './stories-escalated.js';
import { genesysStories } from './stories-genesys.js';
import { pulseStories } from './stories-pulse.js';
import { specialStories } from './stories-special.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const newYorkDay = new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' });

/** The morning of the business day that makes today, or the last business day before it, the `count`-th. */
function businessDaysAgo(count: number, now: Date): string {
  for (let at = now.getTime(), left = count; ; at -= DAY) {
    const day = newYorkDay.format(at);
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
    if (weekday !== 0 && weekday !== 6 && !holidays.includes(day) && --left === 0)
      return `${day}T14:00:00.000Z`;
  }
}

/** Five days have passed on the sixth from the hour of the request on: until then "today" is yesterday. */
const rcaRequest = (day: number, now: Date): string =>
  businessDaysAgo(day, day > 5 ? new Date(now.getTime() - 10.5 * HOUR) : now);

function seed({ case: kase, description, environment, feed, rcaDay, account }: Story, now: Date): SeedCase {
  const ago = (hours: number) => new Date(now.getTime() - hours * HOUR).toISOString();
  const told = feed.map(([hours, by, text]) => ({ at: ago(hours), by, text }));
  const last = told.at(-1);
  return {
    case: {
      customer: { name: 'Acme Ltd', region: 'Norway' },
      rcaRequestedAt: rcaDay ? rcaRequest(rcaDay, now) : null,
      lastUpdate: last ? { at: last.at, by: last.by, excerpt: last.text.slice(0, 140) } : null,
      ...(kase.waitingOn === 'customer' && { waitingSince: last?.at }),
      ...kase,
    },
    account: account ?? 'acme',
    file: { openedAt: told[0]?.at ?? ago(1), description, environment, feed: told },
  };
}

/** @returns the cases of the first day */
export const seedCases = (now: Date): SeedCase[] =>
  [...pulseStories, ...genesysStories, ...specialStories, ...escalatedStories].map((story) =>
    seed(story, now),
  );
