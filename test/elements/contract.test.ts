import { backendContract } from '../../src/testing/index.js';
import { attach, caseOf, helpDesk, people, policy, reasonLabel, request } from '../desk.js';

describe('the contract of a backend runs under Mocha in a browser: memory', () => {
  const make = () => {
    const backend = helpDesk([caseOf()], { attach });
    return {
      ...people,
      caseId: 'c-1',
      request,
      reasonLabel,
      as: (user: (typeof people)['owner']) => ({ backend, call: { user, policy } }),
    };
  };
  for (const { name, run } of backendContract(make)) it(name, () => run());
});
