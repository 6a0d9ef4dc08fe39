/** Where files can be dropped and pasted: what is around the button that chooses them. */
const BUTTON = '[part~="attach"]:not([aria-disabled])';
const ZONE = '[part="composer"], [part="form"]';

/** A file that is dragged comes again and again: when it does not for so long, it has left. */
const GONE_MS = 120;

interface Options {
  /** Whether files can be added at all. */
  isOn(): boolean;
  onFiles(files: readonly File[]): void;
  /** Whether something is being dragged over the element. */
  onDrag(dragged: boolean): void;
  /** The name of something pasted that has none of its own. */
  nameOf(time: string): string;
}

/**
 * Files dropped onto an element or pasted into it. A drop beside the place for it does nothing: above all, it does not
 * take the page away to the file.
 */
export function takeDrops(host: HTMLElement, root: ParentNode & EventTarget, options: Options): void {
  const zone = () => (options.isOn() ? root.querySelector(BUTTON)?.closest(ZONE) : null);
  let leaving: ReturnType<typeof setTimeout> | undefined;
  const ends = () => options.onDrag(false);

  const onDrag = (event: DragEvent) => {
    const place = zone();
    const { dataTransfer } = event;
    if (!place || !dataTransfer?.types.includes('Files')) return;
    // What is dropped here is not for the page around.
    event.stopPropagation();
    event.preventDefault();
    clearTimeout(leaving);
    if (event.type === 'dragleave') leaving = setTimeout(ends, GONE_MS);
    else if (event.type === 'drop') ends();
    else options.onDrag(true);
    const isIn = event.composedPath().includes(place);
    dataTransfer.dropEffect = isIn ? 'copy' : 'none';
    if (event.type === 'drop' && isIn) options.onFiles([...dataTransfer.files]);
  };
  for (const name of ['dragenter', 'dragover', 'dragleave', 'drop'] as const)
    host.addEventListener(name, onDrag);

  root.addEventListener('paste', (event) => {
    const { clipboardData } = event as ClipboardEvent;
    const place = zone();
    // Copied from a text or a table, a picture of it comes along: the text is meant.
    if (!place || !clipboardData?.files.length || clipboardData.types.includes('text/plain')) return;
    if (!event.composedPath().includes(place)) return;
    event.preventDefault();
    options.onFiles([...clipboardData.files].map((file, i) => named(file, i, options.nameOf)));
  });
}

/** Browsers call every picture from the clipboard `image.png`. */
function named(file: File, i: number, nameOf: Options['nameOf']): File {
  if (file.name && !/^image\.\w+$/.test(file.name)) return file;
  const now = new Date();
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const time = `${day} ${[now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('.')}`;
  const ending = file.type.replace(/^.*\//, '').replace(/\W.*$/, '').replace('jpeg', 'jpg') || 'bin';
  const name = `${nameOf(time)}${i ? ` (${i + 1})` : ''}.${ending}`;
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}
