/**
 * Samples that can be drawn again: of a table of so many rows, so many, the same rows each time. Arquero draws by
 * chance, or by a seed that the person's code gives; where it gives one, that one counts.
 */
import { seed } from 'arquero';

/** The seed that the person's code gave; null: ours, made of the table's size and the sample's. */
let given: number | null = null;

/** `aq.seed` as cells have it. What is not a number takes the seed away, as in Arquero. */
export function seedByCode(value: unknown): void {
	const number = value === null || value === undefined ? NaN : Number(value);
	given = Number.isFinite(number) ? number : null;
	seed(given as number);
}

/** Runs what draws rows of a table: `rows` of them are there, `count` are asked for. */
export function drawing<T>(rows: number, count: number, draw: () => T): T {
	if (given !== null) return draw();
	seed(mixed(rows, count));
	try {
		return draw();
	} finally {
		// Other chance (`op.random`) stays what it was.
		seed(null as unknown as number);
	}
}

/** From 1 on: Arquero takes what is less for a part of the whole. Neighbouring sizes give seeds that are far apart. */
function mixed(rows: number, count: number): number {
	let hash = Math.imul(rows ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(count + 0x7f4a7c15, 0xc2b2ae35);
	hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
	hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
	return ((hash ^ (hash >>> 15)) & 0x7fffffff) + 1;
}
