import type { Platform } from '../core/desk.js';

/** The platform of a browser page. */
export const page: Platform = {
  visible: () => document.visibilityState !== 'hidden',
  onReturn(callback) {
    const abort = new AbortController();
    const { signal } = abort;
    const back = (event: Event & { persisted?: boolean }) => {
      // A page that is shown for the first time has just asked.
      if (document.visibilityState !== 'hidden' && event.persisted !== false) callback();
    };
    document.addEventListener('visibilitychange', back, { signal });
    for (const name of ['focus', 'online', 'pageshow']) addEventListener(name, back, { signal });
    return () => abort.abort();
  },
};
