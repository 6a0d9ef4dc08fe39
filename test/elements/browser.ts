/** What a page can see of the browser around it: the clipboard, downloads, storage. Each is put back after the test. */

const undo: (() => void)[] = [];
afterEach(() =>
  undo
    .splice(0)
    .reverse()
    .forEach((one) => one()),
);

/** Replaces a member of an object until the test has ended. */
export function replace<O extends object, K extends keyof O>(of: O, name: K, by: O[K]): void {
  const own = Object.getOwnPropertyDescriptor(of, name);
  Object.defineProperty(of, name, { value: by, configurable: true, writable: true });
  undo.push(() => (own ? Object.defineProperty(of, name, own) : delete of[name]));
}

/** Collects what is copied. */
export function copies(): string[] {
  const texts: string[] = [];
  replace(navigator.clipboard, 'writeText', async (text) => void texts.push(text));
  return texts;
}

/** The page may not write to the clipboard. */
export const refuseCopies = (): void =>
  replace(navigator.clipboard, 'writeText', () => Promise.reject(new DOMException('', 'NotAllowedError')));

/** Collects the files that are offered, instead of saving them. */
export function downloads(): { name: string; type: string; text: Promise<string> }[] {
  const files: { name: string; type: string; text: Promise<string> }[] = [];
  const blobs = new Map<string, Blob>();
  replace(URL, 'createObjectURL', (blob) => {
    const href = `blob:test/${blobs.size}`;
    blobs.set(href, blob as Blob);
    return href;
  });
  const { click } = HTMLAnchorElement.prototype;
  replace(HTMLAnchorElement.prototype, 'click', function (this: HTMLAnchorElement) {
    const blob = blobs.get(this.href);
    if (blob) files.push({ name: this.download, type: blob.type, text: blob.text() });
    else click.call(this);
  });
  return files;
}

/** All that the storages of this page hold, names and values. */
export const stored = (): string =>
  [sessionStorage, localStorage].map((storage) => JSON.stringify({ ...storage })).join('\n');

/** What reaches the page's own error handlers while something is done; the runner does not hear it. */
export async function uncaught(work: () => Promise<unknown>): Promise<string[]> {
  const said: string[] = [];
  const rejected = (event: PromiseRejectionEvent) => {
    event.stopImmediatePropagation();
    event.preventDefault();
    said.push(String(event.reason));
  };
  // The runner's own handler is this one.
  const { onerror } = window;
  window.onerror = (event) => Boolean(said.push(typeof event === 'string' ? event : event.type));
  addEventListener('unhandledrejection', rejected, true);
  try {
    await work();
    await new Promise((done) => setTimeout(done, 20));
  } finally {
    window.onerror = onerror;
    removeEventListener('unhandledrejection', rejected, true);
  }
  return said;
}
