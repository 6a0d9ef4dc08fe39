import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusal, run, write, type Run } from './running.js';

describe('a server with bearer tokens', () => {
  let server: Run;
  let authorization: string;
  let bearer: (role: string, account: string) => Promise<string>;
  beforeAll(async () => {
    const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' });
    const path = join(mkdtempSync(join(tmpdir(), 'escalation-keys-')), 'keys.json');
    writeFileSync(path, JSON.stringify({ keys: [await exportJWK(publicKey)] }));
    server = await run({
      SIGN_IN: 'jwt', JWT_KEYS: path, JWT_ISSUER: 'https://id.example.com', JWT_AUDIENCE: 'escalations',
    }); // prettier-ignore
    bearer = async (role, account) => {
      const token = await new SignJWT({ name: 'Priya Nair', role, account })
        .setProtectedHeader({ alg: 'EdDSA' })
        .setSubject('u-priya')
        .setIssuer('https://id.example.com')
        .setAudience('escalations')
        .setExpirationTime('5m')
        .sign(privateKey);
      return `Bearer ${token}`;
    };
    authorization = await bearer('customer', 'acme');
  });
  afterAll(() => server.stop());

  it('knows who asks', async () => {
    const answer = await server.ask('/api/cases/00481498', { headers: { Authorization: authorization } });
    expect(await answer.json()).toMatchObject({ user: { id: 'u-priya', name: 'Priya Nair' } });
  });

  it('refuses a token that was changed', async () => {
    const headers = { Authorization: authorization.slice(0, -4) };
    expect(await refusal(await server.ask('/api/cases/00481498', { headers }))).toEqual([401, 'signed-out']);
  });

  it.each(['user', 'Customer', 'end-user', 'constructor', 'development'])(
    'knows nobody of the role "%s", which no policy of its names: not as support, either',
    async (role) => {
      const headers = { Authorization: await bearer(role, 'globex') };
      expect(await refusal(await server.ask('/api/cases/00481498', { headers }))).toEqual([
        401,
        'signed-out',
      ]);
      const line = server.logged().find(({ what }) => /the role .* is not a known one/.test(what as string));
      expect(line).toMatchObject({ level: 'warn', user: 'u-priya' });
      expect(line!.known).toEqual(['customer', 'partner', 'owner', 'engineer', 'manager', 'support']);
    },
  );

  it('knows support by a role of the policy', async () => {
    const headers = { Authorization: await bearer('owner', 'globex') };
    expect((await server.ask('/api/cases/00481498', { headers })).status).toBe(200);
  });

  it('asks for no origin: no other site can send the token', async () => {
    const { Origin: _origin, ...own } = write({}, '').headers as Record<string, string>;
    const body = JSON.stringify({ kind: 'reply', text: 'Any news?' });
    const headers = { ...own, Authorization: authorization };
    const init = { method: 'POST', body, headers };
    expect((await server.ask('/api/cases/00481498/notes', init)).status).toBe(201);
  });

  it('has no page to sign in, and no pages', async () => {
    for (const path of ['/', '/case.html', '/sign-in']) expect((await server.ask(path)).status).toBe(404);
  });
});
