import { fileURLToPath } from 'node:url';
import lit from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import wc from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// What src/ must not use, and what to use instead (design chapter 7). A part of src/ may leave one out.
const banned = {
  innerHTML: {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML)$/]',
    message: 'Foreign text is text: bind it in a template.',
  },
  shadowRoot: {
    selector: "MemberExpression[object.type='ThisExpression'][property.name='shadowRoot']",
    message: 'Use this.renderRoot.',
  },
  getElementById: {
    selector: "MemberExpression[object.name='document'][property.name='getElementById']",
    message: 'An element may live in a shadow root: ask this.renderRoot or getRootNode().',
  },
  console: {
    selector: "MemberExpression[object.name='console']",
    message: 'Warn through src/elements/warn.ts.',
  },
  storage: {
    selector:
      ':matches(Identifier[name=/^(localStorage|sessionStorage)$/], MemberExpression[property.name=/^(localStorage|sessionStorage)$/])',
    message: 'Storage is injected by src/platform.',
  },
  fetch: {
    selector:
      ":matches(CallExpression[callee.name='fetch'], CallExpression[callee.object.name=/^(globalThis|window|self)$/][callee.property.name='fetch'])",
    message: 'fetch is injected: only src/adapters/lib names the global one.',
  },
  eval: {
    selector:
      ":matches(CallExpression[callee.name=/^(eval|Function)$/], NewExpression[callee.name='Function'])",
    message: 'Breaks under a strict Content-Security-Policy.',
  },
};

const without = (...names) => [
  'error',
  ...Object.entries(banned)
    .filter(([name]) => !names.includes(name))
    .map(([, ban]) => ban),
];

export default defineConfig(
  { ignores: ['node_modules/', 'dist/', 'dist-demo/', 'coverage/', 'test-results/', 'demo/public/'] },
  {
    files: ['{src,demo,test}/**/*.ts', '*.config.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: fileURLToPath(new URL('.', import.meta.url)) },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // A port's method may be async by contract and have nothing to await.
      '@typescript-eslint/require-await': 'off',
      // False on Lit's event handlers.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['src/elements/**/*.ts'],
    extends: [lit.configs['flat/recommended'], wc.configs['flat/best-practice'], litA11y.configs.recommended],
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-restricted-syntax': without(),
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            { group: ['**/unsafe-html.js', '**/unsafe-svg.js'], message: 'Foreign text is text: bind it.' },
            { group: ['lit/static-html.js', 'lit-html/static.js'], message: 'No static templates.' },
            {
              group: ['**/style-map.js'],
              message: 'Breaks under a strict Content-Security-Policy: use classes.',
            },
          ],
        },
      ],
    },
  },
  { files: ['src/elements/warn.ts'], rules: { 'no-restricted-syntax': without('console') } },
  { files: ['src/cli/**/*.ts'], rules: { 'no-restricted-syntax': without('console') } },
  { files: ['src/platform/**/*.ts'], rules: { 'no-restricted-syntax': without('storage') } },
  { files: ['src/adapters/lib/**/*.ts'], rules: { 'no-restricted-syntax': without('fetch') } },
  {
    files: ['test/**/*.ts', 'demo/**/*.ts'],
    rules: {
      // chai's `expect(x).to.be.true`, and JSON of unknown shape in tests.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-floating-promises': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
);
