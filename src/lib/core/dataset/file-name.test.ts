import { expect, it } from 'vitest';
import { fileNamesAt, fileNamesIn, parseFileName, printFileName } from './file-name.ts';

it('a name comes back as it was printed', () => {
	for (const file of [
		{ slug: 'billetterie-2024', version: 3 },
		{ slug: '9', version: 123456789 },
		{ slug: 'a'.repeat(121), version: 1 }
	])
		expect(parseFileName(printFileName(file))).toEqual(file);
});
it('nothing else is a name', () => {
	for (const name of [
		'',
		'billets.arrow',
		'billets@0.arrow',
		'billets@01.arrow',
		'billets@1.csv',
		'billets@1.arrow ',
		'billets@1234567890.arrow',
		'-a@1.arrow',
		'Billets@1.arrow',
		'a@1@2.arrow',
		'../a@1.arrow',
		`${'a'.repeat(122)}@1.arrow`
	])
		expect(parseFileName(name), name).toBeNull();
});
it('names are found wherever a text holds them', () => {
	expect(fileNamesIn('// a@1.arrow, "b-c@12.arrow"; d@0.arrow')).toEqual([
		'a@1.arrow',
		'b-c@12.arrow'
	]);
	expect(fileNamesIn('rien')).toEqual([]);
});

it('names are found wherever they stand, each once, and never in a name before', () => {
	const at = (text: string) => fileNamesAt(text).map(({ name, at: place }) => [name, place]);
	expect(at('a@1.arrowb@2.arrow')).toEqual([
		['a@1.arrow', 0],
		['b@2.arrow', 9]
	]);
	expect(at('"--b-@3.arrow" @4.arrow A@5.arrow')).toEqual([['b-@3.arrow', 3]]);
	// A longer word is a name by its end.
	expect(at(`${'x'.repeat(200)}@1.arrow`)).toEqual([[`${'x'.repeat(121)}@1.arrow`, 79]]);
	expect(at(`${'x'.repeat(900_000)}@`)).toEqual([]);
});
