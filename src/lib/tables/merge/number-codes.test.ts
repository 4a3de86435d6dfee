import { expect, it } from 'vitest';
import { NumberCodes } from './number-codes.ts';

it('gives each number one code, as a Map would', () => {
	const codes = new NumberCodes();
	const map = new Map<number, number>();
	let state = 12345;
	const values = Array.from({ length: 50_000 }, (_, i) => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
		const kinds = [state % 5_000, i * 2 ** 31, state / 7, -state, i];
		return kinds[i % kinds.length] as number;
	});
	values.push(0, -0, NaN, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER, 5e-324);
	for (const value of values) {
		let wanted = map.get(value);
		if (wanted === undefined) map.set(value, (wanted = map.size));
		expect(codes.code(value)).toBe(wanted);
	}
	expect(codes.size).toBe(map.size);
});
