import type { Platform } from '../core/desk.js';
import { joinTabs } from './tabs.js';

const isVisible = () => document.visibilityState !== 'hidden';

/** Listens to several events of the page. @returns stops */
function onEvents(names: string[], listener: (event: Event & { persisted?: boolean }) => void): () => void {
  const abort = new AbortController();
  for (const name of names) addEventListener(name, listener, abort);
  return () => abort.abort();
}

/** The platform of a browser page. */
export const page: Platform = {
  visible: isVisible,
  onReturn: (callback) =>
    onEvents(['visibilitychange', 'focus', 'online', 'pageshow'], ({ persisted }) => {
      // A page that is shown for the first time has just asked.
      if (isVisible() && persisted !== false) callback();
    }),
  onLeave: (callback) =>
    onEvents(['visibilitychange', 'pagehide'], ({ type }) => {
      if (type === 'pagehide' || !isVisible()) callback();
    }),
  tabs: joinTabs,
};
