import pg from 'pg';
import { postgres } from '../../../demo/server/postgres/backend.js';
import { connect, type Where } from '../../../demo/server/postgres/connect.js';
import { postgresKeys } from '../../../demo/server/postgres/keys.js';
import { attach, gatewayOver, people, policy, request } from '../../desk.js';
import { serve } from '../../http.js';
import { acceptance } from './process.js';

/**
 * What such a process does: `serve` a gateway; `write` on and on; `act` once, and die before a statement. Not a test.
 */

const [where, job, ...args] = process.argv.slice(2) as [string, string, ...string[]];
const database = await connect(JSON.parse(where) as Where);
const desk = postgres({ database, attach });
// To a pipe, this is done when it returns: what was said before the process died has been heard.
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** Writes on a case, one thing after the other, until somebody ends it. */
async function writeOn(caseId: string): Promise<never> {
  const customer = { user: people.customer, policy };
  const owner = { user: people.owner, policy };
  for (let turn = 0; ; turn++) {
    const key = `${process.pid} ${turn}`;
    const { escalation } = await desk.escalate(caseId, request, { ...customer, key });
    say(`made ${escalation.id}`);
    const post = async (text: string) => {
      const entry = await desk.post(escalation.id, { clientId: `${key} ${text}`, text }, customer);
      say(`entry ${escalation.id} ${entry.id}`);
    };
    await Promise.all(['One', 'Two', 'Three'].map(post));
    await desk.act(escalation.id, { kind: 'take' }, { ...owner, key });
    const steps = { nextSteps: [{ text: 'Look' }], text: 'Yes.' };
    await desk.act(
      escalation.id,
      { kind: 'accept', importance: 'high', urgency: 'low', ...steps },
      { ...owner, key: `${key} accept` },
    );
    await desk.act(escalation.id, { kind: 'move-to-case-feed', entryId: '000000002' }, customer);
    await desk.act(escalation.id, { kind: 'withdraw' }, customer);
    say(`ended ${escalation.id}`);
  }
}

/** Before which statement the process dies: its number, counted from the next one on, or its first word. */
function dieBefore(which: string): void {
  const client = pg.Client.prototype as { query: (...rest: unknown[]) => unknown };
  const query = client.query;
  let count = 0;
  client.query = function (this: unknown, ...rest: unknown[]) {
    if (String(rest[0]).startsWith(which) || String(++count) === which) process.kill(process.pid, 'SIGKILL');
    return query.apply(this, rest);
  };
}

if (job === 'serve') {
  const gateway = gatewayOver({ backend: desk, keys: postgresKeys(database.db) });
  say(`serves ${(await serve(gateway)).origin}`);
} else if (job === 'write') {
  await Promise.all(args.map(writeOn));
} else {
  const [escalationId = '', which = ''] = args;
  // The connection stands, so that the statements are those of the action alone.
  await desk.escalation(escalationId, { user: people.owner });
  dieBefore(which);
  await desk.act(escalationId, acceptance, { user: people.owner, policy, key: 'accept' });
  say('done');
  await desk.close();
}
