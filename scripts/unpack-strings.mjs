/**
 * Turns the packed text of scripts/pack-strings.mjs back into the pieces: at the start of the stand-alone file, and once
 * in its build, which compares. Its text is put into that file, so that it names nothing from outside.
 * The text is DEFLATE (RFC 1951, one dynamic block) as toText() writes it. No library: the smallest fit is three times as long.
 * @param {string} packed
 * @param {number} templates How many of the first pieces are the strings of tagged templates.
 */
export function unpack(packed, templates) {
  let at = 0;
  let pool = 0;
  let held = 0;
  const digit = () => {
    const code = packed.charCodeAt(at++) - 35;
    return code > 57 ? code - 1 : code;
  };
  const fill = (count) => {
    for (; held < count; held += 13) pool |= (digit() * 91 + digit()) << held;
  };
  const bits = (count) => {
    fill(count);
    const value = pool & ((1 << count) - 1);
    pool >>= count;
    held -= count;
    return value;
  };

  /** A Huffman code as a table: what comes next in the text to its symbol and the length of its code. */
  const codeOf = (lengths) => {
    const longest = Math.max(...lengths);
    const table = [];
    let code = 0;
    for (let length = 1; length <= longest; length++, code <<= 1)
      lengths.forEach((own, symbol) => {
        if (own !== length) return;
        let next = 0;
        for (let i = 0; i < length; i++) next |= ((code >> i) & 1) << (length - 1 - i);
        for (; next < 1 << longest; next += 1 << length) table[next] = (symbol << 4) | length;
        code++;
      });
    return [table, longest];
  };
  const symbolOf = ([table, longest]) => {
    fill(longest);
    const entry = table[pool & ((1 << longest) - 1)];
    bits(entry & 15);
    return entry >> 4;
  };

  // One block: two codes, themselves packed by a third.
  bits(3);
  const literals = bits(5) + 257;
  const all = literals + bits(5) + 1;
  const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
  order.length = bits(4) + 4;
  const meta = Array(19).fill(0);
  for (const symbol of order) meta[symbol] = bits(3);
  const metaCode = codeOf(meta);
  const lengths = [];
  while (lengths.length < all) {
    const symbol = symbolOf(metaCode);
    const times = symbol < 16 ? 1 : symbol < 17 ? bits(2) + 3 : symbol < 18 ? bits(3) + 3 : bits(7) + 11;
    const length = symbol < 16 ? symbol : symbol > 16 ? 0 : lengths.at(-1);
    for (let i = 0; i < times; i++) lengths.push(length);
  }
  const literalCode = codeOf(lengths.slice(0, literals));
  const distanceCode = codeOf(lengths.slice(literals));

  const bytes = [];
  for (let symbol; (symbol = symbolOf(literalCode)) !== 256;) {
    if (symbol < 256) {
      bytes.push(symbol);
      continue;
    }
    symbol -= 257;
    let extra = (symbol >> 2) - 1;
    let length =
      symbol < 8 ? symbol + 3 : symbol > 27 ? 258 : ((4 + (symbol & 3)) << extra) + 3 + bits(extra);
    symbol = symbolOf(distanceCode);
    extra = (symbol >> 1) - 1;
    const distance = symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extra) + 1 + bits(extra);
    while (length--) bytes.push(bytes[bytes.length - distance]);
  }

  return new TextDecoder()
    .decode(new Uint8Array(bytes))
    .split('\x01')
    .map((piece, index) => {
      if (index >= templates) return piece;
      // As the language makes them: one array for each place in the code (Lit's cache key), `raw` hidden, both frozen.
      const [strings, raw = [...strings]] = piece.split('\x03').map((part) => part.split('\x02'));
      Object.defineProperty(strings, 'raw', { value: Object.freeze(raw) });
      return Object.freeze(strings);
    });
}

/** Bytes as text that needs no escapes: thirteen bits in two of 91 characters, # to ~ without the backslash. */
export function toText(bytes) {
  const digit = (value) => String.fromCharCode(value + (value < 57 ? 35 : 36));
  let [text, pool, held] = ['', 0, 0];
  for (const byte of [...bytes, 0, 0]) {
    pool |= byte << held;
    held += 8;
    if (held < 13) continue;
    text += digit(Math.floor((pool & 8191) / 91)) + digit((pool & 8191) % 91);
    pool >>= 13;
    held -= 13;
  }
  return text;
}
