import { expect, it } from 'vitest';
import { nearest, slips } from './near.ts';

it('counts slips, a swap of neighbours being one', () => {
	expect(slips('billets', 'billets', 3)).toBe(0);
	expect(slips('bilelts', 'billets', 3)).toBe(1);
	expect(slips('billet', 'billets', 3)).toBe(1);
	expect(slips('', 'abc', 3)).toBe(3);
	expect(slips('abcdef', 'z', 3)).toBe(4);
});

it('suggests a near name, whatever its accents and case, and nothing when none is near', () => {
	expect(nearest('bilets', ['billets', 'ballets'])).toBe('billets');
	expect(nearest('regions', ['régions', 'raisons'])).toBe('régions');
	expect(nearest('Parmois', ['parMois'])).toBe('parMois');
	expect(nearest('x', ['y', 'z'])).toBe('');
	expect(nearest('montant', ['date', 'lieu'])).toBe('');
	expect(nearest('a', ['A'])).toBe('A');
});

it('is what the whole table says, whatever the limit', () => {
	let state = 7;
	const below = (most: number): number => (state = (state * 16_807) % 2_147_483_647) % most;
	const word = (): string =>
		Array.from({ length: below(9) }, () => 'abc'.charAt(below(3))).join('');
	const whole = (a: string, b: string): number => slips(a, b, 100);
	for (let turn = 0; turn < 5_000; turn++) {
		const [a, b, limit] = [word(), word(), below(4)];
		expect([a, b, limit, Math.min(slips(a, b, limit), limit + 1)]).toEqual([
			...[a, b, limit],
			Math.min(whole(a, b), limit + 1)
		]);
	}
});
