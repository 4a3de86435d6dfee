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
