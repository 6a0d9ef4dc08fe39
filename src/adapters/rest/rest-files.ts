import type { Call, FileUpload } from '../../core/backend.js';
import { attachmentNamed } from '../../core/disposition.js';
import { isAttachment } from '../../core/guard-escalation.js';
import type { Attachment } from '../../core/model.js';
import { segment } from '../lib/address.js';
import { chunks } from './chunks.js';
import { exchange, type Wire } from '../lib/exchange.js';
import { protocol } from '../lib/json.js';
import { patiently } from './patience.js';
import { xhrFetch } from './xhr.js';

/** Without a byte in either direction. */
const STILL_MS = 60_000;
/** Where no progress can be known, a file may take as long as if at least so many bytes went in a millisecond. */
const SLOWEST_BYTES_PER_MS = 32;
const MAX_DOWNLOAD_BYTES = 100_000_000;

/**
 * {@link Backend.upload}. Sent once: an upload has no key, so whoever wants it repeated says so. Where the browser sends
 * it (no `fetch` is injected), `call.onProgress` is told.
 */
export async function upload(
  wire: Wire,
  caseId: string,
  { name, data }: FileUpload,
  call: Call,
): Promise<Attachment> {
  const path = `/cases/${segment(caseId)}/files`;
  const headers = {
    'Content-Type': data.type || 'application/octet-stream',
    'Content-Disposition': attachmentNamed(name),
  };
  // XMLHttpRequest sends cookies inside the origin, whatever one tells it.
  const measured =
    !wire.fetch && wire.credentials !== 'omit' && typeof globalThis.XMLHttpRequest === 'function';
  const ms = STILL_MS + (measured ? 0 : data.size / SLOWEST_BYTES_PER_MS);
  const { body } = await patiently(ms, (late, more) => {
    const progress = (sent: number, total: number) => {
      more(STILL_MS);
      call.onProgress?.(sent, total);
    };
    const by = measured ? { ...wire, fetch: xhrFetch(progress) } : wire;
    // Without a key it is not repeated.
    return exchange(by, { path, headers, body: data, late }, { ...call, key: undefined });
  });
  if (isAttachment(body)) return body;
  throw protocol();
}

/** A page where a file should be: somebody's login page. A file that is a page says that it is an attachment. */
const isPage = (headers: Headers): boolean =>
  /html/i.test(headers.get('Content-Type') ?? '') &&
  !/^attachment\b/i.test(headers.get('Content-Disposition') ?? '');

/** {@link Backend.download}: at most 100 MB. Its type is of no use to a browser: a file is saved, never shown. */
export async function download(wire: Wire, caseId: string, fileId: string, call: Call): Promise<Blob> {
  const path = `/cases/${segment(caseId)}/files/${segment(fileId)}`;
  const answer = await patiently(STILL_MS, (late, more) => {
    const read = async ({ status, headers, body }: Response, signal: AbortSignal): Promise<Blob> => {
      if (status !== 200 || isPage(headers)) throw protocol(status);
      const parts: Uint8Array<ArrayBuffer>[] = [];
      let bytes = 0;
      for await (const part of body ? chunks(body, signal) : []) {
        more(STILL_MS);
        bytes += part.byteLength;
        if (bytes > MAX_DOWNLOAD_BYTES) throw protocol(status);
        parts.push(part);
      }
      return new Blob(parts, { type: 'application/octet-stream' });
    };
    return exchange(wire, { path, headers: { Accept: '*/*' }, read, late }, { ...call, etag: undefined });
  });
  return answer.body as Blob;
}
