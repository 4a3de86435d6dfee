/**
 * A table in memory: typed columns laid out as Arrow lays them out, so that writing or reading Arrow copies
 * nothing. A column's name is data: tables are arrays of columns, never objects keyed by name.
 */
import type { ValueType } from '../core/dataset/value-type.ts';

/** Distinct texts as UTF-8 slices: text `i` is `bytes[offsets[i] .. offsets[i + 1])`. */
export interface TextDictionary {
	readonly offsets: Int32Array<ArrayBuffer>;
	readonly bytes: Uint8Array<ArrayBuffer>;
}

interface ColumnBase {
	readonly name: string;
	/** What its values are; absent where that says no more than `type`. */
	readonly valueType?: ValueType;
	/** Rows. */
	readonly length: number;
	readonly missing: number;
	/** One bit a row, least significant first; 1 = there is a value. null when nothing is missing. */
	readonly valid: Uint8Array<ArrayBuffer> | null;
}

export type Column = ColumnBase &
	(
		| {
				readonly type: 'text';
				/** Index in the dictionary; 0 where missing. */
				readonly codes: Int32Array<ArrayBuffer>;
				readonly dictionary: TextDictionary;
		  }
		| { readonly type: 'number'; readonly values: Float64Array<ArrayBuffer> }
		| { readonly type: 'integer'; readonly values: Int32Array<ArrayBuffer> }
		/** Days since 1970-01-01. */
		| { readonly type: 'date'; readonly values: Int32Array<ArrayBuffer> }
		/** As a clock reads in America/Toronto: milliseconds since 1970-01-01T00:00 of that clock. */
		| { readonly type: 'datetime'; readonly values: BigInt64Array<ArrayBuffer> }
		/** One bit a row, least significant first. */
		| { readonly type: 'boolean'; readonly values: Uint8Array<ArrayBuffer> }
	);

/** What a column of data may be; a subset of the protocol's `ColumnType`. */
export type DataType = Column['type'];

/** Of an Arrow field's metadata: what its values are, where that says more than how they are stored. */
export const VALUE_TYPE_KEY = 'carnet:type';

export const MS_PER_DAY = 86_400_000;

export const dictionarySize = (dictionary: TextDictionary): number => dictionary.offsets.length - 1;

export const hasValue = (column: Column, row: number): boolean =>
	column.valid === null || (((column.valid[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;

/** The texts of a dictionary, decoded when first asked for. */
export function dictionaryReader(dictionary: TextDictionary): (code: number) => string {
	const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
	const seen = new Map<number, string>();
	return (code) => {
		let text = seen.get(code);
		if (text === undefined) {
			text = decoder.decode(
				dictionary.bytes.subarray(dictionary.offsets[code], dictionary.offsets[code + 1])
			);
			// Bounded: a grid looks at few of a million texts, again and again.
			if (seen.size > 50_000) seen.clear();
			seen.set(code, text);
		}
		return text;
	};
}

/** Reads a column's cells as the protocol shows them: dates in epoch milliseconds, null where missing. */
export function cellReader(column: Column): (row: number) => string | number | boolean | null {
	switch (column.type) {
		case 'text': {
			const read = dictionaryReader(column.dictionary);
			return (row) => (hasValue(column, row) ? read(column.codes[row] ?? 0) : null);
		}
		case 'date':
			return (row) => (hasValue(column, row) ? (column.values[row] ?? 0) * MS_PER_DAY : null);
		case 'datetime':
			return (row) => (hasValue(column, row) ? Number(column.values[row]) : null);
		case 'boolean':
			return (row) =>
				hasValue(column, row) ? (((column.values[row >> 3] ?? 0) >> (row & 7)) & 1) === 1 : null;
		default:
			return (row) => (hasValue(column, row) ? (column.values[row] ?? null) : null);
	}
}
