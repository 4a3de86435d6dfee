/**
 * A column made of the cells of two others. What no row of the result shows does not come along: neither the bytes of a
 * value that was replaced, nor the texts that only it used.
 */
import { dictionarySize, hasValue, type Column } from '../column.ts';
import { TextInterner } from '../text-interner.ts';
import { cellText } from './cell-text.ts';

/** Where the cells of a result come from, a row each: -1 where not from there. The second goes before the first. */
export interface Origins {
	readonly before: Int32Array;
	readonly after: Int32Array;
}

/**
 * @param before the column of the first table, if it has one
 * @param after that of the second: where both have a row, its cell stands, though it were missing
 */
export function gather(
	before: Column | null,
	after: Column | null,
	{ before: oldRows, after: newRows }: Origins
): Column {
	const model = after ?? before;
	if (!model) throw new RangeError('no column');
	const length = newRows.length;
	const type = before && after ? widened(before.type, after.type) : model.type;
	const valueType =
		before && after && before.valueType !== after.valueType ? undefined : model.valueType;

	const valid = new Uint8Array((length + 7) >> 3);
	let missing = 0;
	/** Calls `take` with the side and row of each cell that has a value. */
	const each = (take: (to: number, side: 0 | 1, from: number) => void): void => {
		missing = 0;
		for (let row = 0; row < length; row++) {
			const next = newRows[row] as number;
			const last = oldRows[row] as number;
			const side = after && next >= 0 ? 1 : 0;
			const from = side ? next : last;
			const column = side ? after : before;
			if (!column || from < 0 || !hasValue(column, from)) missing++;
			else {
				valid[row >> 3] = (valid[row >> 3] as number) | (1 << (row & 7));
				take(row, side, from);
			}
		}
	};
	const base = () => ({
		name: model.name,
		length,
		missing,
		valid: missing ? valid : null,
		...(valueType !== undefined && { valueType })
	});
	const sides = [before, after] as const;

	switch (type) {
		case 'text': {
			const codes = new Int32Array(length);
			const interner = new TextInterner();
			const coders = sides.map((column) => column && coder(interner, column));
			each((to, side, from) => (codes[to] = coders[side]?.(from) ?? 0));
			return { ...base(), type, codes, dictionary: interner.dictionary() };
		}
		case 'boolean': {
			const values = new Uint8Array((length + 7) >> 3);
			each((to, side, from) => {
				const column = sides[side];
				if (column?.type !== 'boolean') return;
				const bit = ((column.values[from >> 3] as number) >> (from & 7)) & 1;
				values[to >> 3] = (values[to >> 3] as number) | (bit << (to & 7));
			});
			return { ...base(), type, values };
		}
		case 'datetime': {
			const values = new BigInt64Array(length);
			each((to, side, from) => {
				const column = sides[side];
				if (column?.type === 'datetime') values[to] = column.values[from] as bigint;
			});
			return { ...base(), type, values };
		}
		default: {
			const values = type === 'number' ? new Float64Array(length) : new Int32Array(length);
			each((to, side, from) => {
				const column = sides[side];
				if (column?.type === 'number' || column?.type === 'integer' || column?.type === 'date')
					values[to] = column.values[from] as number;
			});
			return { ...base(), type, values } as Column;
		}
	}
}

/** One type for both: the same, a number for a whole one and a number, else a text. */
function widened(one: Column['type'], other: Column['type']): Column['type'] {
	if (one === other) return one;
	const numeric = (type: Column['type']) => type === 'integer' || type === 'number';
	return numeric(one) && numeric(other) ? 'number' : 'text';
}

/** Codes, in the new dictionary, of a column's cells. */
function coder(interner: TextInterner, column: Column): (row: number) => number {
	if (column.type === 'text') {
		const { offsets, bytes } = column.dictionary;
		const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
		const known = new Int32Array(dictionarySize(column.dictionary)).fill(-1);
		return (row) => {
			const code = column.codes[row] as number;
			if ((known[code] as number) < 0)
				known[code] = interner.intern(
					bytes,
					view,
					offsets[code] as number,
					offsets[code + 1] as number
				);
			return known[code] as number;
		};
	}
	const read = cellText(column);
	const encoder = new TextEncoder();
	return (row) => {
		const bytes = encoder.encode(read(row) ?? '');
		return interner.intern(bytes, new DataView(bytes.buffer), 0, bytes.length);
	};
}
