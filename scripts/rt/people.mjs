// Who is in the seeded Request Tracker. The name that somebody signs in with is their id in the elements' model.

/** For everybody: this instance listens on loopback only, and holds nothing that is real. */
export const PASSWORD = 'escalation';

/** `account`: a customer, of that company; `groups`: staff. */
export const people = [
  { id: 'u-1', name: 'Priya Nair', email: 'priya@acme.example', account: 'Acme' },
  { id: 'u-2', name: 'Tom Berg', email: 'tom@acme.example', account: 'Acme' },
  { id: 'p-1', name: 'Lena Holm', email: 'lena@partner.example', account: 'Acme' },
  { id: 'u-3', name: 'Ana Costa', email: 'ana@globex.example', account: 'Globex' },
  { id: 'o-1', name: 'Sam Okoro', email: 'sam@desk.example', groups: ['Staff', 'Escalation Owners'] },
  { id: 'e-1', name: 'Dana Reyes', email: 'dana@desk.example', groups: ['Staff'] },
];
