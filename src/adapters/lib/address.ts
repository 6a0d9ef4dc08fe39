import { BackendError } from '../../core/backend.js';

/**
 * One segment of a path, safe to join. `encodeURIComponent('..')` is still `..`, so what changes the path is refused.
 * @throws BackendError `bad-address`
 */
export function segment(id: string): string {
  // A lone surrogate (Cs) cannot be encoded; a control character (Cc) has no business in an id.
  if (/^\.{0,2}$|[\p{Cc}\p{Cs}]|.{501}/u.test(id))
    throw new BackendError('bad-address', 'This id cannot be sent.');
  return encodeURIComponent(id);
}

/** Of this machine: there plain http stays. */
const LOCAL = /^(localhost|\[::1\]|127(\.\d+){3})$/;

/**
 * The base URL that an `endpoint` means, without a slash at its end.
 * @param endpoint absolute, or relative to `base`
 * @param base URL of the page; absent outside of one
 * @throws BackendError `bad-address`: not http(s), plain http away from this machine on a secure page, relative but
 * elsewhere (`//host`), or with credentials, a query or a fragment
 */
export function endpointUrl(endpoint: string, base?: string): string {
  const url = URL.canParse(endpoint, base) && endpoint.trim() ? new URL(endpoint, base) : null;
  const secure =
    url?.protocol === 'https:' ||
    (url?.protocol === 'http:' && (LOCAL.test(url.hostname) || !base?.startsWith('https:')));
  const stays = URL.canParse(endpoint) || url?.origin === (base && new URL(base).origin);
  if (url && secure && stays && !url.username && !url.password && !/[?#]/.test(endpoint))
    return url.href.replace(/\/+$/, '');
  throw new BackendError('bad-address', 'It must be an http(s) URL without query and fragment.');
}
