/** What there is to see: each is one case of the processes, or one trouble with the help desk. */
export interface Scenario {
  id: string;
  caseId: string;
  fault?: string;
  /** Id of whoever is signed in, where that is not the customer. */
  as?: string;
  /** Where there is something to see, if that is not where somebody is. */
  tab?: string;
  label: string;
  process: 'Pulse Secure' | 'Genesys' | 'Any process';
  /** One line on what to look at. */
  see: string;
}

const FEED = 'escalation-feed';

/** The first is *available*. */
export const SCENARIOS: readonly Scenario[] = [
  { id: 'platinum', caseId: '00481516', label: 'Platinum plan', process: 'Pulse Secure', see: 'The form: each reason says what will happen.' },
  { id: 'rma', caseId: '00481384', label: 'Platinum plan, with a replacement', process: 'Pulse Secure', see: 'One more reason: the shipment of the replacement (RMA).' },
  { id: 'gold', caseId: '00481290', label: 'Not Platinum', process: 'Pulse Secure', see: 'No button. One line says why, and what there is instead.' },
  { id: 'reassign', caseId: '00481459', tab: FEED, label: 'Case Reassignment, for the owner only', process: 'Pulse Secure', see: 'The engineer of the case does not see it. Reassign the case as the owner.' },
  { id: 'medium', caseId: '00481498', label: 'Medium priority, with Development', process: 'Genesys', see: 'The form, after a word on who is engaged on the case.' },
  { id: 'low', caseId: '00481466', label: 'Low priority', process: 'Genesys', see: 'Not yet, and two ways to change that.' },
  { id: 'high-fresh', caseId: '00481502', label: 'High priority, 3 h ago', process: 'Genesys', see: 'From when it is possible. Move the clock by 24 hours.' },
  { id: 'high-old', caseId: '00481419', label: 'High priority, 31 h ago', process: 'Genesys', see: 'The form asks for the business impact.' },
  { id: 'critical', caseId: '00481471', label: 'Critical: production down', process: 'Genesys', see: 'No form: a number to call, and nothing that delays it.' },
  { id: 'waiting', caseId: '00481408', label: 'Waiting on you', process: 'Genesys', see: 'What support asked for, and a way on for who has answered.' },
  { id: 'engage-new', caseId: '00481511', label: 'FedRAMP Engage, unassigned', process: 'Genesys', see: 'Possible as soon as somebody owns the case.' },
  { id: 'engage', caseId: '00481437', label: 'FedRAMP Engage, assigned', process: 'Genesys', see: 'The form; the feed says that answers come by e-mail.' },
  { id: 'cloud-cx', caseId: '00481440', label: 'FedRAMP Cloud CX', process: 'Genesys', see: 'An e-mail instead of a form. Nothing of it is sent from here.' },
  { id: 'rca-3', caseId: '00481355', label: 'Root cause analysis, day 3', process: 'Genesys', see: 'From when it is possible, in business days.' },
  { id: 'rca-6', caseId: '00481301', label: 'Root cause analysis, day 6', process: 'Genesys', see: 'Five business days have passed: the form.' },
  { id: 'closed', caseId: '00480904', label: 'Closed', process: 'Genesys', see: 'Reopen the case from the dialog, and escalate it.' },
  { id: 'open', caseId: '00481377', label: 'Escalation open', process: 'Genesys', see: 'No button, but a line and a feed. Answer as the owner.' },
  { id: 'overdue', caseId: '00481433', tab: FEED, label: 'Update overdue', process: 'Genesys', see: 'An update was due 3 hours ago. Ask for it, and write it as the owner.' },
  { id: 'long', caseId: '00481248', tab: FEED, label: 'A long conversation', process: 'Genesys', see: 'Search, go to a day, save or print; older pages keep your place.' },
  { id: 'colleague', caseId: '00481483', tab: FEED, label: 'Opened by a colleague', process: 'Genesys', see: 'Jonas Berg has asked already. Follow it.' },
  { id: 'declined', caseId: '00481325', tab: FEED, label: 'Declined', process: 'Genesys', see: 'A reason for each criterion. Correct the request and send it again.' },
  { id: 'resolved', caseId: '00481262', tab: FEED, label: 'Resolved', process: 'Genesys', see: 'What came of it. Rate it, or reopen it.' },
  { id: 'partner', caseId: '00481395', as: 'u-kim', label: 'Partner', process: 'Genesys', see: 'The form asks on whose behalf, and links the handbook for partners.' },
  { id: 'stranger', caseId: '00481533', label: 'Case of another company', process: 'Any process', see: 'The help desk does not show it.' },
  { id: 'signed-out', caseId: '00481516', fault: '401', label: 'Signed out', process: 'Any process', see: 'A way to sign in, and nothing that pretends to work.' },
  { id: 'no-answer', caseId: '00481516', fault: 'offline', label: 'No answer', process: 'Any process', see: 'Neither a silent gap nor a blind button.' },
]; // prettier-ignore

/** What the address of a case page says. */
export interface CaseAddress {
  caseId: string;
  fault?: string;
  as?: string;
  /** The owner's side stands beside it. */
  owner?: boolean;
}

/** The most fitting one: a fault or a user of no scenario leaves that of the case. */
export const scenarioOf = ({ caseId, fault = '', as = '' }: CaseAddress): Scenario | undefined => {
  const ofCase = SCENARIOS.filter((scenario) => scenario.caseId === caseId);
  return (
    ofCase.find((scenario) => (scenario.fault ?? '') === fault && (scenario.as ?? '') === as) ??
    ofCase.find((scenario) => !scenario.fault)
  );
};

export function addressOf({ caseId, fault, as, owner }: CaseAddress): string {
  const more = `${fault ? `&fault=${fault}` : ''}${as ? `&as=${as}` : ''}${owner ? '&owner' : ''}`;
  return `./case.html?case=${encodeURIComponent(caseId)}${more}`;
}

/** What the address of this page says. */
export function caseInAddress(): Required<CaseAddress> {
  const query = new URLSearchParams(location.search);
  const said = (name: string) => query.get(name) ?? '';
  return { caseId: said('case'), fault: said('fault'), as: said('as'), owner: query.has('owner') };
}
