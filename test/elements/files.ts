import { rest } from '../../src/adapters/rest.js';
import type { Backend, Call } from '../../src/core/backend.js';
import { parts, until } from './find.js';
import { ENDPOINT, scene, type Scene, type SceneOptions } from './scene.js';

/** Ways in which people give files to an element, and a help desk whose uploads a test has in its hand. */

export const LIMITS = { maxBytes: 10_000, types: ['image/*', 'text/plain', '.log', 'application/pdf'] };

/** A file of so many bytes. */
export const file = (name: string, bytes = 2000, type = 'image/png', lastModified = 1): File =>
  new File(['x'.repeat(bytes)], name, { type, lastModified });

export function transferOf(files: readonly File[], texts: Record<string, string> = {}): DataTransfer {
  const transfer = new DataTransfer();
  for (const one of files) transfer.items.add(one);
  for (const [type, text] of Object.entries(texts)) transfer.setData(type, text);
  return transfer;
}

/** Chooses files, as the browser's own dialog does. */
export async function choose(element: Element, ...files: File[]): Promise<void> {
  await until(() => parts(element, 'attach').length, 'nothing can be attached');
  const input = element.shadowRoot!.querySelector<HTMLInputElement>('input[type="file"]')!;
  input.files = transferOf(files).files;
  input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** One step of dragging files over something. */
export function drag(
  over: Element,
  name: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
  ...files: File[]
): DragEvent {
  const dataTransfer = transferOf(files);
  const event = new DragEvent(name, { dataTransfer, bubbles: true, composed: true, cancelable: true });
  over.dispatchEvent(event);
  return event;
}

export function paste(into: Element, files: readonly File[], texts: Record<string, string> = {}): Event {
  const clipboardData = transferOf(files, texts);
  const event = new ClipboardEvent('paste', {
    clipboardData,
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  into.dispatchEvent(event);
  return event;
}

/** One upload that has begun. */
export interface Begun {
  name: string;
  type: string;
  call: Call;
  /** Lets it go to the help desk. */
  go(): void;
  fail(error: unknown): void;
}

/** A help desk that takes files; each upload waits until the test lets it go. */
export function heldUploads(options: SceneOptions = {}) {
  const desk = scene({ attach: LIMITS, ...options });
  const backend = backendOf(desk);
  const begun: Begun[] = [];
  const upload: Backend['upload'] = (caseId, given, call) =>
    new Promise((resolve, reject) => {
      call.signal?.addEventListener('abort', () => reject(new Error('aborted')));
      begun.push({
        name: given.name,
        type: given.data.type,
        call,
        go: () => void backend.upload?.(caseId, given, call).then(resolve, reject),
        fail: reject,
      });
    });
  Object.assign(desk.configuration, { backend: { ...backend, upload } });
  return { desk, begun };
}

/** The client of a scene, to be changed by a test. */
export const backendOf = ({ configuration }: Scene): Backend =>
  rest({ ...configuration, endpoint: ENDPOINT });
