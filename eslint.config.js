import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { createNodeResolver, importX } from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';
import { rule as fileName } from './tests/boundaries/file-name.js';
import { rule as rooms } from './tests/boundaries/rooms.js';

const ROOT = dirname(fileURLToPath(import.meta.url));

const NETWORK = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'].map((name) => ({
	name,
	message: 'ui neither fetches nor opens a socket: pass what it needs, or call src/lib/client.'
}));
const IMPURE = [
	...['window', 'document', 'navigator', 'location', 'localStorage', 'process', 'Buffer'],
	...['crypto', 'performance', 'setTimeout', 'setInterval', 'queueMicrotask', 'fetch', 'self'],
	...['requestAnimationFrame', 'globalThis', 'console']
].map((name) => ({ name, message: 'core is pure: have it passed in.' }));

export default tseslint.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'data/',
			'src/lib/paraglide/',
			'tests/.output/',
			'tests/golden/files/',
			'tests/bench/node_modules/'
		]
	},
	js.configs.recommended,
	...tseslint.configs.strict,
	...svelte.configs.recommended,
	prettier,
	...svelte.configs.prettier,
	{
		plugins: { 'import-x': importX, carnet: { rules: { 'file-name': fileName, rooms } } },
		linterOptions: { reportUnusedDisableDirectives: 'error' },
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		settings: {
			'import-x/extensions': ['.ts', '.js', '.svelte'],
			'import-x/parsers': {
				'@typescript-eslint/parser': ['.ts'],
				'svelte-eslint-parser': ['.svelte']
			},
			'import-x/resolver-next': [
				createNodeResolver({
					extensions: ['.ts', '.js', '.svelte', '.svelte.ts', '.json'],
					alias: { $lib: [resolve(ROOT, 'src/lib')] }
				})
			]
		},
		rules: {
			// The compiler knows which names are defined.
			'no-undef': 'off',
			'no-console': 'error',
			// French puts no-break spaces in its sentences.
			'no-irregular-whitespace': ['error', { skipTemplates: true, skipStrings: true }],
			'no-eval': 'error',
			'no-implied-eval': 'error',
			'no-new-func': 'error',
			eqeqeq: ['error', 'always', { null: 'ignore' }],
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrors: 'none' }
			],
			'import-x/no-cycle': ['error', { ignoreExternal: true }],
			'carnet/file-name': 'error',
			'carnet/rooms': 'error',
			// Addresses have a French and an English form: localizeHref makes them, not Kit's resolve.
			'svelte/no-navigation-without-resolve': 'off'
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: {
			parserOptions: {
				extraFileExtensions: ['.svelte'],
				parser: tseslint.parser,
				svelteConfig
			}
		}
	},
	{
		files: ['src/lib/core/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-globals': ['error', ...IMPURE],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'core is pure: have the time passed in.' },
				{ object: 'Math', property: 'random', message: 'core is pure: have randomness passed in.' }
			],
			'no-restricted-syntax': [
				'error',
				{
					selector: "NewExpression[callee.name='Date'][arguments.length=0]",
					message: 'core is pure: have the time passed in.'
				}
			]
		}
	},
	{
		files: ['src/lib/server/**/*.ts'],
		ignores: ['**/*.test.ts'],
		rules: {
			'no-restricted-syntax': [
				'error',
				{
					selector:
						"CallExpression[callee.property.name='transaction'][arguments.length=1]:matches([callee.object.name='db'], [callee.object.property.name='db'])",
					message: 'Say how it begins: IMMEDIATE (server/db/database.ts).'
				}
			]
		}
	},
	{
		files: ['src/lib/ui/**/*.{ts,svelte}'],
		ignores: ['**/*.test.ts'],
		rules: { 'no-restricted-globals': ['error', ...NETWORK] }
	},
	{
		// Cells are other people's code: turning their text into functions is what this room is for.
		files: ['src/lib/sandbox/worker/**/*.ts', 'src/lib/sandbox/frame/**/*.ts'],
		rules: { 'no-new-func': 'off', 'no-eval': 'off' }
	},
	{
		files: ['**/*.test.ts', 'tests/**/*.ts', 'src/{server,build}.ts', 'src/require-node.cjs'],
		rules: { 'no-console': 'off' }
	},
	{
		// Playwright reads a fixture's needs from its first, destructured, argument.
		files: ['tests/support/fixtures.ts'],
		rules: { 'no-empty-pattern': 'off' }
	}
);
