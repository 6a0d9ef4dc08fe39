// npm run rt: a private Request Tracker on loopback, with people, queues and rights, until Ctrl+C.
// RT_PORT: its port (8090); RT_DIR: its folder (.data/rt), kept from one run to the next; remove it to begin anew.
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './run.mjs';
import { chooseFolder, freePort, isOpenToOthers, startInstance } from './rt/instance.mjs';
import { bringPackages } from './rt/packages.mjs';
import { PASSWORD, people } from './rt/people.mjs';

const start = performance.now();
const lap = (title) =>
  console.log(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${title}`);
const giveUp = (why) => {
  console.error(why);
  process.exit(1);
};

const missing = await bringPackages();
if (missing) giveUp(missing);
lap('packages');

const given = process.env.RT_DIR && resolve(process.env.RT_DIR);
if (given && process.getuid() === 0 && !isOpenToOthers(given))
  giveUp(
    `RT_DIR is ${given}: the server's user (www-data) cannot get there, since a folder above is closed.`,
  );
const { folder, temporary } = chooseFolder(given ?? join(root, '.data', 'rt'));
const port = await freePort(Number(process.env.RT_PORT ?? 8090)).catch(({ message }) =>
  giveUp(`${message}: set RT_PORT to another port.`),
);

const told = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM']) {
  // The listener of run.mjs would end us at once; here the server ends first, in good order.
  process.removeAllListeners(signal);
  process.on(signal, () => told.abort());
}

const instance = await startInstance({ folder, port, lap }).catch(({ message }) => giveUp(message));
console.log(`
Request Tracker is at ${instance.address}   (Ctrl+C ends it)
REST: ${instance.address}/REST/2.0, with "Authorization: token …" from ${join(folder, 'tokens.json')}
In the browser: root, or one of these, with the password "${PASSWORD}"
${people.map(({ id, name, account, groups }) => `  ${id}  ${name}, ${account ?? groups.join(', ')}`).join('\n')}
${temporary ? 'Its folder is a temporary one, and is removed at the end.' : `Its folder is ${folder}; remove it to begin anew.`}`);

if (!told.signal.aborted) await once(told.signal, 'abort');
await instance.stop();
if (temporary) rmSync(folder, { recursive: true, force: true });
process.exit(0);
