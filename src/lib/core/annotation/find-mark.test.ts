import { describe, expect, it } from 'vitest';
import type { TipKey, TipLayer } from '../protocol/messages.ts';
import { findMark, keysAt } from './find-mark.ts';

const layer = (mark: string, keys: readonly TipKey[]): TipLayer => {
	const points = keys[0]?.codes.map((_, at) => at) ?? [0];
	return {
		...{ mark, by: 'x', starts: [0], w: [], h: [], lines: [], keys },
		...{ x: points, y: points }
	};
};
const column = (name: string, ...values: (string | number)[]): TipKey => {
	const each = [...new Set(values)];
	return { column: name, values: each, codes: values.map((value) => each.indexOf(value)) };
};
const bars = layer('bar', [
	column('région', 'Montréal', 'Estrie', 'Montréal'),
	column('année', 2023, 2023, 2024)
]);
const anchor = (...keys: [string, string | number][]) => ({
	mark: 'bar',
	keys: keys.map(([name, value]) => ({ column: name, value }))
});

describe('the shape that an anchor names', () => {
	it('is found by its keys, wherever it stands', () => {
		expect(findMark([bars], anchor(['année', 2024], ['région', 'Montréal']))).toEqual({
			...{ layer: 0, at: 2, several: false, same: true }
		});
		expect(keysAt(bars, 2)).toEqual([
			{ column: 'région', value: 'Montréal' },
			{ column: 'année', value: 2024 }
		]);
	});

	it('is found in a chart of another kind, which is said', () => {
		const line = layer('line', [column('région', 'Estrie', 'Montréal')]);
		expect(findMark([line], anchor(['région', 'Montréal']))).toEqual({
			...{ layer: 0, at: 1, several: false, same: false }
		});
	});

	it('is looked for in layers of its own kind first', () => {
		const dots = layer('dot', [column('région', 'Montréal')]);
		expect(findMark([dots, bars], anchor(['région', 'Estrie']))).toMatchObject({ layer: 1 });
		expect(findMark([dots, bars], anchor(['région', 'Montréal']))).toMatchObject({
			...{ layer: 1, at: 0, several: true }
		});
	});

	it('is none where a column or a value is there no more, or where nothing was asked', () => {
		expect(findMark([bars], anchor(['région', 'Laval']))).toBeNull();
		expect(findMark([bars], anchor(['région', 'Montréal'], ['mois', 1]))).toBeNull();
		expect(findMark([bars], anchor())).toBeNull();
		expect(findMark([], anchor(['région', 'Montréal']))).toBeNull();
		expect(
			findMark([{ ...bars, keys: undefined } as unknown as TipLayer], anchor(['a', 1]))
		).toBeNull();
	});
});
