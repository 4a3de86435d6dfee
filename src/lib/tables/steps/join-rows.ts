/** Two tables by what they have in common, in the order that Arquero's joins give. */
import type { ColumnTable } from 'arquero';
import { BitSet } from 'arquero/src/table/BitSet.js';
import { columnSet } from 'arquero/src/table/ColumnSet.js';
import { keyFunction } from 'arquero/src/util/key-function.js';
import type { RowValue } from './operation.ts';
import { allow, type StepLimits } from './step-limits.ts';

/** Values of each table that have to be the same. Missing ones are equal to nothing. */
export interface JoinKeys {
	readonly left: readonly RowValue[];
	readonly right: readonly RowValue[];
}

/** A column of the result, of a row of each table; `NO_ROW` where there is none. */
export interface JoinedColumn {
	readonly name: string;
	readonly value: (left: number, right: number) => unknown;
}

export const NO_ROW = -Infinity;

type RowKey = (row: number) => unknown;
const keyOf = (values: readonly RowValue[]): RowKey => keyFunction(values as never, true);
/** Null and NaN are the keys of rows that match nothing. */
const matches = (key: unknown): boolean => key !== null && key !== undefined && !Number.isNaN(key);

export interface JoinOptions {
	/** Keeps rows of that side that match nothing. */
	readonly keepLeft: boolean;
	readonly keepRight: boolean;
	readonly limits: StepLimits;
}

export function joinRows(
	left: ColumnTable,
	right: ColumnTable,
	keys: JoinKeys,
	made: readonly JoinedColumn[],
	{ keepLeft, keepRight, limits }: JoinOptions
): ColumnTable {
	const rowsL = left.indices(false);
	const rowsR = right.indices(false);
	// The larger is gone through, in its order; the smaller is looked up.
	const swapped = rowsL.length < rowsR.length;
	const [scanned, looked] = swapped ? [rowsR, rowsL] : [rowsL, rowsR];
	const scanKey = keyOf(swapped ? keys.right : keys.left);
	const places = placesByKey(looked, keyOf(swapped ? keys.left : keys.right));

	const found = Array.from(scanned, (row) => places.get(scanKey(row)) ?? null);
	const hit = new Uint8Array(looked.length);
	const met = new Set<readonly number[]>();
	let rows = 0;
	let lonely = 0;
	for (const list of found) {
		if (!list) {
			lonely += 1;
			continue;
		}
		rows += list.length;
		// Once for each key: a key that both tables have many rows of is no work for each pair of them.
		if (met.has(list)) continue;
		met.add(list);
		for (const place of list) hit[place] = 1;
	}
	const keepScanned = swapped ? keepRight : keepLeft;
	const keepLooked = swapped ? keepLeft : keepRight;
	if (keepScanned) rows += lonely;
	if (keepLooked) for (const one of hit) if (!one) rows += 1;
	allow(limits, rows, made.length);

	const pairedL = new Float64Array(rows);
	const pairedR = new Float64Array(rows);
	let at = 0;
	const pair = (scan: number, look: number): void => {
		pairedL[at] = swapped ? look : scan;
		pairedR[at] = swapped ? scan : look;
		at += 1;
	};
	for (const [i, list] of found.entries())
		for (const place of list ?? []) pair(scanned[i] ?? 0, looked[place] ?? 0);
	const lonelyScanned = (): void => {
		if (keepScanned)
			for (const [i, list] of found.entries()) if (!list) pair(scanned[i] ?? 0, NO_ROW);
	};
	const lonelyLooked = (): void => {
		if (keepLooked) for (const [i, one] of hit.entries()) if (!one) pair(NO_ROW, looked[i] ?? 0);
	};
	// Those of the left come first.
	if (swapped) {
		lonelyLooked();
		lonelyScanned();
	} else {
		lonelyScanned();
		lonelyLooked();
	}

	const columns = columnSet();
	for (const { name, value } of made) {
		const list = Array<unknown>(rows);
		for (let i = 0; i < rows; i++) list[i] = value(pairedL[i] ?? 0, pairedR[i] ?? 0);
		columns.add(name, list);
	}
	return columns.new(left);
}

function placesByKey(rows: ArrayLike<number>, key: RowKey): Map<unknown, number[]> {
	const places = new Map<unknown, number[]>();
	for (let place = 0; place < rows.length; place++) {
		const found = key(rows[place] ?? 0);
		if (!matches(found)) continue;
		const same = places.get(found);
		if (same) same.push(place);
		else places.set(found, [place]);
	}
	return places;
}

/** The last row of each key. */
function lastByKey(table: ColumnTable, key: RowKey): Map<unknown, number> {
	const rows = new Map<unknown, number>();
	table.scan((row = 0) => {
		const found = key(row);
		if (matches(found)) rows.set(found, row);
	});
	return rows;
}

/** Rows of the left that match one of the right; or, turned around, those that match none. */
export function matchingRows(
	left: ColumnTable,
	right: ColumnTable,
	keys: JoinKeys,
	wanted: boolean
): ColumnTable {
	const known = lastByKey(right, keyOf(keys.right));
	const key = keyOf(keys.left);
	const filter = new BitSet(left.totalRows());
	left.scan((row = 0) => {
		if (known.has(key(row)) === wanted) filter.set(row);
	});
	return left.create({ filter });
}

/** Brings columns of the row that matches: the last, where several do. */
export function lookUpRows(
	left: ColumnTable,
	right: ColumnTable,
	keys: JoinKeys,
	names: readonly string[]
): ColumnTable {
	const known = lastByKey(right, keyOf(keys.right));
	const key = keyOf(keys.left);
	const total = left.totalRows();
	const columns = columnSet(left);
	const found: [number, number][] = [];
	left.scan((row = 0) => {
		const match = known.get(key(row));
		if (match !== undefined) found.push([row, match]);
	});
	for (const name of names) {
		const column = right.column(name);
		const list = columns.add(name, Array<unknown>(total).fill(undefined));
		for (const [row, match] of found) list[row] = column?.at(match);
	}
	return columns.derive(left);
}
