import { expect, it } from 'vitest';
import { Pace } from './pace.ts';

it('says what is left at the pace so far, once there is one', () => {
	const pace = new Pace(1000);
	expect(pace.left(1100, 10, 100)).toBeNull();
	expect(pace.left(3000, 0, 100)).toBeNull();
	expect(pace.left(3000, 25, 100)).toBe(6000);
	expect(pace.left(3000, 100, 100)).toBe(0);
	expect(pace.left(3000, 110, 100)).toBe(0);
});
