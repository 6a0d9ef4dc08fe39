import type { Backend } from './backend.js';
import type { User } from './model.js';
import type { Policy } from './policy.js';
import { Session } from './session.js';

/** What a page lends to its sessions. */
export interface Platform {
  /** Somebody may be looking: only then is it worth asking the help desk. */
  visible(): boolean;
  /** Calls back when somebody returns: focus, visible again, online again, out of the back/forward cache. */
  onReturn(callback: () => void): () => void;
  /** Calls back when nobody looks any more: hidden, or on the way into the back/forward cache. */
  onLeave(callback: () => void): () => void;
  /**
   * Joins the other tabs of this origin under a name.
   * @param hear told what another one posts
   * @returns undefined: this page cannot share with others
   */
  tabs(name: string, hear: (message: unknown) => void): Tabs | undefined;
}

/** The tabs that show the same case to the same user. */
export interface Tabs {
  /** Tells the others; plain JSON. */
  post(message: unknown): void;
  /** Waits until this tab is the one that asks for all. @returns false: the browser does not let tabs choose one */
  lead(): Promise<boolean>;
  /** Hears and leads no more. */
  leave(): void;
}

/** Options of {@link createDesk}. */
export interface DeskOptions {
  backend: Backend;
  /** For a backend that gives no verdict: judged by this policy in the page. */
  policy?: Policy;
  /** Who is signed in, where the backend does not say. */
  user?: User;
  /** @returns the instant to judge and show by; timers and retries stay on real time */
  clock?: () => Date;
  /** BCP 47 tags for the policy's texts, best first. */
  languages?: readonly string[];
  /** Asked for after the first answer; without one somebody is taken to be looking all the time. */
  platform?: () => Promise<Platform>;
}

/** A help desk as one page uses it: backend, policy, user and clock together. */
export interface Desk extends Omit<DeskOptions, 'clock'> {
  readonly clock: () => Date;
  /** The session of a case; elements that show the same case share one. */
  session(caseId: string): Session;
}

/** Makes a desk; a page has one per help desk. */
export function createDesk(options: DeskOptions): Desk {
  const sessions = new Map<string, Session>();
  const desk: Desk = {
    ...options,
    clock: options.clock ?? (() => new Date()),
    session(caseId) {
      let session = sessions.get(caseId);
      if (!session) {
        const made = new Session(desk, caseId, () => {
          if (sessions.get(caseId) === made) sessions.delete(caseId);
        });
        sessions.set(caseId, (session = made));
      }
      return session;
    },
  };
  return desk;
}
