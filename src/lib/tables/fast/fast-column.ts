/**
 * Columns held as typed arrays and dictionary codes, that answer as Arquero's do. What they are made of is known to
 * this room alone: cells of one notebook share them, and a cell that could write in the codes, or change a method,
 * would change what another computes.
 */

export type Codes = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** One code a row, and what each stands for; null has a code of its own. No two codes have one value. */
export interface Coded {
	readonly kind: 'coded';
	readonly codes: Codes;
	readonly values: readonly unknown[];
}
/** Numbers, some of which are missing (null): `valid` has a 1 for each that is not. */
export interface Gapped {
	readonly kind: 'gapped';
	readonly values: Float64Array;
	readonly valid: Uint8Array;
}
/** Dates: so many `unit` milliseconds since 1970 (UTC). Each reading makes a `Date` of its own. */
export interface Timed {
	readonly kind: 'timed';
	readonly values: Int32Array | Float64Array;
	readonly unit: number;
	readonly valid: Uint8Array | null;
}
type Insides = Coded | Gapped | Timed;

/** What Arquero and the rest of the sandbox ask of a column. */
export interface FastColumn {
	readonly length: number;
	at(row: number): unknown;
	get(row: number): unknown;
	toArray(): unknown[];
	[Symbol.iterator](): Iterator<unknown>;
}
export interface TextColumn extends FastColumn {
	/** The same for equal values. */
	key(row: number): number;
}

const insides = new WeakMap<object, Insides>();

/** What one of our columns is made of; null for any other. Never handed to a cell, never written in. */
export const insidesOf = (column: unknown): Insides | null =>
	typeof column === 'object' && column !== null ? (insides.get(column) ?? null) : null;

/** Rows that no column has are `undefined`: a left join asks for the row -∞ where it found none. */
function reading(length: number, at: (row: number) => unknown): FastColumn {
	const toArray = (): unknown[] => Array.from({ length }, (_, row) => at(row));
	return { length, at, get: at, toArray, [Symbol.iterator]: () => toArray()[Symbol.iterator]() };
}

function known<T extends FastColumn>(column: T, made: Insides): T {
	insides.set(column, made);
	return Object.freeze(column);
}

/** @param values distinct, null among them where rows miss theirs */
export function codedColumn(codes: Codes, values: readonly unknown[]): FastColumn {
	const { length } = codes;
	const at = (row: number): unknown => values[codes[row] as number];
	return known(reading(length, at), { kind: 'coded', codes, values });
}

/**
 * As `codedColumn`, of texts. Unlike Arquero's dictionaries it tells nothing of its codes that Arquero would rewrite
 * expressions or make groups by: there `d.s !== 'absent'` keeps no row, values that no row has make groups, and the
 * keys that only the right side of a full join has are lost.
 */
export function textColumn(codes: Codes, values: readonly (string | null)[]): TextColumn {
	const { length } = codes;
	const at = (row: number): unknown => values[codes[row] as number];
	const column: TextColumn = { ...reading(length, at), key: (row) => codes[row] as number };
	return known(column, { kind: 'coded', codes, values });
}

export function gappedColumn(values: Float64Array, valid: Uint8Array): FastColumn {
	const at = (row: number): unknown =>
		valid[row] === 1 ? values[row] : row >= 0 && row < values.length ? null : undefined;
	return known(reading(values.length, at), { kind: 'gapped', values, valid });
}

export function timedColumn(
	values: Int32Array | Float64Array,
	unit: number,
	valid: Uint8Array | null
): FastColumn {
	const at = (row: number): unknown => {
		if (!(row >= 0 && row < values.length)) return undefined;
		return valid === null || valid[row] === 1 ? new Date((values[row] as number) * unit) : null;
	};
	return known(reading(values.length, at), { kind: 'timed', values, unit, valid });
}
