/** Columns from plain JavaScript values: for generated data, small tables and tests. Import has its own builders. */
import { MS_PER_DAY, type Column, type TextDictionary } from './column.ts';

/** The bitmap of what is there, or null when nothing is missing. */
function validity(values: readonly unknown[]): {
	valid: Uint8Array<ArrayBuffer> | null;
	missing: number;
} {
	const valid = new Uint8Array((values.length + 7) >> 3);
	let missing = 0;
	for (let row = 0; row < values.length; row++)
		if (values[row] == null) missing++;
		else valid[row >> 3] = (valid[row >> 3] ?? 0) | (1 << (row & 7));
	return { valid: missing ? valid : null, missing };
}

const base = (name: string, values: readonly unknown[]) => ({
	name,
	length: values.length,
	...validity(values)
});

/** Texts, each distinct one kept once, in order of first appearance. */
export function textColumn(name: string, values: readonly (string | null)[]): Column {
	const codes = new Int32Array(values.length);
	const seen = new Map<string, number>();
	values.forEach((value, row) => {
		if (value === null) return;
		let code = seen.get(value);
		if (code === undefined) seen.set(value, (code = seen.size));
		codes[row] = code;
	});
	return { ...base(name, values), type: 'text', codes, dictionary: dictionaryOf([...seen.keys()]) };
}

export function dictionaryOf(texts: readonly string[]): TextDictionary {
	const encoder = new TextEncoder();
	const parts = texts.map((text) => encoder.encode(text));
	const offsets = new Int32Array(texts.length + 1);
	parts.forEach((part, i) => (offsets[i + 1] = (offsets[i] ?? 0) + part.length));
	const bytes = new Uint8Array(offsets[texts.length] ?? 0);
	parts.forEach((part, i) => bytes.set(part, offsets[i]));
	return { offsets, bytes };
}

export const numberColumn = (name: string, values: readonly (number | null)[]): Column => ({
	...base(name, values),
	type: 'number',
	values: Float64Array.from(values, (v) => v ?? 0)
});

/** Whole numbers of 32 bits; throws `RangeError` on anything else. */
export function integerColumn(name: string, values: readonly (number | null)[]): Column {
	for (const value of values)
		if (value !== null && value !== (value | 0))
			throw new RangeError(`not a 32-bit integer: ${value}`);
	return { ...base(name, values), type: 'integer', values: Int32Array.from(values, (v) => v ?? 0) };
}

/** @param values `YYYY-MM-DD`, or milliseconds since the epoch */
export const dateColumn = (name: string, values: readonly (string | number | null)[]): Column => ({
	...base(name, values),
	type: 'date',
	values: Int32Array.from(values, (v) => (v === null ? 0 : Math.floor(epochMs(v) / MS_PER_DAY)))
});

/** @param values ISO 8601 (read as UTC when it names no zone), or milliseconds since the epoch */
export const dateTimeColumn = (
	name: string,
	values: readonly (string | number | null)[]
): Column => ({
	...base(name, values),
	type: 'datetime',
	values: BigInt64Array.from(values, (v) => (v === null ? 0n : BigInt(epochMs(v))))
});

function epochMs(value: string | number): number {
	const local = typeof value === 'string' && /T[\d:.]+$/.test(value);
	const ms = typeof value === 'number' ? value : Date.parse(local ? `${value}Z` : value);
	if (!Number.isFinite(ms)) throw new RangeError(`not a date: ${value}`);
	return ms;
}

export function booleanColumn(name: string, values: readonly (boolean | null)[]): Column {
	const bits = new Uint8Array((values.length + 7) >> 3);
	values.forEach((value, row) => {
		if (value) bits[row >> 3] = (bits[row >> 3] ?? 0) | (1 << (row & 7));
	});
	return { ...base(name, values), type: 'boolean', values: bits };
}
