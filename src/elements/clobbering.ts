// An `id` anywhere in the page is a property of `window`; one that Lit keeps its own things under would stop it at load
// (DOM clobbering). Imported before Lit; what somebody has set on `window` itself stays. Gone when Lit checks by itself.
const page = globalThis as Record<string, unknown>;
for (const name of [
  'litHtmlVersions',
  'litElementVersions',
  'reactiveElementVersions',
  'litHtmlPolyfillSupport',
  'litElementPolyfillSupport',
  'reactiveElementPolyfillSupport',
  'litElementHydrateSupport',
  'litPropertyMetadata',
])
  if (name in page && !Object.hasOwn(page, name)) page[name] = undefined;
