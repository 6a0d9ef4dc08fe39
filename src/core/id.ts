/** A fresh random id, 128 bits in hex. `crypto.randomUUID` is absent on plain-http pages. */
export const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
