import { tableOf } from './lint-cases.js';
import { lintContacts, lintFeed, lintRefusals, lintTable } from './lint-channels.js';
import { lintCalendar, lintCriteria } from './lint-criteria.js';
import type { Finding } from './lint-finding.js';
import { lintActors, lintTargets } from './lint-lifecycle.js';
import { lintReasons } from './lint-reasons.js';
import { lintTranslations } from './lint-words.js';
import type { Policy } from './policy.js';

/**
 * Finds contradictions in a policy whose shape is right: a reason for what a criterion forbids, a channel that no case
 * reaches, a contact without an alternative, a missing translation, a guidance without a way out, and their like.
 * `parsePolicy` checks shape and references; this checks whether people can get through. Rules about what words mean
 * read English only.
 * @param policy as {@link parsePolicy} made it
 * @param now for what passes with time, such as the last holiday of the calendar; left out, that is not looked at
 * @returns every finding, by part of the document; empty: none
 */
export function lintPolicy(policy: Policy, now?: Date): Finding[] {
  const table = tableOf(policy);
  return [
    ...lintRefusals(policy),
    ...lintTable(policy, table),
    ...lintContacts(policy),
    ...lintCriteria(policy, table),
    ...lintReasons(policy, table),
    ...lintCalendar(policy, now),
    ...lintTargets(policy),
    ...lintFeed(policy),
    ...lintActors(policy),
    ...lintTranslations(policy),
  ];
}
