import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DCLinter } from 'dclint';
import { validate } from 'dockerfile-utils';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'demo/server');
const read = (name: string) => readFileSync(join(folder, name), 'utf8');

describe('the container file', () => {
  const text = read('Dockerfile');
  const faults = (dockerfile: string) => validate(dockerfile).map(({ message }) => message);
  const all = (instruction: string) =>
    [...text.matchAll(new RegExp(`^${instruction} (.*)$`, 'gm'))].map((match) => match[1]!);

  it('is valid', () => expect(faults(text)).toEqual([]));

  it.each([
    ['an instruction that does not exist', (good: string) => good.replace('WORKDIR', 'WORKDIRS')],
    ['a command in single quotes', (good: string) => good.replace(/^CMD .*$/m, "CMD ['node']")],
    ['a flag that does not exist', (good: string) => good.replace('--timeout', '--patience')],
  ])('would not be with %s', (_title, spoil) => expect(faults(spoil(text))).not.toEqual([]));

  it('copies what is there, and what the build may see', () => {
    const names = all('COPY').filter((line) => !line.startsWith('--from')).flatMap((line) => line.split(' ').slice(0, -1));
    expect(names.length).toBeGreaterThanOrEqual(6);
    const seen = read('Dockerfile.dockerignore').split('\n');
    for (const name of names) {
      expect(existsSync(join(root, name)), name).toBe(true);
      expect(seen, name).toContain(`!${name}`);
    }
  }); // prettier-ignore

  it('runs the server as somebody who may do little, and says how it is', () => {
    expect(all('USER')).toEqual(['node']);
    expect(text.indexOf('\nUSER ')).toBeLessThan(text.indexOf('\nCMD '));
    expect(all('CMD')).toEqual(['["node", "--import", "tsx", "demo/server/serve.ts"]']);
    expect(text).toMatch(/^HEALTHCHECK .*\\\n {2}CMD \[.*\/readyz/m);
  });
});

describe('the sources', () => {
  it('ask for packages, and for what is copied beside them: never for the inside of ours', () => {
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    const names = files.flatMap((name) =>
      [...read(name).matchAll(/(?:from |import\()'([^']+)'/g)].map((match) => [name, match[1]!] as const),
    );
    expect(names.length).toBeGreaterThan(80);
    const demo = join(root, 'demo');
    for (const [name, target] of names)
      if (target.startsWith('.'))
        expect(join(folder, name, '..', target).startsWith(demo), `${name}: ${target}`).toBe(true);
  }); // prettier-ignore
});

interface Service {
  image?: string;
  ports?: string[];
  environment: Record<string, string>;
  networks: string[];
  healthcheck?: object;
  depends_on?: Record<string, { condition: string }>;
}

describe('the compose file', () => {
  const text = read('compose.yaml');
  const { services, networks } = parse(text) as {
    services: Record<'database' | 'server', Service>;
    networks: Record<string, { internal?: boolean } | null>;
  };
  const faults = (file: string) =>
    new DCLinter({ rules: {}, quiet: false, debug: false, exclude: [] })
      .lintFiles([file], false)
      .flatMap(({ messages }) => messages.map(({ rule, message, line }) => `${line} ${rule}: ${message}`));

  it('is valid', () => expect(faults(join(folder, 'compose.yaml'))).toEqual([]));

  it.each([
    ['an image without a version', (good: string) => good.replace('postgres:17', 'postgres')],
    ['a key that does not exist', (good: string) => good.replace('healthcheck:', 'healthchecks:')],
    ['a port for everybody', (good: string) => good.replace('127.0.0.1:8080:8080', '8080:8080')],
  ])('would not be with %s', (_title, spoil) => {
    const file = join(mkdtempSync(join(tmpdir(), 'escalation-compose-')), 'compose.yaml');
    writeFileSync(file, spoil(text));
    expect(faults(file)).not.toEqual([]);
  });

  it('keeps the database to itself', () => {
    const { database, server } = services;
    expect(database.image).toMatch(/^postgres:17/);
    expect(database).not.toHaveProperty('ports');
    expect(database.networks.map((name) => networks[name]?.internal)).toEqual([true]);
    expect(database.healthcheck).toBeDefined();
    expect(server.depends_on).toEqual({ database: { condition: 'service_healthy' } });
    expect(server.ports).toEqual(['127.0.0.1:8080:8080']);
  });

  it('holds no secret: those come from a file that is not in the repository', () => {
    const values = Object.values(services).flatMap(({ environment }) => Object.entries(environment));
    const secrets = values.filter(([name]) => /PASSWORD|URL/.test(name));
    expect(secrets.length).toBe(2);
    for (const [name, value] of secrets) expect(value, name).toContain('${POSTGRES_PASSWORD:?');
    const asked = [...text.matchAll(/\$\{(\w+)/g)].map((match) => match[1]!);
    const offered = [...read('example.env').matchAll(/^(\w+)=/gm)].map((match) => match[1]!);
    expect([...new Set(asked)].sort()).toEqual(offered.sort());
    expect(readFileSync(join(root, '.gitignore'), 'utf8').split('\n')).toContain('demo/server/.env');
  });

  it('tells the server only what it listens to', () => {
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map(read)
      .join('\n');
    for (const name of Object.keys(services.server.environment))
      expect(sources, name).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
