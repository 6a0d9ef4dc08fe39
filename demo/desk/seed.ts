import { memory, type MemoryStore } from 'escalation-elements/adapters/memory';
import type { User } from 'escalation-elements';
import type { CaseFile, SeedCase } from './case-file.js';
import type { Course } from './escalations.js';
import { attach, type SeedFile } from './files.js';
import type { Kept } from './kept.js';
import { newId } from './new-id.js';
import type { PolicyShelf } from './policies.js';

/** Raise it when the first day changes: a browser that holds an older one starts anew. */
const FIRST_DAY = 7;
/** “3 h ago” must not become yesterday: what is older starts anew too. */
const FRESH_MS = 12 * 3_600_000;

const HOUR = 3_600_000;

/** What was there before the demo begins: asked for on the first day only. */
const loadFirstDay = async () => {
  const [{ seedCases }, { COURSES }] = await Promise.all([import('./cases.js'), import('./escalations.js')]);
  return { seedCases, COURSES };
};

/** A help desk whose escalations were made by the backend's own methods, so that they are whole. */
async function deskOf(cases: SeedCase[], courses: readonly Course[], policies: PolicyShelf, now: Date) {
  let at = now;
  const desk = memory({ cases, clock: () => at, attach });
  const from = (hours: number) => new Date(now.getTime() + hours * HOUR);

  async function tell({ caseId, process, request, steps }: Course): Promise<void> {
    const policy = await policies.inForce(process);
    const call = (hoursAgo: number, user: User, key = newId()) => {
      at = from(-hoursAgo);
      return { user, policy, key };
    };
    const upload = async (file: SeedFile | undefined, uploading: ReturnType<typeof call>) => {
      if (!file) return {};
      const data = new Blob([file.text], { type: file.type });
      return { attachmentIds: [(await desk.upload!(caseId, { name: file.name, data }, uploading)).id] };
    };
    const [hoursAgo, by, asked, named] = request;
    const asking = call(hoursAgo, by);
    // As the form sends it: with the answers to the questions before it.
    const confirmed = policy.criteria.flatMap((row) => (row.kind === 'confirm' && row.before ? row.id : []));
    const files = await upload(named, asking);
    const body = { ...asked, ...files, confirmed, policyVersion: policy.version };
    const { escalation } = await desk.escalate(caseId, body, asking);
    for (const [hours, user, what, file] of steps((hours) => from(hours).toISOString())) {
      const clientId = newId();
      const saying = call(hours, user, clientId);
      if (typeof what === 'string') {
        const draft = { clientId, text: what, ...(await upload(file, saying)) };
        await desk.post!(escalation.id, draft, saying);
      } else await desk.act!(escalation.id, what, call(hours, user));
    }
  }

  for (const course of courses) await tell(course);
  return desk.read();
}

/**
 * Sets the help desk up where nothing is kept yet, or nothing of today. Runs under the
 * lock.
 * @returns whether there was something older, that other tabs may still show
 */
export async function seedOnce(kept: Kept, store: MemoryStore, policies: PolicyShelf): Promise<boolean> {
  const now = new Date();
  const known = await kept.get<{ day: number; at: number }>('first-day');
  if (known?.day === FIRST_DAY && now.getTime() - known.at < FRESH_MS) return false;
  await kept.clear();
  const { seedCases, COURSES } = await loadFirstDay();
  const cases = seedCases(now);
  await store.write(await deskOf(cases, COURSES, policies, now));
  const files: Record<string, CaseFile> = Object.fromEntries(cases.map((row) => [row.case.id, row.file]));
  await kept.set('files', files);
  await kept.set('first-day', { day: FIRST_DAY, at: now.getTime() });
  return known !== undefined;
}
