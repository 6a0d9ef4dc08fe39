import type { Draft } from '../../core/draft.js';
import type { CriterionResult, Escalation, JudgedState } from '../../core/model.js';
import type { Policy, Reason, Text } from '../../core/policy.js';
import type { Values } from '../../locales/registry.js';
import type { CaseDialog } from './dialog.js';
import type * as Later from './later.js';

/** What every part of the dialog draws from. */
export interface Base {
  /** Holds what was filled in, and is told what people do. */
  dialog: CaseDialog;
  state: JudgedState | undefined;
  /** What comes once somebody reads or types on; there soon after the dialog has opened. */
  later: typeof Later | undefined;
  now: Date;
  language: string;
  /** What was typed. */
  typed: string;
  /** Something is typed, or on its way: it stays in sight. */
  keeps: boolean;
  /** A request was sent and nobody knows whether it arrived. */
  unconfirmed: boolean;
  say(id: string, values?: Values): string;
}

/** What the dialog shows; exactly one. */
export type Screen =
  | (Base & { kind: 'loading' | 'failed' })
  | (Base & { kind: 'sent' | 'existing'; later: typeof Later; escalation: Escalation })
  | (Base & { kind: 'channel'; later: typeof Later; view: DialogView })
  | FormScreen;
export interface FormScreen extends Base {
  kind: 'form';
  view: DialogView;
  /** What the case allows now; `asked`: the form, once the questions before it are answered. */
  way: 'available' | 'asked' | 'blocked' | 'elsewhere' | 'not-offered' | 'open-escalation';
  showForm: boolean;
}

/** What the parts of the form draw from: the case, judged by its policy. */
export interface DialogView extends Base {
  policy: Policy;
  state: JudgedState;
  criteria: readonly CriterionResult[];
  reasons: readonly Reason[];
  draft: Draft;
  /** The body is on its way, or its outcome is unknown: nothing may change it. */
  frozen: boolean;
  /** A text of the policy in the element's language. */
  text(text: Text): string;
  onDraft(change: Partial<Draft>): void;
}
