import { createLog } from '../../demo/server/logs.js';
import { start } from '../../demo/server/start.js';
import type { Json } from '../openapi.js';

/** A server as `npm run serve` starts it, in this process, on a free port; and people who ask it over HTTP. */

export const run = async (env: Record<string, string> = {}) => {
  const lines: string[] = [];
  const log = createLog('debug', { write: (line: string) => void lines.push(line) });
  const { address, stop } = await start({ LOG_LEVEL: 'debug', ...env, PORT: '0' }, log);

  const ask = (path: string, init: RequestInit = {}, cookie = '') =>
    fetch(address + path, {
      redirect: 'manual',
      ...init,
      headers: { ...(cookie && { Cookie: cookie }), ...(init.headers as object) },
    });

  /** Signs in as the page does. @returns the cookie */
  async function signIn(person: string, before = ''): Promise<string> {
    const answer = await ask('/sign-in', form({ person }, address), before);
    return (answer.headers.get('Set-Cookie') ?? '').split(';')[0]!;
  }

  return {
    address,
    stop,
    ask,
    signIn,
    /** What was logged so far, and as text. */
    logged: (): Json[] => lines.map((line) => JSON.parse(line) as Json),
    text: () => lines.join(''),
  };
};

export type Run = Awaited<ReturnType<typeof run>>;

export const form = (fields: Record<string, string>, origin?: string): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
  headers: origin ? { Origin: origin } : {},
});

let keys = 0;
/** A write as the elements send it from a page of this origin. */
export const write = (body: unknown, origin: string, key = `key-${++keys}`): RequestInit => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `"${key}"`, Origin: origin },
});

/** @returns status and code of a refusal, which has to be a problem document */
export async function refusal(answer: Response): Promise<[number, string]> {
  const { code, status } = (await answer.json()) as Json;
  const type = answer.headers.get('Content-Type');
  if (type !== 'application/problem+json' || status !== answer.status) throw new Error(`${type}, ${status}`);
  return [answer.status, code];
}
