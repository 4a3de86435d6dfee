import { describe, expect, it } from 'vitest';
import {
	dateColumn,
	dateTimeColumn,
	integerColumn,
	numberColumn,
	textColumn
} from '../column-of.ts';
import { qualityOf } from './table-quality.ts';

const day = (text: string): number => Date.parse(text);

describe('the quality of a table', () => {
	it('counts cells, repeats, and rows of each region', async () => {
		const region = {
			...textColumn('région', ['Montréal', 'Montréal', 'Laval', 'Paris', null]),
			valueType: 'region' as const
		};
		const quality = await qualityOf([region, integerColumn('n', [1, 1, null, 4, 5])]);
		expect(quality.rows).toBe(5);
		expect(quality.completeness).toBe(0.8);
		expect(quality.duplicates).toBe(1);
		expect(quality.regions).toEqual({
			column: 'région',
			regions: [
				{ code: '06', rows: 2 },
				{ code: '13', rows: 1 }
			],
			elsewhere: 2
		});
		expect(quality.columns[0]).toMatchObject({
			valueType: 'region',
			top: ['Montréal', 'Laval', 'Paris'],
			topRows: [2, 1, 1],
			outliers: null
		});
	});
	it('a text that only happens to hold a region covers none', async () => {
		expect((await qualityOf([textColumn('ville', ['Montréal'])])).regions).toBeNull();
	});
	it('the period is of what happened, rather than of when it was written down', async () => {
		const { period } = await qualityOf([
			dateColumn('date_modification', ['2026-01-01', '2026-01-02']),
			dateTimeColumn('debut', ['2024-03-09T19:30', null])
		]);
		expect(period).toEqual({
			column: 'debut',
			unit: 'day',
			from: day('2024-03-09'),
			to: day('2024-03-09')
		});
	});
	it('years are a period, and no measure that could stand out', async () => {
		const years = Array.from({ length: 40 }, (_, i) => (i ? 2001 + (i % 5) : 1850));
		const quality = await qualityOf([integerColumn('annee', years)]);
		expect(quality.period).toEqual({ column: 'annee', unit: 'year', from: 1850, to: 2005 });
		expect(quality.columns[0]?.outliers).toBeNull();
		expect((await qualityOf([integerColumn('annexe', years)])).period).toBeNull();
		expect((await qualityOf([integerColumn('annee', [3, 4])])).period).toBeNull();
	});
	it('numbers far from the others are counted', async () => {
		const prices = Array.from({ length: 50 }, (_, i) => (i === 7 ? 9_000 : 20 + (i % 10)));
		expect((await qualityOf([numberColumn('prix', prices)])).columns[0]?.outliers).toBe(1);
	});
	it('an empty table is neither whole nor holed', async () => {
		expect(await qualityOf([])).toMatchObject({ rows: 0, completeness: null, duplicates: 0 });
		expect((await qualityOf([textColumn('t', [])])).completeness).toBeNull();
	});
	it('what interrupts it between columns is heard', async () => {
		let asked = 0;
		const stop = async (): Promise<void> => {
			asked++;
			throw new Error('arrêt');
		};
		await expect(qualityOf([textColumn('a', ['x']), textColumn('b', ['y'])], stop)).rejects.toThrow(
			'arrêt'
		);
		expect(asked).toBe(1);
	});
});
