import { protocol } from '../lib/json.js';

/** One event of a stream. `id`: the last that was told, by this event or an earlier one. */
export interface StreamEvent {
  id: string | undefined;
  name: string;
  data: string;
}

/** In UTF-16 units, of an event with the line that is still coming. */
const LONGEST = 1_000_000;

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6), wherever the stream is cut into pieces. `retry` is for a client that
 * connects again by itself, and is ignored.
 * @param hear told of every complete event that has data
 * @returns takes the next piece; throws `protocol` for an event that is too long
 */
export function eventStream(hear: (event: StreamEvent) => void): (piece: Uint8Array) => void {
  // Takes off one byte order mark, and keeps the half of a character for the next piece.
  const decoder = new TextDecoder();
  let afterCr = false;
  let line = '';
  let id: string | undefined;
  let name = '';
  let data = '';

  const field = (key: string, value: string) => {
    if (key === 'data') data += `${value}\n`;
    else if (key === 'event') name = value;
    else if (key === 'id' && !value.includes('\0')) id = value || undefined;
  };
  const endEvent = () => {
    if (data) hear({ id, name: name || 'message', data: data.slice(0, -1) });
    name = data = '';
  };
  const endLine = () => {
    const colon = line.indexOf(':');
    if (line === '') endEvent();
    else if (colon < 0) field(line, '');
    else field(line.slice(0, colon), line.slice(colon + 1).replace(/^ /, ''));
  };

  return (piece) => {
    const text = decoder.decode(piece, { stream: true });
    if (!text) return;
    // CR ends a line at once, whether or not LF follows with the next piece.
    const [first = '', ...rest] = text.slice(afterCr && text.startsWith('\n') ? 1 : 0).split(/\r\n?|\n/);
    afterCr = text.endsWith('\r');
    line += first;
    for (const next of rest) {
      endLine();
      line = next;
      if (data.length > LONGEST) throw protocol();
    }
    if (data.length + line.length > LONGEST) throw protocol();
  };
}
