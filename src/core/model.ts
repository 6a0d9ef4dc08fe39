import type { ActionKind, Escalation, EscalationSummary } from './model-escalation.js';

/**
 * The nouns that travel between page and help desk, as the REST contract (`openapi.yaml`) has them: here people, the
 * case and its verdict. Ids are opaque strings; times are RFC 3339 in UTC; lengths count Unicode characters.
 */

export type * from './model-escalation.js';

/** An actor of the policy: customer, partner, owner, engineer, manager, customer-care … (P17, G44). */
export type Role = string;

/** Who signed in. `account` groups the people of one customer; where absent only the person counts. */
export interface User {
  id: string;
  name: string;
  role: Role;
  audience: 'direct' | 'partner';
  account?: string;
}

/** Somebody by name, with the actor that they are (P17, G44). */
export interface Person {
  id: string;
  name: string;
  role: Role;
  /** Set by the server: this is the user who asked. */
  me?: boolean;
}

/** The last thing that was written on a case (G4); the clock of a criterion starts at `at` (G9). */
export interface Update {
  at: string;
  by: Person | null;
  excerpt?: string;
}

/** Status of a case. `resolved` and `closed` are not active (G3). */
export type CaseStatus = 'open' | 'pending' | 'resolved' | 'closed';
/** Priority of a case, not of an escalation. `low` (G11) and `critical` (G22) may go other ways. */
export type CasePriority = 'low' | 'medium' | 'high' | 'critical';
/** Whose turn it is on a case (G1, G5). */
export type WaitingOn = 'support' | 'customer' | 'development' | 'cloud-operations' | 'third-party';

/** A support case as far as escalating it needs. */
export interface Case {
  id: string;
  number?: string;
  subject?: string;
  status: CaseStatus;
  statusLabel?: string;
  priority: CasePriority | null;
  assignee: Person | null;
  waitingOn: WaitingOn | null;
  lastUpdate: Update | null;
  /** The last update by support; where absent, `lastUpdate` counts whoever wrote it. */
  lastSupportUpdate?: Update | null;
  /** When a root cause analysis was asked for (G7); null: none was. */
  rcaRequestedAt?: string | null;
  waitingSince?: string | null;
  waitingFor?: string | null;
  deployment?: 'cloud' | 'premises' | null;
  /** Absent: not known, so e-mail where the policy names an e-mail program (G14); null: commercial. */
  program?: string | null;
  plan?: string | null;
  product?: string | null;
  rma?: string | null;
  customer?: { name: string; region?: string } | null;
  caseFeedUrl?: string;
}

/** The policy that was judged by. A version of a policy never changes. */
export interface PolicyRef {
  id: string;
  version: string;
}

/** Why a criterion came out as it did: a code and its values; the page makes words of it. */
export interface Evidence {
  code: string;
  values: Record<string, string | number | null>;
}

/** One criterion, judged (G2). `ask`: to be confirmed; `unknown`: a fact is missing, and nothing hangs on it. */
export interface CriterionResult {
  id: string;
  result: 'met' | 'not-met' | 'ask' | 'unknown';
  evidence?: Evidence;
  /** From when on it will be met by itself. */
  availableAt?: string;
  /** The customer may know better: its id in `confirmed` overrides it (G5). */
  contestable?: true;
}

/** What judging finds; in this order: open (G21), not offered (P13), elsewhere (G43), blocked (G2), available. */
export type VerdictKind = 'available' | 'blocked' | 'elsewhere' | 'open-escalation' | 'not-offered';

/** Whether, where and from when this case can be escalated by this user. */
export interface Verdict {
  kind: VerdictKind;
  button?: { label: string; icon?: string };
  note?: string;
  /** Id of the policy's channel. */
  channel?: string;
  criteria?: CriterionResult[];
  availableAt?: string;
  /** The policy's own words for why this is not offered. */
  policyReason?: string;
}

/** What the help desk really keeps. */
export interface Guarantees {
  /** `key`: a request and a message are known again by their key. A text on the case is not: few help desks can. */
  dedup: 'key' | 'none';
  unique: 'store' | 'process' | 'none';
  live: boolean;
  /** Smallest polling interval in seconds. */
  pollSeconds?: number;
  /** Actions that the help desk can carry out; absent: all of them. The others are not offered. */
  acts?: readonly ActionKind[];
}

/** What this user may do here; `feed: false` means no entries either way (G38). */
export interface Abilities {
  review: boolean;
  note: boolean;
  feed: boolean;
  attach: { maxBytes: number; types: string[] } | null;
}

/**
 * Everything about a case that one answer carries. A plain help desk leaves out `verdict`, `policy`,
 * `user` and `can`: the gateway or the desk adds them.
 */
export interface CaseState {
  case: Case;
  openEscalation: Escalation | null;
  /** Newest first. */
  past: EscalationSummary[];
  verdict?: Verdict;
  policy?: PolicyRef;
  user?: Pick<User, 'id' | 'name' | 'role' | 'audience'>;
  can?: Abilities;
  guarantees: Guarantees;
  serverTime: string;
}

/** A CaseState with everything that the page needs. */
export type JudgedState = CaseState & Required<Pick<CaseState, 'verdict' | 'policy' | 'user' | 'can'>>;
