import type { ActionKind, Case, Entry, Escalation, Status, User } from 'escalation-elements';
import type { GatewayEvent } from 'escalation-elements/gateway';

/** What the ways of telling somebody share; each is a function for the gateway's `notify`. */
export type Notify = (event: GatewayEvent) => Promise<void>;

/** What a notifier reads of any event about an escalation, also of kinds that a later gateway adds. */
export interface Told {
  kind: string;
  /** As whoever made the event sees it. */
  escalation: Escalation;
  /** As the help desk has it. */
  case: Case;
  user: User;
  /** Of a change: what was done, and the status before. */
  action?: ActionKind;
  previous?: Status;
  entry?: Entry;
  /** Of a reminder: the roles of the policy's ladder that are due. */
  roles?: string[];
}

/** @returns null for what is about no escalation: a fault belongs in the log */
export const toldOf = (event: GatewayEvent): Told | null => ('escalation' in event ? event : null);

/** Not for the engineer of the case, nor for whoever has it (P9). */
export const isAside = (told: Told): boolean =>
  told.escalation.visibility === 'owner-only' || isInternal(told);

/** Among owners: a note. */
export const isInternal = ({ action, entry }: Told): boolean =>
  action === 'note' || entry?.kind === 'internal';

/** Told of a delivery that failed for good. */
export type GiveUp = (event: GatewayEvent, error: Error) => unknown;

/** Silence would look like "nothing happened". Ids only: logs are read by people who may not read cases. */
export const logGivenUp =
  (way: string): GiveUp =>
  (event, error) =>
    console.error(`${way}: gave up on`, event.kind, toldOf(event)?.escalation.id, error.message);

/** Several ways at once; one that fails keeps nothing from the others. */
export const all =
  (...notifiers: Notify[]): Notify =>
  async (event) => {
    await Promise.allSettled(notifiers.map(async (notify) => notify(event)));
  };

/**
 * One delivery at a time per escalation, in the order of the events: an acceptance is not heard of before its request.
 * In this process only, and lost with it: the conversation in the help desk is what lasts. Where every event has to
 * arrive, `notify` writes to a table in the same database, and a worker delivers from there.
 */
export function turns() {
  const last = new Map<string, Promise<void>>();
  return (escalationId: string, work: () => Promise<void>): Promise<void> => {
    const turn = (last.get(escalationId) ?? Promise.resolve()).then(work, work);
    const forget = () => void (last.get(escalationId) === turn && last.delete(escalationId));
    last.set(escalationId, turn);
    turn.then(forget, forget);
    return turn;
  };
}
