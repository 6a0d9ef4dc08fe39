/** What there is to see: each is one case of the processes, or one trouble with the help desk. */
export interface Scenario {
  id: string;
  caseId: string;
  fault?: string;
  label: string;
  process: 'Pulse Secure' | 'Genesys' | 'Any process';
  /** One line on what to look at. */
  see: string;
}

/** The first is *available*. */
export const SCENARIOS: readonly Scenario[] = [
  { id: 'platinum', caseId: '00481516', label: 'Platinum plan', process: 'Pulse Secure', see: 'The form: each reason says what will happen.' },
  { id: 'rma', caseId: '00481384', label: 'Platinum plan, with a replacement', process: 'Pulse Secure', see: 'One more reason: the shipment of the replacement (RMA).' },
  { id: 'gold', caseId: '00481290', label: 'Not Platinum', process: 'Pulse Secure', see: 'No button. One line says why, and what there is instead.' },
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
  { id: 'stranger', caseId: '00481533', label: 'Case of another company', process: 'Any process', see: 'The help desk does not show it.' },
  { id: 'signed-out', caseId: '00481516', fault: '401', label: 'Signed out', process: 'Any process', see: 'A way to sign in, and nothing that pretends to work.' },
  { id: 'no-answer', caseId: '00481516', fault: 'offline', label: 'No answer', process: 'Any process', see: 'Neither a silent gap nor a blind button.' },
]; // prettier-ignore

export const scenarioOf = (caseId: string, fault: string): Scenario | undefined =>
  SCENARIOS.find((scenario) => scenario.caseId === caseId && scenario.fault === fault) ??
  SCENARIOS.find((scenario) => scenario.caseId === caseId && !scenario.fault);

export const addressOf = ({ caseId, fault }: Pick<Scenario, 'caseId' | 'fault'>): string =>
  `./case.html?case=${encodeURIComponent(caseId)}${fault ? `&fault=${fault}` : ''}`;
