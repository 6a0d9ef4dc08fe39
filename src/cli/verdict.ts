import { completeState } from '../core/access.js';
import { channelFor } from '../core/eligibility.js';
import { localText } from '../core/facts.js';
import { listed } from '../core/lint-finding.js';
import type { Escalation, JudgedState, Verdict } from '../core/model.js';
import type { Policy, Text } from '../core/policy.js';
import { blocking } from '../core/request.js';
import { isCustomerSide } from '../core/roles.js';
import { safeLine } from '../core/text.js';
import type { Given } from './facts-file.js';
import { moment } from './explain-words.js';

/** A verdict on given facts, made by the judge that pages and gateways ask, and what it says. */

/** What one question to the judge needs. */
export interface Asked {
  policy: Policy;
  given: Given;
  now: Date;
  /** For the texts of the policy, best first. */
  languages: readonly string[];
}

/** A text of the policy for a terminal: on one line, without escapes. */
export const sayText = ({ policy, languages }: Asked, text: Text | undefined): string =>
  safeLine(localText(text, languages, policy.language) ?? '', 1_000);

/** An escalation of which only being open matters. */
const openOne = ({ policy, given, now }: Asked): Escalation => ({
  id: 'escalation',
  caseId: given.case.id,
  status: 'requested',
  version: '1',
  policy: { id: policy.id, version: policy.version },
  reason: { id: '', label: '' },
  promises: [],
  confirmed: [],
  requestedBy: null,
  requestedAt: now.toISOString(),
  owner: null,
  followers: 0,
  following: false,
  latestEntryId: null,
  unread: 0,
  can: { post: false, act: [] },
  ...given.openEscalation,
});

/** The case as this user would see it now. */
export function stateOf(asked: Asked): JudgedState {
  const { policy, given, now, languages } = asked;
  const plain = {
    case: given.case,
    openEscalation: given.openEscalation && openOne(asked),
    past: [],
    guarantees: { dedup: 'none', unique: 'none', live: false } as const,
    serverTime: now.toISOString(),
  };
  return completeState(plain, policy, given.user, now, languages);
}

function elsewhereWords(asked: Asked): string {
  const { policy, given } = asked;
  const channel = channelFor(policy, given);
  if (channel?.use === 'email')
    return `This case is escalated by an e-mail to ${safeLine(channel.email.to)}.`;
  if (channel?.use === 'link') return `This case is escalated at ${safeLine(channel.link.href)}.`;
  if (channel?.use === 'contact')
    return `This case is escalated by a call: ${sayText(asked, policy.contacts[channel.contact]?.name)}.`;
  return 'This case is escalated in another way.';
}

const blockersOf = ({ policy }: Asked, { criteria = [] }: Verdict): string =>
  `${listed(blocking(policy, criteria).map(({ id }) => id))} not met`;

/** A verdict in one sentence. */
export function verdictWords(asked: Asked, verdict: Verdict = stateOf(asked).verdict): string {
  switch (verdict.kind) {
    case 'available':
      return 'This case can be escalated.';
    case 'blocked':
      return verdict.availableAt
        ? `This case can be escalated from ${moment(new Date(verdict.availableAt))}.`
        : `This case cannot be escalated yet: ${blockersOf(asked, verdict)}.`;
    case 'elsewhere':
      return elsewhereWords(asked);
    case 'open-escalation':
      return 'An escalation of this case is open: there is no button, and no second request.';
    case 'not-offered': {
      if (verdict.policyReason) return `Escalation is not offered: ${safeLine(verdict.policyReason, 1_000)}`;
      const whose = isCustomerSide(asked.given.user)
        ? ''
        : ` to the role "${safeLine(asked.given.user.role)}"`;
      return `Escalation is not offered${whose}, and the policy does not say why.`;
    }
  }
}
