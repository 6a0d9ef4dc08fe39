/** English for how a criterion came out, and why. */
export const enEvidence = {
  'result.met': 'Met',
  'result.not-met': 'Not yet',
  'result.ask': 'You decide',
  'result.unknown': 'Not known',
  'evidence.last-update': '{ago} by {by}',
  'evidence.last-update.unnamed': '{ago}',
  'evidence.last-update.support': 'Your own replies do not restart the {hours} hours.',
  'evidence.last-update.anyone': 'Every update restarts the {hours} hours, your own too.',
  'evidence.rca-day': '{days} business days after your request of {date}. Today is day {day}.',
  'evidence.waiting-on-customer': 'Support has been waiting for your answer since {date}.',
  'evidence.waiting-on-customer.asked': 'Support has been waiting for your answer since {date}: “{asked}”',
  'evidence.waiting-on-customer.undated': 'Support is waiting for your answer.',
};
