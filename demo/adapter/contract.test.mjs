// node --test demo/adapter/contract.test.mjs
import { after, mock, test } from 'node:test';
import { parsePolicy } from 'escalation-elements/policy';
import document from 'escalation-elements/policies/standard';
import { backendContract } from 'escalation-elements/testing';
import { tickets } from './adapter.mjs';
import { start } from './server.mjs';

const person = (id, name, role, account) => ({ id, name, role, account, audience: 'direct' });
const people = {
  customer: person('u-1', 'Priya Nair', 'customer', 'acme'),
  colleague: person('u-2', 'Tom Berg', 'customer', 'acme'),
  stranger: person('u-3', 'Ana Costa', 'customer', 'globex'),
  owner: person('o-1', 'Sam Okoro', 'owner'),
};
const theirs = Object.values(people).map((one) => ({
  ...one,
  role: one.role === 'owner' ? 'staff' : 'customer',
}));
const policy = parsePolicy(document);
const [reason] = policy.reasons;

const servers = [];
after(() => Promise.all(servers.map((server) => server.stop())));

/** So that nobody waits for a deadline. */
const timers = () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  return { pass: (ms) => turn().then(() => mock.timers.tick(ms)), restore: () => mock.timers.reset() };
};

/** A fresh help desk for each test. */
async function make() {
  const cases = ['c-1', 'c-2', 'c-3'].map((id) => ({ id, subject: 'Export stops at 2 GB', account: 'acme' }));
  const server = await start(theirs, cases);
  servers.push(server);
  const over = (fetch) => {
    const backend = tickets({
      baseUrl: server.url,
      fetch,
      headers: ({ user: { id } }) => ({ Authorization: `Person ${id}` }),
    });
    return (user) => ({ backend, call: { user, policy } });
  };
  return {
    ...people,
    caseId: 'c-1',
    moreCases: ['c-2', 'c-3'],
    request: {
      reasonId: reason.id,
      details: 'Nobody has answered for two weeks and the export still fails.',
      confirmed: [],
      policyVersion: policy.version,
    },
    reasonLabel: typeof reason.label === 'string' ? reason.label : reason.label.en,
    as: over(),
    wire: { fetch, as: (user, other) => over(other)(user) },
    timers,
  };
}

for (const { name, run, patience } of backendContract(make)) test(name, { timeout: patience }, run);
