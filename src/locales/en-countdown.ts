/** English for how long something still takes, in the dialog and the feed. */
export const enCountdown = {
  inHoursMinutes: 'in {hours} h {minutes} min',
  inMinutes: 'in {minutes} min',
  inLessThanAMinute: 'in less than a minute',
};
