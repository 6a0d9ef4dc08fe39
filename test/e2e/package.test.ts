import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const run = promisify(execFile);
const { exports, dependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

/** Runs a module in bare Node, as an app that has the package installed would. */
const node = async (code: string) =>
  (await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: root })).stdout.trim();

describe('the package, as built', () => {
  it('depends on lit, @lit/context and zod, on nothing else', () => {
    expect(Object.keys(dependencies).sort()).toEqual(['@lit/context', 'lit', 'zod']);
  });

  const files = Object.entries(exports as Record<string, string | { default: string; types: string }>)
    .filter(([name]) => !name.includes('*'))
    .flatMap(([name, target]) =>
      (typeof target === 'string' ? [target] : [target.default, target.types]).map((file) => [name, file]),
    );
  it.each(files)('%s is there: %s', (_name, file) => expect(existsSync(root + file)).toBe(true));

  it('has what its README and its guides lead to', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: root });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const packed = files.map(({ path }) => path);
    const guides = packed.filter((path) => path === 'README.md' || /^docs\/.*\.md$/.test(path));
    expect(guides.length).toBeGreaterThan(10);
    for (const guide of guides) {
      const links = [...readFileSync(root + guide, 'utf8').matchAll(/\]\(([\w./-]+)(?:#[\w-]*)?\)/g)];
      for (const [, link = ''] of links) {
        const target = posix.join(posix.dirname(guide), link);
        expect(
          packed.some((path) => path === target || path.startsWith(`${target}/`)),
          `${guide} leads to ${target}`,
        ).toBe(true);
      }
    }
  });

  it.each([
    ['escalation-elements', 'configure'],
    ['escalation-elements/gateway', 'createGateway'],
    ['escalation-elements/policy', 'parsePolicy'],
    ['escalation-elements/testing', 'backendContract'],
    ['escalation-elements/adapters/memory', 'memory'],
    ['escalation-elements/adapters/rest', 'rest'],
    ['escalation-elements/locales/registry', 'registerLocale'],
  ])('H18: %s can be imported in bare Node and has %s', async (entry, name) => {
    const found = await node(`import * as all from '${entry}'; console.log(typeof all.${name})`);
    expect(found).toBe('function');
  });

  it('importing the main entry defines no element; /define does', async () => {
    const code = `
      await import('escalation-elements');
      const before = globalThis.customElements?.get('escalate-case');
      await import('escalation-elements/define');
      console.log(before, customElements.get('escalate-case').name, customElements.get('escalation-feed').name);`;
    expect(await node(code)).toBe('undefined EscalateCase EscalationFeed');
  });

  it.each(['genesys', 'pulse-secure', 'standard'])(
    'the policy %s is accepted as it is shipped',
    async (id) => {
      const code = `
      import { parsePolicy } from 'escalation-elements/policy';
      import document from 'escalation-elements/policies/${id}';
      console.log(parsePolicy(document).id)`;
      expect(await node(code)).toBe(id);
    },
  );

  it('a server of a few lines answers a case with its verdict', async () => {
    const code = `
      import { createGateway } from 'escalation-elements/gateway';
      import { memory } from 'escalation-elements/adapters/memory';
      import { parsePolicy } from 'escalation-elements/policy';
      import document from 'escalation-elements/policies/standard';
      const policy = parsePolicy(document);
      const gateway = createGateway({
        backend: memory({ cases: [{ id: '1', status: 'open', priority: null, assignee: null, waitingOn: null, lastUpdate: null }] }),
        policyFor: () => policy,
        policies: () => policy,
        authenticate: () => ({ id: 'u', name: 'Priya Nair', role: 'customer', audience: 'direct' }),
      });
      const answer = await gateway(new Request('https://desk.test/cases/1'));
      console.log((await answer.json()).verdict.kind)`;
    expect(await node(code)).toBe('available');
  });
});
