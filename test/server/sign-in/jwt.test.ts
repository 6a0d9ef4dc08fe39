import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { jwt } from '../../../demo/server/sign-in/jwt.js';

const NOW = new Date('2026-05-12T14:05:00Z');
const seconds = NOW.getTime() / 1000;

const ours = await generateKeyPair('ES256');
const theirs = await generateKeyPair('ES256');
const secret = new TextEncoder().encode('a secret that was published by mistake');
const keys = [
  { ...(await exportJWK(ours.publicKey)), kid: 'k1', alg: 'ES256' },
  { kty: 'oct', kid: 'k2', k: Buffer.from(secret).toString('base64url') },
];
const signIn = jwt({
  keys: { keys },
  issuer: 'https://id.example.com',
  audience: 'escalations',
  clock: () => NOW,
});

const claims = {
  iss: 'https://id.example.com',
  aud: 'escalations',
  sub: 'u-1',
  exp: seconds + 600,
  name: 'Priya Nair',
  role: 'customer',
  account: 'acme',
};
const sign = (changes: object = {}, key = ours.privateKey) =>
  new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key);
const from = (token: string, scheme = 'Bearer') =>
  signIn.authenticate(
    new Request('https://desk.test/', { headers: { Authorization: `${scheme} ${token}` } }),
  );

/** The body is another one than was signed. */
function tampered(token: string): string {
  const [head, , signature] = token.split('.') as [string, string, string];
  const body = Buffer.from(JSON.stringify({ ...claims, role: 'owner' })).toString('base64url');
  return [head, body, signature].join('.');
}

describe('a JWT', () => {
  it('signs its subject in, with what the claims say', async () => {
    const user = { id: 'u-1', name: 'Priya Nair', role: 'customer', account: 'acme', audience: 'direct' };
    expect(await from(await sign())).toEqual(user);
    expect(await from(await sign({ partner: true }))).toEqual({ ...user, audience: 'partner' });
  });

  it('goes with a clock that is a few seconds off, and no more', async () => {
    expect(await from(await sign({ exp: seconds - 5 }))).not.toBeNull();
    expect(await from(await sign({ exp: seconds - 60 }))).toBeNull();
    expect(await from(await sign({ nbf: seconds + 5 }))).not.toBeNull();
    expect(await from(await sign({ nbf: seconds + 60 }))).toBeNull();
  });

  it.each<[string, () => Promise<string> | string]>([
    ['signed by somebody else', () => sign({}, theirs.privateKey)],
    ['for somebody else', () => sign({ aud: 'billing' })],
    ['for nobody', () => sign({ aud: undefined })],
    ['of another issuer', () => sign({ iss: 'https://evil.test' })],
    ['that never expires', () => sign({ exp: undefined })],
    ['without a signature', () => new UnsecuredJWT(claims).encode()],
    [
      'signed with a secret, even one of the key set',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k2' }).sign(secret),
    ],
    ['changed after signing', async () => tampered(await sign())],
    ['without a name', () => sign({ name: undefined })],
    ['without a role', () => sign({ role: undefined })],
    ['whose role is no text', () => sign({ role: ['owner'] })],
    ['without a subject', () => sign({ sub: undefined })],
    ['whose subject is nobody', () => sign({ sub: '' })],
    ['that is none', () => 'abc'],
    ['that is empty', () => ''],
  ])('%s lets nobody in', async (_title, make) => {
    expect(await from(await make())).toBeNull();
  });

  it('that does not name its key is checked with each that can be meant, as while keys are changed', async () => {
    const next = await generateKeyPair('ES256');
    const pair = await Promise.all([next, ours].map(({ publicKey }) => exportJWK(publicKey)));
    const of = jwt({ keys: { keys: pair }, issuer: claims.iss, audience: claims.aud, clock: () => NOW });
    const ask = async (key: typeof ours, changes: object = {}) => {
      const token = await new SignJWT({ ...claims, ...changes }).setProtectedHeader({ alg: 'ES256' }).sign(key.privateKey);
      return of.authenticate(new Request('https://desk.test/', { headers: { Authorization: `Bearer ${token}` } }));
    };
    for (const key of [ours, next]) expect(await ask(key)).toMatchObject({ id: 'u-1' });
    expect(await ask(theirs)).toBeNull();
    expect(await ask(ours, { exp: seconds - 60 })).toBeNull();
  }); // prettier-ignore

  it('comes as a bearer token, and in no other way', async () => {
    const token = await sign();
    expect(await from(token, 'Basic')).toBeNull();
    const inUrl = new Request(`https://desk.test/?access_token=${token}`);
    expect(await signIn.authenticate(inUrl)).toBeNull();
    const inCookie = new Request('https://desk.test/', { headers: { Cookie: `session=${token}` } });
    expect(await signIn.authenticate(inCookie)).toBeNull();
  });
});
