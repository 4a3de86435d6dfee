/** The root of the repository holds these entries and no other: what is new has a place elsewhere. */
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';

const ENTRIES = [
	'.ci',
	'.gitattributes',
	'.gitignore',
	'.npmrc',
	'.prettierignore',
	'CHANGELOG.md',
	'LICENSE',
	'README.md',
	'docs',
	'drizzle',
	'eslint.config.js',
	'package-lock.json',
	'package.json',
	'src',
	'static',
	'svelte.config.js',
	'tests',
	'tsconfig.json',
	'vite.config.ts'
];

test('the root holds only what is listed', () => {
	const tracked = execFileSync('git', ['ls-files'], { encoding: 'utf8' }).split('\n');
	const entries = new Set(tracked.filter(Boolean).map((path) => path.split('/')[0]));
	expect([...entries].filter((entry) => !ENTRIES.includes(entry ?? ''))).toEqual([]);
});
