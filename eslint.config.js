import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The rooms of src/, and the rooms that each may import. All but the simulator may import diagnosis/ and collections/;
 * hosts/ puts all together.
 */
const ROOMS = {
  collections: [],
  diagnosis: [],
  provider: [],
  site: ['provider'],
  plan: ['site', 'provider'],
  write: ['plan', 'site', 'provider'],
  undo: ['write', 'plan', 'site', 'provider'],
  follow: ['undo', 'write', 'plan', 'site', 'provider'],
  verbs: ['report', 'parameters', 'follow', 'undo', 'write', 'plan', 'site', 'provider'],
  parameters: ['follow', 'plan', 'site', 'provider'],
  report: ['parameters', 'follow', 'plan', 'site', 'provider'],
  simulator: [],
};
const BELOW_ALL = ['diagnosis', 'collections'];

const roomBoundaries = Object.entries(ROOMS).map(([room, mayImport]) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [...Object.keys(ROOMS), 'hosts']
              .filter((other) => other !== room && !mayImport.includes(other))
              .filter((other) => !BELOW_ALL.includes(other) || room === 'simulator' || room === 'collections')
              .flatMap((other) => [`**/${other}/*`, `**/${other}/**`])
              // Only hosts put a connection together: no other room may know a transport.
              .concat(
                ['plan', 'write', 'undo', 'follow'].includes(room)
                  ? ['**/admin-service/**', '**/wmi/**', '**/child-process.js']
                  : [],
              ),
            message: `${room}/ may not import from that room (see docs/design.md).`,
          },
          {
            group: ['@actions/core', 'azure-pipelines-task-lib', 'azure-pipelines-task-lib/*'],
            message: 'A host SDK belongs to its own adapter in hosts/ alone.',
          },
        ],
      },
    ],
  },
}));

export default defineConfig(
  globalIgnores(['build/', 'dist/']),
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.js'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // A switch that is exhaustive by rule is read as one branch.
      complexity: ['error', { max: 16, variant: 'modified' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      // It takes a function that returns undefined for one that returns nothing.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/promise-function-async': 'error',
      '@typescript-eslint/require-array-sort-compare': ['error', { ignoreStringArrays: true }],
      '@typescript-eslint/strict-boolean-expressions': ['error', { allowNullableObject: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  ...roomBoundaries,
  {
    // A test is not read by callers, and node:test's own promises are awaited by its runner.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            {
              from: 'package',
              name: ['test', 'suite', 'describe', 'it', 'before', 'after'],
              package: 'node:test',
            },
          ],
        },
      ],
    },
  },
  { files: ['tools/**/*.ts', 'eslint.config.js'], rules: { 'no-console': 'off' } },
  { files: ['eslint.config.js'], extends: [tseslint.configs.disableTypeChecked] },
);
