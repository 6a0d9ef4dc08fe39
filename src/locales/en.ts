/** English for the button and the notes in the page; a note's id is what is shown. */
export const en = {
  button: 'Escalate Case',
  requested: 'Escalation requested on {date}, waiting for an owner.',
  'under-review': 'Escalation requested on {date}, under review by {owner}.',
  accepted: 'Escalation open since {date}, owner {owner}.',
  view: 'View escalation',
  unknown: 'We could not check whether this case is already escalated.',
  retry: 'Try again',
  'signed-out': 'Sign in to escalate.',
  refused: 'This case is not available to you.',
  unconfigured: 'Escalation is not available on this page.',
  notLoaded: 'The form could not be loaded. Check your connection.',
};
