import { describe, expect, it } from 'vitest';
import type { PictureTips, TipLayer } from '../../core/protocol/messages.ts';
import { nearestPoint, pointAfter, pointsOf, REACH, signPlace } from './chart-points.ts';

const layer = (change: Partial<TipLayer>): TipLayer => ({
	...{ mark: 'dot', by: 'xy', starts: [0], x: [], y: [], w: [], h: [] },
	lines: [],
	...change
});
const tips = (...layers: TipLayer[]): PictureTips => ({
	...{ part: 0, width: 600, height: 400, left: 0 },
	layers
});
const two = pointsOf(
	tips(
		layer({
			...{ by: 'x', starts: [0, 3], x: [10, 20, 30, 12, 22, 32], y: [5, 5, 5, 300, 300, 300] },
			lines: [
				{ label: 'v', texts: ['a', '', 'c', 'd', 'e', 'f'], colors: [] },
				{ label: 'w', texts: ['1', '2', '3', '4', '5', '6'], colors: ['red', '', '', '', '', ''] }
			]
		})
	)
);

describe('a sign on a point', () => {
	const at = (change: Partial<TipLayer>) => {
		const [point] = pointsOf(tips(layer({ x: [100], y: [50], ...change })));
		return point && signPlace(point);
	};

	it('is at the end of a bar that lies, at the top of one that stands, on what is a point', () => {
		expect(at({ by: 'y', w: [180], h: [20] })).toEqual({ x: 190, y: 50 });
		expect(at({ by: 'x', w: [20], h: [80] })).toEqual({ x: 100, y: 10 });
		expect(at({ by: 'xy', w: [0], h: [0] })).toEqual({ x: 100, y: 50 });
		expect(at({ by: 'y', w: [0], h: [0] })).toEqual({ x: 100, y: 50 });
	});
});

describe('points of a chart', () => {
	it('are read in order, with their series and the lines that they have', () => {
		expect(two.map(({ series }) => series)).toEqual([0, 0, 0, 1, 1, 1]);
		expect(two[0]?.lines).toEqual([
			{ label: 'v', text: 'a', color: '' },
			{ label: 'w', text: '1', color: 'red' }
		]);
		expect(two[1]?.lines.map(({ label }) => label)).toEqual(['w']);
	});

	it('are found along their axis first, and within reach', () => {
		expect(nearestPoint(two, 21, 200, REACH)?.at).toBe(4);
		expect(nearestPoint(two, 19, 200, REACH)?.at).toBe(1);
		expect(nearestPoint(two, 100, 5, REACH)).toBeNull();
		const dots = pointsOf(tips(layer({ x: [10, 12], y: [0, 90] })));
		expect(nearestPoint(dots, 12, 10, REACH)?.at).toBe(0);
		expect(nearestPoint(dots, 11, 45, REACH)).toBeNull();
	});

	it('are found by the box that holds the pointer', () => {
		const stacked = pointsOf(
			tips(layer({ by: 'x', x: [50, 50], y: [110, 205], w: [40, 40], h: [180, 10] }))
		);
		// Nearer to the middle of the other one.
		expect(nearestPoint(stacked, 50, 195, REACH)?.at).toBe(0);
		expect(nearestPoint(stacked, 50, 203, REACH)?.at).toBe(1);
		expect(nearestPoint(stacked, 50, 390, REACH)?.at).toBe(1);
	});

	it('are gone through by the keyboard', () => {
		const step = (from: number | null, key: string) =>
			pointAfter(two, from === null ? null : (two[from] ?? null), key)?.at;
		expect(step(null, 'ArrowRight')).toBe(0);
		expect(step(null, 'ArrowLeft')).toBe(5);
		expect(step(0, 'ArrowRight')).toBe(1);
		expect(step(2, 'ArrowRight')).toBe(3);
		expect(step(5, 'ArrowRight')).toBe(5);
		expect(step(0, 'ArrowLeft')).toBe(0);
		expect(step(1, 'ArrowDown')).toBe(4);
		expect(step(4, 'ArrowUp')).toBe(1);
		expect(step(4, 'ArrowDown')).toBe(4);
		expect(step(3, 'Home')).toBe(0);
		expect(step(3, 'End')).toBe(5);
		expect(step(3, 'a')).toBeUndefined();
		expect(pointAfter([], null, 'Home')).toBeNull();
	});
});
