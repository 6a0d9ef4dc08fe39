import type { Case, CasePriority, CaseState, User, Verdict } from 'escalation-elements';
import type { memory } from 'escalation-elements/adapters/memory';
import type { CaseFeedEntry, CaseFile } from './case-file.js';
import { clock } from './clock.js';
import type { Kept } from './kept.js';
import { asPerson, engineers, userById } from './people.js';
import { PROCESS_NAMES, processOf, type PolicyShelf, type Process } from './policies.js';
import { problem } from './problem.js';

/**
 * The host portal's own server: lists and case pages. It is no part of `escalation-elements`: every portal has
 * something like it already.
 */

export interface CaseRow {
  case: Case;
  verdict: Verdict;
  /** Of the open escalation. */
  owner: string | null;
}

export interface CasePage {
  process: Process;
  case: Case;
  file: CaseFile;
}

export interface CaseChange {
  /** Id of an engineer. */
  assignee?: string;
  priority?: CasePriority;
}

interface Parts {
  desk: ReturnType<typeof memory>;
  kept: Kept;
  policies: PolicyShelf;
  /** The gateway, asked as the user who asks the portal. */
  ask: (request: Request) => Promise<Response>;
}

/** @param path the segments after `portal/` */
export type Portal = (path: string[], request: Request, user: User) => Promise<Response>;

const missing = () => new Response(null, { status: 404 });

export function createPortal({ desk, kept, policies, ask }: Parts): Portal {
  const as = async <T>(request: Request, path: string): Promise<T> => {
    const url = new URL(request.url);
    url.pathname = url.pathname.replace(/\/portal\/.*$/, path);
    const answer = await ask(new Request(url, { headers: request.headers }));
    return (await answer.json()) as T;
  };

  async function cases(request: Request, user: User): Promise<CaseRow[]> {
    const { cases: records } = await desk.read();
    const mine = Object.values(records).filter(({ account }) => account === user.account);
    return Promise.all(
      mine.map(async ({ case: kase }) => {
        const { verdict, openEscalation } = await as<CaseState>(request, `/cases/${kase.id}`);
        return { case: kase, verdict: verdict!, owner: openEscalation?.owner?.name ?? null };
      }),
    );
  }

  /** The host's own entries, what was written through the elements, and the owner's messages (G37). */
  async function feedOf(caseId: string, file: CaseFile): Promise<CaseFeedEntry[]> {
    const { cases: records, escalations } = await desk.read();
    const notes = (records[caseId]?.notes ?? []).flatMap(({ at, by, text, kind }) => {
      const user = userById(by);
      const mark = { reply: undefined, 'priority-change': 'Work note', moved: 'From the Escalation Feed' }[
        kind
      ];
      return user ? [{ at, by: asPerson(user), text, mark }] : [];
    });
    const crossPosted = Object.values(escalations)
      .filter(({ escalation }) => escalation.caseId === caseId)
      .flatMap(({ entries }) => entries.filter(({ alsoOnCase }) => alsoOnCase))
      .map(({ at, author, text }) => ({ at, by: author, text, mark: 'Also in the Escalation Feed' }));
    return [...file.feed, ...notes, ...crossPosted].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  }

  async function casePage(caseId: string, user: User): Promise<CasePage | null> {
    const record = (await desk.read()).cases[caseId];
    const file = (await kept.get<Record<string, CaseFile>>('files'))?.[caseId];
    if (!record || !file || !(user.role === 'owner' || record.account === user.account)) return null;
    const feed = await feedOf(caseId, file);
    return { process: processOf(record.case), case: record.case, file: { ...file, feed } };
  }

  const reopen = (caseId: string) =>
    desk.change((state) => {
      const record = state.cases[caseId];
      if (record)
        record.case = { ...record.case, status: 'open', statusLabel: 'Reopened', waitingOn: 'support' };
    });

  /** Writes it into the case's own feed, with what it changes. */
  async function tell(caseId: string, by: User, mark: string, text: string, change: Partial<Case>) {
    const files = (await kept.get<Record<string, CaseFile>>('files'))!;
    files[caseId]!.feed.push({ at: clock().toISOString(), by: asPerson(by), text, mark });
    await kept.set('files', files);
    await desk.change((state) => {
      const record = state.cases[caseId]!;
      record.case = { ...record.case, ...change };
    });
  }

  /** Asked for by the customer; support closes it. */
  const requestClosure = (caseId: string, reason: string, user: User) =>
    tell(caseId, user, 'Closure request', `Please close this case: ${reason}`, {
      statusLabel: 'Closure requested',
    });

  /** What an owner does with the case itself (P9, G6). */
  async function change(caseId: string, user: User, { assignee: id, priority }: CaseChange): Promise<void> {
    const assignee = engineers.find((engineer) => engineer.id === id);
    if (assignee)
      await tell(caseId, user, 'Reassigned', `${assignee.name} works on this case from now on.`, {
        assignee,
      });
    if (priority)
      await tell(caseId, user, 'Priority', `The priority of this case is ${priority} from now on.`, {
        priority,
      });
  }

  /** @returns what is in force afterwards, or why the text cannot be */
  async function policy(process: Process, request: Request): Promise<Response> {
    const faults = request.method === 'POST' ? await policies.apply(process, await request.text()) : [];
    return faults.length
      ? problem(422, 'invalid', 'The policy was refused.', { faults })
      : Response.json(await policies.read(process));
  }

  return async ([noun, id, verb], request, user) => {
    // Whoever tries the demo is the one who writes its rules.
    if (noun === 'policy' && id && id in PROCESS_NAMES) return policy(id as Process, request);
    if (noun !== 'cases') return missing();
    if (!id) return Response.json(await cases(request, user));
    const page = await casePage(id, user);
    if (!page) return missing();
    if (request.method !== 'POST') return Response.json(page);
    if (verb === 'reopen') await reopen(id);
    else if (verb === 'closure')
      await requestClosure(id, ((await request.json()) as { reason: string }).reason, user);
    else if (verb === 'change' && user.role === 'owner')
      await change(id, user, (await request.json()) as CaseChange);
    else return missing();
    return new Response(null, { status: 204 });
  };
}
