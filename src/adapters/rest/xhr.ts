const MAX_ANSWER_BYTES = 5_000_000;
/** Statuses whose answers have no body (Fetch, "null body status"). */
const BODILESS = [204, 205, 304];

function answerOf(xhr: XMLHttpRequest): Response {
  const lines = xhr
    .getAllResponseHeaders()
    .split(/[\r\n]+/)
    .filter(Boolean);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const body = BODILESS.includes(xhr.status) ? null : (xhr.response as ArrayBuffer);
  return new Response(body, { status: xhr.status, headers });
}

/**
 * A `fetch` that tells how many bytes of the body have gone, which the browser's own cannot: by XMLHttpRequest.
 *
 * It differs in what cannot be had there. It follows redirects: an answer from elsewhere is seen by its URL and comes as a
 * network error, as `redirect: 'manual'` would have it, but by then a 307 or 308 has taken the body along, and, inside the
 * origin or with its consent by CORS, the headers. It sends the page's own referrer, and credentials are `same-origin` or
 * `include`, never `omit`.
 * @param progress bytes sent, of how many
 */
export function xhrFetch(progress: (sent: number, total: number) => void): typeof globalThis.fetch {
  return (url, { method = 'GET', headers, body, credentials, signal } = {}) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const { href } = new URL(url as string);
      const xhr = new XMLHttpRequest();
      xhr.open(method, href);
      xhr.responseType = 'arraybuffer';
      xhr.withCredentials = credentials === 'include';
      new Headers(headers).forEach((value, name) => xhr.setRequestHeader(name, value));
      xhr.upload.onprogress = ({ loaded, total }) => progress(loaded, total);
      xhr.onprogress = ({ loaded }) => {
        if (loaded <= MAX_ANSWER_BYTES) return;
        resolve(Response.error());
        xhr.abort();
      };
      xhr.onload = () => {
        try {
          resolve(xhr.responseURL === href ? answerOf(xhr) : Response.error());
        } catch {
          // A status or a header that no Response can have.
          resolve(Response.error());
        }
      };
      xhr.onerror = xhr.onabort = () => reject(new TypeError('No answer.'));
      signal?.addEventListener('abort', () => xhr.abort());
      xhr.send(body as XMLHttpRequestBodyInit);
    });
}
