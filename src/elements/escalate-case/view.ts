import type { Draft } from '../../core/draft.js';
import type { RequestFault } from '../../core/request.js';
import type { CriterionResult, JudgedState } from '../../core/model.js';
import type { Policy, Reason, Remedy, Text } from '../../core/policy.js';
import type { Values } from '../../locales/registry.js';

import type * as Later from './later.js';

/** What the parts of the dialog draw from, and whom they tell. */
export interface DialogView {
  policy: Policy;
  state: JudgedState;
  criteria: readonly CriterionResult[];
  reasons: readonly Reason[];
  draft: Draft;
  faults: readonly RequestFault[];
  /** The body is on its way, or its outcome is unknown: nothing may change it. */
  frozen: boolean;
  now: Date;
  language: string;
  icons: Record<string, string> | undefined;
  /** What comes once somebody reads or types on. */
  later: typeof Later | undefined;
  say(id: string, values?: Values): string;
  /** A text of the policy in the element's language. */
  text(text: Text): string;
  onDraft(change: Partial<Draft>): void;
  onRemedy(criterion: string, remedy: Remedy, event: Event): void;
  onContest(criterion: string): void;
}
