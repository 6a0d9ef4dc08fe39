// What the subjects are given, made by the real gateway: the answers of a help desk as JSON.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/run.mjs';

const dist = (path) => import(join(root, 'dist', path));
const owner = { id: 'o-1', name: 'Sam Okoro', role: 'owner', audience: 'direct' };
const customer = { id: 'u-1', name: 'Priya Nair', role: 'customer', audience: 'direct', account: 'acme' };
const engineer = { id: 'e-1', name: 'Dana Reyes', role: 'engineer' };
const NOW = '2026-05-12T14:00:00Z';

const kase = {
  id: 'c-1',
  number: '00481516',
  subject: 'Nightly export stops at 2 GB',
  status: 'open',
  priority: 'medium',
  assignee: engineer,
  waitingOn: 'support',
  lastUpdate: { at: '2026-05-11T12:00:00Z', by: engineer, excerpt: 'Logs received.' },
};

/** The case that can be escalated, the case that is, its escalation, and the policy. */
export async function makeData() {
  const [{ memory }, { createGateway }, { parsePolicy }] = await Promise.all([
    dist('adapters/memory.js'),
    dist('gateway/gateway.js'),
    dist('policy.js'),
  ]);
  const policy = parsePolicy(JSON.parse(readFileSync(join(root, 'dist/policies/standard.json'), 'utf8')));
  const clock = () => new Date(NOW);
  const gateway = createGateway({
    backend: memory({ cases: [{ case: kase, account: 'acme' }], clock }),
    policyFor: () => policy,
    policies: () => policy,
    authenticate: ({ headers }) => (headers.get('X-User') === owner.id ? owner : customer),
    clock,
  });
  const ask = async (path, body) => {
    const answer = await gateway(
      new Request(`https://desk.test${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': '"k-1"' },
        body: body && JSON.stringify(body),
      }),
    );
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const state = await ask('/cases/c-1');
  const reasonId = policy.reasons[0].id;
  const details = 'The nightly export still stops at 2 GB, and nobody has answered for two weeks.';
  await ask('/cases/c-1/escalations', {
    reasonId,
    details,
    confirmed: policy.criteria.map(({ id }) => id),
    policyVersion: policy.version,
  });
  const escalated = await ask('/cases/c-1');
  policy.form.details.maxLength = 10_000;
  return { now: NOW, policy, state, escalated, styles: await makeStyles() };
}

/** Our style sheets as text, for subjects that are to look the same. */
async function makeStyles() {
  const texts = async (folder, ...names) =>
    Promise.all(
      names.map(async (name) => Object.values(await dist(`elements/${folder}${name}.styles.js`))[0].cssText),
    );
  const { styles } = await dist('elements/escalate-case/later.js');
  const tokens = await texts('', 'tokens');
  const controls = await texts('', 'controls');
  return {
    button: [...tokens, ...(await texts('escalate-case/', 'escalate-case'))],
    dialog: [...controls, ...(await texts('escalate-case/', 'dialog'))],
    later: styles.map(({ cssText }) => cssText),
    feed: [
      ...tokens,
      ...controls,
      ...(await texts('', 'notices')),
      ...(await texts('conversation/', 'frame', 'header', 'entries', 'acts')),
    ],
  };
}
