/** What `make lint` holds all JavaScript to: the extension, the pages' script and the extension's tests. */
import js from '@eslint/js';
import globals from 'globals';

export default [
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2025, globals: globals.browser },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      'default-case-last': 'error',
      'no-control-regex': 'off', // the pages that we read hold such characters
      'no-misleading-character-class': 'off', // so do names in many scripts
      curly: ['error', 'multi-line', 'consistent'],
      eqeqeq: 'error',
      'max-len': ['error', { code: 120, ignoreUrls: true }],
      'no-else-return': 'error',
      'no-eval': 'error',
      'no-implicit-globals': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-return-assign': 'error',
      'no-shadow-restricted-names': 'error',
      'no-unneeded-ternary': 'error',
      'no-unused-vars': 'error',
      'no-use-before-define': ['error', { functions: false, variables: false }],
      'no-useless-return': 'error',
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'sort-imports': ['error', { ignoreCase: true, ignoreDeclarationSort: true }],
    },
  },
  { files: ['extension/**'], languageOptions: { globals: { ...globals.serviceworker, ...globals.webextensions } } },
  { files: ['tests/extension/**'], languageOptions: { globals: globals.node } },
  { files: ['extension/hints/letters.js', 'extension/hints/languages_table.js'], rules: { 'max-len': 'off' } }, // written by tests/unit/test_hints.py
  {
    files: ['server/static/**'],
    languageOptions: { sourceType: 'script' },
    rules: { curly: 'off', 'max-len': 'off' },
  },
];
