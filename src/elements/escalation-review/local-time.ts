const MINUTE = 60_000;

/** What a `datetime-local` field holds: the reader's wall clock, to the minute. */
export const toLocal = (at: Date): string =>
  new Date(at.getTime() - at.getTimezoneOffset() * MINUTE).toISOString().slice(0, 16);

/** What such a field says, for the member of an action; none where nothing was chosen. */
export const dueAt = (local: string): { dueAt?: string } =>
  local ? { dueAt: new Date(local).toISOString() } : {};

/** What is wrong with a time that was chosen; undefined: nothing is. */
export const timeFault = (local: string, now: Date, optional = true): string | undefined => {
  if (!local) return optional ? undefined : 'review.noTime';
  return new Date(local) > now ? undefined : 'review.past';
};

/** Where the reader is, said once for all times of a form. */
export const zone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
