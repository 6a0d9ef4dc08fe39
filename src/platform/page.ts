import type { Platform } from '../core/desk.js';

/** The platform of a browser page. */
export const page: Platform = {
  visible: () => document.visibilityState !== 'hidden',
  onReturn(callback) {
    const abort = new AbortController();
    const back = (event: Event & { persisted?: boolean }) => {
      // A page that is shown for the first time has just asked.
      if (document.visibilityState !== 'hidden' && event.persisted !== false) callback();
    };
    for (const name of ['visibilitychange', 'focus', 'online', 'pageshow'])
      addEventListener(name, back, abort);
    return () => abort.abort();
  },
};
