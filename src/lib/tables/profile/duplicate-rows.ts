/** Rows that say nothing new: equal, in every column, to a row before them. */
import { hasValue, type Column } from '../column.ts';

/**
 * How many rows repeat one before them. Missing equals missing, and NaN equals NaN.
 * Works in 12 bytes a row beside the columns.
 */
export function countDuplicateRows(columns: readonly Column[]): number {
	const rows = columns[0]?.length ?? 0;
	if (rows < 2) return 0;
	const keys = columns.map(keyOf);
	const hashes = new Uint32Array(rows);
	for (const key of keys)
		for (let row = 0; row < rows; row++) {
			const hash = Math.imul((hashes[row] as number) ^ (key[row] as number), 0x9e3779b1);
			hashes[row] = (hash ^ (hash >>> 15)) + 0x85ebca6b;
		}
	let size = 16;
	while (size < rows * 2) size *= 2;
	// Row numbers from 1; 0 is an empty place.
	const places = new Int32Array(size);
	let duplicates = 0;
	for (let row = 0; row < rows; row++) {
		let at = (hashes[row] as number) & (size - 1);
		for (;;) {
			const other = (places[at] as number) - 1;
			if (other < 0) {
				places[at] = row + 1;
				break;
			}
			if (hashes[other] === hashes[row] && columns.every((c) => equalAt(c, other, row))) {
				duplicates++;
				break;
			}
			at = (at + 1) & (size - 1);
		}
	}
	return duplicates;
}

/** 32 bits of each row's value: equal values have equal bits. */
function keyOf(column: Column): Int32Array {
	const keys = new Int32Array(column.length);
	switch (column.type) {
		case 'text':
			keys.set(column.codes);
			break;
		case 'integer':
		case 'date':
			keys.set(column.values);
			break;
		case 'boolean':
			for (let row = 0; row < keys.length; row++)
				keys[row] = ((column.values[row >> 3] as number) >> (row & 7)) & 1;
			break;
		default: {
			// -0 is 0, and one NaN stands for all.
			const halves =
				column.type === 'number'
					? new Int32Array(Float64Array.from(column.values, (v) => (v === 0 ? 0 : v)).buffer)
					: new Int32Array(column.values.slice().buffer);
			for (let row = 0; row < keys.length; row++)
				keys[row] = (halves[2 * row] as number) ^ Math.imul(halves[2 * row + 1] as number, 31);
		}
	}
	if (column.valid)
		for (let row = 0; row < keys.length; row++) if (!hasValue(column, row)) keys[row] = 0x7fed;
	return keys;
}

function equalAt(column: Column, a: number, b: number): boolean {
	const there = hasValue(column, a);
	if (there !== hasValue(column, b)) return false;
	if (!there) return true;
	switch (column.type) {
		case 'text':
			return column.codes[a] === column.codes[b];
		case 'boolean':
			return (
				(((column.values[a >> 3] as number) >> (a & 7)) & 1) ===
				(((column.values[b >> 3] as number) >> (b & 7)) & 1)
			);
		case 'number': {
			const x = column.values[a] as number;
			const y = column.values[b] as number;
			return x === y || (x !== x && y !== y);
		}
		default:
			return column.values[a] === column.values[b];
	}
}
