import { expect, test } from 'vitest';
import { returnPath } from './return-path.ts';

test.each([
	['/carnets/abc?x=1#cellule-2', '/carnets/abc?x=1#cellule-2'],
	['/', '/'],
	['/a/../b', '/b']
])('%s is a path of this site', (text, path) => {
	expect(returnPath(text)).toBe(path);
});

test.each([
	null,
	'',
	'https://ailleurs.example/',
	'//ailleurs.example/',
	'/\\ailleurs.example',
	'/\t/ailleurs.example',
	'/a\n//b',
	'javascript:alert(1)',
	'/.//ailleurs.example/x',
	'/a/..//ailleurs.example',
	'/%2e//ailleurs.example',
	'/en/%2E%2e//ailleurs.example',
	'carnets',
	`/${'a'.repeat(600)}`
])('%j leads nowhere', (text) => {
	expect(returnPath(text)).toBeNull();
});
