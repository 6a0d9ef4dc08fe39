/**
 * What may stand in an `href`, for a link from a policy or a backend (T2): an absolute https or http address
 * without credentials, mailto, and a telephone number where asked for.
 * @param href - as it came from somebody else
 * @param allowTel - whether `tel:` (RFC 3966, digits and separators only: no service codes) is welcome
 * @returns the address as the browser will read it, or null
 */
export function safeHref(href: string, allowTel = false): string | null {
  if (allowTel && /^tel:\+?\d[\d ().-]*(;ext=\d+)?$/i.test(href)) return href.replaceAll(' ', '');
  // Before parsing, which drops line feeds and tabs and makes `http:evil` and `https:///evil.test` real
  // addresses. With the start known, the scheme is. An @ before the path ends credentials, even empty ones.
  if (!/^(https?:\/\/(?![^/?#\\]*@)[^/\\]|mailto:[^\s?])/i.test(href) || /\p{Cc}/u.test(href)) return null;
  try {
    return new URL(href).href;
  } catch {
    return null;
  }
}
