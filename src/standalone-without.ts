import { BackendError } from './core/backend.js';

// What the stand-alone file leaves out to stay below its limit; its build puts this in the place of core/policy and
// core/judge-in-page. Both are for help desks without a server that judges: those use the modules.

export function parsePolicy(): never {
  throw new BackendError(
    'protocol',
    'The policy is not complete, as a gateway sends it. The stand-alone file fills in no defaults.',
  );
}

export function judgeInPage(): never {
  throw new BackendError('protocol', 'The stand-alone file needs a server that judges: use the modules.');
}

export const assertInPage = judgeInPage;
