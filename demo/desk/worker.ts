/**
 * Puts the in-page server behind real HTTP, so that its requests are in the network panel.
 * @param base where the demo lives: address and scope of the service worker
 * @returns false where there can be no service worker: then the server is called directly
 */
export async function startWorker(
  base: URL,
  answer: (request: Request) => Promise<Response>,
): Promise<boolean> {
  if (!navigator.serviceWorker) return false;
  try {
    const [{ setupWorker }, { http }] = await Promise.all([import('msw/browser'), import('msw/core/http')]);
    const api = new RegExp(`^${`${base.href}api/`.replace(/[^\w]/g, '\\$&')}`);
    await setupWorker(http.all(api, ({ request }) => answer(request))).start({
      serviceWorker: { url: `${base.pathname}mockServiceWorker.js`, options: { scope: base.pathname } },
      onUnhandledRequest: 'bypass',
      quiet: true,
    });
    return await isControlled();
  } catch {
    return false;
  }
}

const LONGEST_WAIT_MS = 3000;

/**
 * A page that was loaded while another tab installed the worker becomes its client a moment later; until then its requests
 * go past it. One that was loaded past the cache (Shift and reload) never does.
 */
async function isControlled(): Promise<boolean> {
  const { serviceWorker } = navigator;
  if (!serviceWorker.controller)
    await new Promise((resolve) => {
      serviceWorker.addEventListener('controllerchange', resolve, { once: true });
      setTimeout(resolve, LONGEST_WAIT_MS);
    });
  return serviceWorker.controller !== null;
}
