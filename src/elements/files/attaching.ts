import { BackendError } from '../../core/backend.js';
import type { DraftFile } from '../../core/draft.js';
import {
  faultOf,
  filesGone,
  limitsOf,
  MOST_FILES,
  typeOf,
  type FileFault,
  type FileLimits,
} from '../../core/files.js';
import type { Attachment } from '../../core/model.js';
import type { Session } from '../../core/session.js';
import { asProblem } from '../../core/talk.js';
import type { Values } from '../../locales/registry.js';

/** Whose files these are, and where they are: with the text that they go with, which is kept in the tab. */
export interface FileHolder {
  readonly session: Session | undefined;
  /** In the order in which they were added. */
  read(): readonly DraftFile[];
  put(files: readonly DraftFile[]): void;
}

/** A message to be said: its id, and its values. */
export type Line = [id: string, values?: Values];

/** Where a file is that the help desk does not have. */
interface Live {
  state: 'waiting' | 'uploading' | 'failed';
  /** Bytes that have gone, of how many; undefined: nobody knows. */
  sent?: number;
  total?: number;
  problem?: BackendError;
  abort?: AbortController;
}

/** How one file stands. */
export type FileState = Live | { state: 'done' } | { state: 'refused'; fault: FileFault } | { state: 'lost' };

/** Files that go at once. */
const AT_ONCE = 2;

/** The files themselves, as long as the page has them: for a help desk that has dropped one meanwhile. */
const sources = new WeakMap<DraftFile, File>();

/** Whether the page still has the bytes of a file. */
export const isAtHand = (file: DraftFile): boolean => sources.has(file);

/** Puts one file into the help desk. Rejects with a {@link BackendError}. */
export async function upload(
  { desk, caseId, snapshot }: Session,
  file: DraftFile,
  signal?: AbortSignal,
  onProgress?: (sent: number, total: number) => void,
): Promise<Attachment> {
  const source = sources.get(file);
  const { backend, user, languages } = desk;
  if (!source || !backend.upload) throw new BackendError('not-found', 'There is no file to upload.');
  const type = typeOf(file.name, file.type, limitsOf(snapshot.state?.can)?.types ?? []) ?? file.type;
  const data = type === source.type ? source : source.slice(0, source.size, type);
  const call = { user, languages, signal, onProgress };
  const attachment = await backend.upload(caseId, { name: file.name, data }, call);
  sources.set(attachment, source);
  return attachment;
}

/** Files on their way to a text that is being written: each is checked, uploaded at once, and kept with the text. */
export class Attaching {
  /** Said to screen readers, once per batch; and how often something was. */
  said: Line[] = [];
  turn = 0;
  /** What was left out of the list, and why. */
  told: Line[] = [];
  /** Somebody has sent: it goes when the files are there. */
  waits = false;
  /** Somebody has sent, and not every file could be attached. */
  held = false;
  readonly #holder: FileHolder;
  readonly #onChange: () => void;
  readonly #live = new Map<DraftFile, Live>();
  #batch = { done: 0, failed: 0 };
  #goOn: ((goes: boolean) => void) | undefined;

  constructor(holder: FileHolder, onChange: () => void) {
    this.#holder = holder;
    this.#onChange = onChange;
  }

  get files(): readonly DraftFile[] {
    return this.#holder.read();
  }

  /** What may be attached here; null: nothing. */
  get limits(): FileLimits | null {
    const { session } = this.#holder;
    return session?.desk.backend.upload ? limitsOf(session.snapshot.state?.can) : null;
  }

  /** Something is on its way. */
  get busy(): boolean {
    return this.files.some((file) => /waiting|uploading/.test(this.stateOf(file).state));
  }

  /** Those that could not be attached. */
  get failed(): DraftFile[] {
    return this.files.filter((file) => /failed|refused|lost/.test(this.stateOf(file).state));
  }

  stateOf(file: DraftFile): FileState {
    if (file.id) return { state: 'done' };
    const fault = this.limits && faultOf(file, this.limits);
    return this.#live.get(file) ?? (fault ? { state: 'refused', fault } : { state: 'lost' });
  }

  /** Adds what somebody has chosen, dropped or pasted. */
  add(added: readonly File[]): void {
    const files = [...this.files];
    const leftOut: string[] = [];
    this.told = [];
    for (const source of added) {
      const { name, size: bytes, type } = source;
      const at = files.findIndex((file) => isSame(file, source));
      const twin = files[at];
      const file = { name, bytes, type };
      sources.set(file, source);
      // What was lost has been found again.
      if (twin && this.failed.includes(twin)) files[at] = file;
      else if (twin) this.told.push(['files.twice', { name }]);
      else if (files.length >= MOST_FILES) leftOut.push(name);
      else files.push(file);
      if (files.includes(file) && this.limits && faultOf(file, this.limits)) this.#batch.failed++;
    }
    if (leftOut.length) this.told.push(['files.tooMany', { names: leftOut.join('\n'), most: MOST_FILES }]);
    this.#write(files);
    if (!this.busy) this.#settle();
  }

  /** Takes a file out of the list; one on its way is stopped. */
  remove(...gone: DraftFile[]): void {
    this.told = [];
    this.#write(this.files.filter((file) => !gone.includes(file)));
    if (!this.busy) this.#settle();
  }

  retry(file: DraftFile): void {
    this.#live.delete(file);
    this.#write(this.files);
  }

  /**
   * Waits until every file is there, where somebody sends.
   * @returns false: not to be sent: somebody has said so, or a file could not be attached
   */
  async settled(): Promise<boolean> {
    if (this.waits) return false;
    if (this.busy) {
      this.waits = true;
      this.#say(['files.sendWaits']);
      this.#onChange();
      const goes = await new Promise<boolean>((resolve) => (this.#goOn = resolve));
      this.waits = false;
      if (!goes) return false;
    }
    this.held = this.failed.length > 0;
    this.#onChange();
    return !this.held;
  }

  /** Somebody does not want to send after all. */
  stay(): void {
    this.#goOn?.(false);
    this.#goOn = undefined;
    this.waits = false;
    this.said = [];
    this.#onChange();
  }

  /** The element has left the page: what is on its way stops. Should it come back, that begins again. */
  stop(): void {
    for (const { abort } of this.#live.values()) abort?.abort();
    this.#live.clear();
    this.stay();
  }

  /**
   * The help desk has refused a text because it no longer has files of it: those are uploaded again, where the page has
   * them; of the others the list says that they are lost.
   * @returns whether there are such files
   */
  renew(errors: readonly { pointer: string }[] | undefined): boolean {
    const gone = filesGone(this.files, errors);
    if (gone.length) this.#write(this.files.map((file) => (gone.includes(file) ? withoutId(file) : file)));
    return gone.length > 0;
  }

  /** Goes on with what waits, and stops what is not in the list any more: thrown away, or another user's by now. */
  sync(): void {
    const { files, limits } = this;
    for (const [file, { abort }] of this.#live) {
      if (files.includes(file)) continue;
      this.#live.delete(file);
      abort?.abort();
    }
    for (const file of files)
      if (!file.id && isAtHand(file) && !this.#live.has(file) && limits && !faultOf(file, limits))
        this.#live.set(file, { state: 'waiting' });
    const states = [...this.#live.values()];
    let free = AT_ONCE - states.filter(({ state }) => state === 'uploading').length;
    for (const [file, { state }] of this.#live)
      if (state === 'waiting' && free-- > 0) void this.#upload(file);
  }

  async #upload(file: DraftFile): Promise<void> {
    const { session } = this.#holder;
    if (!session) return;
    const live: Live = { state: 'uploading', abort: new AbortController() };
    this.#live.set(file, live);
    const onProgress = (sent: number, total: number) => {
      Object.assign(live, { sent, total });
      this.#onChange();
    };
    const arrived = await upload(session, file, live.abort?.signal, onProgress).catch(asProblem);
    // Taken out meanwhile, or the text belongs to somebody else by now.
    if (this.#live.get(file) !== live || !this.files.includes(file)) return;
    if ('code' in arrived) {
      this.#live.set(file, { state: 'failed', problem: arrived });
      this.#batch.failed++;
    } else {
      this.#live.delete(file);
      this.#batch.done++;
    }
    this.#write(this.files.map((one) => (one === file && !('code' in arrived) ? arrived : one)));
    if (!this.busy) this.#settle();
  }

  /** Everything that was added is there, or is not: said once. */
  #settle(): void {
    const { done, failed } = this.#batch;
    this.#batch = { done: 0, failed: 0 };
    const said = [...this.told];
    if (done) said.push(['files.attached', { count: done }]);
    if (failed) said.push(['files.notAttached', { count: failed }]);
    if (said.length) this.#say(...said);
    this.#goOn?.(true);
    this.#goOn = undefined;
    this.#onChange();
  }

  #say(...lines: Line[]): void {
    this.said = lines;
    this.turn++;
  }

  #write(files: readonly DraftFile[]): void {
    this.held = false;
    this.#holder.put(files);
    this.sync();
    this.#onChange();
  }
}

/** The same file, as far as a page can know. */
function isSame(file: DraftFile, { name, size, lastModified }: File): boolean {
  const known = sources.get(file);
  return file.name === name && file.bytes === size && (!known || known.lastModified === lastModified);
}

function withoutId(file: DraftFile): DraftFile {
  const { name, bytes, type } = file;
  const copy = { name, bytes, type };
  const source = sources.get(file);
  if (source) sources.set(copy, source);
  return copy;
}
