import { describe, expect, it } from 'vitest';
import { placeInSource, placeInText } from './quote-place.ts';

const source =
	'## Les salles\n\nLa **salle** de [Montréal](https://exemple.org/salle-de-montréal) est *fermée*.\n\n- la salle de Laval\n- la salle de Montréal';
const read =
	'Les salles\nLa salle de Montréal est fermée.\n\nla salle de Laval\nla salle de Montréal\n';

const inSource = (words: string, nth = 0): string | null => {
	let from = -1;
	for (let i = 0; i <= nth; i++) from = read.indexOf(words, from + 1);
	const place = placeInSource(read, source, { from, to: from + words.length });
	return place && source.slice(place.from, place.to);
};

describe('words of a text, in its Markdown', () => {
	it('are found through marks and past addresses', () => {
		expect(inSource('salle de Montréal est')).toBe(
			'salle** de [Montréal](https://exemple.org/salle-de-montréal) est'
		);
		expect(inSource('fermée')).toBe('fermée');
	});

	it('are the same of several', () => {
		const first = placeInSource(read, source, {
			from: read.indexOf('salle de Montréal'),
			to: read.indexOf('salle de Montréal') + 17
		});
		const from = read.lastIndexOf('salle de Montréal');
		const second = placeInSource(read, source, { from, to: from + 17 });
		expect(first?.from).toBe(source.indexOf('salle**'));
		expect(second?.from).toBe(source.lastIndexOf('salle de Montréal'));
	});

	it('may be parts of words', () => {
		expect(inSource('lle de Lav')).toBe('lle de Lav');
		expect(inSource('erm')).toBe('erm');
	});

	it('go back to where they are read', () => {
		const from = source.indexOf('salle** de');
		const to = source.indexOf('est *') + 3;
		const place = placeInText(source, read, { from, to });
		expect(place && read.slice(place.from, place.to)).toBe('salle de Montréal est');
	});

	it('are nowhere where there are none, or others', () => {
		expect(placeInSource(read, source, { from: 10, to: 11 })).toBeNull();
		expect(placeInSource('autre chose', source, { from: 0, to: 5 })).toBeNull();
		expect(placeInSource('', '', { from: 0, to: 0 })).toBeNull();
	});

	it('are found in a long text that repeats', () => {
		const long = 'a '.repeat(50_000);
		expect(placeInSource(long, long, { from: 100, to: 50_001 })).toEqual({ from: 100, to: 50_001 });
	});
});
