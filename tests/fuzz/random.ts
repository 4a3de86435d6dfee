/** Chance that can be repeated: whole numbers under a bound. */
import { seeded as fractions } from '../support/seeded.ts';

export function seeded(seed: number): (below: number) => number {
	const random = fractions(seed);
	return (below) => (random() * below) | 0;
}
