import { addStyling } from './scripts/styling-docs.mjs';

/** The analyzer reads files in no fixed order: sorted, so that the same sources give the same manifest. */
const sorted = {
  name: 'sorted',
  packageLinkPhase({ customElementsManifest }) {
    customElementsManifest.modules.sort((a, b) => (a.path < b.path ? -1 : 1));
  },
};

const styling = {
  name: 'styling',
  packageLinkPhase({ customElementsManifest }) {
    for (const { path, declarations } of customElementsManifest.modules)
      for (const declaration of declarations ?? []) if (declaration.tagName) addStyling(declaration, path);
  },
};

export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['src/elements/**/*.styles.ts'],
  outdir: '.',
  litelement: true,
  // package.json names the manifest already; the analyzer must not edit it.
  packagejson: false,
  plugins: [sorted, styling],
};
