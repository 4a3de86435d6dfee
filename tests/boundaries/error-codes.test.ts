/** Every code that the product refuses with reads as a sentence, in both languages. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Those that a person meets: of core/errors, with the code as a text. The language's own errors have messages. */
const THROWN = /\bnew (?:App|NotFound|Gone|Forbidden|Invalid)Error\(\s*'([^']+)'/g;
/** What the worker answers a question with, in place of a value. */
const ANSWERED = /\bcode = [^;]*?\? '([a-z_]+)' : '([a-z_]+)'/g;

/** The codes written in a source, each once. */
const codesIn = (source: string): string[] => [
	...new Set(
		[...source.matchAll(THROWN), ...source.matchAll(ANSWERED)].flatMap(([, ...codes]) => codes)
	)
];

test('the check sees a code, whatever the line it is on, and no other error’s', () => {
	expect(codesIn("throw new AppError('a_b', { max: 1 }); new NotFoundError(\n\t'c'\n)")).toEqual([
		'a_b',
		'c'
	]);
	expect(codesIn("new RangeError('input'); new NotFoundError(); new Error('words')")).toEqual([]);
	expect(codesIn("const code = e instanceof Gone ? 'gone' : 'unexpected';")).toEqual([
		'gone',
		'unexpected'
	]);
});

test('each has its line and its sentences', () => {
	const lines = readFileSync('src/lib/ui/error-text.ts', 'utf8');
	const sentences = (lang: string): Record<string, unknown> =>
		Object.assign(
			{},
			...globSync(`src/messages/*.${lang}.json`).map((file) =>
				JSON.parse(readFileSync(file, 'utf8'))
			)
		);
	const [fr, en] = [sentences('fr'), sentences('en')];
	const without = globSync('src/**/*.{ts,svelte}')
		.filter((file) => !file.endsWith('.test.ts') && !file.startsWith('src/lib/paraglide'))
		.flatMap((file) =>
			codesIn(readFileSync(file, 'utf8'))
				.filter(
					(code) =>
						!(
							new RegExp(`^\\t${code}: `, 'm').test(lines) &&
							`error_${code}` in fr &&
							`error_${code}` in en
						)
				)
				.map((code) => `${file}: ${code}`)
		);
	expect(without).toEqual([]);
});
