import { describe, it } from 'vitest';
import { backendContract } from '../../src/testing/index.js';
import { helpDesk, people, policy, request } from '../desk.js';

describe('memory passes the contract', () => {
  const make = () => {
    const backend = helpDesk();
    const reasonLabel = policy.reasons.find(({ id }) => id === request.reasonId)?.label as string;
    return {
      ...people,
      caseId: 'c-1',
      request,
      reasonLabel,
      as: (user: (typeof people)['customer']) => ({ backend, call: { user, policy } }),
    };
  };
  for (const { name, run } of backendContract(make)) it(name, run);
});
