import type { Platform, Tabs } from '../src/core/desk.js';

/** The tabs of one browser: what they post reaches the others, and one of those that share a name leads. */
export function aBrowser() {
  const rooms = new Map<string, { hear: (message: unknown) => void; lead?: () => void; leads: boolean }[]>();
  const next = (name: string) => {
    const room = rooms.get(name) ?? [];
    const first = room.find(({ lead }) => lead);
    if (room.some(({ leads }) => leads) || !first) return;
    first.leads = true;
    first.lead!();
  };
  const join = (name: string, hear: (message: unknown) => void): Tabs => {
    const me: { hear: typeof hear; lead?: () => void; leads: boolean } = { hear, leads: false };
    rooms.set(name, [...(rooms.get(name) ?? []), me]);
    return {
      post: (message) => {
        // As a channel does: a copy, and later.
        const copy = JSON.stringify(message);
        const others = rooms.get(name)!.filter((one) => one !== me);
        queueMicrotask(() =>
          others.forEach((one) => rooms.get(name)!.includes(one) && one.hear(JSON.parse(copy))),
        );
      },
      lead: () =>
        new Promise((resolve) => {
          me.lead = () => resolve(true);
          next(name);
        }),
      leave: () => {
        rooms.set(
          name,
          rooms.get(name)!.filter((one) => one !== me),
        );
        next(name);
      },
    };
  };
  return { join, rooms };
}

/** A page that can be hidden and returned to; alone, unless it is given a browser. */
export function aPage(browser?: ReturnType<typeof aBrowser>) {
  const returning = new Set<() => void>();
  const leaving = new Set<() => void>();
  const on = (set: Set<() => void>) => (callback: () => void) => {
    set.add(callback);
    return () => void set.delete(callback);
  };
  const lent: Platform = {
    visible: () => page.shown,
    onReturn: on(returning),
    onLeave: on(leaving),
    tabs: (name, hear) => browser?.join(name, hear),
  };
  const page = {
    shown: true,
    platform: async () => lent,
    /** How many wait to be told. */
    get watching() {
      return returning.size + leaving.size;
    },
    leave() {
      page.shown = false;
      leaving.forEach((callback) => callback());
    },
    come() {
      page.shown = true;
      returning.forEach((callback) => callback());
    },
  };
  return page;
}
