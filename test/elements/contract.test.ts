import { backendContract } from '../../src/testing/index.js';
import { attach, caseOf, helpDesk, people, policy, request } from '../desk.js';

describe('the contract of a backend runs under Mocha in a browser: memory', () => {
  const make = () => {
    const backend = helpDesk([caseOf()], { attach });
    return {
      ...people,
      caseId: 'c-1',
      request,
      reasonLabel: policy.reasons.find(({ id }) => id === request.reasonId)?.label as string,
      as: (user: (typeof people)['owner']) => ({ backend, call: { user, policy } }),
    };
  };
  for (const { name, run } of backendContract(make)) it(name, () => run());
});
