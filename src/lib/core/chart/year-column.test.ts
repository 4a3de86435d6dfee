import { expect, test } from 'vitest';
import { isYear } from './year-column.ts';

const column = (name: string, min: number | null = 2008, max: number | null = 2021) =>
	({ name, type: 'integer', min, max }) as const;

test.each(['Année', 'annee', 'ANNÉE_FIN', 'an', 'Exercice', 'year', 'Fiscal year'])(
	'%s is of years',
	(name) => expect(isYear(column(name))).toBe(true)
);
test('values and type count too', () => {
	expect(isYear(column('année', null, null))).toBe(true);
	expect(isYear(column('année', 1, 4))).toBe(false);
	expect(isYear(column('année', 2008.5, 2021))).toBe(false);
	expect(isYear(column('année', 2008, 30_000))).toBe(false);
	expect(isYear({ ...column('année'), type: 'text' })).toBe(false);
	for (const name of [
		'billets',
		'bilan',
		'ancienneté',
		'Années-lumière en moyenne',
		'yearly total'
	])
		expect([name, isYear(column(name))]).toEqual([name, name.startsWith('Années')]);
});
