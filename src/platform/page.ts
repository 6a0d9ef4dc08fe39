import type { Platform } from '../core/desk.js';
import { joinTabs } from './tabs.js';

const isVisible = () => document.visibilityState !== 'hidden';

/**
 * Tells many of events of the page, by one set of listeners: a page may have a thousand buttons.
 * @param isMeant whether an event means what these callbacks wait for
 */
function onPage(names: readonly string[], isMeant: (event: Event & { persisted?: boolean }) => boolean) {
  const callbacks = new Set<() => void>();
  const tell = (event: Event) => {
    if (isMeant(event)) for (const callback of [...callbacks]) callback();
  };
  return (callback: () => void): (() => void) => {
    if (callbacks.size === 0) for (const name of names) addEventListener(name, tell);
    callbacks.add(callback);
    return () => {
      callbacks.delete(callback);
      if (callbacks.size === 0) for (const name of names) removeEventListener(name, tell);
    };
  };
}

/** The platform of a browser page. */
export const page: Platform = {
  visible: isVisible,
  onReturn: onPage(
    ['visibilitychange', 'focus', 'online', 'pageshow'],
    // A page that is shown for the first time has just asked.
    ({ persisted }) => isVisible() && persisted !== false,
  ),
  onLeave: onPage(['visibilitychange', 'pagehide'], ({ type }) => type === 'pagehide' || !isVisible()),
  tabs: joinTabs,
};
