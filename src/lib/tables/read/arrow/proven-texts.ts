/** Texts against the bytes that they are made of: places that lie over one another would make gigabytes of a megabyte. */
import type { ArrowArray } from './arrow-array.ts';
import { unreadable } from './arrow-type.ts';

/** Distinct texts that lie over one another (a word, and the name that it ends) are rare: so much of it is let through. */
const TIMES = 4;
const ANY = 1_000_000;

/** Bytes that the distinct texts of an array may take together. */
export const provenBytes = ({ buffers }: ArrowArray): number =>
	TIMES * buffers.reduce((sum, { length }) => sum + length, 0);

/** @throws InvalidError `arrow_file` */
export function checkProven(taken: number, proven: number): void {
	if (taken > ANY + proven) throw unreadable('texts over one another');
}
