import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, it } from 'vitest';
import { backends } from './backends.js';

const path = new URL('../../docs/backends/README.md', import.meta.url);
const ACTIONS = [
  'take', 'accept', 'decline', 'promise', 'keep-promise', 'next-update', 'move-to-case-feed', 'note', 'resolve',
  'withdraw', 'reopen', 'follow', 'nudge', 'rate', 'read',
]; // prettier-ignore

const yes = (is: unknown) => (is ? 'yes' : '–');
const UNIQUE = { store: 'yes', process: 'in one process', none: 'looks again' };

it('the table of what each backend does is what they declare', async () => {
  const rows = (await backends()).map(({ name, backend, files }) => {
    const { guarantees, act, note, entries, queue, watch } = backend;
    const { dedup, unique, live, pollSeconds, acts = ACTIONS } = guarantees;
    const missing = act ? ACTIONS.filter((kind) => !acts.includes(kind as never)) : ACTIONS;
    return [
      `\`${name}\``, yes(dedup === 'key'), UNIQUE[unique], yes(live && watch), `${pollSeconds ?? 5} s`, yes(entries),
      yes(note), yes(queue), yes(files), missing.join(', ') || '–',
    ]; // prettier-ignore
  });
  const head = [
    'backend', 'same key, one thing', 'one open per case', 'events', 'look every', 'conversation', 'notes on the case',
    "owner's queue", 'files', 'does not take',
  ]; // prettier-ignore
  const table = [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
  const page = readFileSync(path, 'utf8').replace(
    /<!-- table -->[^]*<!-- \/table -->/,
    `<!-- table -->\n\n${table}\n\n<!-- /table -->`,
  );
  const config = await resolveConfig(path.pathname);
  await expect(await format(page, { ...config, parser: 'markdown' })).toMatchFileSnapshot(path.pathname);
});
