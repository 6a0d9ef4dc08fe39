/** The same look: our style sheets, as text, shared between all elements of a kind as ours share them. */
const sheets = new Map();
let texts = {};

export const setStyles = (all) => void (texts = all);

export function sheetsOf(...kinds) {
  return kinds.flatMap((kind) => {
    if (!sheets.has(kind))
      sheets.set(
        kind,
        texts[kind].map((text) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(text);
          return sheet;
        }),
      );
    return sheets.get(kind);
  });
}
