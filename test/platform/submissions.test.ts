import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createDesk } from '../../src/core/desk.js';
import { ledgerOf } from '../../src/platform/submissions.js';
import type { JudgedState } from '../../src/core/model.js';
import { helpDesk } from '../desk.js';
import '../loaded.js';
import { document } from '../openapi.js';

beforeEach(() => void vi.stubGlobal('localStorage', undefined));
afterEach(() => vi.unstubAllGlobals());

it('a lock that another tab never gives back keeps nobody from asking', async () => {
  const asked: string[] = [];
  const request = (name: string, { signal }: { signal: AbortSignal }) => {
    asked.push(name);
    return new Promise((_granted, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
  }; // prettier-ignore
  vi.stubGlobal('navigator', { locks: { request } });
  const value = document.components.examples['CaseAvailable'].value as JudgedState;
  const backend = { ...helpDesk(), address: 'https://desk.test/api', load: async () => ({ value }) };
  const session = createDesk({ backend }).session('c-1');
  session.subscribe(() => undefined);
  await vi.waitFor(() => expect(session.snapshot.phase).toBe('ready'));
  expect(await ledgerOf(session).alone(() => 'done')).toBe('done');
  expect(asked).toHaveLength(1);
});
