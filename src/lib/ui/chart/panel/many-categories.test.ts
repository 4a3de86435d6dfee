import { describe, expect, it } from 'vitest';
import {
	channelOf,
	newChart,
	type ChartColumn,
	type ChartProfile
} from '../../../core/chart/chart-spec.ts';
import { manyCategories } from './many-categories.ts';

const column = (name: string, distinct: number | null, type: ChartColumn['type'] = 'text') => ({
	...{ name, type, distinct, missing: 0, min: null, max: null, top: [] }
});
const PROFILE: ChartProfile = {
	rows: 500,
	columns: [
		column('cinq', 5),
		column('neuf', 9),
		column('trente', 30),
		column('inconnu', null),
		column('date', 400, 'date'),
		column('n', 400, 'integer')
	]
};
const count = channelOf(null, { aggregate: 'count' });
const bars = (x: string, colour: string | null, more: Parameters<typeof newChart>[3] = {}) =>
	manyCategories(
		newChart(
			'ventes',
			'bars',
			{ x: channelOf(x), y: count, colour: colour === null ? null : channelOf(colour) },
			more
		),
		PROFILE
	);

describe('too many categories', () => {
	it('are more than the palette has colours', () => {
		expect(bars('cinq', 'neuf', { palette: 'carnet' })).toEqual([
			{ name: 'colour', count: 9, most: 5, keep: 5 }
		]);
		expect(bars('cinq', 'neuf')).toEqual([{ name: 'colour', count: 9, most: 8, keep: 7 }]);
		expect(bars('neuf', 'cinq', { palette: 'carnet' })).toEqual([]);
	});
	it('are not those that are brought out, nor those that are gathered', () => {
		const highlight = { values: ['a'], text: null };
		expect(bars('cinq', 'neuf', { palette: 'carnet', highlight })).toEqual([]);
		const gathered = (keep: string[], palette: string | null) =>
			manyCategories(
				newChart(
					'ventes',
					'bars',
					{
						x: channelOf('cinq'),
						y: count,
						colour: channelOf('neuf', { gather: { keep, rest: 'Autres' } })
					},
					{ palette }
				),
				PROFILE
			);
		// Five colours, and grey.
		expect(gathered([...'abcde'], 'carnet')).toEqual([]);
		expect(gathered([...'abcdef'], 'carnet')).toEqual([
			{ name: 'colour', count: 7, most: 5, keep: 5 }
		]);
		expect(gathered([...'abcdefg'], null)).toEqual([]);
	});
	it('are more bars than one reads', () => {
		expect(bars('trente', null)).toEqual([{ name: 'x', count: 30, most: 25, keep: 12 }]);
		expect(bars('trente', null, { limit: 10, order: { by: 'value', descending: true } })).toEqual(
			[]
		);
		expect(bars('trente', null, { order: { by: 'list', values: ['a'] } })).toEqual([]);
	});
	it('are no numbers, no dates, and not unknown', () => {
		for (const name of ['n', 'date', 'inconnu', 'absent']) expect(bars(name, null)).toEqual([]);
		const lines = newChart('ventes', 'lines', { x: channelOf('trente'), y: count });
		expect(manyCategories(lines, PROFILE)).toEqual([]);
	});
});
