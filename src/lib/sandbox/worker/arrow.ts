/** Arrow bytes as an Arquero table, of columns that the fast verbs know: see `tables/fast`. */
import { tableFromIPC } from '@uwdata/flechette';
import { ColumnTable } from 'arquero';
import { MS_PER_DAY, VALUE_TYPE_KEY } from '../../tables/column.ts';
import {
	codedColumn,
	gappedColumn,
	textColumn,
	timedColumn
} from '../../tables/fast/fast-column.ts';

/** A column of flechette, as far as it is looked at here. */
interface ArrowColumn {
	readonly length: number;
	readonly nullCount: number;
	readonly type: { readonly typeId: number; readonly unit?: number };
	readonly data: readonly Batch[];
	at(row: number): unknown;
	toArray(): ArrayLike<unknown>;
}
interface Batch {
	readonly length: number;
	readonly nullCount: number;
	/** One bit a row, least significant first. */
	readonly validity?: Uint8Array;
	readonly values: ArrayLike<number | bigint>;
	/** Of a dictionary's batch. */
	readonly dictionary?: ArrowColumn;
	/** Of a batch of dates: their milliseconds. */
	readonly source?: Batch;
	at(row: number): unknown;
}

/** Arrow's type ids, and its unit of whole days. */
const DICTIONARY = -1;
const INT = 2;
const FLOAT = 3;
const UTF8 = 5;
const BOOL = 6;
const DECIMAL = 7;
const DATE = 8;
const TIMESTAMP = 10;
const LARGE_UTF8 = 20;
const UTF8_VIEW = 24;
const DAYS = 0;

/**
 * What a file says of its columns' values. By the column itself, whatever its name in a table: verbs hand on the
 * columns that they leave as they are, and make others of what they compute, which are none of the file's.
 */
const valueTypes = new WeakMap<object, string>();

/** What the file that a column comes from says of its values; not believed, see `isShownAs`. */
export const valueTypeOf = (column: object): string | null => valueTypes.get(column) ?? null;

/**
 * Numbers without missing values become plain typed arrays (most often without a copy), texts and booleans codes,
 * dates numbers of days or milliseconds; nested values stay as they are read. Throws what the reader throws for bytes
 * that are no Arrow table.
 */
export function readArrow(bytes: ArrayBuffer): ColumnTable {
	const read = tableFromIPC(new Uint8Array(bytes), { useDate: true });
	const columns = read.schema.fields.map(({ name }, i) => {
		const column = read.getChildAt(i) as unknown as ArrowColumn;
		return [name, madeOf(column)] as const;
	});
	const made = new ColumnTable(
		Object.fromEntries(columns) as never,
		read.schema.fields.map(({ name }) => name)
	);
	for (const { name, metadata } of read.schema.fields) {
		const said = metadata?.get(VALUE_TYPE_KEY);
		const column: unknown = made.column(name);
		if (said !== undefined && typeof column === 'object' && column !== null)
			valueTypes.set(column, said);
	}
	return made;
}

function madeOf(column: ArrowColumn): unknown {
	switch (column.type.typeId) {
		case INT:
		case FLOAT:
		case DECIMAL:
			return numbers(column);
		case DATE:
		case TIMESTAMP:
			return times(column);
		case BOOL:
			return booleans(column);
		case DICTIONARY:
			return dictionary(column);
		case UTF8:
		case LARGE_UTF8:
		case UTF8_VIEW:
			return texts(column.length, (row) => column.at(row) as string | null);
		default:
			return column;
	}
}

function numbers(column: ArrowColumn): unknown {
	const values = column.toArray();
	if (column.nullCount === 0)
		return values instanceof BigInt64Array || values instanceof BigUint64Array
			? Float64Array.from(values, Number)
			: values;
	const made = new Float64Array(column.length);
	const valid = new Uint8Array(column.length);
	for (let row = 0; row < made.length; row++) {
		const value = values[row];
		if (value === null) continue;
		made[row] = Number(value);
		valid[row] = 1;
	}
	return gappedColumn(made, valid);
}

function times(column: ArrowColumn): unknown {
	const { length } = column;
	const days = column.type.typeId === DATE && column.type.unit === DAYS;
	const values = days ? new Int32Array(length) : new Float64Array(length);
	const valid = column.nullCount > 0 ? new Uint8Array(length) : null;
	let row = 0;
	for (const batch of column.data) {
		// No date is made to read its time.
		const source = batch.source ?? batch;
		for (let i = 0; i < batch.length; i++, row++) {
			const value = source.at(i);
			if (value === null) continue;
			values[row] = days ? Math.round(Number(value) / MS_PER_DAY) : Number(value);
			if (valid) valid[row] = 1;
		}
	}
	return timedColumn(values, days ? MS_PER_DAY : 1, valid);
}

function booleans(column: ArrowColumn): unknown {
	const codes = new Uint8Array(column.length);
	for (let row = 0; row < codes.length; row++) {
		const value = column.at(row);
		codes[row] = value === null ? 2 : value ? 1 : 0;
	}
	return codedColumn(codes, column.nullCount > 0 ? [false, true, null] : [false, true]);
}

/**
 * Codes as they are in the file, where no two stand for one value and each stands for some; a code for what is missing
 * after them. A copy: cells may be handed the file's bytes, and could write in them.
 */
function dictionary(column: ArrowColumn): unknown {
	const values = Array.from(column.data.at(-1)?.dictionary?.toArray() ?? []);
	const missing = values.length;
	const codes = new Int32Array(column.length);
	let row = 0;
	let known = new Set(values).size === values.length;
	for (const batch of column.data) {
		const { length, values: keys, validity, nullCount } = batch;
		for (let i = 0; i < length; i++, row++) {
			const there =
				nullCount === 0 || !validity || (((validity[i >> 3] as number) >> (i & 7)) & 1) === 1;
			const code = there ? Number(keys[i]) : missing;
			codes[row] = code;
			if (!(code >= 0 && code <= missing) || (code === missing && there)) known = false;
		}
	}
	if (!values.every((value) => typeof value === 'string')) return column;
	if (!known) return texts(column.length, (row) => column.at(row) as string | null);
	return textColumn(
		codes,
		column.nullCount > 0 ? [...(values as string[]), null] : (values as string[])
	);
}

function texts(length: number, at: (row: number) => string | null): unknown {
	const codes = new Int32Array(length);
	const known = new Map<string | null, number>();
	for (let row = 0; row < length; row++) {
		const text = at(row) ?? null;
		let code = known.get(text);
		if (code === undefined) known.set(text, (code = known.size));
		codes[row] = code;
	}
	return textColumn(codes, [...known.keys()]);
}
