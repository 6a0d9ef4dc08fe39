import { WAITING_MS } from './files.js';
import type { Db } from './schema.js';

/** Whoever was away for longer loads anew. */
const EVENTS_MS = 7 * 86_400_000;

/** Removes what is over: expired keys, files that nothing named, events of long ago. */
export async function forget(db: Db, now: Date): Promise<void> {
  await db.deleteFrom('keys').where('expires_at', '<=', now).execute();
  await db.deleteFrom('answers').where('expires_at', '<=', now).execute();
  await db
    .deleteFrom('files')
    .where('escalation_id', 'is', null)
    .where('at', '<=', new Date(now.getTime() - WAITING_MS))
    .execute();
  await db
    .deleteFrom('events')
    .where('at', '<=', new Date(now.getTime() - EVENTS_MS))
    .execute();
}
