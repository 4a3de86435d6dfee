import { describe, expect, it } from 'vitest';
import { MAX_HEIGHT, ScrollMap } from './scroll-map.ts';

describe('ScrollMap', () => {
	it('is one to one while the table is short enough', () => {
		const map = new ScrollMap(1_000, 32, 400);
		expect([map.capped, map.scrollHeight, map.topOf(1234), map.scrollTopOf(1234)]).toEqual([
			false,
			32_000,
			1234,
			1234
		]);
		expect([map.topOf(1e9), map.topOf(-5)]).toEqual([31_600, 0]);
	});

	it('reaches the first and the last of ten million rows', () => {
		const map = new ScrollMap(10_000_000, 32, 400);
		expect(map.scrollHeight).toBe(MAX_HEIGHT);
		expect(map.topOf(0)).toBe(0);
		expect(map.topOf(MAX_HEIGHT - 400)).toBe(10_000_000 * 32 - 400);
		for (const top of [0, 1, 12_345_678, map.last])
			expect(map.topOf(map.scrollTopOf(top))).toBeCloseTo(top, 3);
	});

	it('does not divide by nothing', () => {
		const none = new ScrollMap(0, 32, 400);
		expect([none.topOf(0), none.scrollTopOf(0), none.last]).toEqual([0, 0, 0]);
	});
});
