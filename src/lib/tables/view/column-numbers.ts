/** The values of a column as numbers, a stretch of rows at a time, whatever their type. */
import { MS_PER_DAY, type Column } from '../column.ts';

export type NumberColumn = Exclude<Column, { type: 'text' | 'boolean' }>;

/** What one of the numbers below is worth where windows show it: days become milliseconds. */
export const unitOf = (column: NumberColumn): number => (column.type === 'date' ? MS_PER_DAY : 1);

/**
 * Reads rows into `out`, from its beginning; NaN where a value is missing, or is no number.
 * @param rows the rows to read; null reads the table in its own order
 */
export function readNumbers(
	column: NumberColumn,
	rows: Uint32Array | null,
	from: number,
	to: number,
	out: Float64Array
): void {
	if (column.type === 'datetime') {
		const { buffer, byteOffset, length } = column.values;
		const words = new Int32Array(buffer, byteOffset, length * 2);
		for (let i = from; i < to; i++) {
			const at = (rows ? (rows[i] as number) : i) * 2;
			out[i - from] = (words[at + 1] as number) * 4_294_967_296 + ((words[at] as number) >>> 0);
		}
	} else if (column.type === 'number') gather(column.values, rows, from, to, out);
	else gatherWhole(column.values, rows, from, to, out);
	const { valid } = column;
	if (!valid) return;
	for (let i = from; i < to; i++) {
		const row = rows ? (rows[i] as number) : i;
		if ((((valid[row >> 3] as number) >> (row & 7)) & 1) === 0) out[i - from] = NaN;
	}
}

// Twice the same, so that each is compiled for one kind of array.
function gather(
	values: Float64Array,
	rows: Uint32Array | null,
	from: number,
	to: number,
	out: Float64Array
): void {
	if (rows) for (let i = from; i < to; i++) out[i - from] = values[rows[i] as number] as number;
	else out.set(values.subarray(from, to));
}
function gatherWhole(
	values: Int32Array,
	rows: Uint32Array | null,
	from: number,
	to: number,
	out: Float64Array
): void {
	if (rows) for (let i = from; i < to; i++) out[i - from] = values[rows[i] as number] as number;
	else out.set(values.subarray(from, to));
}
