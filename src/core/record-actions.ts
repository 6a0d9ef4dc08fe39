import { BackendError } from './backend.js';
import { assertAllowed, escalationPriority, isPersonal } from './lifecycle.js';
import type { Action, Entry } from './model.js';
import { after, entry, personOf, present, type Change, type EscalationRecord } from './record.js';

/** What each action does to a record. Who may act, and from which status, is in `lifecycle.ts`. */

type Escalated = EscalationRecord['escalation'];
type Effect = { escalation?: Partial<Escalated>; entries?: Entry[]; record?: Partial<EscalationRecord> };

const close = ({ user, now }: Change, summary?: string): NonNullable<Escalated['closed']> => ({
  at: now.toISOString(),
  by: personOf(user),
  ...(summary && { summary }),
});

function decided(
  record: EscalationRecord,
  action: Extract<Action, { kind: 'accept' | 'decline' }>,
  change: Change,
): Effect {
  const { user, policy, now } = change;
  const at = now.toISOString();
  const owner = record.escalation.owner ?? personOf(user);
  if (action.kind === 'decline') {
    const { text, criteria, links } = action;
    return {
      escalation: {
        status: 'declined',
        owner,
        decision: { outcome: 'declined', text, criteria, links, at },
        nextUpdateDueAt: null,
        closed: close(change),
      },
      entries: [entry(change, 'decision', text, { status: 'declined' })],
    };
  }
  const priority = escalationPriority(policy, action.importance, action.urgency);
  const steps = action.nextSteps ?? [];
  return {
    escalation: {
      status: 'accepted',
      owner,
      decision: { outcome: 'accepted', text: action.text, at },
      importance: action.importance,
      urgency: action.urgency,
      priority,
      nextSteps: steps,
      nextUpdateDueAt: action.nextUpdateDueAt ?? after(now, policy.lifecycle.updateHours?.[priority]),
    },
    entries: [
      entry(change, 'decision', action.text, { status: 'accepted' }),
      ...(steps.length ? [entry(change, 'next-steps', steps.map(({ text }) => text).join('\n'))] : []),
    ],
  };
}

function promised(
  record: EscalationRecord,
  action: Extract<Action, { kind: 'promise' | 'keep-promise' }>,
  change: Change,
): Effect {
  const { promises } = record.escalation;
  if (action.kind === 'promise') {
    const row = entry(change, 'promise', action.text);
    return {
      escalation: {
        promises: [
          ...promises,
          { id: row.id, text: action.text, ...(action.dueAt && { dueAt: action.dueAt }) },
        ],
      },
      entries: [row],
    };
  }
  const kept = promises.find(({ id }) => id === action.promiseId);
  return {
    escalation: {
      promises: promises.map((row) => (row === kept ? { ...row, keptAt: change.now.toISOString() } : row)),
    },
    entries: [entry(change, 'promise', kept?.text ?? '', { about: action.promiseId })],
  };
}

function effectOf(record: EscalationRecord, action: Action, change: Change): Effect {
  const { user, policy, now } = change;
  const { escalation } = record;
  switch (action.kind) {
    case 'take':
      return {
        escalation: { status: 'under-review', owner: personOf(user) },
        entries: [entry(change, 'status', '', { status: 'under-review' })],
      };
    case 'accept':
    case 'decline':
      return decided(record, action, change);
    case 'promise':
    case 'keep-promise':
      return promised(record, action, change);
    case 'next-update':
      return { escalation: { nextUpdateDueAt: action.dueAt } };
    case 'move-to-case-feed':
      return { entries: [entry(change, 'moved', '', { about: action.entryId })] };
    case 'note':
      return { entries: [entry(change, 'internal', action.text)] };
    case 'resolve':
      return {
        escalation: {
          status: 'resolved',
          closed: close(change, action.summary),
          nextUpdateDueAt: null,
          reopenUntil: after(now, policy.lifecycle.reopenDays * 24) as string,
        },
        entries: [entry(change, 'status', action.summary, { status: 'resolved' })],
      };
    case 'withdraw':
      return {
        escalation: { status: 'withdrawn', closed: close(change, action.text), nextUpdateDueAt: null },
        entries: [entry(change, 'status', action.text ?? '', { status: 'withdrawn' })],
      };
    case 'reopen':
      return {
        escalation: {
          status: 'under-review',
          closed: undefined,
          reopenUntil: undefined,
          nextUpdateDueAt: after(now, policy.lifecycle.responseHours),
        },
        entries: [entry(change, 'status', action.text, { status: 'under-review' })],
      };
    case 'follow':
      return {
        record: { followers: [...record.followers, user.id] },
        entries: action.impact ? [entry(change, 'message', action.impact)] : [],
      };
    case 'nudge': {
      const wait =
        policy.lifecycle.nudgeMinutes * 60_000 - (now.getTime() - Date.parse(record.nudgedAt ?? ''));
      if (wait > 0)
        throw new BackendError('rate-limited', 'The update was asked for a short while ago.', {
          retryAfter: Math.ceil(wait / 1000),
        });
      return { record: { nudgedAt: now.toISOString() }, entries: [entry(change, 'notice', '')] };
    }
    case 'rate':
      return {
        escalation: { closed: { ...(escalation.closed ?? close(change)), rating: action.value } },
        entries: action.text ? [entry(change, 'internal', action.text)] : [],
      };
    case 'read': {
      // Readings can overtake each other on their way here.
      const before = record.reads[user.id] ?? '';
      const entryId = action.entryId > before ? action.entryId : before;
      return { record: { reads: { ...record.reads, [user.id]: entryId } } };
    }
  }
}

/**
 * Carries an action out.
 * @returns the changed record; the given one stays as it is
 * @throws BackendError `forbidden`, `transition-not-allowed`, `invalid`, `rate-limited` (nudge)
 */
export function actOn(record: EscalationRecord, action: Action, change: Change): EscalationRecord {
  assertAllowed(present(record, change.user), action, change.user, change.policy, change.now);
  if ('entryId' in action && !record.entries.some(({ id }) => id === action.entryId))
    throw new BackendError('invalid', 'There is no such entry.', {
      errors: [{ pointer: '/entryId', detail: 'must be the id of an entry of this escalation' }],
    });
  const effect = effectOf(record, action, change);
  const version = isPersonal(action.kind)
    ? record.escalation.version
    : String(Number(record.escalation.version) + 1);
  return {
    ...record,
    ...effect.record,
    escalation: { ...record.escalation, ...effect.escalation, version },
    entries: [...record.entries, ...(effect.entries ?? [])],
  };
}
