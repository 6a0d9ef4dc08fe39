import type { Case, CaseState, Escalation, User, Verdict } from 'escalation-elements';
import type { memory } from 'escalation-elements/adapters/memory';
import type { CaseFeedEntry, CaseFile } from './case-file.js';
import { clock } from './clock.js';
import type { Kept } from './kept.js';
import { asPerson, userById } from './people.js';
import { processOf, type Process } from './policies.js';

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

export interface DeskRow {
  escalation: Escalation;
  case: Case;
}

interface Parts {
  desk: ReturnType<typeof memory>;
  kept: Kept;
  /** The gateway, asked as the user who asks the portal. */
  ask: (request: Request) => Promise<Response>;
}

/** @param path the segments after `portal/` */
export type Portal = (path: string[], request: Request, user: User) => Promise<Response>;

const missing = () => new Response(null, { status: 404 });

export function createPortal({ desk, kept, ask }: Parts): Portal {
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
    if (!record || !file || record.account !== user.account) return null;
    const feed = await feedOf(caseId, file);
    return { process: processOf(record.case), case: record.case, file: { ...file, feed } };
  }

  const reopen = (caseId: string) =>
    desk.change((state) => {
      const record = state.cases[caseId];
      if (record)
        record.case = { ...record.case, status: 'open', statusLabel: 'Reopened', waitingOn: 'support' };
    });

  /** Asked for by the customer; support closes it. */
  async function requestClosure(caseId: string, reason: string, user: User): Promise<void> {
    const files = (await kept.get<Record<string, CaseFile>>('files'))!;
    const text = `Please close this case: ${reason}`;
    files[caseId]!.feed.push({
      at: clock().toISOString(),
      by: asPerson(user),
      text,
      mark: 'Closure request',
    });
    await kept.set('files', files);
    await desk.change((state) => {
      const record = state.cases[caseId]!;
      record.case = { ...record.case, statusLabel: 'Closure requested' };
    });
  }

  async function openEscalations(request: Request): Promise<DeskRow[]> {
    const { cases: records, escalations } = await desk.read();
    const open = Object.values(escalations).filter(({ escalation }) => !escalation.closed);
    const rows = await Promise.all(
      open.map(async ({ escalation: { id, caseId } }) => ({
        escalation: await as<Escalation>(request, `/escalations/${id}`),
        case: records[caseId]!.case,
      })),
    );
    return rows.sort((a, b) => b.escalation.requestedAt.localeCompare(a.escalation.requestedAt));
  }

  return async ([noun, id, verb], request, user) => {
    if (noun === 'escalations' && user.role === 'owner') return Response.json(await openEscalations(request));
    if (noun !== 'cases') return missing();
    if (!id) return Response.json(await cases(request, user));
    const page = await casePage(id, user);
    if (!page) return missing();
    if (request.method !== 'POST') return Response.json(page);
    if (verb === 'reopen') await reopen(id);
    else if (verb === 'closure')
      await requestClosure(id, ((await request.json()) as { reason: string }).reason, user);
    else return missing();
    return new Response(null, { status: 204 });
  };
}
