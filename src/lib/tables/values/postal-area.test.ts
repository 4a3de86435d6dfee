import { expect, it } from 'vitest';
import { isQuebecArea, parsePostalArea, postalAreaOf } from './postal-area.ts';

const read = (text: string): string | null => {
	const bytes = new TextEncoder().encode(`A${text}A`);
	return parsePostalArea(bytes, 1, bytes.length - 1);
};

it('reads an area', () => {
	expect(['H2X', 'h2x', ' G1R ', 'J0Y', 'K1A', 'T2W', 'V5Z'].map(read)).toEqual([
		...['H2X', 'H2X', 'G1R', 'J0Y', 'K1A', 'T2W', 'V5Z']
	]);
	const firsts = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => read(`${letter}1A`));
	expect(firsts.join('')).toBe('ABCEGHJKLMNPRSTVXY');
});
it('reads nothing else, and never a full code', () => {
	for (const text of [
		...[
			'',
			'H2',
			'H2X1',
			'H2X 1Y6',
			'H2X1Y6',
			'W1A',
			'H2D',
			'HAX',
			'2HX',
			'H22',
			'É2X',
			'H-X',
			'123',
			'D1A'
		],
		...['H2O', 'H2é', 'Z1A']
	])
		expect(read(text), text).toBeNull();
});
it('takes the area of a full code when asked', () => {
	for (const text of ['H2X 1Y6', 'h2x1y6', 'H2X-1Y6', ' H2X\u00a01Y6 '])
		expect(postalAreaOf(text)).toBe('H2X');
	for (const text of ['H2X', 'H2X 1D6', 'W2X 1Y6', 'H2X  1Y6', '', 'H2X 1Y6'.repeat(9)])
		expect(postalAreaOf(text)).toBeNull();
});
it('knows those of Québec', () => {
	expect(['G1R', 'H2X', 'J0Y', 'K1A', 'A1A'].map(isQuebecArea)).toEqual([
		true,
		true,
		true,
		false,
		false
	]);
});
