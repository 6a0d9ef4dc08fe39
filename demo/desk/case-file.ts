import type { Case, Person } from 'escalation-elements';

/** One row of a case feed, the host's own. */
export interface CaseFeedEntry {
  at: string;
  by: Person;
  text: string;
  /** Why it is here, where it is not simply a reply. */
  mark?: string;
}

/** What the portal itself knows of a case, beside what escalating needs. */
export interface CaseFile {
  openedAt: string;
  description: string;
  environment: string;
  feed: CaseFeedEntry[];
}

export interface SeedCase {
  case: Case;
  account: string;
  file: CaseFile;
}

type Timed = 'lastUpdate' | 'rcaRequestedAt' | 'waitingSince';

/** A case as it is told: its times are hours ago, so that every first day is today. */
export interface Story {
  case: Omit<Case, Timed>;
  description: string;
  environment: string;
  feed: [hoursAgo: number, by: Person, text: string][];
  /** Today is this business day since a root cause analysis was asked for. */
  rcaDay?: number;
  /** Whose it is; ours where absent. */
  account?: string;
}
