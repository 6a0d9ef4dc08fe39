import * as z from 'zod';
import { BackendError, type Backend, type Call } from 'escalation-elements/backend';
import { ConfigError, isHttp, jsonFile, readEnv, type Env } from './config.js';

/**
 * A help desk of another maker: an adapter of the package, told where it is, what its fields are called there, and how each
 * person signs in. People act there as themselves, so that its own rights hold as well. Where it knows only one account that
 * may do everything, the portal has to keep people's cases apart itself, in front of `load`.
 */

const settings = z.object({
  /** Where it is, such as `https://acme.example.com`. */
  DESK_URL: z.string('is where the help desk is').refine(isHttp, 'must be a URL, such as https://acme.example.com'),
  /** A file: the token of each person there, by the id of the user here. One for `readiness` lets `/readyz` ask, too. */
  DESK_TOKENS: jsonFile(z.record(z.string(), z.string().min(1)), 'names a file with the token of each person, by id'),
  /** How a token is sent: `Bearer`, `token` for Request Tracker. */
  DESK_SCHEME: z.string().default('Bearer'),
  /** A file: the other options of the adapter, as JSON. */
  DESK_MAPPING: jsonFile(z.record(z.string(), z.unknown())).optional(),
}); // prettier-ignore

/** What every adapter takes. The mapping is the adapter's to check: it refuses one that it cannot work by. */
type Adapter = (options: {
  baseUrl: string;
  headers: (call: Call) => HeadersInit;
  [option: string]: unknown;
}) => Backend;

/**
 * @param load imports an adapter
 * @returns reads what it is told, and then opens a help desk for `BACKEND`
 */
export const vendor =
  (load: () => Promise<(options: never) => Backend>) =>
  async (env: Env): Promise<() => Promise<{ backend: Backend }>> => {
    const { DESK_URL, DESK_TOKENS, DESK_SCHEME, DESK_MAPPING } = readEnv(settings, env);
    const tokens = new Map(Object.entries(DESK_TOKENS));
    const adapter = (await load()) as Adapter;
    const headers = ({ user }: Call) => {
      const token = user && tokens.get(user.id);
      if (!token) throw new BackendError('signed-out', 'Nobody there is known by this id.');
      return { Authorization: `${DESK_SCHEME} ${token}` };
    };
    try {
      const backend = adapter({ ...DESK_MAPPING, baseUrl: DESK_URL, headers });
      return async () => ({ backend });
    } catch (error) {
      // All that an adapter can object to when it is made is what it was told.
      throw new ConfigError(`BACKEND: ${(error as Error).message}`);
    }
  };
