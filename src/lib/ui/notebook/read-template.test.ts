import { describe, expect, it } from 'vitest';
import { seeded } from '../../../../tests/support/seeded.ts';
import { filledIn } from './known-text.ts';
import { renderTamely } from './markdown.ts';
import { readTemplate } from './read-template.ts';

const OPTIONS = { headingPrefix: 'c-' };
const fill = (source: string, text: string): string | null => {
	const known = readTemplate(source, OPTIONS);
	return known && filledIn(known, text);
};

describe('a text that computes something', () => {
	it.each([
		['On compte ${n} sièges.', 'On compte 1\u00a0234,5 sièges.'],
		['# Total de ${n}\n\nSoit **${p}** des places.', '# Total de 12\n\nSoit **3** des places.'],
		[
			'| Ville | Part |\n|---|---|\n| Lévis | vaut ${p} |',
			'| Ville | Part |\n|---|---|\n| Lévis | vaut 12\u00a0% |'
		],
		['La part est de ${`${a}`}, en hausse.', 'La part est de −3,2 %, en hausse.'],
		['Voir [la page de ${n}](#a), `code ${x}`', 'Voir [la page de Lévis](#a), `code 3`']
	])('%s', (source, text) => {
		expect(fill(source, text)).toBe(renderTamely(text, OPTIONS));
	});

	it.each([
		['a value that begins a line', '${n} sièges'],
		['a value after another', 'Vu ${a}${b}'],
		['an address', 'Voir https://exemple.org/${n}'],
		['the beginning of an address', 'Voir ${n}://exemple.org'],
		['an entity', 'Vu &${n};'],
		['an escape', 'Vu \\${n} ou \\\\${n}'],
		['a name of a link', 'Voir [${n}]\n\n[a]: https://exemple.org'],
		['a link’s target', 'Voir [la page](#${n})'],
		['what is no code', 'Vu ${n +}'],
		['no value at all', 'Vu']
	])('is not read before its values: %s', (_what, source) => {
		expect(readTemplate(source)).toBeNull();
	});

	it.each([
		['Markdown', 'Vu **3** fois.'],
		['markup', 'Vu <b>3</b> fois.'],
		['an entity', 'Vu 3&amp;4 fois.'],
		['lines', 'Vu 3\n\n4 fois.'],
		['nothing', 'Vu  fois.'],
		['a space at its end', 'Vu 3  fois.'],
		['another text', 'Lu 3 fois.'],
		['another end', 'Vu 3 jours.'],
		['much', `Vu ${'a'.repeat(201)} fois.`]
	])('is read as Markdown where its value is %s', (_what, text) => {
		expect(fill('Vu ${n} fois.', text)).toBeNull();
	});

	it('is read as Markdown where a sign stands beside what emphasis hangs on', () => {
		expect(fill('Vu **${n}** fois.', 'Vu **3** fois.')).not.toBeNull();
		expect(fill('Vu **${n}** fois.', 'Vu **3 %** fois.')).toBeNull();
		expect(fill('Vu **${n}** fois.', 'Vu **−3** fois.')).toBeNull();
	});

	it('reads as the whole text does, or not at all', () => {
		const random = seeded(20_261_127);
		const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
		const WORDS = [
			'Vu',
			'a',
			'*',
			'**',
			'_',
			'`',
			'~~',
			'[',
			']',
			'(',
			')',
			'|',
			'\n',
			'\n\n',
			'# ',
			'- ',
			'1. ',
			'> ',
			'&',
			';',
			'\\',
			':',
			'/',
			'@',
			'http://',
			'www.',
			'.',
			',',
			' ',
			' ',
			' ',
			'    ',
			'---',
			'<b>',
			'!',
			'$',
			'\n| a | b |\n|---|---|\n| c |'
		];
		const VALUES = [
			'1',
			'12,5',
			'−3',
			'-3',
			'3 %',
			'1\u00a0234',
			'Lévis',
			'a.b',
			'x - y',
			'5.',
			'1.',
			'+',
			'$5',
			'5 $',
			'*',
			'_a_',
			'[a]',
			'a|b',
			'http',
			'mailto',
			'amp',
			'#',
			'',
			' a',
			'l’été',
			'exemple.org'
		];
		let read = 0;
		for (let n = 0; n < 20_000; n++) {
			const piece = (): string =>
				Array.from({ length: 1 + random() * 6 }, () => pick(WORDS)).join('');
			const pieces = Array.from({ length: 2 + random() * 3 }, piece);
			const values = pieces.slice(1).map(() => pick(VALUES));
			const known = readTemplate(pieces.join('${x}'), OPTIONS);
			if (!known) continue;
			const text = known.texts.reduce((sum, after, i) => `${sum}${values[i - 1]}${after}`);
			const html = filledIn(known, text);
			if (html === null) continue;
			read++;
			expect(html, text).toBe(renderTamely(text, OPTIONS));
		}
		expect(read).toBeGreaterThan(500);
	});
});
