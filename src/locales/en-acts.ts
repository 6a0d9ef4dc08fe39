/** English for what is done with an escalation, by either side. */
export const enActs = {
  actBusy: 'Sending…',
  actCancel: 'Cancel',
  actEmpty: 'Write something first.',
  actLost:
    'Not done: the connection was lost. What you wrote is safe, and we will not do it twice. Try again.',
  actUnsure: 'Not confirmed: it may have been done. Look before you do it again; what you wrote is safe.',
  actFailed: 'Not done: the help desk could not do it. What you wrote is safe.',
  actRefused:
    'Not done: the help desk does not accept this. What you wrote is safe: change it, and try again.',
  actChanged:
    'Not done: the escalation has changed in the meantime. Look at it again; what you wrote is safe.',
  actOpenExists: 'Not done: another escalation of this case is open. A case has one at a time.',
  actSignedOut: 'Not done: your sign-in has expired. Sign in in another tab, then try again.',
  actTooSoon: 'Asked for a short while ago. You can ask again at {time}.',
  details: 'Details',
  optional: '(optional)',
};
