/**
 * One column made of several, or of some rows of one: texts get one dictionary in order of first appearance, without
 * any that no row holds, so that the same rows always make the same bytes.
 */
import type { ValueType } from '../../core/dataset/value-type.ts';
import { dictionarySize, hasValue, type Column, type DataType } from '../column.ts';
import { TextInterner } from '../text-interner.ts';

export interface ColumnPiece {
	/** Null: nothing but missing values. Of the type asked for, otherwise. */
	readonly column: Column | null;
	readonly rows: number;
	/** One bit a row, 1 = left out; null keeps them all. */
	readonly without: Uint8Array | null;
}

const isOut = ({ without }: Pick<ColumnPiece, 'without'>, row: number): boolean =>
	without !== null && (((without[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;

/** @throws RangeError if a piece is of another type */
export function concatenate(
	name: string,
	type: DataType,
	valueType: ValueType | undefined,
	pieces: readonly ColumnPiece[]
): Column {
	for (const { column } of pieces)
		if (column && column.type !== type) throw new RangeError(`${column.type} is not ${type}`);
	let length = 0;
	for (const piece of pieces)
		if (piece.without === null) length += piece.rows;
		else for (let row = 0; row < piece.rows; row++) if (!isOut(piece, row)) length++;

	const bits = new Uint8Array((length + 7) >> 3);
	const write = makeWriter(type, length);
	let missing = 0;
	let at = 0;
	for (const piece of pieces) {
		const { column } = piece;
		const copy = column ? write.from(column) : null;
		for (let row = 0; row < piece.rows; row++) {
			if (isOut(piece, row)) continue;
			if (column && copy && hasValue(column, row)) {
				bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
				copy(row, at);
			} else missing++;
			at++;
		}
	}
	return write.finish({
		name,
		length,
		missing,
		valid: missing ? bits : null,
		...(valueType ? { valueType } : {})
	});
}

type ColumnBase = Pick<Column, 'name' | 'length' | 'missing' | 'valid' | 'valueType'>;

interface Writer {
	/** Answers what copies a row of the column to a place of the result. */
	from(column: Column): (row: number, to: number) => void;
	finish(base: ColumnBase): Column;
}

function makeWriter(type: DataType, length: number): Writer {
	switch (type) {
		case 'text': {
			const codes = new Int32Array(length);
			const interner = new TextInterner();
			return {
				from(column) {
					if (column.type !== 'text') throw new RangeError('text');
					const { bytes, offsets } = column.dictionary;
					const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
					const moved = new Int32Array(dictionarySize(column.dictionary)).fill(-1);
					return (row, to) => {
						const code = column.codes[row] as number;
						let next = moved[code] as number;
						if (next < 0)
							moved[code] = next = interner.intern(
								bytes,
								view,
								offsets[code] as number,
								offsets[code + 1] as number
							);
						codes[to] = next;
					};
				},
				finish: (base) => ({ ...base, type, codes, dictionary: interner.dictionary() })
			};
		}
		case 'boolean': {
			const values = new Uint8Array((length + 7) >> 3);
			return {
				from(column) {
					if (column.type !== 'boolean') throw new RangeError('boolean');
					return (row, to) => {
						if (((column.values[row >> 3] ?? 0) >> (row & 7)) & 1)
							values[to >> 3] = (values[to >> 3] ?? 0) | (1 << (to & 7));
					};
				},
				finish: (base) => ({ ...base, type, values })
			};
		}
		case 'datetime': {
			const values = new BigInt64Array(length);
			return {
				from(column) {
					if (column.type !== 'datetime') throw new RangeError('datetime');
					return (row, to) => (values[to] = column.values[row] as bigint);
				},
				finish: (base) => ({ ...base, type, values })
			};
		}
		case 'number': {
			const values = new Float64Array(length);
			return {
				from(column) {
					if (column.type !== 'number') throw new RangeError('number');
					return (row, to) => (values[to] = column.values[row] as number);
				},
				finish: (base) => ({ ...base, type, values })
			};
		}
		case 'integer':
		case 'date': {
			const values = new Int32Array(length);
			return {
				from(column) {
					if (column.type !== 'integer' && column.type !== 'date') throw new RangeError(type);
					return (row, to) => (values[to] = column.values[row] as number);
				},
				finish: (base) => ({ ...base, type, values })
			};
		}
	}
}

/** The same columns without the rows flagged. */
export const withoutRows = (columns: readonly Column[], without: Uint8Array): Column[] =>
	columns.map((column) =>
		concatenate(column.name, column.type, column.valueType, [
			{ column, rows: column.length, without }
		])
	);
