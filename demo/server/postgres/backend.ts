import type { Backend, FileLimits } from 'escalation-elements/backend';
import type { Database } from './connect.js';
import { guarded } from './errors.js';
import { forget } from './forget.js';
import { guarantees, reading, signedIn } from './reading.js';
import { bellOf, watchCase } from './watch.js';
import { writing } from './writing.js';

/** Options of {@link postgres}. */
export interface PostgresOptions {
  database: Database;
  /** @returns the present; the wall clock by default */
  clock?: () => Date;
  /** What may be attached; null, the default: nothing. */
  attach?: FileLimits | null;
}

/** A {@link Backend} that can do everything but policies, which are the gateway's, and perhaps files. */
export type PostgresBackend = Required<Omit<Backend, 'address' | 'policy' | 'upload' | 'download'>> &
  Pick<Backend, 'upload' | 'download'> & {
    /** Ends the events of those who watch, and closes the database. */
    close(): Promise<void>;
  };

/** How often what is over is removed, in milliseconds. */
const CLEARING_MS = 600_000;

/**
 * A help desk of its own, for a portal that has none, kept in PostgreSQL. Any number of processes serve one database. Every
 * write is one transaction, and an index keeps a case at one open escalation. It judges nothing: put a gateway in front.
 */
export function postgres({
  database,
  clock = () => new Date(),
  attach = null,
}: PostgresOptions): PostgresBackend {
  const { db } = database;
  const desk = { db, clock, attach };
  const bell = bellOf(database.listen);
  // What fails now is removed the next time.
  const clearing = setInterval(() => void forget(db, clock()).catch(() => undefined), CLEARING_MS).unref();
  const { upload, ...writes } = writing(desk);
  const { download, ...reads } = reading(desk);

  return guarded<PostgresBackend>({
    guarantees,
    ...reads,
    ...writes,
    ...(attach && { upload, download }),
    watch: (caseId, since, call, tell) =>
      watchCase({ db, bell }, caseId, since, { user: signedIn(call), signal: call.signal }, tell),
    async close() {
      clearInterval(clearing);
      await bell.close();
      await database.close();
    },
  });
}
