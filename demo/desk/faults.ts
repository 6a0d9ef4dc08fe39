import { problem } from './problem.js';

/** What can be wrong with the help desk, for the elements' requests only. */
export interface Fault {
  id: string;
  /** In the lab. */
  label: string;
  /** In the band on the page, with the way back. */
  says: string;
  mend: string;
  /** The answer instead of the help desk's; absent: it answers itself. */
  answer?: () => Response;
}

export const FAULTS: readonly Fault[] = [
  { id: 'slow', label: 'Slow', says: 'Every answer takes 4 seconds.', mend: 'Make it fast' },
  {
    id: 'offline',
    label: 'Offline',
    says: 'The help desk cannot be reached.',
    mend: 'Connect again',
    answer: () => Response.error(),
  },
  {
    id: '500',
    label: 'Error 500',
    says: 'The help desk fails.',
    mend: 'Bring it back',
    answer: () => problem(500, 'server-error', 'Something went wrong on our side.'),
  },
  {
    id: '409',
    label: 'Too late (409)',
    says: 'Jonas Berg, a colleague, will request an escalation just before you do.',
    mend: 'Be the first',
  },
  {
    id: '401',
    label: 'Signed out (401)',
    says: 'Your sign-in has expired.',
    mend: 'Sign in again',
    answer: () => problem(401, 'signed-out', 'Sign in first.'),
  },
  {
    id: 'login',
    label: 'Login page',
    says: 'The help desk answers with a login page.',
    mend: 'Sign in again',
    answer: () =>
      new Response('<!doctype html><title>Sign in</title><h1>Sign in to Acme Support</h1>', {
        headers: { 'Content-Type': 'text/html; charset=utf-8' },
      }),
  },
];

export const faultById = (id: string | null): Fault | undefined => FAULTS.find((fault) => fault.id === id);

const SLOW_MS = 4000;

/** @returns the answer instead of the help desk's, if any; after a while where the help desk is slow */
export async function faultyAnswer(id: string | null): Promise<Response | undefined> {
  if (id === 'slow') await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
  return faultById(id)?.answer?.();
}
