import { javascriptLanguage } from '@codemirror/lang-javascript';
import { highlightCode } from '@lezer/highlight';
import { expect, test } from 'vitest';
import { stillColours, type Span } from './still-colours.ts';
import { highlighter } from './syntax.ts';

const SOURCES = [
	'const billets = FileAttachment("billets@1.arrow").arquero();',
	'billets\n  .filter(d => d.prix >= 12.5 && d.region !== "Montréal") // le reste\n  .groupby("mois")\n  .rollup({total: d => op.sum(d.prix)})',
	'const a = `il y a ${n > 1 ? `${n} billets` : {a: "}"}.a} et $5`;',
	'/* deux\nlignes */ let x = y / 2 / z; const r = /a[/]b\\/c/giu.test(s);',
	'Plot.plot({marks: [Plot.barY(data, {x: "région", y: "n"})]})',
	'for (const [k, v] of Object.entries({a: 1})) { display(k) }',
	'async function f() { yield await 0x1fn; return null; }',
	"const fermé = 'jamais",
	'`jamais fermé ${',
	'',
	'\n\n'
];

const text = (lines: readonly (readonly Span[])[]): string =>
	lines.map((line) => line.map((span) => span.text).join('')).join('\n');

/** The class of each character, by the editor's grammar. */
function grammar(source: string): string[] {
	const classes: string[] = [];
	highlightCode(
		source,
		javascriptLanguage.parser.parse(source),
		highlighter,
		(part, found) => classes.push(...[...part].map(() => found)),
		() => classes.push('')
	);
	return classes;
}

test('no character is lost or moved, whatever the source', () => {
	for (const source of SOURCES) expect(text(stillColours(source))).toBe(source);
	// Cut anywhere, a source is a source still.
	for (const source of SOURCES)
		for (let end = 0; end < source.length; end++)
			expect(text(stillColours(source.slice(0, end)))).toBe(source.slice(0, end));
});

test.each(SOURCES.filter((source) => !source.includes('jamais')))(
	'what is a word, a text, a number or a comment is as the grammar has it: %j',
	(source) => {
		const ours = stillColours(source).flatMap((line, i) => [
			...(i > 0 ? [''] : []),
			...line.flatMap((span) => [...span.text].map(() => span.classes))
		]);
		const theirs = grammar(source);
		const told = (classes: string | undefined): string =>
			/tok-(keyword|string|number|comment)/.exec(classes ?? '')?.[1] ?? '';
		[...source].forEach((character, i) => {
			// Spaces in a text, and the marks around an expression in one, may be of either.
			if (/[\s${}`]/.test(character)) return;
			expect([i, character, told(ours[i])]).toEqual([i, character, told(theirs[i])]);
		});
	}
);

test('names that are called, declared or of something are told apart', () => {
	const spans = stillColours('const ventes = aq.table({mois: f(x)}).derive;').flat();
	const of = (word: string): string | undefined => spans.find((s) => s.text === word)?.classes;
	expect(of('ventes')).toBe('tok-definition');
	expect(of('table')).toBe('tok-call');
	expect(of('mois')).toBe('tok-definition');
	expect(of('f')).toBe('tok-call');
	expect(of('derive')).toBe('tok-property');
	expect(of('aq')).toBe('');
});

// Read to the end of the line at each of them, they would hold the page of everyone who opens the notebook.
test('slashes that begin no pattern are read once, and every character is kept', () => {
	for (const source of ['/['.repeat(200_000), '(/[a'.repeat(200_000)])
		expect(
			stillColours(source)
				.flat()
				.map(({ text }) => text)
				.join('')
		).toBe(source);
	expect(stillColours('x = /a[/]b/g').flat().at(-1)).toEqual({
		text: '/a[/]b/g',
		classes: 'tok-string'
	});
});
