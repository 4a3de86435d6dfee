import { expect, it } from 'vitest';
import { BOOLEAN_MARK } from '../read/opened-file.ts';
import { BOOLEAN_CROSSES, BOOLEAN_DIGITS, parseBoolean } from './parse-boolean.ts';

const read = (text: string, also?: number): number => {
	const bytes = new TextEncoder().encode(`1${text}1`);
	return parseBoolean(bytes, 1, bytes.length - 1, also);
};

it('reads what says yes and no', () => {
	for (const text of [
		'oui',
		'Oui',
		'OUI',
		'vrai',
		'VRAI',
		'yes',
		'True',
		'o',
		'O',
		'y',
		'Y',
		'✓',
		'✔',
		'☑'
	])
		for (const spaced of [text, ` ${text} `]) expect(read(spaced), text).toBe(1);
	for (const text of ['non', 'Non', 'NON', 'faux', 'no', 'No', 'FALSE', 'n', 'N', '✗', '✘', '☐'])
		for (const spaced of [text, ` ${text} `]) expect(read(spaced), text).toBe(0);
	expect(read(`${String.fromCharCode(BOOLEAN_MARK)}true`)).toBe(1);
	expect(read(`${String.fromCharCode(BOOLEAN_MARK)}false`)).toBe(0);
});
it('reads nothing else', () => {
	for (const text of [
		...[
			'',
			' ',
			'1',
			'0',
			'x',
			'X',
			't',
			'f',
			'T',
			'F',
			'on',
			'ouis',
			'nonn',
			'Actif',
			'Inactif',
			'é',
			'☒',
			'✕'
		],
		...['o.', 'oo', 'nn', 'ok', 'Québec', '–', '✓✓', '10', 'yesno', 'faussement']
	])
		expect(read(text), text).toBe(-1);
});
it('reads digits, and crosses and blanks, where they are asked for', () => {
	expect(['1', '0', ' 1', 'oui'].map((text) => read(text, BOOLEAN_DIGITS))).toEqual([1, 0, 1, 1]);
	expect(['2', '01', '', 'x'].map((text) => read(text, BOOLEAN_DIGITS))).toEqual([-1, -1, -1, -1]);
	expect(['x', 'X', '', ' '].map((text) => read(text, BOOLEAN_CROSSES))).toEqual([1, 1, 0, 0]);
	expect(['1', 'xx', '-'].map((text) => read(text, BOOLEAN_CROSSES))).toEqual([-1, -1, -1]);
	expect(['x', '0'].map((text) => read(text, BOOLEAN_CROSSES + BOOLEAN_DIGITS))).toEqual([1, 0]);
});
