import { memory, type MemoryStore } from 'escalation-elements/adapters/memory';
import type { Action, Policy, User } from 'escalation-elements';
import type { CaseFile } from './case-file.js';
import { seedCases } from './cases.js';
import type { Kept } from './kept.js';
import { newId } from './new-id.js';
import { priya, sam } from './people.js';

/** Raise it when the first day changes: a browser that holds an older one starts anew. */
const FIRST_DAY = 3;
/** “3 h ago” must not become yesterday: what is older starts anew too. */
const FRESH_MS = 12 * 3_600_000;

const HOUR = 3_600_000;
const ESCALATED = '00481377';

/** An escalation that has come a long way, made by the backend's own methods, so that it is whole. */
async function seedEscalation(now: Date, store: MemoryStore, policy: Policy): Promise<void> {
  let at = now;
  const desk = memory({ cases: [], store, clock: () => at });
  const hoursAgo = (hours: number) => (at = new Date(now.getTime() - hours * HOUR));
  const call = (user: User) => ({ user, policy, key: newId() });

  hoursAgo(51.2);
  const { escalation } = await desk.escalate(
    ESCALATED,
    {
      reasonId: 'lack-of-updates',
      details:
        'Recordings of Claims and Billing are missing since last week. We have to show them to our auditors, and nobody can tell us yet whether they are lost.',
      confirmed: ['no-change-of-urgency'],
      policyVersion: policy.version,
    },
    call(priya),
  );
  const act = (user: User, action: Action) => desk.act!(escalation.id, action, call(user));
  const say = (user: User, text: string) => {
    const clientId = newId();
    return desk.post!(escalation.id, { clientId, text }, { ...call(user), key: clientId });
  };

  hoursAgo(50.6);
  await act(sam, { kind: 'take' });
  hoursAgo(49.9);
  await act(sam, {
    kind: 'accept',
    importance: 'high',
    urgency: 'high',
    text: 'Your request meets the criteria. I own this escalation until the recordings are back.',
    nextSteps: [
      { text: 'Check whether the recordings are complete on the storage', who: 'Ines Carvalho' },
      { text: 'Tell you by when they can be played again', who: 'Sam Okoro' },
    ],
  });
  await act(sam, { kind: 'keep-promise', promiseId: 'review' });
  await act(sam, { kind: 'keep-promise', promiseId: 'reply' });
  hoursAgo(47.5);
  await say(priya, 'Thank you for taking this. The audit is in eight days, so a date would help us a lot.');
  hoursAgo(26);
  await say(
    sam,
    'All recordings are on the storage: nothing is lost. What is broken is the index of the two queues. Ines rebuilds it queue by queue, and we then play a sample of 200 recordings.',
  );
  await act(sam, {
    kind: 'promise',
    text: 'tell you the result of the sample',
    dueAt: new Date(now.getTime() + 19 * HOUR).toISOString(),
  });
  hoursAgo(5);
  await say(
    sam,
    'Billing is done: 12,480 recordings can be played again. Claims is larger and runs through the night.',
  );
  hoursAgo(4.4);
  await say(priya, 'Billing works here as well. Thank you, we wait for Claims.');
}

/**
 * Sets the help desk up where nothing is kept yet, or nothing of today. Runs under the
 * lock.
 * @returns whether there was something older, that other tabs may still show
 */
export async function seedOnce(kept: Kept, store: MemoryStore, genesys: Policy): Promise<boolean> {
  const now = new Date();
  const known = await kept.get<{ day: number; at: number }>('first-day');
  if (known?.day === FIRST_DAY && now.getTime() - known.at < FRESH_MS) return false;
  await kept.clear();
  const cases = seedCases(now);
  await memory({ cases, store }).change(() => undefined);
  await seedEscalation(now, store, genesys);
  const files: Record<string, CaseFile> = Object.fromEntries(cases.map((row) => [row.case.id, row.file]));
  await kept.set('files', files);
  await kept.set('first-day', { day: FIRST_DAY, at: now.getTime() });
  return known !== undefined;
}
