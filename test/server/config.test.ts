import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readEnv, settings } from '../../demo/server/config.js';
import { createLog } from '../../demo/server/logs.js';
import { start } from '../../demo/server/start.js';

const read = (env: Record<string, string>) => readEnv(settings, env);
const folder = mkdtempSync(join(tmpdir(), 'escalation-config-'));

describe('the environment', () => {
  it('may be empty: a server to try out, on loopback', () => {
    expect(read({})).toMatchObject({ HOST: '127.0.0.1', PORT: 8080, BASE_PATH: '/api', ORIGINS: [] });
  });

  it('is read', () => {
    const ORIGINS = 'https://a.example.com, https://b.example.com:8443';
    expect(read({ PORT: '0', ORIGIN: 'https://support.example.com', ORIGINS, POLICY: 'standard,genesys' })).toMatchObject({
      PORT: 0,
      ORIGIN: 'https://support.example.com',
      ORIGINS: ['https://a.example.com', 'https://b.example.com:8443'],
      POLICY: [{ id: 'standard' }, { id: 'genesys' }],
    }); // prettier-ignore
  });

  it('a variable that is set to nothing is absent', () => {
    expect(read({ PORT: '', ORIGIN: ' ', RATE_LIMIT: '' })).toEqual(read({}));
  });

  it.each([
    ['PORT', '80a'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '1e3'],
    ['BASE_PATH', 'api'],
    ['BASE_PATH', '/api/'],
    ['BASE_PATH', '/a|b'],
    ['ORIGIN', 'support.example.com'],
    ['ORIGIN', 'https://support.example.com/'],
    ['ORIGIN', 'file:///'],
    ['ORIGINS', 'https://a.example.com,*'],
    ['RATE_LIMIT', '0'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s is refused by name', (name, value) => {
    expect(() => read({ [name]: value })).toThrow(new RegExp(`^ {2}${name}: `, 'm'));
  });

  it('everything that is wrong is said at once, and no value is repeated', () => {
    const wrong = { PORT: 'hunter2', RATE_LIMIT: 'hunter2', ORIGIN: 'hunter2' };
    const message = (() => {
      try {
        read(wrong);
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message?.split('\n')).toHaveLength(4);
    expect(message).not.toContain('hunter2');
  });
});

describe('a server does not start', () => {
  const log = createLog('silent');
  const file = (text: string) => {
    const path = join(folder, `${text.length}.json`);
    writeFileSync(path, text);
    return path;
  };
  it.each<[string, Record<string, string>, RegExp]>([
    ['with a help desk that does not exist', { BACKEND: 'mermory' }, /BACKEND: must be one of memory/],
    ['with a name that every object has', { BACKEND: 'constructor' }, /BACKEND: must be one of/],
    ['with a sign-in that does not exist', { SIGN_IN: 'none' }, /SIGN_IN: must be one of demo, jwt/],
    ['in production, with a help desk that forgets', { NODE_ENV: 'production' }, /BACKEND: memory forgets/],
    ['without what JWTs are checked with', { SIGN_IN: 'jwt' }, /JWT_KEYS: .*\n.*JWT_ISSUER: .*\n.*JWT_AUDIENCE: /],
    ['without the keys', { SIGN_IN: 'jwt', JWT_KEYS: '/nowhere', JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }, /JWT_KEYS: names a file that cannot be read/],
    ['with keys that are none', { SIGN_IN: 'jwt', JWT_KEYS: file('{"kty":"EC"}'), JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }, /JWT_KEYS: /],
    ['with a key that is none', { SIGN_IN: 'jwt', JWT_KEYS: file('{"keys":[null]}'), JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' }, /JWT_KEYS: /],
    ['with people who are none', { PEOPLE: file('[{"id":"u-1"}]') }, /PEOPLE: /],
    ['with people of a role that is none', { PEOPLE: file('[{"id":"u-1","name":"Una","role":"user"}]') }, /PEOPLE: a role must be one of customer, partner, owner/],
    ['with a policy that is none', { POLICY: file('{"id":"mine"}') }, /POLICY \(1\): /],
    ['with a policy that is not there', { POLICY: 'standard,nowhere.json' }, /POLICY \(2\): cannot be read/],
    ['with the address of no PostgreSQL', { BACKEND: 'postgres', DATABASE_URL: 'desk' }, /DATABASE_URL: must begin with postgres:\/\/ or postgresql:\/\//],
    ['without its pages', { SERVE_STATIC: '/nowhere' }, /SERVE_STATIC: /],
  ])('%s', async (_title, env, message) => {
    await expect(start({ ...env, PORT: '0' }, log)).rejects.toThrow(message);
  }); // prettier-ignore

  const faultsWith = (env: Record<string, string>) =>
    start(env, log).then(
      () => ['it started'],
      (error: Error) => error.message.split('\n').slice(1).map((line) => line.trim().split(':')[0]),
    ); // prettier-ignore

  it('with anything that is wrong, whichever part of it reads it', async () => {
    const env = { PORT: '99999', SIGN_IN: 'nope', BACKEND: 'nix', POLICY: '/none', SERVE_STATIC: '/none' };
    expect(await faultsWith(env)).toEqual(['PORT', 'POLICY (1)', 'SERVE_STATIC', 'BACKEND', 'SIGN_IN']);
    const files = { BACKEND: 'zendesk', DESK_TOKENS: '/none', SIGN_IN: 'jwt', JWT_KEYS: '/none' };
    expect(await faultsWith(files)).toEqual([
      'DESK_URL',
      'DESK_TOKENS',
      'JWT_KEYS',
      'JWT_ISSUER',
      'JWT_AUDIENCE',
    ]);
  });

  it('nor opens the help desk before all is known to be right', async () => {
    const PGLITE_DIR = join(folder, 'never');
    expect(await faultsWith({ BACKEND: 'postgres', PGLITE_DIR, SIGN_IN: 'jwt' })).toContain('JWT_KEYS');
    expect([existsSync(PGLITE_DIR), existsSync(`${PGLITE_DIR}.lock`)]).toEqual([false, false]);
  });

  it('and repeats no secret that was put where a file is named', async () => {
    const env = {
      BACKEND: 'zendesk',
      DESK_URL: 'https://acme.example.com',
      DESK_TOKENS: '{"u-priya": "hunter2"}',
    };
    await expect(start({ ...env, POLICY: file('hunter2') }, log)).rejects.toThrow(/^(?!.*hunter2).*$/s);
  });
});
