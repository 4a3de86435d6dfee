/**
 * Numbers for the keys of two tables: rows have the same one when the values of all key columns are the same in both.
 * Texts are the same to the letter, numbers by their value; columns of other types are told apart as texts. A row that
 * lacks a value of its key has -1: it is the same as none.
 */
import { InvalidError } from '../../core/errors.ts';
import { dictionarySize, hasValue, type Column, type TextDictionary } from '../column.ts';
import { TextInterner } from '../text-interner.ts';
import { cellText } from './cell-text.ts';
import { NumberCodes } from './number-codes.ts';

export interface KeyCodes {
	readonly before: Int32Array;
	readonly after: Int32Array;
	/** Codes are below it. */
	readonly size: number;
}

/**
 * @param key names of columns of both; without any, no row is the same as another
 * @throws InvalidError `merge_key_unknown` (details: column)
 */
export function keyCodes(
	before: readonly Column[],
	after: readonly Column[],
	key: readonly string[]
): KeyCodes {
	const named = (columns: readonly Column[], name: string): Column => {
		const found = columns.find((column) => column.name === name);
		if (!found) throw new InvalidError('merge_key_unknown', { column: name });
		return found;
	};
	let all: KeyCodes | null = null;
	for (const name of key) {
		const codes = columnCodes(named(before, name), named(after, name));
		all = all ? pairCodes(all, codes) : codes;
	}
	const none = (columns: readonly Column[]) => new Int32Array(columns[0]?.length ?? 0).fill(-1);
	return all ?? { before: none(before), after: none(after), size: 0 };
}

function columnCodes(before: Column, after: Column): KeyCodes {
	if (before.type === 'text' && after.type === 'text') {
		const interner = new TextInterner();
		const codes = [before, after].map((column) => {
			const own = internAll(interner, column.dictionary);
			return Int32Array.from(column.codes, (code, row) =>
				hasValue(column, row) ? (own[code] as number) : -1
			);
		});
		return sized(codes, interner.size);
	}
	const numbers = [before, after].map(numberReader);
	if (numbers[0] && numbers[1] && isComparable(before.type, after.type)) {
		const seen = new NumberCodes();
		const codes = [before, after].map((column, side) => {
			const read = numbers[side] ?? (() => 0);
			const own = new Int32Array(column.length);
			for (let row = 0; row < own.length; row++)
				own[row] = hasValue(column, row) ? seen.code(read(row)) : -1;
			return own;
		});
		return sized(codes, seen.size);
	}
	const seen = new Map<string, number>();
	const codes = [before, after].map((column) => {
		const read = cellText(column);
		const own = new Int32Array(column.length);
		for (let row = 0; row < own.length; row++) {
			const text = read(row);
			let code = text === null ? -1 : seen.get(text);
			if (code === undefined) seen.set(text as string, (code = seen.size));
			own[row] = code;
		}
		return own;
	});
	return sized(codes, seen.size);
}

/** Of one type, or both numbers: else they are told apart as texts. */
function isComparable(one: Column['type'], other: Column['type']): boolean {
	const numeric = (type: Column['type']) => type === 'integer' || type === 'number';
	return one === other || (numeric(one) && numeric(other));
}

const sized = ([before, after]: readonly Int32Array[], size: number): KeyCodes => ({
	before: before ?? new Int32Array(),
	after: after ?? new Int32Array(),
	size
});

function internAll(interner: TextInterner, { offsets, bytes }: TextDictionary): Int32Array {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	return Int32Array.from({ length: dictionarySize({ offsets, bytes }) }, (_, i) =>
		interner.intern(bytes, view, offsets[i] as number, offsets[i + 1] as number)
	);
}

/** Exact numbers that tell the cells of a column apart; null where there are none such. */
function numberReader(column: Column): ((row: number) => number) | null {
	switch (column.type) {
		case 'text':
			return null;
		case 'boolean':
			return (row) => ((column.values[row >> 3] as number) >> (row & 7)) & 1;
		case 'datetime': {
			const safe = BigInt(Number.MAX_SAFE_INTEGER);
			// Milliseconds of any calendar are far below it; what is not told exactly is told as a text.
			if (!column.values.every((value) => value <= safe && value >= -safe)) return null;
			return (row) => Number(column.values[row]);
		}
		default:
			return (row) => column.values[row] as number;
	}
}

/** Codes of pairs; both sizes are below 2^31, and so their product is exact for what tables hold (see ARROW_LIMITS). */
export function pairCodes(one: KeyCodes, other: KeyCodes): KeyCodes {
	const seen = new NumberCodes();
	const combine = (a: Int32Array, b: Int32Array): Int32Array => {
		const own = new Int32Array(a.length);
		for (let row = 0; row < own.length; row++) {
			const [code, next] = [a[row] as number, b[row] as number];
			own[row] = code < 0 || next < 0 ? -1 : seen.code(code * other.size + next);
		}
		return own;
	};
	return {
		before: combine(one.before, other.before),
		after: combine(one.after, other.after),
		size: seen.size
	};
}
