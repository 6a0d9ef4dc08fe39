/** English for the dialog. Policies bring their own titles, questions, reasons and promises. */
export const enDialog = {
  dialogTitle: 'Request an escalation',
  caseLine: 'Case {number}',
  caseLineSubject: 'Case {number} · {subject}',
  close: 'Close',
  sending: 'Sending…',
  loading: 'Loading…',
  loadFailed: 'The escalation process could not be loaded.',
  lastUpdate: 'Last update {ago} by {name}',
  lastUpdateUnnamed: 'Last update {ago}',
  canEscalate: 'This case can be escalated',
  isItSo: 'The help desk does not say. Is it so?',
  choose: 'Choose a reason',
  optional: '(optional)',
  yes: 'Yes',
  no: 'No',
};
