// SPDX-License-Identifier: Apache-2.0
// The plugin's scripts are classic scripts that Horizon joins into one file: no modules, and nothing newer than ES2018.
import js from '@eslint/js';
import globals from 'globals';

const MARKUP = 'Texts go in as text; markup comes from the server, rendered by a template.';
const markup = (property, object) => ({ object, property, message: MARKUP });

export default [
  {
    files: ['static/**/*.js', 'tests/js/*.mjs'],
    ...js.configs.recommended,
  },
  {
    files: ['tests/js/*.mjs'],
    languageOptions: { globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { curly: 'error', eqeqeq: 'error', 'max-lines': ['error', 300], 'no-var': 'error', 'prefer-const': 'error' },
  },
  {
    files: ['static/**/*.js'],
    languageOptions: {
      ecmaVersion: 2018,
      sourceType: 'script',
      globals: {
        ...globals.browser,
        gettext: 'readonly',
        horizon: 'writable',
        interpolate: 'readonly',
        jQuery: 'readonly',
        ngettext: 'readonly',
        pgettext: 'readonly',
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      complexity: ['error', 10],
      'consistent-return': 'error',
      curly: 'error',
      'default-case-last': 'error',
      'dot-notation': 'error',
      eqeqeq: 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'max-depth': ['error', 3],
      'max-lines': ['error', 300],
      // A factory is as long as all that it makes; max-statements counts what each function does itself.
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      'max-nested-callbacks': ['error', 3],
      'max-params': ['error', 4],
      'max-statements': ['error', 15, { ignoreTopLevelFunctions: true }],
      'no-alert': 'error',
      'no-console': 'error',
      'no-else-return': 'error',
      'no-eval': 'error',
      'no-global-assign': 'error',
      'no-implicit-coercion': 'error',
      'no-implicit-globals': 'error',
      'no-implied-eval': 'error',
      'no-loop-func': 'error',
      'no-new-func': 'error',
      'no-param-reassign': 'error',
      'no-restricted-properties': [
        'error',
        markup('innerHTML'),
        markup('outerHTML'),
        markup('insertAdjacentHTML'),
        markup('write', 'document'),
        markup('writeln', 'document'),
      ],
      'no-restricted-syntax': [
        'error',
        ...['BinaryExpression', 'TemplateLiteral'].map(made => ({
          selector: `CallExpression[callee.property.name=/^(querySelector|querySelectorAll|closest|matches)$/] > ${made}.arguments`,
          message: 'A value that is part of a selector can break it, or choose another element: compare it instead.',
        })),
        {
          selector: 'CallExpression[callee.name=/^(find|findAll)$/] > BinaryExpression.arguments',
          message: 'See dom.having().',
        },
        {
          selector: 'CallExpression[callee.property.name=/^(find|findAll)$/] > BinaryExpression.arguments',
          message: 'See dom.having().',
        },
      ],
      'no-return-assign': 'error',
      'no-shadow': 'error',
      'no-throw-literal': 'error',
      'no-undef': 'error',
      'no-unused-expressions': 'error',
      'no-unused-vars': 'error',
      'no-use-before-define': ['error', { functions: false, variables: false }],
      'no-var': 'error',
      'prefer-const': 'error',
      strict: ['error', 'function'],
      yoda: 'error',
    },
  },
  {
    // It makes the parts of a page, one a line.
    files: ['static/gbp_status_ui/js/page.js'],
    rules: { 'max-statements': 'off' },
  },
];
