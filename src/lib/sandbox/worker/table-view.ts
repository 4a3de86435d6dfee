/** What the host asks of a table that stays here: types of columns, windows of rows, a summary. */
import type { ColumnTable } from 'arquero';
import type {
	ColumnInfo,
	ColumnSummary,
	ColumnType,
	Scalar,
	TableSummary,
	TableWindow
} from '../../core/protocol/messages.ts';
import { isShownAs } from '../../core/dataset/value-type.ts';
import { LIMITS } from '../../core/protocol/messages.ts';
import { valueTypeOf } from './arrow.ts';

/** A column as Arquero gives it. */
interface Column {
	readonly length: number;
	at(row: number): unknown;
}

/** Rows looked at to tell a column's type. */
const TYPE_SAMPLE = 1_000;
const BINS = 20;
const TOP = 5;
const MAX_DISTINCT = 1_000;
const DAY_MS = 86_400_000;

const columnOf = (table: ColumnTable, name: string): Column | null =>
	(table.column(name) as Column | undefined) ?? null;

/** The backing rows, in the order that people see, or null when all rows are there in order. */
export function rowsOf(table: ColumnTable): Uint32Array | null {
	return table.isFiltered() || table.isOrdered() ? (table.indices() as Uint32Array) : null;
}

export function columnsOf(table: ColumnTable): ColumnInfo[] {
	const rows = sampleOf(table);
	return table
		.columnNames()
		.slice(0, LIMITS.columns)
		.map((name) => {
			const column = columnOf(table, name);
			const type = column ? typeOf(column, rows) : 'other';
			const valueType = column && valueTypeOf(column);
			return { name, type, ...(isShownAs(valueType, type) ? { valueType } : {}) };
		});
}

/** What a filter kept, as Arquero has it: a bit for each backing row. */
interface Mask {
	/** The first kept row at or after `row`, or -1. */
	next(row: number): number;
}

/**
 * Backing rows to tell types by: the first ones, then a few further on in case all of those are missing. Order does
 * not matter here, so that a table that is described and not read is never sorted nor its rows listed.
 */
function sampleOf(table: ColumnTable): { first: readonly number[]; sparse: readonly number[] } {
	const total = table.totalRows();
	const mask = table.mask() as Mask | null;
	const at = (row: number): number => (mask ? mask.next(row) : row < total ? row : -1);
	const first: number[] = [];
	let row = at(0);
	for (; row >= 0 && first.length < TYPE_SAMPLE; row = at(row + 1)) first.push(row);
	const sparse: number[] = [];
	const step = Math.max(1, total >> 10);
	for (; row >= 0; row = at(row + step)) sparse.push(row);
	return { first, sparse };
}

function typeOf(column: Column, { first, sparse }: ReturnType<typeof sampleOf>): ColumnType {
	let type: ColumnType | null = null;
	const look = (row: number): void => {
		const value = column.at(row);
		if (value === null || value === undefined) return;
		type = type === null ? typeOfValue(value) : wider(type, typeOfValue(value));
	};
	for (const row of first) look(row);
	for (const row of sparse) {
		if (type !== null) break;
		look(row);
	}
	return type ?? 'other';
}

function typeOfValue(value: unknown): ColumnType {
	switch (typeof value) {
		case 'string':
			return 'text';
		case 'number':
			return Number.isInteger(value) ? 'integer' : 'number';
		case 'bigint':
			return 'integer';
		case 'boolean':
			return 'boolean';
		default:
			if (!(value instanceof Date)) return 'other';
			return +value % DAY_MS === 0 || Number.isNaN(+value) ? 'date' : 'datetime';
	}
}

function wider(a: ColumnType, b: ColumnType): ColumnType {
	if (a === b) return a;
	const both = [a, b];
	if (both.includes('number') && both.includes('integer')) return 'number';
	if (both.includes('date') && both.includes('datetime')) return 'datetime';
	return 'other';
}

/** A value as a grid cell holds it: dates as epoch ms, what is no scalar as a short text. */
export function scalarOf(value: unknown): Scalar {
	switch (typeof value) {
		case 'string':
			return value.length > LIMITS.textChars ? value.slice(0, LIMITS.textChars) : value;
		case 'number':
		case 'boolean':
			return value;
		case 'bigint':
			return Number(value);
		case 'object':
			if (value === null) return null;
			if (value instanceof Date) return +value;
			try {
				return (JSON.stringify(value) ?? '').slice(0, LIMITS.textChars);
			} catch {
				return '…';
			}
		default:
			return null;
	}
}

/**
 * `count` rows from `offset`, fewer at the end; or the rows listed in `order`, from its beginning.
 * Throws RangeError for a request that no window answers.
 */
export function windowOf(
	table: ColumnTable,
	offset: number,
	count: number,
	names: readonly string[] | null,
	order: Uint32Array | null = null
): TableWindow {
	if (!Number.isInteger(offset) || !Number.isInteger(count) || offset < 0 || count < 0) {
		throw new RangeError('window');
	}
	const from = order ? offset : Math.min(offset, table.numRows());
	const size = Math.min(count, LIMITS.windowRows, order ? order.length : table.numRows() - from);
	const rows = rowsOf(table);
	const columns = (names ?? table.columnNames().slice(0, LIMITS.columns)).map((name) => {
		const column = columnOf(table, name);
		const values: Scalar[] = [];
		for (let i = 0; i < size; i++) {
			const row = order ? (order[i] ?? 0) : from + i;
			values.push(column ? scalarOf(column.at(rows ? (rows[row] ?? 0) : row)) : null);
		}
		return values;
	});
	return { offset: from, columns };
}

export function summaryOf(table: ColumnTable): TableSummary {
	const rows = rowsOf(table);
	const total = table.numRows();
	return {
		rows: total,
		columns: columnsOf(table).map((info) => {
			const column = columnOf(table, info.name);
			return column ? summarise(info, column, rows, total) : emptySummary(info, total);
		})
	};
}

const emptySummary = (info: ColumnInfo, missing: number): ColumnSummary => ({
	...info,
	missing,
	distinct: 0,
	min: null,
	max: null,
	mean: null,
	bins: [],
	top: []
});

function summarise(
	info: ColumnInfo,
	column: Column,
	rows: Uint32Array | null,
	total: number
): ColumnSummary {
	const measured = info.type === 'number' || info.type === 'integer';
	const dated = info.type === 'date' || info.type === 'datetime';
	const counts = new Map<Scalar, number>();
	let missing = 0;
	let tooMany = false;
	let min = Infinity;
	let max = -Infinity;
	let sum = 0;
	let finite = 0;
	const numbers = measured || dated ? new Float64Array(total) : null;
	for (let i = 0; i < total; i++) {
		const value = column.at(rows ? (rows[i] ?? 0) : i);
		if (
			value === null ||
			value === undefined ||
			(typeof value === 'number' && Number.isNaN(value))
		) {
			missing += 1;
			continue;
		}
		if (numbers) {
			const number = Number(value);
			if (Number.isFinite(number)) {
				numbers[finite++] = number;
				sum += number;
				if (number < min) min = number;
				if (number > max) max = number;
			}
		}
		if (!tooMany) {
			const key = numbers ? Number(value) : scalarOf(value);
			counts.set(key, (counts.get(key) ?? 0) + 1);
			// Texts go on being counted past the limit of `distinct` while there are few enough to keep.
			if (counts.size > (numbers ? MAX_DISTINCT : 50_000)) tooMany = true;
		}
	}
	const base = {
		...info,
		missing,
		distinct: tooMany || counts.size > MAX_DISTINCT ? null : counts.size
	};
	if (numbers) {
		const some = finite > 0;
		return {
			...base,
			min: some ? min : null,
			max: some ? max : null,
			mean: some && measured ? sum / finite : null,
			bins: some ? binsOf(numbers.subarray(0, finite), min, max) : [],
			top: []
		};
	}
	const top = tooMany ? [] : [...counts].sort((a, b) => b[1] - a[1]).slice(0, TOP);
	return {
		...base,
		min: null,
		max: null,
		mean: null,
		bins: top.map(([, count]) => count),
		top: top.map(([value]) => String(value))
	};
}

function binsOf(numbers: Float64Array, min: number, max: number): number[] {
	const bins = new Array<number>(BINS).fill(0);
	const width = (max - min) / BINS;
	for (const number of numbers) {
		const bin = width > 0 ? Math.min(BINS - 1, Math.floor((number - min) / width)) : 0;
		bins[bin] = (bins[bin] ?? 0) + 1;
	}
	return bins;
}
