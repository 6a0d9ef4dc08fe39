import { afterEach, expect, it, vi } from 'vitest';
import { joinTabs } from '../../src/platform/tabs.js';

afterEach(() => vi.unstubAllGlobals());

/** Locks whose answer takes a moment, as between a page and its browser. */
function slowLocks() {
  const held: Promise<void>[] = [];
  const request = async (_name: string, _options: object, hold: () => Promise<void>) => {
    await Promise.resolve();
    const kept = hold();
    held.push(kept);
    return kept;
  };
  vi.stubGlobal('navigator', { locks: { request } });
  vi.stubGlobal('BroadcastChannel', class { postMessage() {} close() {} }); // prettier-ignore
  return held;
}

it('a tab that leaves while its lock is on the way does not keep it', async () => {
  const held = slowLocks();
  const tabs = joinTabs('desk c-1', () => undefined)!;
  const leads = tabs.lead();
  tabs.leave();
  await leads;
  await expect(Promise.race([held[0], new Promise((_done, fail) => setTimeout(fail, 500))])).resolves.toBe(
    undefined,
  );
});

it('a tab that leads keeps it until it leaves', async () => {
  const held = slowLocks();
  const tabs = joinTabs('desk c-1', () => undefined)!;
  expect(await tabs.lead()).toBe(true);
  const end = vi.fn();
  void held[0]!.then(end);
  await Promise.resolve();
  expect(end).not.toHaveBeenCalled();
  tabs.leave();
  await held[0];
});
