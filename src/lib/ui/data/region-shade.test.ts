import { expect, it } from 'vitest';
import { regionScale } from './region-shade.ts';

it('tells regions apart between the one with least rows and the one with most', () => {
	const { least, most, shade } = regionScale([54, 11, 0]);
	expect([least, most]).toEqual([11, 54]);
	expect([0, 11, 20, 30, 54].map(shade)).toEqual([0, 1, 2, 3, 4]);
});

it('does not let the largest hide the others', () => {
	const { shade } = regionScale([3, 40, 600, 90_000]);
	expect([3, 40, 600, 90_000].map(shade)).toEqual([1, 2, 3, 4]);
});

it('needs no two regions', () => {
	expect([0, 7].map(regionScale([7]).shade)).toEqual([0, 4]);
	const none = regionScale([]);
	expect([none.least, none.most, none.shade(0)]).toEqual([0, 0, 0]);
});
